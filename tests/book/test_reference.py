"""The map, the bibliography and the glossary agree with what there is."""

import re

import pytest
from pybtex.database import parse_string

from rectified.activations import CATALOGUE


def unlinked(page, slugs):
    """Return the chapters that the map does not link, and the pages that it links in vain."""
    course_map = page.split("(course-map)=")[1]
    linked = set(re.findall(r"^\| \[[^\]]+\]\(([\w-]+)\.md\)", course_map, re.M))
    return slugs - linked, linked


@pytest.fixture
def index(book):
    return (book / "index.md").read_text("utf-8")


def test_the_map_links_every_chapter_and_nothing_else(index, chapter_slugs, book):
    missing, linked = unlinked(index, chapter_slugs)
    assert missing == set()
    assert {slug for slug in linked if not (book / f"{slug}.md").exists()} == set()


def test_a_chapter_that_the_map_forgets_is_noticed(index, chapter_slugs):
    assert unlinked(index.replace("(relu.md) ✎", ""), chapter_slugs)[0] == {"relu"}


def without_address(entries):
    """Return the works that have neither DOI nor arXiv id nor a page of their publisher."""
    return [
        key for key, entry in entries.items() if not {"doi", "eprint", "url"} & set(entry.fields)
    ]


def uncited(entries, text):
    """Return the works that no page cites; the cheat sheet cites what the catalogue names."""
    cited = {
        key for group in re.findall(r"\{cite:\w+\}`([^`]+)`", text) for key in group.split(",")
    }
    return sorted(set(entries) - cited - {record.bibkey for record in CATALOGUE.values()})


def unlisted(catalogue, entries):
    """Return the activations whose source is not in the bibliography."""
    return [name for name, record in catalogue.items() if record.bibkey not in entries]


@pytest.fixture
def bibliography(book):
    return parse_string((book / "references.bib").read_text("utf-8"), "bibtex").entries


def test_every_work_can_be_found(bibliography):
    assert without_address(bibliography) == []


def test_a_work_that_cannot_be_found_is_noticed():
    work = "@misc{someone2020, author = {Someone}, title = {Something}, year = {2020}}"
    assert without_address(parse_string(work, "bibtex").entries) == ["someone2020"]


def test_the_source_of_every_activation_is_listed(bibliography):
    assert unlisted(CATALOGUE, bibliography) == []
    assert unlisted(CATALOGUE, set(bibliography) - {"maas2013"}) == ["leaky_relu"]


def test_every_work_is_cited(bibliography, book):
    text = "\n".join(path.read_text("utf-8") for path in book.glob("*.md"))
    assert uncited(bibliography, text) == []
    assert uncited(bibliography, text.replace("`fukushima1969`", "``")) == ["fukushima1969"]


def test_the_glossary_is_in_alphabetical_order(book):
    glossary = (book / "glossary.md").read_text("utf-8").split("```{glossary}")[1]
    terms = re.findall(r"^(\w.*)$", glossary.split("```")[0], re.M)
    assert len(terms) > 10
    assert terms == sorted(terms, key=str.casefold)
