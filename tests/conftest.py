"""What tests of several rooms share: one real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tools.browser import chromium_path, headless_chromium

#: A test's property of this name is printed after the run, from whichever process it ran in.
SUMMARY = "summary"


def pytest_terminal_summary(terminalreporter) -> None:
    """Print what tests measured."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for text in [text for name, text in report.user_properties if name == SUMMARY]:
                terminalreporter.write_line(text)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, pages, then nbgrader, lest one worker end alone with them."""
    items.sort(key=lambda item: (not in_group(item, "site"), not in_group(item, "nbgrader")))


def in_group(item: pytest.Item, marker: str) -> bool:
    """Return whether a test has the marker."""
    return item.get_closest_marker(marker) is not None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the system's own, else Playwright's."""
    if chromium_path() is None:
        pytest.skip("NO CHROMIUM on this machine: the tests that drive a browser are skipped")
    with headless_chromium() as browser:
        yield browser
