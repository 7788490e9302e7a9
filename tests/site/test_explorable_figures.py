"""Every explorable figure of the book, moved by keyboard: picture, words and address follow."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from tests.conftest import SUMMARY
from tests.site.visiting import DESK, without_mathjax

pytestmark = [pytest.mark.site, pytest.mark.browser]

WANTED = 24  # over the whole book
SHOWN = """(figure) => [...figure.querySelectorAll("svg [data-f]")]
    .filter((group) => group.getAttribute("display") !== "none")
    .map((group) => group.dataset.f).join("|")"""


def state(figure: Locator) -> tuple[str, str, str | None]:
    """Return what a figure shows: its frame's groups, its readout, its alt text."""
    return (
        figure.evaluate(SHOWN),
        figure.locator(".rx-readout").inner_text(),
        figure.locator("> svg").get_attribute("aria-label"),
    )


def unfold(page: Page) -> None:
    """Open every folded box, so that the keyboard can reach what is in it."""
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")


@pytest.fixture(scope="module")
def explorable(pages) -> dict[str, list[str]]:
    """The ids of the explorable figures of every page that has some."""
    found = {
        path: [figure["id"] for figure in page.select("figure.rx-explore")]
        for path, page in pages.items()
    }
    return {path: ids for path, ids in found.items() if ids}


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    context = chromium.new_context(viewport=DESK)
    yield without_mathjax(context)
    context.close()


def test_the_book_has_explorable_figures(explorable, record_property):
    table = [f"{len(ids):4}  {path}" for path, ids in explorable.items()]
    total = sum(len(ids) for ids in explorable.values())
    record_property(
        SUMMARY,
        "\n".join(["Explorable figures:", *table, f"{total:4}  in all, of {WANTED} wanted"]),
    )
    assert total >= WANTED


def test_tab_reaches_every_control(page, address, explorable):
    missed = {}
    for path in explorable:
        page.goto(address + path, wait_until="load")
        wanted = set(
            page.evaluate(
                "[...document.querySelectorAll('.rx-control :is(input, select)')]"
                ".map((control) => control.id)"
            )
        )
        reached: set[str] = set()
        page.locator("#main-content").evaluate("(main) => { main.tabIndex = -1; main.focus(); }")
        for _ in range(400):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.id")
            if focused in wanted:
                reached.add(focused)
            if reached == wanted:
                break
        if reached != wanted:
            missed[path] = wanted - reached
    assert not missed


def test_arrow_keys_move_picture_words_and_address(page, address, explorable):
    for path, ids in explorable.items():
        page.goto(address + path, wait_until="load")
        unfold(page)
        for name in ids:
            figure = page.locator(f"#{name}")
            for control in figure.locator(".rx-control :is(input, select)").all():
                before, place = state(figure), f"{path}#{name}"
                spoken = control.get_attribute("aria-valuetext")
                at_end = control.evaluate(
                    "(each) => each.max ? each.value === each.max"
                    " : each.selectedIndex === each.options.length - 1"
                )
                control.focus()
                page.keyboard.press("ArrowLeft" if at_end else "ArrowRight")
                after = state(figure)
                assert after[0] != before[0], f"{place}: the picture stays"
                assert after[1] != before[1], f"{place}: the readout stays"
                if spoken is not None:
                    assert control.get_attribute("aria-valuetext") != spoken, place
                setting = control.get_attribute("data-name")
                assert re.search(rf"#{name}&(.*&)?{setting}=", page.url), page.url


def test_an_address_reopens_the_same_view(page, address, explorable):
    for path, ids in explorable.items():
        left = {}
        page.goto(address + path, wait_until="load")
        unfold(page)
        for name in ids:
            figure = page.locator(f"#{name}")
            figure.locator(".rx-control :is(input, select)").first.focus()
            page.keyboard.press("End")
            left[name] = page.url, state(figure)
        for name, (url, seen) in left.items():
            page.goto("about:blank")  # else only the fragment changes, and nothing is loaded
            page.goto(url, wait_until="load")
            unfold(page)
            assert state(page.locator(f"#{name}")) == seen, url


def test_one_frame_is_shown_for_every_setting(page, address, explorable):
    for path, ids in explorable.items():
        page.goto(address + path, wait_until="load")
        unfold(page)
        for name in ids:
            figure = page.locator(f"#{name}")
            rows = figure.locator(".rx-data tbody tr").count()
            seen = figure.evaluate(
                """(figure) => {
                    const [first, second] =
                        figure.querySelectorAll(".rx-control :is(input, select)");
                    const count = (control) =>
                        control ? (control.options?.length ?? Number(control.max) + 1) : 1;
                    const words = new Set();
                    for (let i = 0; i < count(first); i += 1) {
                        for (let j = 0; j < count(second); j += 1) {
                            if (first.options) first.selectedIndex = i; else first.value = i;
                            if (second?.options) second.selectedIndex = j;
                            else if (second) second.value = j;
                            first.dispatchEvent(new Event("input"));
                            words.add(
                                [...figure.querySelectorAll("svg [data-f]")]
                                    .filter((g) => g.getAttribute("display") !== "none")
                                    .map((g) => g.dataset.f.split(" ").includes(
                                        String(i * count(second) + j))).join()
                            );
                        }
                    }
                    return [count(first) * count(second), [...words].join()];
                }"""
            )
            assert seen[0] == rows, f"{path}#{name}"
            assert "false" not in seen[1], f"{path}#{name}: a part of another frame is shown"


def test_print_shows_a_plain_picture(page, address, explorable):
    for path in explorable:
        page.goto(address + path, wait_until="load")
        unfold(page)
        page.emulate_media(media="print")
        for part in (".rx-controls", ".rx-data"):
            shown = [each for each in page.locator(part).all() if each.is_visible()]
            assert not shown, f"{path}: {part} is printed"
        assert page.locator("figure.rx-explore > svg").first.is_visible()
