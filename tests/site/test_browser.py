"""Every page opened in a real browser: quiet, at home, legible on a phone, within its weight."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from tests.conftest import SUMMARY
from tests.site.serving import body, file_of
from tests.site.visiting import DESK, PHONE, Visit, visit

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.xdist_group("site")]

# bytes over the wire, gzipped, nothing cached
WEIGHT_WITH_MATHEMATICS = 450_000
WEIGHT = 200_000
MIN_TYPE = 9.0  # px, smallest type in a figure on a phone


def is_redirect(page: BeautifulSoup) -> bool:
    """Return whether a page only leads to another."""
    return page.select_one("meta[http-equiv=refresh]") is not None


@pytest.fixture(scope="module")
def at_desk(chromium, address, pages) -> dict[str, Visit]:
    """A visit to every page with nothing cached, on a wide screen."""
    return {
        path: visit(chromium, address + path, DESK)
        for path, page in pages.items()
        if not is_redirect(page)
    }


@pytest.fixture(scope="module")
def on_phone(chromium, address, pages) -> dict[str, Visit]:
    """A visit to every page on a phone's screen."""
    return {
        path: visit(chromium, address + path, PHONE)
        for path, page in pages.items()
        if not is_redirect(page)
    }


def test_first_page_is_reached_from_the_top(chromium, address):
    page = chromium.new_page()
    page.goto(address)
    page.wait_for_url(f"{address}book/index.html")
    page.close()


def test_opening_a_page_asks_no_other_host(at_desk, on_phone, address):
    visits = [*at_desk.items(), *on_phone.items()]
    assert not {path: each.foreign(address) for path, each in visits if each.foreign(address)}


def test_opening_a_page_is_quiet(at_desk, on_phone):
    visits = [*at_desk.items(), *on_phone.items()]
    assert not {path: each.complaints for path, each in visits if each.complaints}


def test_page_weights(at_desk, site: Path, pages, record_property):
    table, too_heavy = [], []
    for path, each in at_desk.items():
        files = {file_of(site, url) for url in each.requests} - {None}
        weight = sum(len(body(file)[0]) for file in files)
        limit = WEIGHT_WITH_MATHEMATICS if pages[path].select("article .math") else WEIGHT
        table.append(f"{weight / 1000:7.1f} of {limit // 1000} KB  {len(files):3} files  {path}")
        if weight > limit:
            too_heavy.append(table[-1])
    record_property(SUMMARY, "\n".join(["Over the wire, gzipped, nothing cached:", *table]))
    assert not too_heavy


def test_mathematics_is_set_and_spoken_once(at_desk, pages):
    wrong = {}
    for path, each in at_desk.items():
        formulas = len(pages[path].select("article .math"))
        counts = {
            "to set": formulas,
            "set": each.seen["formulasSet"],
            "unspoken": each.seen["formulasUnspoken"],
            "wrong": each.seen["formulasWrong"],
            "raw": each.seen["formulasRaw"],
        }
        if counts["set"] < formulas or counts["unspoken"] or counts["wrong"] or counts["raw"]:
            wrong[path] = counts
    assert not wrong


def test_the_font_of_double_struck_letters_has_all_that_formulas_need(at_desk, site: Path):
    used = {letter for each in at_desk.values() for letter in each.seen["amsLetters"]}
    with TTFont(next(site.rglob("MathJax_AMS-Regular.woff"))) as font:
        has = set(map(chr, font.getBestCmap()))
    assert used, "no page uses it: leave it out"
    assert used - has == set()


def test_pages_fit_a_phone(on_phone):
    wide = {path: each.seen["width"] for path, each in on_phone.items()}
    assert not {path: width for path, width in wide.items() if width > PHONE["width"]}


def test_figures_are_legible_on_a_phone(on_phone):
    type_sizes = {path: each.seen["smallestType"] for path, each in on_phone.items()}
    assert not {path: size for path, size in type_sizes.items() if size < MIN_TYPE}


def test_pages_have_one_search_field(pages):
    fields = {
        path: len(page.select("input[type=search]"))
        for path, page in pages.items()
        if not is_redirect(page) and path != "search.html"  # the search page: test_navigation
    }
    assert not {path: number for path, number in fields.items() if number != 1}


def test_figures_and_text_stay_without_javascript(chromium, address, pages):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    missing = []
    for path, tree in pages.items():
        if is_redirect(tree):
            continue
        page.goto(address + path, wait_until="load")
        if path == "search.html":  # cannot search without a script, and says so
            if not page.locator("noscript .admonition").is_visible():
                missing.append("search.html: why it cannot search")
        elif not page.locator("article h1").first.is_visible():
            missing.append(f"{path}: its heading")
        for number, figure in enumerate(page.locator("figure.rx-figure").all()):
            folded = figure.locator("xpath=ancestor::details").count()
            if not folded and figure.locator("> svg").bounding_box()["height"] < 50:
                missing.append(f"{path}: figure {number}")
            if any(each.is_visible() for each in figure.locator(".rx-controls").all()):
                missing.append(f"{path}: figure {number} shows controls that do nothing")
    context.close()
    assert not missing
