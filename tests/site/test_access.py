"""What every page owes to readers who zoom, who use the keyboard alone, who print, who listen."""

import pytest

from tests.site.test_browser import is_redirect
from tests.site.visiting import DESK, settle

pytestmark = [pytest.mark.site, pytest.mark.browser]

ZOOMED = {"width": 640, "height": 450}  # CSS pixels of a screen of 1280 × 900 at 200%
MOST_STOPS = 1500

#: Numbers everything that the tabulator must reach, in the order of the page. Of a group of radio
#: buttons that is the chosen one; arrow keys lead to the others (test_ledger presses them).
FOCUSABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]")]
  .filter((each) => each.tabIndex >= 0 && !each.disabled && !each.closest("[inert]")
    && (each.type !== "radio" || each.checked)
    && each.checkVisibility({visibilityProperty: true})
    && each.getClientRects().length)
  .map((each, i) => { each.dataset.stop = String(i); return each.outerHTML.slice(0, 120); })"""
#: Where the focus is, and whether it is seen there.
FOCUSED = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [here.dataset.stop ?? null, ring || style.boxShadow !== "none",
          here.outerHTML.slice(0, 120)];
}"""
#: Text and controls that lie beyond the edge of the screen, but for boxes that scroll.
CUT_OFF = """() => [...document.querySelectorAll(
    "article :is(p, li, h1, h2, h3, figcaption, label, button, select, input, dt, dd)")]
  .filter((each) => each.checkVisibility() && !each.closest(
    ".highlight, table, .math, mjx-container, .lab-live, .sd-card-header, .visually-hidden"))
  .filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
  })
  .map((each) => each.outerHTML.slice(0, 100))"""


def every_page(pages):
    """Return the addresses of all pages that do not only lead to another."""
    return [path for path, page in pages.items() if not is_redirect(page)]


def test_keyboard_reaches_everything_in_order_and_shows_where_it_is(chromium, address, pages):
    """The first stop is the skip link, which leads to the text."""
    context = chromium.new_context(viewport=DESK, reduced_motion="reduce")
    page = context.new_page()
    faults = []
    for path in every_page(pages):
        page.goto(address + path, wait_until="load")
        settle(page)
        wanted = page.evaluate(FOCUSABLE)
        reached, previous = set(), -1
        for _ in range(MOST_STOPS):
            page.keyboard.press("Tab")
            stop, seen, what = page.evaluate(FOCUSED)
            if what.startswith("<body") or (stop == "0" and reached):
                break  # round once
            if not seen:
                faults.append(f"{path}: the focus is not seen: {what}")
            if stop is not None:
                if int(stop) < previous:
                    faults.append(f"{path}: out of order: {what}")
                previous = int(stop)
                reached.add(previous)
        missed = [what for i, what in enumerate(wanted) if i not in reached]
        faults += [f"{path}: not reached: {what}" for what in missed]
        first = page.locator("[data-stop='0']")
        if first.text_content() != "Skip to main content":
            faults.append(f"{path}: the first stop is no skip link")
            continue
        first.press("Enter")
        page.wait_for_url("**#main-content")
        if not page.locator("#main-content").count():
            faults.append(f"{path}: the skip link leads nowhere")
    context.close()
    assert not faults, "\n".join(faults)


def test_zoom_to_200_percent_loses_nothing(chromium, address, pages):
    context = chromium.new_context(viewport=ZOOMED, device_scale_factor=2)
    page = context.new_page()
    faults = []
    for path in every_page(pages):
        page.goto(address + path, wait_until="load")
        settle(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > ZOOMED["width"]:
            faults.append(f"{path}: the page is {width} wide")
        faults += [f"{path}: cut off: {what}" for what in page.evaluate(CUT_OFF)]
    context.close()
    assert not faults, "\n".join(faults)


def test_print_keeps_the_text_and_drops_the_rest(chromium, address, pages):
    page = chromium.new_page(viewport={"width": 794, "height": 1123})  # A4 at 96 dpi
    page.emulate_media(media="print")
    faults = []
    for path in every_page(pages):
        page.goto(address + path, wait_until="load")
        settle(page)
        for part in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article"):
            if any(each.is_visible() for each in page.locator(part).all()):
                faults.append(f"{path}: {part} is printed")
        for each in page.locator("article figure svg:visible").all():
            box = each.bounding_box()
            if box and box["width"] > 794:
                faults.append(f"{path}: a figure is wider than the paper")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 794:
            faults.append(f"{path}: {width} px wide on paper of 794")
    page.close()
    assert not faults, "\n".join(faults)
