"""The controls of an explorable figure in a running notebook: ipywidgets, any value, drawn live."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import ipywidgets as widgets
import numpy as np

from rectified.figures import svg
from rectified.figures.controls import Control, Value
from rectified.figures.page import page_style
from rectified.figures.picture import describe, figure_markup

#: A slider of a running notebook has this many steps between two values of the book's.
STEPS_BETWEEN = 4


def live_controls(
    frame: Callable[[Mapping[str, Value]], object],
    caption: str,
    controls: Sequence[Control],
    starts: Sequence[int],
) -> widgets.VBox:
    """Return controls above a figure that ``frame(settings)`` draws anew on every change."""
    picture = widgets.HTML()
    readout = widgets.HTML()
    inputs = [_input(control, index) for control, index in zip(controls, starts, strict=True)]

    def redraw(change: object = None) -> None:
        drawn = frame(
            {control.name: each.value for control, each in zip(controls, inputs, strict=True)}
        )
        describe(drawn.picture, drawn.alt)
        svg.prefix_ids(drawn.picture, f"live-{picture.model_id}-")
        picture.value = page_style() + figure_markup(svg.markup(drawn.picture), caption)
        readout.value = f'<p role="status">{escape(drawn.readout, quote=False)}</p>'

    for each in inputs:
        each.observe(redraw, names="value")
    redraw()
    return widgets.VBox([*inputs, readout, picture])


def _input(control: Control, start: int) -> widgets.Widget:
    """Return the widget of one control."""
    shared = {
        "description": control.label,
        "value": control.values[start],
        "style": {"description_width": "initial"},
        "layout": widgets.Layout(width="28em", max_width="100%"),
    }
    if not control.is_slider:
        return widgets.Dropdown(options=control.values, **shared)
    values = np.asarray(control.values)
    low, high = control.values[0], control.values[-1]
    if values.dtype.kind == "i":
        return widgets.IntSlider(min=low, max=high, **shared)
    if _is_geometric(values):
        exponents = np.log10(values)
        step = float(np.diff(exponents).min()) / STEPS_BETWEEN
        return widgets.FloatLogSlider(
            min=exponents[0], max=exponents[-1], step=step, readout_format=".3g", **shared
        )
    step = float(np.diff(values).min()) / STEPS_BETWEEN
    return widgets.FloatSlider(min=low, max=high, step=step, readout_format=".4g", **shared)


def _is_geometric(values: np.ndarray) -> bool:
    """Return whether the values grow by one factor, as ``np.geomspace`` makes them."""
    if len(values) < 3 or values[0] <= 0:
        return False
    ratios = values[1:] / values[:-1]
    return bool(np.allclose(ratios, ratios[0], rtol=1e-6))
