"""The SVG of a figure: small, themed, deterministic, with ids of its own."""

import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest

from rectified.figures import COLORS, svg
from tests.figures.conftest import draw_leaky


def text_of(figure) -> str:
    """Return a figure's SVG as text."""
    return svg.markup(svg.svg_tree(figure))


def test_same_figure_gives_the_same_text():
    assert text_of(draw_leaky()) == text_of(draw_leaky())


def test_colours_of_the_style_are_named():
    text = text_of(draw_leaky())
    assert f"var(--rx-1,{COLORS[0]})" in text
    assert "currentColor" in text
    assert "#1f2328" not in text


def test_other_colours_stay():
    figure = draw_leaky()
    figure.axes[0].plot([0, 1], color="#123456")
    assert "stroke:#123456" in text_of(figure)


def test_hatches_are_themed_through_their_style():
    figure, axes = plt.subplots()
    axes.bar([0], [1], color=COLORS[1], hatch="//")
    text = text_of(figure)
    assert "<pattern" in text
    assert not re.search(r'(fill|stroke)="var', text)


def test_nothing_leaks_into_the_page():
    text = text_of(draw_leaky())
    for foreign in ("<style", "<metadata", "xmlns", "font-family", "DejaVu", "<?xml"):
        assert foreign not in text


def test_ground_is_transparent():
    assert "#ffffff" not in text_of(draw_leaky())


def test_numbers_have_two_decimals_at_most():
    assert not re.search(r"\d\.\d{3}", text_of(draw_leaky()))


def test_text_stays_text():
    root = svg.svg_tree(draw_leaky())
    assert {"f(x)", "leaky", "−3"} <= {text.text for text in root.iter("text")}


def test_powers_on_a_log_axis_are_raised_text():
    figure = draw_leaky()
    figure.axes[0].set_xscale("symlog")
    raised = [span for span in svg.svg_tree(figure).iter("tspan") if span.get("dy")]
    assert raised
    assert all(float(span.get("dy")) < 0 for span in raised)


def test_dense_points_are_a_png_inside():
    figure, axes = plt.subplots()
    points = np.random.default_rng(0).normal(size=(2, 5000))
    axes.scatter(*points, rasterized=True)
    text = text_of(figure)
    assert re.search(r'<image [^>]*href="data:image/png;base64,[A-Za-z0-9+/=]+"', text)
    assert len(text) < 200_000


def test_prefix_renames_ids_and_references_alike():
    figure = draw_leaky()
    figure.axes[0].plot([0, 1], "o")
    root = svg.svg_tree(figure)
    before = {element.get("id") for element in root.iter()} - {None}
    svg.prefix_ids(root, "fig-")
    text = svg.markup(root)
    assert before
    assert {element.get("id") for element in root.iter()} - {None} == {f"fig-{n}" for n in before}
    assert set(re.findall(r'(?:href="|url\()#([\w-]+)', text)) == {f"fig-{name}" for name in before}


def test_definitions_stand_in_one_place():
    figure = draw_leaky()
    figure.axes[0].plot([0, 1], "o")
    root = svg.svg_tree(figure)
    assert [child.tag for child in root].count("defs") == len(list(root.iter("defs"))) == 1


def test_a_fraction_keeps_its_places():
    figure, axes = plt.subplots()
    axes.set_title(r"$\frac{a}{b}$")
    spans = [span for span in svg.svg_tree(figure).iter("tspan") if span.text in {"a", "b"}]
    assert len(spans) == 2
    assert all(span.get("x") for span in spans)


def test_result_is_well_formed():
    assert ElementTree.fromstring(text_of(draw_leaky())).tag == "svg"


@pytest.mark.parametrize("taken", [set(), {"other"}])
def test_content_id_is_stable(taken):
    assert svg.content_id("a", taken) == svg.content_id("a") != svg.content_id("b")


def test_content_id_avoids_what_is_taken():
    first = svg.content_id("a")
    assert svg.content_id("a", {first}) == f"{first}-2"
