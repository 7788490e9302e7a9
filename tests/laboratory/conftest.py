"""The laboratory's scripts without their page: what they compute, in a blank tab."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tools.book import ROOT

SCRIPTS = ROOT / "book" / "laboratory"


@pytest.fixture(scope="module")
def scripts(chromium) -> Iterator[Page]:
    """A blank page that knows what the laboratory computes, and draws nothing."""
    page = chromium.new_page()
    for name in ("network", "tasks", "measures", "settings", "run"):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page
    page.close()
