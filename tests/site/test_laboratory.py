"""The laboratory on its page: by keyboard, for a screen reader, from a file, and from a link."""

import re

import pytest

from tests.site.visiting import DESK, PHONE

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.xdist_group("site")]

PAGE = "book/laboratory.html"
SMALL = (
    "#laboratory&task=xor&depth=2&width=4&activation=relu"
    "&initialization=he&optimizer=sgd&rate=0.3&seed=3"
)
SETTINGS = ("task", "depth", "width", "activation", "initialization", "optimizer", "rate", "seed")


@pytest.fixture
def laboratory(chromium, address):
    """The page on a small network, opened by its link; an error on it fails the test."""
    context = chromium.new_context(viewport=DESK)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}{PAGE}{SMALL}", wait_until="load")
    page.locator(".lab-readout", has_text="After 0 steps").wait_for()
    yield page
    context.close()
    assert errors == []


def said(page):
    """Return what the page shows and what it tells a screen reader."""
    return page.locator(".lab-readout").inner_text(), page.locator(".lab-live").inner_text()


def picture(page):
    """Return the canvas as it is drawn."""
    return page.locator(".lab-plane canvas").evaluate("(canvas) => canvas.toDataURL()")


def test_only_its_page_loads_the_laboratory(pages):
    for path, page in pages.items():
        scripts = page.select("script[src*='laboratory.js'], link[href*='laboratory.css']")
        assert len(scripts) == (2 if path == PAGE else 0), path


def test_everything_works_by_keyboard(laboratory):
    page = laboratory
    page.locator("#main-content").evaluate("(main) => { main.tabIndex = -1; main.focus(); }")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.innerText")
        )
        if reached[-1] == "Reset":
            break
    wanted = [f"laboratory-{name}" for name in SETTINGS] + ["Step", "100 steps", "Run", "Reset"]
    assert reached[-len(wanted) :] == wanted
    before = picture(page)
    page.get_by_role("button", name="100 steps").focus()
    page.keyboard.press("Enter")
    assert said(page)[0].startswith("After 100 steps with ReLU: loss 0.")
    assert picture(page) != before
    page.get_by_label("Activation", exact=True).focus()
    page.keyboard.press("ArrowDown")
    assert said(page)[0].startswith("After 100 steps with leaky ReLU (0.01): loss 0.")
    page.get_by_label("Task", exact=True).focus()
    page.keyboard.press("ArrowDown")
    assert said(page)[0].startswith("After 0 steps")


def test_controls_have_names_and_changes_are_spoken(laboratory):
    page = laboratory
    for name in SETTINGS:
        assert page.locator(f"label[for=laboratory-{name}]").inner_text().strip()
    page.get_by_role("button", name="Step", exact=True).click()
    shown, spoken = said(page)
    assert shown.startswith("After 1 step with")
    assert spoken == shown
    label = page.locator(".lab-plane canvas").get_attribute("aria-label")
    assert "four corners" in label
    assert shown in label
    assert (
        page.locator(".lab-beside svg").get_attribute("aria-label").startswith("Loss over 1 step,")
    )


def test_a_run_is_not_spoken_frame_by_frame(laboratory):
    page = laboratory
    page.evaluate(
        """() => {
          window.spoken = 0;
          window.shown = 0;
          const count = (where, name) => new MutationObserver(() => { window[name] += 1; })
            .observe(document.querySelector(where), {childList: true});
          count(".lab-live", "spoken");
          count(".lab-readout", "shown");
        }"""
    )
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function("window.shown >= 8")
    shown, spoken = page.evaluate("[window.shown, window.spoken]")
    assert shown >= 8
    assert spoken <= 2
    page.get_by_role("button", name="Pause").click()
    assert said(page)[0] == said(page)[1]


def test_the_table_holds_what_the_cards_show(laboratory):
    page = laboratory
    page.get_by_role("button", name="100 steps").click()
    page.locator(".lab-data summary").click()
    rows = page.locator(".lab-data tbody tr").all()
    cards = page.locator(".lab-card").all()
    assert len(rows) == len(cards) == 3
    for row, card in zip(rows, cards, strict=True):
        text, cells = card.inner_text(), row.locator("td").all_inner_texts()
        assert f"gradient norm {cells[0]}" in text
        if cells[1] != "–":
            assert f"{cells[2]} dead" in text
            assert f"pre-activations {cells[3]} ± {cells[4]}" in text


def test_a_link_reopens_the_run(laboratory):
    page = laboratory
    page.get_by_role("button", name="100 steps").click()
    page.get_by_label("Activation", exact=True).select_option("gelu")
    page.get_by_role("button", name="Step", exact=True).click()
    url, shown, drawn = page.url, said(page), picture(page)
    assert url.endswith("&steps=101&then=100:activation:gelu")
    page.goto("about:blank")
    page.goto(url, wait_until="load")
    page.locator(".lab-live", has_text="After 101 steps with GELU").wait_for(state="attached")
    assert said(page) == shown
    assert picture(page) == drawn
    assert page.get_by_label("Activation", exact=True).input_value() == "gelu"


def test_links_of_the_text_open_their_experiments(laboratory):
    page = laboratory
    links = page.locator("article a[href*='#laboratory&']").all()
    assert len(links) == 3
    for link in links:
        target = link.get_attribute("href")
        link.click()
        steps = re.search(r"steps=(\d+)", target)[1]
        page.locator(".lab-live", has_text=f"After {steps} steps").wait_for(state="attached")
        kept = dict(part.split("=") for part in page.url.split("&")[1:])
        given = dict(part.split("=") for part in target.split("&")[1:])
        assert {name: kept[name] for name in SETTINGS} == {name: given[name] for name in SETTINGS}


def test_dead_units_are_crossed_and_not_only_coloured(laboratory):
    page = laboratory
    page.locator("article a[href*='rate=3']").click()
    page.locator(".lab-live", has_text="After 300 steps").wait_for(state="attached")
    dead = int(re.search(r"(\d+) of 24 units dead", said(page)[0])[1])
    assert dead > 0
    assert page.locator("path.lab-dead").count() == dead


def test_colours_follow_the_theme(laboratory):
    page = laboratory
    page.emulate_media(color_scheme="light")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")
    page.wait_for_timeout(50)  # the canvas is redrawn by an observer, just after
    light = picture(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.wait_for_timeout(50)
    assert picture(page) != light


def test_nothing_moves_for_those_who_ask_for_stillness(chromium, address):
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}{PAGE}", wait_until="load")
    assert not page.get_by_role("button", name="Run", exact=True).is_visible()
    page.get_by_role("button", name="100 steps").click()
    assert said(page)[0].startswith("After 100 steps")
    context.close()


def test_it_works_from_a_file(chromium, site):
    page = chromium.new_page(viewport=DESK)
    page.goto((site / PAGE).as_uri() + SMALL, wait_until="load")
    page.get_by_role("button", name="100 steps").click()
    assert said(page)[0].startswith("After 100 steps")
    assert page.url.endswith("&steps=100")
    page.close()


def test_without_javascript_it_says_what_it_would_show(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGE, wait_until="load")
    text = page.locator("#laboratory-here").inner_text()
    assert "needs JavaScript" in text
    assert "would show" in text
    assert page.locator("#laboratory-here :is(button, select, canvas)").count() == 0
    context.close()
