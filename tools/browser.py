"""Find a Chromium and drive it: the system's own, else the one that Playwright downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """Return the path of a Chromium's program, or None where there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


@contextmanager
def headless_chromium() -> Iterator[Browser]:
    """Yield a Chromium without a window; it is closed at the end.

    Raises
    ------
    FileNotFoundError
        If this machine has none.
    """
    path = chromium_path()
    if path is None:
        raise FileNotFoundError("no Chromium on this machine: run `python -m tools.system_needs`")
    with sync_playwright() as playwright:
        # without its sandbox: Chromium refuses to start as root with it, and opens our pages only
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
