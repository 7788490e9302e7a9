"""The whole book on one page, and printed: everything is there once, and every link leads on."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.site.test_html import chapter_documents
from tools.pdf import UNPRINTED, documents, joined, place, print_book

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("site")]


@pytest.fixture(scope="module")
def book(site) -> BeautifulSoup:
    """The joined page."""
    return BeautifulSoup(joined(site), "html.parser")


def test_every_document_is_there_in_order(book):
    assert documents() == chapter_documents()
    found = [article["id"] for article in book.select("article.chapter")]
    assert found == [place(document) for document in documents()]


def test_ids_are_unique(book):
    ids = [tag["id"] for tag in book.select("[id]")]
    assert len(ids) > 500
    assert {name for name in ids if ids.count(name) > 1} == set()


def test_links_and_pictures_refer_to_what_is_on_the_page(book):
    ids = {tag["id"] for tag in book.select("[id]")}
    wanted = {tag["href"][1:] for tag in book.select("[href^='#']")} - {""}
    wanted |= set(re.findall(r"url\(#([\w-]+)\)", str(book)))
    assert len(wanted) > 100
    assert wanted - ids == set()


def test_files_beside_the_page_exist(book, site):
    tags = book.select("[src], link[href], article a[href]")
    files = {tag.get("src") or tag["href"] for tag in tags}
    files = {name.split("?")[0] for name in files if name.startswith("../html/")}
    assert any("mathjax" in name for name in files)
    assert {name for name in files if not (site / name.removeprefix("../html/")).is_file()} == set()


def test_what_paper_cannot_do_is_left_out(book):
    assert book.select(", ".join(f"article {part}" for part in UNPRINTED.split(","))) == []
    assert book.select("details:not([open])") == []


@pytest.mark.browser
def test_the_pdf_is_tagged_and_has_bookmarks(chromium, site, tmp_path):
    folder = tmp_path / "print"
    (tmp_path / "html").symlink_to(site, target_is_directory=True)
    pdf = print_book(site, chromium, folder).read_bytes()
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert b"/Outlines" in pdf
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2 * len(documents())
