"""Wrong ideas about a ceiling: no ceiling, no floor, the wrong one, and what is steep where."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL, NEIGHBOURS, of_derivative, of_rectifier

_OTHER_RANGE = "It is cut, but at other numbers. Between which two does the definition cut?"
_SOFT = (
    "This is the smooth model, with an exponential in it. The hard form is made of straight pieces "
    "alone."
)
_NO_CEILING = "Large numbers are not held back. Which is the largest value asked for?"
_NO_FLOOR = "Numbers far to the left are not held back. Which is the smallest value asked for?"
_STEEP_BEYOND = (
    "It is steep beyond the flat piece's edge as well. How much does the function change there?"
)
_PRODUCT = (
    "One factor was differentiated and the other kept, or the other way round. The function is a "
    "product of two factors that both depend on x."
)


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _ideas(*pairs: tuple[Callable, str]) -> tuple[Misconception, ...]:
    """Return misconceptions whose functions take x."""
    return tuple(Misconception(lambda x, wrong=wrong, **_: wrong(x), hint) for wrong, hint in pairs)


def of_cut(low: float, high: float, soft: Callable | None = None) -> tuple[Misconception, ...]:
    """Return what is written in place of x cut at ``low`` and ``high``."""
    ranges = ((0, 6), (0, 1), (-1, 1), (-6, 6), (0, 5), (-1, 0))
    return (
        *_ideas(
            (lambda x: np.maximum(x, low), _NO_CEILING),
            (lambda x: np.minimum(x, high), _NO_FLOOR),
            *((lambda x, r=r: np.clip(x, *r), _OTHER_RANGE) for r in ranges if r != (low, high)),
            (
                lambda x: np.where((x > low) & (x < high), x, 0),
                "Beyond the edges it falls back to 0. A cut holds the value that it has reached.",
            ),
            (
                lambda x: np.maximum(np.minimum(x, low), high),
                "The same number comes out everywhere: the smaller and the larger are mixed up.",
            ),
            *([(soft, _SOFT)] if soft else []),
            (lambda x: np.where(np.isnan(x), low, np.clip(x, low, high)), NAN_FELL),
            (lambda x: np.where(np.isnan(x), high, np.clip(x, low, high)), NAN_FELL),
            (lambda x: np.where(np.isnan(x), 0, np.clip(x, low, high)), NAN_FELL),
        ),
        *of_rectifier(),
    )


def of_cut_slope(function: Callable, low: float, high: float) -> tuple[Misconception, ...]:
    """Return what is written in place of the slope of ``function``, flat beyond the two edges."""
    return (
        *_ideas(
            (lambda x: np.heaviside(x - low, 0), _STEEP_BEYOND),
            (lambda x: np.heaviside(high - x, 0), _STEEP_BEYOND),
            (
                lambda x: 1.0 * ((x <= low) | (x >= high)),
                "The flat and the steep pieces are swapped.",
            ),
            (
                lambda x: 1.0 * ((x >= low) & (x <= high)),
                "Only an edge is off, or NaN. What does the task say about the value at a kink, "
                "and what do comparisons say of NaN?",
            ),
            (
                lambda x: 1.0 * ((x > low) & (x < high)),
                NAN_FELL,
            ),
            (function, "This is the function itself. Asked for is how steep it is."),
            (
                lambda x: np.where((x > low) & (x < high), x, 0),
                "On the steep piece this is the height. How much does the height change there when "
                "x grows by 1?",
            ),
            (lambda x: np.gradient(function(x)), NEIGHBOURS),
        ),
        *of_derivative(function),
    )


def of_hard_sigmoid() -> tuple[Misconception, ...]:
    """Return what is written in place of relu6(x + 3)/6."""
    return _ideas(
        (_sigmoid, _SOFT),
        *(
            (
                lambda x, slope=slope: np.clip(slope * x + 0.5, 0, 1),
                "Three straight pieces, but of another slope. Where does the definition begin to "
                "rise, and where does it stop?",
            )
            for slope in (0.2, 0.25, 0.5, 1.0, 1 / 3)
        ),
        (
            lambda x: np.clip(x, 0, 6) / 6,
            "The middle is not at 0: what comes out for x = 0, and what for the sigmoid?",
        ),
        (lambda x: np.clip(x + 3, 0, 6), "It reaches 6. What is still to be done?"),
        (lambda x: (x + 3) / 6, "It is never cut. Which values may come out?"),
        (lambda x: np.clip(x + 3, 0, 6) / 3 - 1, "It runs from -1 to 1, as tanh does."),
        (lambda x: 1 - np.clip(x + 3, 0, 6) / 6, "It falls where it should rise."),
        (lambda x: np.where(np.isnan(x), 0, np.clip(x + 3, 0, 6) / 6), NAN_FELL),
        (lambda x: np.where(np.isnan(x), 1, np.clip(x + 3, 0, 6) / 6), NAN_FELL),
    )


def of_hard_sigmoid_slope(function: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of 1/6 on the steep piece."""
    inside = "A constant factor is off. By how much does the function rise from x = -3 to x = 3?"
    return (
        *_ideas(
            *(
                (lambda x, slope=slope: slope * ((x > -3) & (x < 3)), inside)
                for slope in (1.0, 0.2, 0.25, 1 / 3, 6.0)
            ),
            (
                lambda x: ((x >= -3) & (x <= 3)) / 6,
                "Only an edge is off, or NaN. What does the task say about the value at a kink, "
                "and what do comparisons say of NaN?",
            ),
            (
                lambda x: ((x > 0) & (x < 6)) / 6,
                "The steep piece sits elsewhere. For which x is x + 3 between 0 and 6?",
            ),
            (lambda x: np.full_like(x, 1 / 6), _STEEP_BEYOND),
            (
                lambda x: _sigmoid(x) * _sigmoid(-x),
                _SOFT,
            ),
            (
                lambda x: function(x) * (1 - function(x)),
                "This rule belongs to the smooth sigmoid. What is the slope of a straight line?",
            ),
            (lambda x: ((x > -3) & (x < 3)) / 6, NAN_FELL),
        ),
        *of_cut_slope(function, -3.0, 3.0),
    )


def of_hard_swish() -> tuple[Misconception, ...]:
    """Return what is written in place of x·relu6(x + 3)/6."""
    return (
        *_ideas(
            (lambda x: x * _sigmoid(x), _SOFT),
            (lambda x: np.clip(x + 3, 0, 6) / 6, "This is the gate alone. What does it multiply?"),
            (lambda x: x * np.clip(x + 3, 0, 6), "It is six times too large."),
            (
                lambda x: x * np.clip(x, 0, 6) / 6,
                "The gate is not shifted: between -3 and 0 something should come out.",
            ),
            (
                lambda x: x * np.clip(0.2 * x + 0.5, 0, 1),
                "The gate has another slope than the one asked for.",
            ),
            (
                lambda x: np.clip(x * (x + 3) / 6, 0, 6),
                "The product was cut. It is the gate that is cut, before it multiplies x.",
            ),
            (lambda x: x * (x + 3) / 6, "The parabola goes on for ever. Where does it end?"),
            (
                lambda x: np.where(np.abs(x) < 3, x * (x + 3) / 6, 0),
                "To the right of 3 it falls back to 0. What is the gate there?",
            ),
            (lambda x: (x + 3) * np.clip(x + 3, 0, 6) / 6, "The gate multiplies x, not x + 3."),
            (lambda x: np.where(np.isnan(x), 0, x * np.clip(x + 3, 0, 6) / 6), NAN_FELL),
        ),
        *of_rectifier(),
    )


def of_hard_swish_slope(function: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the slope of HardSwish."""

    def middle(rule: Callable) -> Callable:
        return lambda x: np.where(x <= -3, 0, np.where(x >= 3, 1, rule(x)))

    return (
        *_ideas(
            (middle(lambda x: (x + 3) / 6), _PRODUCT),
            (middle(lambda x: x / 6), _PRODUCT),
            (middle(lambda x: np.full_like(x, 1 / 6)), _PRODUCT),
            (
                middle(lambda x: 2 * x + 3),
                "The middle piece is six times too steep.",
            ),
            (
                middle(lambda x: x * (x + 3) / 6),
                "In the middle this is the function itself, not its slope.",
            ),
            (
                middle(lambda x: (2 * x + 3) / 6),
                "Only NaN is off. " + NAN_FELL,
            ),
            (lambda x: (2 * x + 3) / 6, "The straight line goes on for ever. Where does it end?"),
            (
                lambda x: np.where(np.abs(x) < 3, (2 * x + 3) / 6, 0),
                "To the right of 3 the function is x. How steep is that?",
            ),
            (
                lambda x: np.clip((2 * x + 3) / 6, 0, 1),
                "The slope was cut between 0 and 1. It may be negative, and above 1.",
            ),
            (
                lambda x: np.where(x < -3, 0, np.where(x > 3, 1, (2 * x + 3) / 6)),
                "Only an edge is off. What does the task say about the value at a kink?",
            ),
            (
                lambda x: _sigmoid(x) * (1 + x * _sigmoid(-x)),
                _SOFT,
            ),
            (function, "This is the function itself. Asked for is how steep it is."),
        ),
        *of_derivative(function),
    )
