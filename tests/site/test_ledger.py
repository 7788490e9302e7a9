"""The claims ledger, narrowed to one verdict, by a pointer, by keyboard, without JavaScript."""

import pytest
from rectified_site.ledger import LABELS, verdict_class

from tests.site.visiting import PHONE

pytestmark = [pytest.mark.site, pytest.mark.browser]

ROWS = "table.ledger tbody tr"


@pytest.fixture
def ledger(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "book/myths.html", wait_until="load")
    yield page
    context.close()


def shown(page):
    return [row.locator("td").nth(2).inner_text() for row in page.locator(f"{ROWS}:visible").all()]


def test_every_claim_is_shown_at_first(ledger):
    assert len(shown(ledger)) == ledger.locator(ROWS).count() > 30


@pytest.mark.parametrize("name", LABELS)
def test_a_verdict_shows_its_claims_and_no_others(name, ledger):
    every = shown(ledger)
    choice = ledger.locator(f"#verdict-{name}")
    choice.check()
    wanted = [verdict for verdict in every if verdict_class(verdict) == name]
    assert shown(ledger) == wanted != []
    assert choice.locator("xpath=..").inner_text().endswith(f"({len(wanted)})")


def test_on_a_phone_a_claim_is_a_card_with_everything_in_sight(ledger):
    ledger.set_viewport_size(PHONE)
    for row in ledger.locator(ROWS).all()[:3]:
        boxes = [cell.bounding_box() for cell in row.locator("td").all()]
        assert len(boxes) == 5
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
        assert boxes[3]["width"] > PHONE["width"] / 2  # the reason has room for words


def test_the_keyboard_moves_through_the_verdicts(ledger):
    ledger.locator("#verdict-all").focus()
    ledger.keyboard.press("ArrowDown")
    assert {verdict_class(verdict) for verdict in shown(ledger)} == {"true"}


@pytest.mark.parametrize(
    ("text", "name"),
    [("true", "true"), ("true if wide", "true-if"), ("half true", "half-true"), ("false", "false")],
)
def test_class_of_a_verdict(text, name):
    assert verdict_class(text) == name


def test_no_verdict_is_refused():
    with pytest.raises(ValueError, match="'perhaps' in the table of book/myths"):
        verdict_class("perhaps")
