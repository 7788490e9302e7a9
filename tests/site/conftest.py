"""The built site, its pages as trees, and the site on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.site.serving import served
from tools.book import build_if_changed


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site; built now if a source has changed."""
    return build_if_changed()


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every HTML page of the site, by its path."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, with a slash at the end."""
    with served(site) as url:
        yield url
