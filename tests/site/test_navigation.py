"""Finding one's way: the menu on a phone, search, the skip link, the page that does not exist."""

import pytest

from tests.site.visiting import DESK, PHONE

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.xdist_group("site")]

CHAPTER = "book/relu.html"
MENU_LINK = ".bd-docs-nav a[href$='how-to.html']"


@pytest.fixture
def phone(chromium, address):
    """A chapter open on a phone with a touch screen."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + CHAPTER, wait_until="load")
    yield page
    context.close()


def test_menu_opens_and_closes_by_touch(phone):
    entry = phone.locator(MENU_LINK).first
    assert not entry.is_visible()
    phone.locator(".primary-toggle").first.tap()
    entry.wait_for(state="visible")
    phone.touchscreen.tap(PHONE["width"] - 5, PHONE["height"] / 2)
    entry.wait_for(state="hidden")


def test_menu_opens_and_closes_by_keyboard(phone):
    entry = phone.locator(MENU_LINK).first
    phone.locator(".primary-toggle").first.focus()
    phone.keyboard.press("Enter")
    entry.wait_for(state="visible")
    phone.keyboard.press("Escape")
    entry.wait_for(state="hidden")


def test_menu_leads_to_another_page(phone, address):
    phone.locator(".primary-toggle").first.tap()
    phone.locator(MENU_LINK).first.tap()
    phone.wait_for_url(f"{address}book/how-to.html")


def test_search_finds_the_chapter(chromium, address):
    page = chromium.new_page(viewport=DESK)
    page.goto(address + "book/how-to.html", wait_until="load")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog input").fill("subgradient")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=subgradient*")
    page.locator("#search-results a[href*='relu.html']").first.wait_for()
    fields = [each for each in page.locator("input[type=search]").all() if each.is_visible()]
    assert len(fields) == 1
    page.close()


def test_unknown_address_gets_the_404_page(chromium, address):
    page = chromium.new_page(viewport=DESK)
    response = page.goto(address + "book/deep/er/nowhere.html", wait_until="load")
    assert response.status == 404
    assert page.locator("article h1").inner_text() == "This page does not exist"
    page.locator("article a").first.click()
    page.wait_for_url(f"{address}book/index.html")
    page.close()


def test_colour_mode_can_be_changed(chromium, address):
    page = chromium.new_page(viewport=DESK)
    page.goto(address + CHAPTER, wait_until="load")
    inks = set()
    for _ in range(3):
        page.locator(".theme-switch-button").first.click()
        theme = page.evaluate("document.documentElement.dataset.theme")
        ink = page.locator("figure.rx-figure > svg").first.evaluate(
            "(svg) => getComputedStyle(svg).fill"
        )
        inks.add((theme, ink))
    page.close()
    assert {theme for theme, _ in inks} == {"light", "dark"}
    assert len(inks) == 2, "the figures' ink does not follow the theme"
