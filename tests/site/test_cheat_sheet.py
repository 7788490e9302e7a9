"""The cheat sheet: a card for every activation of the catalogue, and two sheets of paper."""

import copy
import re
from dataclasses import replace

import pytest
from docutils.nodes import make_id

from rectified.activations import CATALOGUE

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("site")]

PAGE = "book/cheat-sheet.html"
TABLES = ("worst-measured-error", "gaussian-moments-and-gains", "cost")


def squeezed(text):
    """Return ``text`` without the space and the line breaks that a formula may gain."""
    return re.sub(r"\\;|\\\\(?![a-z])|\s", "", text)


def card_faults(page, record):
    """Return what the card of one activation lacks, in words."""
    card = page.select_one(f"section#the-cards > section#{make_id(record.label)}")
    if card is None:
        return [f"{record.name}: no card"]
    faults = []
    if not card.h3.get_text().startswith(record.label):
        faults.append(f"{record.name}: another heading")
    formulas = [squeezed(each.get_text()) for each in card.select("div.math")]
    for name, wanted in (("f(x)", record.formula), ("f'(x)", record.slope_formula)):
        if not any(squeezed(f"{name} = {wanted}") in each for each in formulas):
            faults.append(f"{record.name}: no formula of {name}")
    figure = card.select_one("figure.rx-figure svg")
    if figure is None or not figure["aria-label"].startswith(f"{record.label} is "):
        faults.append(f"{record.name}: no figure")
    if not card.select("a[href^='bibliography.html#']"):
        faults.append(f"{record.name}: no way to the bibliography")
    if not page.select(f"nav.page-toc a[href='#{make_id(record.label)}']"):
        faults.append(f"{record.name}: not in the contents of the page")
    for table in TABLES:
        rows = [row.td.get_text(strip=True) for row in page.select(f"#{table} tbody tr")]
        if rows.count(record.label) != 1:
            faults.append(f"{record.name}: not in the table {table}")
    return faults


@pytest.fixture
def sheet(pages):
    """A copy of the page that a test may break."""
    return copy.copy(pages[PAGE])


@pytest.mark.parametrize("record", CATALOGUE.values(), ids=lambda record: record.name)
def test_every_activation_has_its_card(record, sheet):
    assert card_faults(sheet, record) == []


def test_an_activation_without_a_card_is_noticed(sheet):
    newcomer = replace(CATALOGUE["relu"], name="newcomer", label="Newcomer")
    assert card_faults(sheet, newcomer) == ["newcomer: no card"]


@pytest.mark.parametrize(
    ("selector", "complaint"),
    [
        ("#mish div.math", "no formula of f(x)"),
        ("#mish div.math ~ div.math", "no formula of f'(x)"),
        ("#mish figure", "no figure"),
        ("#mish a[href^='bibliography']", "no way to the bibliography"),
        ("nav.page-toc a[href='#mish']", "not in the contents of the page"),
        ("#cost tbody", "not in the table cost"),
    ],
    ids=lambda value: value if " " in value and "#" not in value else "",
)
def test_a_broken_card_is_noticed(selector, complaint, sheet):
    sheet.select_one(selector).decompose()
    assert f"mish: {complaint}" in card_faults(sheet, CATALOGUE["mish"])


@pytest.mark.browser
def test_the_cards_print_on_two_pages_and_the_tables_on_a_third(chromium, address):
    page = chromium.new_page()
    page.goto(address + PAGE, wait_until="load")
    page.evaluate("() => window.MathJax.startup.promise")
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")

    def pages():
        return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=margin)))

    assert pages() <= 3
    tables = ", ".join(f"#{table}" for table in TABLES)
    page.add_style_tag(content=tables + "{display: none !important}")
    assert pages() <= 2
    page.close()
