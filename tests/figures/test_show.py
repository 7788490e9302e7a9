"""show(): one figure with its words, or an error that names what is missing."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup

from rectified.figures import label_line, show
from tests.figures.conftest import draw_leaky

ALT = "A line that rises after a kink."


def test_figure_has_alt_and_caption(shown, in_book):
    show(draw_leaky(), alt=ALT, caption="x < 0 & x > 0")
    figure = BeautifulSoup(shown[0].data, "html.parser").figure
    assert figure.svg["role"] == "img"
    assert figure.svg["aria-label"] == ALT
    assert figure.figcaption.text == "x < 0 & x > 0"


def test_figure_is_as_wide_as_its_place(shown, in_book):
    show(draw_leaky(), alt=ALT, caption="c")
    svg = BeautifulSoup(shown[0].data, "html.parser").svg
    assert svg["width"] == "100%"
    assert "max-width" in svg["style"]
    assert svg["viewbox"].startswith("0 0 ")


def test_figure_is_closed(shown, in_book):
    show(draw_leaky(), alt=ALT, caption="c")
    assert not plt.get_fignums()


def test_two_equal_figures_share_no_id(shown, in_book):
    for _ in range(2):
        show(draw_leaky(), alt=ALT, caption="c")
    ids = [
        {tag["id"] for tag in BeautifulSoup(each.data, "html.parser").select("[id]")}
        for each in shown
    ]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_a_notebook_gets_the_palette_with_the_figure(shown, in_notebook):
    show(draw_leaky(), alt=ALT, caption="c")
    assert "<style>" in shown[0].data
    assert "--rx-1: #" in shown[0].data


def test_a_page_does_not(shown, in_book):
    show(draw_leaky(), alt=ALT, caption="c")
    assert "<style" not in shown[0].data


@pytest.mark.parametrize("missing", ["alt", "caption"])
def test_empty_words_are_refused(missing):
    words = {"alt": ALT, "caption": "c", missing: "  "}
    with pytest.raises(ValueError, match=missing):
        show(draw_leaky(), **words)


@pytest.mark.parametrize("wrong", ["alt", "caption"])
def test_words_must_be_text(wrong):
    words = {"alt": ALT, "caption": "c", wrong: 3}
    with pytest.raises(TypeError, match=wrong):
        show(draw_leaky(), **words)


def test_only_figures_are_shown():
    with pytest.raises(TypeError, match="fig must be a matplotlib Figure"):
        show(plt.subplots()[1], alt=ALT, caption="c")


def test_label_stands_at_the_last_finite_point_in_the_lines_colour():
    _, axes = plt.subplots()
    (line,) = axes.plot([0, 1, 2], [0, 1, np.nan])
    label = label_line(axes, line, "r")
    assert label.xy == (1, 1)
    assert label.get_color() == line.get_color()
    assert label.get_ha() == "left"


def test_label_stands_on_the_line_where_asked():
    _, axes = plt.subplots()
    (line,) = axes.plot([2, 0], [4, 0])
    label = label_line(axes, line, "r", x=0.5, offset=(0, 6))
    assert label.xy == (0.5, 1.0)
    assert (label.get_ha(), label.get_va()) == ("center", "bottom")


def test_label_outside_the_line_is_refused():
    _, axes = plt.subplots()
    (line,) = axes.plot([0, 1])
    with pytest.raises(ValueError, match="x = 3 lies outside the line"):
        label_line(axes, line, "r", x=3)


def test_label_of_an_empty_line_is_refused():
    _, axes = plt.subplots()
    (line,) = axes.plot([np.nan])
    with pytest.raises(ValueError, match="no finite point"):
        label_line(axes, line, "r")
