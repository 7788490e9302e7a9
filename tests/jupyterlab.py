"""A real JupyterLab on loopback and a real Chromium that drives it."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

PATIENCE = 120_000  # ms; a cold start on a loaded machine


class Lab:
    """A page in JupyterLab, and what a reader does in it."""

    def __init__(self, page: Page, url: str, token: str):
        self.page, self._url, self._token = page, url, token

    def visit(self, address: str) -> None:
        """Go to an address of this JupyterLab, in an empty workspace."""
        self.page.goto(f"{self._url}/{address}?reset&token={self._token}")

    def open(self, path: str) -> None:
        """Open a file as its link does, and wait until it shows as a notebook with a kernel."""
        self.visit(f"lab/tree/{path}")
        self.page.locator(".jp-NotebookPanel").wait_for()
        self.page.evaluate(
            """async () => {
                const notebook = jupyterapp.shell.currentWidget;
                await notebook.context.ready;
                await notebook.sessionContext.ready;
            }"""
        )

    def run_all(self) -> list[dict]:
        """Run all cells from the menu and return the cells; the first error ends the run."""
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(
            """() => {
                const {content, sessionContext} = jupyterapp.shell.currentWidget;
                const code = content.model.toJSON().cells.filter(
                    cell => cell.cell_type === "code" && cell.source.length);
                const failed = code.some(
                    cell => cell.outputs.some(output => output.output_type === "error"));
                return sessionContext.session.kernel.status === "idle"
                    && (failed || code.every(cell => cell.execution_count !== null));
            }"""
        )
        return self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.content.model.toJSON().cells"
        )

    def menu(self, *names: str) -> None:
        """Choose from the menu bar."""
        for name in names:
            self.page.get_by_role("menuitem", name=name, exact=True).click()

    def validate(self) -> str:
        """Press Validate and return what the dialog says."""
        self.page.get_by_role("button", name="Validate").click()
        dialog = self.page.locator(".jp-Dialog-content")
        dialog.wait_for()
        return dialog.inner_text()


@contextmanager
def jupyterlab(directory: Path, environment: dict[str, str], chromium: Browser) -> Iterator[Lab]:
    """Start JupyterLab in a directory and open a page of the browser on it; end both afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, token = f"http://127.0.0.1:{port}", secrets.token_hex(16)
    log = directory / "jupyterlab.log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                *("--expose-app-in-browser", "--ServerApp.ip=127.0.0.1", f"--port={port}"),
                *("--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
            ],
            cwd=directory,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            _wait_for(f"{url}/api?token={token}", server, log)
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE)
            yield Lab(page, url, token)
            page.close()
        finally:
            server.terminate()


def _wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")
