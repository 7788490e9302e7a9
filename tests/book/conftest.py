"""The chapters of the book, read as notebooks.

A test that takes ``chapter`` runs once for each chapter; ``read_chapter`` reads a text that a test
has broken, to see a rule fail.
"""

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
#: Pages that answer no question of their own.
NOT_CHAPTERS = {
    "index",
    "how-to",
    "laboratory",
    "myths",
    "cheat-sheet",
    "glossary",
    "for-instructors",
    "bibliography",
}


@dataclass(frozen=True)
class Chapter:
    """One chapter: its slug and its source."""

    slug: str
    source: str

    @cached_property
    def cells(self):
        return jupytext.reads(self.source, fmt="md:myst").cells

    @cached_property
    def code(self):
        return [cell for cell in self.cells if cell.cell_type == "code"]

    @cached_property
    def markdown(self):
        return "\n\n".join(cell.source for cell in self.cells if cell.cell_type == "markdown")

    @property
    def has_exercise(self):
        return (ROOT / "solutions" / f"{self.slug}.md").exists()

    @cached_property
    def trees(self):
        return [ast.parse(cell.source) for cell in self.code]

    def section(self, heading):
        """Return the Markdown under ``## heading``, up to the next heading of that level."""
        found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", self.markdown, re.M | re.S)
        return found and found[1]


def chapter_files():
    return sorted(path for path in BOOK.glob("*.md") if path.stem not in NOT_CHAPTERS)


def pytest_generate_tests(metafunc):
    if "chapter" in metafunc.fixturenames:
        chapters = [Chapter(path.stem, path.read_text("utf-8")) for path in chapter_files()]
        metafunc.parametrize("chapter", chapters, ids=lambda chapter: chapter.slug)


@pytest.fixture(scope="session")
def book():
    """The folder of the book's sources."""
    return BOOK


@pytest.fixture(scope="session")
def chapter_slugs():
    return {path.stem for path in chapter_files()}


@pytest.fixture(scope="session")
def model():
    """The chapter that the others follow."""
    return Chapter("relu", (BOOK / "relu.md").read_text("utf-8"))


@pytest.fixture(scope="session")
def broken(model):
    """Return the model chapter with one thing broken: every match of a pattern replaced."""

    def break_it(pattern, replacement):
        source, count = re.subn(pattern, replacement, model.source, flags=re.M | re.S)
        assert count, f"{pattern!r} is not in the model chapter: nothing was broken"
        return Chapter(model.slug, source)

    return break_it
