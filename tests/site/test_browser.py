"""Every page opened in a real browser: quiet, at home, legible on a phone, within its weight."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.site.serving import body, file_of

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.xdist_group("site")]

PHONE = {"width": 420, "height": 860}
DESK = {"width": 1280, "height": 900}
WEIGHT_WITH_MATHEMATICS = 450_000  # bytes over the wire, gzipped, nothing cached
WEIGHT = 200_000
MIN_TYPE = 9.0  # px, smallest type in a figure on a phone

MATHEMATICS_DONE = "() => !window.MathJax?.startup || window.MathJax.startup.promise"


class Visit:
    """What happened while one page was open."""

    def __init__(self, chromium, address: str, path: str, viewport: dict = DESK):
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = chromium.new_context(viewport=viewport)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("response", self._answer)
        self.page.goto(address + path, wait_until="networkidle")
        self.page.wait_for_load_state("networkidle")  # a redirect's own page
        self.page.evaluate(MATHEMATICS_DONE)
        self.page.wait_for_load_state("networkidle")

    def _hear(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _answer(self, response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} for {response.url}")

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        self.context.close()


def test_opening_a_page_is_quiet_and_asks_no_other_host(chromium, address, pages):
    host = urlsplit(address).netloc
    faults = {}
    for path in pages:
        with Visit(chromium, address, path) as visit:
            foreign = [
                url
                for url in visit.requests
                if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != host
            ]
            if foreign or visit.complaints:
                faults[path] = foreign + visit.complaints
    assert not faults


def test_page_weights(chromium, address, site: Path, pages, record_property, capsys):
    table, too_heavy = [], []
    for path, page in pages.items():
        with Visit(chromium, address, path) as visit:
            files = {file_of(site, url) for url in visit.requests} - {None}
        weight = sum(len(body(file)[0]) for file in files)
        limit = WEIGHT_WITH_MATHEMATICS if page.select("article .math") else WEIGHT
        table.append(f"{weight / 1000:8.1f} KB of {limit // 1000}  {len(files):3} files  {path}")
        if weight > limit:
            too_heavy.append(table[-1])
        record_property(f"weight {path}", weight)
    with capsys.disabled():
        print("\nOver the wire, gzipped, nothing cached:", *table, sep="\n")
    assert not too_heavy


def test_mathematics_is_set(chromium, address, pages):
    for path, page in pages.items():
        formulas = page.select("article .math")
        if not formulas:
            continue
        with Visit(chromium, address, path) as visit:
            counts = visit.page.evaluate(
                """() => ({
                    set: document.querySelectorAll("article mjx-container").length,
                    spoken: document.querySelectorAll("article mjx-assistive-mml math").length,
                    wrong: document.querySelectorAll("mjx-merror").length,
                    raw: [...document.querySelectorAll("article .math")]
                        .filter((each) => /\\\\[([]/.test(each.innerText)).length,
                })"""
            )
        assert counts["set"] >= len(formulas), path
        assert counts["spoken"] == counts["set"], path
        assert counts["wrong"] == counts["raw"] == 0, path


def test_pages_fit_a_phone(chromium, address, pages):
    faults = {}
    for path in pages:
        with Visit(chromium, address, path, PHONE) as visit:
            width = visit.page.evaluate("document.documentElement.scrollWidth")
            smallest = visit.page.evaluate(
                """() => Math.min(99, ...[...document.querySelectorAll("figure svg text")]
                    .map((text) => text.getScreenCTM().a
                        ? Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b)
                          * Math.max(...[text, ...text.children].map(
                              (part) => parseFloat(getComputedStyle(part).fontSize)))
                        : 99))"""
            )
        if width > PHONE["width"]:
            faults[path] = f"{width} px wide"
        if smallest < MIN_TYPE:
            faults[path] = f"type of {smallest:.1f} px in a figure"
    assert not faults


def test_pages_have_one_search_field(chromium, address, pages):
    for path, page in pages.items():
        if path in {"index.html", "search.html"}:
            continue  # a redirect; the search itself, tested with search
        assert len(page.select("input[type=search]")) == 1, path


def test_figures_and_text_stay_without_javascript(chromium, address, pages):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for path, tree in pages.items():
        if path == "index.html":
            continue
        page.goto(address + path)
        assert page.locator("article h1, main h1").first.is_visible(), path
        for figure in page.locator("figure.rx-figure").all():
            opened = figure.locator("xpath=ancestor::details").count() == 0
            if opened:
                assert figure.locator("> svg").bounding_box()["height"] > 50, path
        hidden = page.locator("figure.rx-explore .rx-controls")
        assert not any(each.is_visible() for each in hidden.all()), path
        assert page.locator("figure.rx-explore").count() == len(tree.select("figure.rx-explore"))
    context.close()
