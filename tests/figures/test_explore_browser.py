"""explore.js in a real browser, on a page without the book around it, opened from a file."""

from importlib.resources import files

import numpy as np
import pytest

from rectified.figures import explore
from tests.figures.conftest import book_page, draw_leaky

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("figures-browser")]

FILES = files("rectified.figures")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A page with two figures: a slider that plays, and a list with a slider."""
    with book_page() as shown:
        explore(
            draw_leaky,
            alt="A hinge.",
            caption="One slider.",
            readout=lambda slope: f"slope {slope:g}",
            slope=np.linspace(-1, 1, 5),
            play=True,
        )
        explore(
            lambda kind, slope: draw_leaky(slope),
            alt=lambda kind, slope: f"A hinge of kind {kind}.",
            caption="A list and a slider.",
            readout=lambda kind, slope: f"{kind}, {slope}",
            kind=["plain", "two words & more"],
            slope=np.array([0, 1, 10]),
        )
    page = tmp_path_factory.mktemp("page") / "page.html"
    page.write_text(
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Figures</title>"
        f"<style>{FILES.joinpath('figures.css').read_text()}</style>"
        f"{''.join(each.data for each in shown)}"
        f"<script>{FILES.joinpath('explore.js').read_text()}</script></html>"
    )
    return page.as_uri()


@pytest.fixture
def opened(chromium):
    """A function that opens an address and returns its page; errors on the page fail the test."""
    contexts, errors = [], []

    def open_page(url: str, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors


def test_slider_moves_by_keyboard(opened, address):
    page = opened(address)
    page.locator("#explore-leaky-slope").focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#explore-leaky .rx-readout").inner_text() == "slope -0.5"
    assert page.locator("#explore-leaky .rx-value").inner_text() == "−0.5"
    assert page.locator("#explore-leaky-slope").get_attribute("aria-valuetext") == "−0.5"
    assert page.url.endswith("#explore-leaky&slope=-0.5")


def test_other_figures_stay_as_they_are(opened, address):
    page = opened(address)
    before = page.locator("#explore-lambda .rx-readout").inner_text()
    page.locator("#explore-leaky-slope").press("End")
    assert page.locator("#explore-lambda .rx-readout").inner_text() == before


def test_list_and_slider_work_together(opened, address):
    page = opened(address)
    page.locator("#explore-lambda-kind").select_option("two words & more")
    page.locator("#explore-lambda-slope").press("End")
    figure = page.locator("#explore-lambda")
    assert figure.locator(".rx-readout").inner_text() == "two words & more, 10"
    assert figure.locator("> svg").get_attribute("aria-label") == (
        "A hinge of kind two words & more."
    )


def test_address_with_odd_signs_reopens_the_view(opened, address):
    page = opened(address)
    page.locator("#explore-lambda-kind").select_option("two words & more")
    page.locator("#explore-lambda-slope").press("End")
    again = opened(page.url)
    assert again.locator("#explore-lambda .rx-readout").inner_text() == "two words & more, 10"


def test_following_a_link_on_the_page_changes_the_view(opened, address):
    page = opened(address)
    page.evaluate("location.hash = '#explore-leaky&slope=1'")
    page.wait_for_function(
        "document.querySelector('#explore-leaky .rx-readout').textContent === 'slope 1'"
    )


@pytest.mark.parametrize(
    "end", ["#elsewhere", "#explore-leaky&slope=9", "#explore-leaky&x=1", "#%"]
)
def test_a_strange_address_leaves_the_first_view(opened, address, end):
    page = opened(address + end)
    assert page.locator("#explore-leaky .rx-readout").inner_text() == "slope 0"


def test_play_runs_to_the_end_and_stops(opened, address):
    page = opened(address)
    button = page.get_by_role("button", name="Play")
    button.click()
    assert button.or_(page.get_by_role("button", name="Pause")).inner_text() == "Pause"
    page.wait_for_function(
        "document.querySelector('#explore-leaky .rx-readout').textContent === 'slope 1'"
    )
    page.get_by_role("button", name="Play").wait_for()
    assert page.url.endswith("#explore-leaky&slope=1")


def test_less_motion_means_no_play_button(opened, address):
    page = opened(address, reduced_motion="reduce")
    assert page.locator(".rx-play").count() == 1
    assert not page.locator(".rx-play").is_visible()


def test_without_a_script_it_is_a_picture(opened, address):
    page = opened(address, java_script_enabled=False)
    assert page.locator("#explore-leaky > svg").bounding_box()["height"] > 100
    assert not page.locator(".rx-controls").first.is_visible()
    assert page.locator("#explore-leaky .rx-readout").inner_text() == "slope 0"


def test_touch_target_is_large_enough(opened, address):
    page = opened(address, viewport={"width": 420, "height": 800})
    for control in page.locator(".rx-control :is(input, select)").all():
        assert control.bounding_box()["height"] >= 24  # WCAG 2.2, 2.5.8
