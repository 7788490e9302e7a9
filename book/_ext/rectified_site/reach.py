"""How the book is found and carried away: what links show, the sitemap, the site as a zip."""

from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sphinx.application import Sphinx
from sphinx.config import Config

#: The whole site in one file; book/how-to.md links to it.
ARCHIVE = "rectified-book.zip"
SITEMAP = "sitemap.xml"
PICTURE = "_static/social.png"  # drawn by tools/social.py
PICTURE_ALT = (
    "The rectifier, 0 up to the origin and rising from there, beside the title Rectified: "
    "ReLU and its family, from one kink to a trained network"
)
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
BUILD_FILES = {".buildinfo", "objects.inv"}  # of use to Sphinx alone
SAME_DATE = (1980, 1, 1, 0, 0, 0)  # the same site makes the same zip


def setup(app: Sphinx) -> None:
    """Describe pages to those who link to them; write sitemap and zip when all pages are there."""
    app.connect("config-inited", _describe)
    app.connect("build-finished", _write_sitemap, priority=950)
    app.connect("build-finished", _write_archive, priority=960)  # after everything else


def _describe(app: Sphinx, config: Config) -> None:
    """Tell sphinxext-opengraph where the site is, and which picture stands for it."""
    config.ogp_site_url = config.html_baseurl
    config.ogp_site_name = config.html_title
    config.ogp_image = PICTURE
    config.ogp_image_alt = PICTURE_ALT
    config.ogp_type = "book"
    config.ogp_custom_meta_tags = (
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="630">',
        '<meta name="twitter:card" content="summary_large_image">',
    )


def _write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write the address of every document of the book, as search engines read it."""
    if exception is not None or app.builder.name != "html":
        return
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    for document in sorted(app.env.found_docs):
        url = ElementTree.SubElement(root, f"{{{NAMESPACE}}}url")
        place = ElementTree.SubElement(url, f"{{{NAMESPACE}}}loc")
        place.text = urljoin(app.config.html_baseurl, app.builder.get_target_uri(document))
    tree = ElementTree.ElementTree(root)
    tree.write(Path(app.outdir) / SITEMAP, encoding="utf-8", xml_declaration=True)


def _write_archive(app: Sphinx, exception: Exception | None) -> None:
    """Put the site into one file that needs no server."""
    if exception is not None or app.builder.name != "html":
        return
    site = Path(app.outdir)
    with ZipFile(site / ARCHIVE, "w", ZIP_DEFLATED) as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file() and path.name not in BUILD_FILES | {ARCHIVE}:
                inside = ZipInfo(f"rectified-book/{path.relative_to(site).as_posix()}", SAME_DATE)
                inside.compress_type = ZIP_DEFLATED
                inside.external_attr = 0o644 << 16
                archive.writestr(inside, path.read_bytes())
