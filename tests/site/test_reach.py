"""The book found, shared, searched and carried away: sitemap, previews, search, the zip."""

from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import yaml

from tests.site.test_html import chapter_documents
from tests.site.visiting import DESK
from tools.book import ROOT

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("site")]

ARCHIVE = "rectified-book.zip"


@pytest.fixture(scope="module")
def home() -> str:
    """The address at which the book is published."""
    return yaml.safe_load((ROOT / "_config.yml").read_text())["html"]["baseurl"]


def test_sitemap_names_every_document_and_nothing_else(site: Path, home):
    found = ElementTree.parse(site / "sitemap.xml").findall(".//{*}loc")
    expected = {urljoin(home, f"{document}.html") for document in chapter_documents()}
    assert {place.text for place in found} == expected


def test_every_document_says_what_a_link_to_it_shows(pages, home):
    for document in chapter_documents():
        page = pages[f"{document}.html"]
        said = {tag["property"]: tag["content"] for tag in page.select("meta[property^='og:']")}
        assert said["og:url"] == urljoin(home, f"{document}.html")
        assert said["og:title"]
        assert said["og:site_name"] == "Rectified"
        assert len(said["og:description"]) > 40, document
        assert said["og:image"] == urljoin(home, "_static/social.png")
        assert len(said["og:image:alt"]) > 30


def test_the_social_picture_has_the_size_that_is_announced(site: Path, pages):
    header = (site / "_static" / "social.png").read_bytes()[:24]
    size = (int.from_bytes(header[16:20]), int.from_bytes(header[20:24]))
    page = pages["book/index.html"]
    announced = [
        int(page.select_one(f"meta[property='og:image:{side}']")["content"])
        for side in ("width", "height")
    ]
    assert list(size) == announced == [1200, 630]


@pytest.mark.browser
def test_search_finds_dead_neurons(chromium, address):
    page = chromium.new_page(viewport=DESK)
    page.goto(f"{address}search.html?q=dead+neurons", wait_until="load")
    page.locator("#search-results li a").first.wait_for()
    found = page.locator("#search-results li a").evaluate_all("(all) => all.map((a) => a.href)")
    page.close()
    assert any("glossary.html" in href or "dying-units.html" in href for href in found), found


def test_the_book_links_to_its_zip(pages):
    links = [link["href"] for link in pages["book/how-to.html"].select("article a[href$='.zip']")]
    assert links == [f"../{ARCHIVE}"]


def test_the_zip_holds_the_whole_site(site: Path):
    with ZipFile(site / ARCHIVE) as archive:
        assert archive.testzip() is None
        inside = {name.removeprefix("rectified-book/") for name in archive.namelist()}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert files - inside == {ARCHIVE, ".buildinfo", "objects.inv"} & files
    assert inside <= files


@pytest.mark.browser
def test_the_unpacked_zip_works_without_a_network(chromium, site: Path, tmp_path):
    with ZipFile(site / ARCHIVE) as archive:
        archive.extractall(tmp_path)
    context = chromium.new_context(viewport=DESK, offline=True)
    page = context.new_page()
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((tmp_path / "rectified-book" / "index.html").as_uri())
    page.wait_for_url("**/book/index.html")
    page.goto((tmp_path / "rectified-book" / "book" / "relu.html").as_uri(), wait_until="load")
    page.evaluate("() => window.MathJax.startup.promise")
    assert page.locator("mjx-container").count() > 10
    readout = page.locator(".rx-readout").first
    before = readout.inner_text()
    page.locator(".rx-control input").first.press("ArrowRight")
    assert readout.inner_text() != before
    assert failed == []
    # on the page of results Sphinx fetches an extract of each page, which a file may not do
    search = (tmp_path / "rectified-book" / "search.html").as_uri()
    page.goto(f"{search}?q=subgradient", wait_until="load")
    page.locator("#search-results a[href*='relu.html']").first.wait_for()
    context.close()
