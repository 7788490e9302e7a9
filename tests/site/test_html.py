"""The HTML of every page, read without a browser: figures, links, downloads, nothing foreign."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from tools.book import ROOT

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("site")]

HERE = "https://here.invalid/rectified/"
FILE_PATH = re.compile(r"[\w./-]+\.(png|svg|jpe?g|gif|webp)", re.IGNORECASE)
TELLS_NOTHING = re.compile(r"(an? )?(plot|figure|image|picture|graph|chart)( of\b.*)?\.?", re.I)
MIN_ALT = 30  # characters: less cannot name a trend and a value


def alt_fault(alt: str | None) -> str | None:
    """Return what is wrong with an alt text, None if nothing."""
    if alt is None or not alt.strip():
        return "no alt text"
    if FILE_PATH.fullmatch(alt.strip()) or alt.startswith(("http", "../", "/")):
        return f"a file path as alt text: {alt}"
    if TELLS_NOTHING.fullmatch(alt.strip()):
        return f"an alt text that tells nothing: {alt}"
    if len(alt.strip()) < MIN_ALT:
        return f"an alt text too short to say what the figure shows: {alt}"
    return None


@pytest.mark.parametrize(
    "alt",
    [None, "", "  ", "../_images/ab12.png", "_build/a.svg", "plot of relu", "A figure", "curves"],
)
def test_alt_lint_rejects(alt):
    assert alt_fault(alt)


def test_alt_lint_accepts_a_description():
    assert alt_fault("Zero left of the origin, then a straight line of slope one.") is None


def pictures(page: BeautifulSoup) -> list[Tag]:
    """Return the pictures in the article of a page."""
    article = page.select_one("article, main") or page
    return [
        tag
        for tag in article.select("img, svg")
        if not tag.find_parent(["svg", "mjx-container", "button", "summary"])
        and tag.get("aria-hidden") != "true"
    ]


def test_every_picture_says_what_it_shows(pages):
    faults = {}
    for path, page in pages.items():
        for picture in pictures(page):
            if picture.find_parent(class_="article-header-buttons"):
                continue  # logos in the theme's menus
            name = picture.get("aria-label") if picture.name == "svg" else picture.get("alt")
            if picture.name == "svg" and picture.get("role") != "img":
                faults[f"{path}: {str(picture)[:80]}"] = "an svg without role=img"
            elif fault := alt_fault(name):
                faults[f"{path}: {str(picture)[:80]}"] = fault
    assert not faults


def test_every_picture_has_a_caption(pages):
    faults = []
    for path, page in pages.items():
        for picture in pictures(page):
            if picture.find_parent(class_="article-header-buttons"):
                continue
            figure = picture.find_parent("figure")
            caption = figure and figure.find("figcaption")
            if not caption or not caption.get_text(strip=True):
                faults.append(f"{path}: {str(picture)[:80]}")
    assert not faults


def test_ids_are_unique_on_each_page(pages):
    twice = {}
    for path, page in pages.items():
        ids = [tag["id"] for tag in page.select("[id]")]
        if repeated := {name for name in ids if ids.count(name) > 1}:
            twice[path] = repeated
    assert not twice


def test_references_inside_pictures_resolve(pages):
    lost = []
    for path, page in pages.items():
        for svg in page.select("figure svg"):
            ids = {tag["id"] for tag in svg.select("[id]")}
            wanted = set(re.findall(r'(?:href="|url\()#([\w-]+)', str(svg)))
            lost += [f"{path}: #{name}" for name in wanted - ids]
    assert not lost


def test_internal_links_and_fragments_resolve(site: Path, pages):
    broken = []
    anchors = {
        path: {tag["id"] for tag in page.select("[id]")}
        | {tag["name"] for tag in page.select("a[name]")}
        for path, page in pages.items()
    }
    for path, page in pages.items():
        for link in page.select("a[href]"):
            target = urlsplit(urljoin(HERE + path, link["href"]))
            if target.netloc != "here.invalid":
                continue
            file = unquote(target.path).removeprefix("/rectified/") or "index.html"
            if not (site / file).is_file():
                broken.append(f"{path} -> {link['href']}")
            elif target.fragment and file in anchors:
                name = unquote(target.fragment).partition("&")[0]
                if name not in anchors[file]:
                    broken.append(f"{path} -> {link['href']}: no such place")
    assert not broken


def test_no_page_names_a_foreign_file(site: Path, pages):
    foreign = []
    for path, page in pages.items():
        tags = page.select("script[src], img[src], source[src], iframe[src], video[src]")
        addresses = [tag["src"] for tag in tags]
        addresses += [
            tag["href"] for tag in page.select("link[href]") if "canonical" not in tag["rel"]
        ]
        foreign += [f"{path}: {url}" for url in addresses if urlsplit(url).netloc]
    for sheet in (site / "_static").rglob("*.css"):
        urls = re.findall(r"url\(\s*[\"']?((?:https?:)?//[^)\"']+)", sheet.read_text())
        foreign += [f"{sheet.name}: {url}" for url in urls]
    assert not foreign


def chapter_documents() -> list[str]:
    """Return the documents of the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    found = [toc["root"]]

    def collect(entries: list[dict]) -> None:
        for entry in entries:
            found.append(entry["file"])
            collect(entry.get("sections", []))

    for part in toc["parts"]:
        collect(part["chapters"])
    return found


def is_notebook(document: str) -> bool:
    """Return whether a document of the book runs."""
    source = ROOT / f"{document}.md"
    return not source.exists() or "kernelspec:" in source.read_text()


def test_every_document_has_a_page(pages):
    assert not [name for name in chapter_documents() if f"{name}.html" not in pages]


def test_every_notebook_page_offers_the_notebook(site: Path, pages):
    for document in filter(is_notebook, chapter_documents()):
        page = pages[f"{document}.html"]
        link = page.select_one(".dropdown-download-buttons a[href$='.ipynb']")
        assert link, f"{document} offers no .ipynb"
        notebook = json.loads((site / "_sources" / f"{document}.ipynb").read_text())
        assert [cell for cell in notebook["cells"] if cell["cell_type"] == "code"], document


def test_every_notebook_page_opens_its_notebook_in_jupyterlab(pages):
    for document in filter(is_notebook, chapter_documents()):
        suffix = ".md" if (ROOT / f"{document}.md").exists() else ".ipynb"
        link = pages[f"{document}.html"].select_one(".dropdown-launch-buttons a")
        assert link, f"{document} has no launch button"
        assert link["href"] == (
            "https://mybinder.org/v2/gh/rectified-course/rectified/main"
            f"?urlpath=lab/tree/{document}{suffix}"
        )


def test_every_document_can_be_corrected(pages):
    for document in chapter_documents():
        links = {link["href"] for link in pages[f"{document}.html"].select("a[href]")}
        edit = "https://github.com/rectified-course/rectified/edit/main/"
        assert any(href.startswith(f"{edit}{document}.") for href in links), document


def test_pages_say_their_language_and_title(pages):
    silent = [
        path
        for path, page in pages.items()
        if page.html.get("lang") != "en" or not page.title or not page.title.get_text(strip=True)
    ]
    assert not silent


def test_mathematics_is_loaded_where_there_is_some(pages):
    for path, page in pages.items():
        has_mathematics = bool(page.select("article .math"))
        loads = bool(page.select("script[src*='mathjax/']"))
        assert loads == has_mathematics, path


def test_figure_script_is_loaded_where_there_is_an_explorable_figure(pages):
    for path, page in pages.items():
        loads = bool(page.select("script[src*='explore.js']"))
        assert loads == bool(page.select("figure.rx-explore")), path


def test_every_explorable_figure_has_its_data_as_a_table(pages):
    for path, page in pages.items():
        for figure in page.select("figure.rx-explore"):
            frames = {n for group in figure.select("[data-f]") for n in group["data-f"].split()}
            rows = figure.select(".rx-data tbody tr")
            assert len(rows) >= 2, f"{path}: {figure['id']}"
            assert frames <= {str(n) for n in range(len(rows))}, f"{path}: {figure['id']}"


def test_site_has_no_script_that_draws_icons(site: Path):
    assert not list(site.rglob("fontawesome*.js"))


def test_404_page_finds_its_files_from_any_depth(pages):
    page = pages["404.html"]
    links = [tag["href"] for tag in page.select("link[rel=stylesheet]")]
    assert links
    assert all(href.startswith("/rectified/") for href in links)
    assert page.select("article a[href='/rectified/book/index.html']")
