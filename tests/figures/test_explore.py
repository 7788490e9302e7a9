"""explore(): every frame in the page, any value in a notebook, errors that name the argument."""

import gzip

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup

from rectified.figures import explore
from tests.figures.conftest import book_page, draw_leaky

SLOPES = np.linspace(0, 1, 41)
WORDS = {
    "alt": lambda slope: f"A hinge; left of zero the slope is {slope:g}.",
    "caption": "Slide to tilt the left side.",
    "readout": lambda slope: f"slope {slope:g}",
}


@pytest.fixture(scope="module")
def page():
    """A figure of 41 frames, drawn once: as a tree, and as text."""
    with book_page() as shown:
        explore(draw_leaky, **WORDS, slope=SLOPES)
        assert not plt.get_fignums(), "explore leaves its frames open"
    return BeautifulSoup(shown[0].data, "html.parser"), shown[0].data


def test_41_frames_of_a_line_weigh_little(page):
    assert len(gzip.compress(page[1].encode())) < 12_000


def test_middle_frame_is_shown_first(page):
    tree, _ = page
    visible = [g["data-f"] for g in tree.select("[data-f]") if g.get("display") != "none"]
    assert visible
    assert all("20" in frames.split() for frames in visible)
    assert tree.select_one(".rx-readout").text == "slope 0.5"
    assert tree.svg["aria-label"].endswith("0.5.")


def test_every_frame_is_there(page):
    frames = {n for g in page[0].select("[data-f]") for n in g["data-f"].split()}
    assert frames == {str(n) for n in range(41)}


def test_what_never_changes_is_there_once(page):
    assert [text.text for text in page[0].select("svg text")].count("f(x)") == 1


def test_slider_is_named_and_says_its_value(page):
    tree, _ = page
    slider = tree.select_one("input[type=range]")
    assert tree.select_one(f"label[for={slider['id']}]").text == "slope"
    assert slider["aria-valuetext"] == "0.5"
    assert (slider["min"], slider["max"], slider["value"]) == ("0", "40", "20")


def test_controls_are_hidden_without_a_script(page):
    assert page[0].select_one(".rx-controls").has_attr("hidden")


def test_table_has_every_setting_with_its_readout_and_alt(page):
    rows = page[0].select(".rx-data tbody tr")
    assert len(rows) == 41
    assert [cell.text for cell in rows[1].find_all(["th", "td"])] == ["0.025", "slope 0.025"]
    assert rows[1]["data-alt"].endswith("0.025.")


def test_figure_is_named_after_its_drawing(page):
    assert page[0].figure["id"] == "explore-leaky"


def test_same_call_twice_shares_no_id(shown, in_book):
    for _ in range(2):
        explore(draw_leaky, **WORDS, slope=[0.0, 0.5, 1.0])
    ids = [
        {tag["id"] for tag in BeautifulSoup(each.data, "html.parser").select("[id]")}
        for each in shown
    ]
    assert not ids[0] & ids[1]


def test_same_call_gives_the_same_text(shown, in_book, monkeypatch):
    for _ in range(2):
        monkeypatch.setattr("rectified.figures.explorable._names_on_this_page", set())
        explore(draw_leaky, **WORDS, slope=[0.0, 0.5, 1.0])
    assert shown[0].data == shown[1].data


def test_start_chooses_the_first_frame(shown, in_book):
    explore(draw_leaky, **WORDS, slope=np.linspace(0, 1, 6), start={"slope": 0.25})
    assert BeautifulSoup(shown[0].data, "html.parser").input["value"] == "1"


def test_words_become_a_list(shown, in_book):
    explore(
        lambda kind: draw_leaky({"flat": 0.0, "leaky": 0.2}[kind]),
        alt="A hinge of one of two kinds.",
        caption="c",
        readout=lambda kind: kind,
        kind=["flat", "leaky"],
    )
    tree = BeautifulSoup(shown[0].data, "html.parser")
    assert [option.text for option in tree.select("select option")] == ["flat", "leaky"]
    assert tree.select_one("option[selected]").text == "flat"


def test_two_controls_count_the_last_fastest(shown, in_book):
    explore(
        lambda kind, slope: draw_leaky(slope),
        alt="A hinge.",
        caption="c",
        readout=lambda kind, slope: f"{kind} {slope:g}",
        start={"kind": "b", "slope": -1},
        kind=["a", "b"],
        slope=np.array([-1, 0, 2]),
    )
    tree = BeautifulSoup(shown[0].data, "html.parser")
    assert tree.select_one(".rx-readout").text == "b -1"
    rows = [row.td.text for row in tree.select(".rx-data tbody tr")]
    assert rows == ["a -1", "a 0", "a 2", "b -1", "b 0", "b 2"]
    assert tree.select_one(".rx-value").text == "−1"


def test_frames_of_unlike_parts_are_merged(shown, in_book):
    def draw_dots(count: int):
        figure, axes = plt.subplots()
        axes.set(xlim=(0, 9), ylim=(0, 9))
        for place in range(count):
            axes.plot([place], [place], "o", color="#123456")
        return figure

    explore(
        draw_dots,
        alt="Dots on a diagonal.",
        caption="c",
        readout=lambda count: f"{count} dots",
        count=np.arange(1, 6),
    )
    tree = BeautifulSoup(shown[0].data, "html.parser")
    for frame in range(5):
        dots = [
            use
            for use in tree.select("svg use[style*='#123456']")
            if all(
                str(frame) in g["data-f"].split() for g in use.find_parents(attrs={"data-f": True})
            )
        ]
        assert len(dots) == frame + 1


def test_play_button_only_if_asked(shown, in_book):
    explore(draw_leaky, **WORDS, slope=[0.0, 1.0])
    explore(draw_leaky, **WORDS, slope=[0.0, 1.0], play=True)
    found = [BeautifulSoup(each.data, "html.parser").select("button.rx-play") for each in shown]
    assert [len(buttons) for buttons in found] == [0, 1]
    assert found[1][0].has_attr("hidden")


BAD = {
    "draw must be a function": (TypeError, {"draw": 3}),
    "readout must be a function": (TypeError, {"readout": "text"}),
    "caption is empty": (ValueError, {"caption": ""}),
    "alt is empty": (ValueError, {"alt": lambda slope: ""}),
    "readout is empty": (ValueError, {"readout": lambda slope: " "}),
    "draw must return a matplotlib Figure": (TypeError, {"draw": lambda slope: None}),
    "one or two controls": (ValueError, {"slope": None}),
    "slope must be a 1-d array": (TypeError, {"slope": 3.0}),
    "slope needs at least two": (ValueError, {"slope": [1.0]}),
    "slope must hold finite numbers in increasing order": (ValueError, {"slope": [1.0, 0.0]}),
    "slope must hold finite": (ValueError, {"slope": [0.0, np.inf]}),
    "slope has a word twice": (ValueError, {"slope": ["a", "a"]}),
    "slope must hold numbers or words": (TypeError, {"slope": [True, False]}),
    "90 values of slope are 90 frames; .* 80 is the most": (
        ValueError,
        {"slope": np.linspace(0, 1, 90)},
    ),
    "start names tilt, but the controls are slope": (ValueError, {"start": {"tilt": 1}}),
    "start: slope = 3 lies outside": (ValueError, {"start": {"slope": 3}}),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_named(message, in_book):
    error, change = BAD[message]
    call = {"draw": draw_leaky, **WORDS, "slope": [0.0, 0.5, 1.0]} | change
    if call["slope"] is None:
        del call["slope"]
    with pytest.raises(error, match=message):
        explore(call.pop("draw"), **call)


def test_figures_of_two_sizes_are_refused(in_book):
    def draw_growing(slope: float):
        return plt.subplots(figsize=(4 + slope, 3))[0]

    with pytest.raises(ValueError, match="one size for every setting"):
        explore(draw_growing, **WORDS, slope=[0.0, 1.0])


def test_a_notebook_draws_any_value_live(shown, in_notebook):
    explore(draw_leaky, **WORDS, slope=SLOPES)
    slider, readout, picture = shown[0].children
    before = picture.value
    slider.value = 0.33125  # between two of the book's values
    assert "slope 0.33125" in readout.value
    assert picture.value != before
    assert 'aria-label="A hinge; left of zero the slope is 0.33125."' in picture.value
    assert not plt.get_fignums()


def test_a_notebook_starts_where_the_book_does(shown, in_notebook):
    explore(draw_leaky, **WORDS, slope=SLOPES, start={"slope": 0.2})
    assert shown[0].children[0].value == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (np.arange(5), "IntSlider"),
        (np.linspace(0, 1, 5), "FloatSlider"),
        (np.geomspace(1e-3, 1, 7), "FloatLogSlider"),
        (["flat", "leaky"], "Dropdown"),
    ],
)
def test_a_notebook_has_a_fitting_control(shown, in_notebook, values, kind):
    explore(
        lambda setting: draw_leaky(0.5),
        alt="A hinge.",
        caption="c",
        readout=lambda setting: str(setting),
        setting=values,
    )
    assert type(shown[0].children[0]).__name__ == kind
