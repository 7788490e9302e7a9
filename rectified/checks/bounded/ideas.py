"""Wrong ideas about a ceiling: no ceiling, no floor, the wrong one, and what is steep where."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import (
    NAN_FELL,
    NEIGHBOURS,
    of_derivative,
    of_rectifier,
    of_result,
)

_OTHER_RANGE = "It is cut, but at other numbers. Between which two does the definition cut?"
SOFT = (
    "This is the smooth model, with an exponential in it. The hard form is made of straight pieces "
    "alone."
)
NO_CEILING = "Large numbers are not held back. Which is the largest value asked for?"
_NO_FLOOR = "Numbers far to the left are not held back. Which is the smallest value asked for?"
STEEP_BEYOND = (
    "It is steep beyond the flat piece's edge as well. How much does the function change there?"
)


def ideas_of_x(*pairs: tuple[Callable, str]) -> tuple[Misconception, ...]:
    """Return misconceptions whose functions take x."""
    return tuple(Misconception(lambda x, wrong=wrong, **_: wrong(x), hint) for wrong, hint in pairs)


def of_cut(low: float, high: float, soft: Callable | None = None) -> tuple[Misconception, ...]:
    """Return what is written in place of x cut at ``low`` and ``high``."""
    ranges = ((0, 6), (0, 1), (-1, 1), (-6, 6), (0, 5), (-1, 0))
    return (
        *ideas_of_x(
            (lambda x: np.maximum(x, low), NO_CEILING),
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
            *([(soft, SOFT)] if soft else []),
            (
                lambda x: np.clip(x, low, high) / high / 2,
                "It has the right kinks and the wrong height.",
            ),
            *(
                (lambda x, r=r: np.clip(x, *r), _OTHER_RANGE)
                for r in ((low - 1, high + 1), (0, high / 2), (high, np.inf))
            ),
            (
                lambda x: np.where(x > low, high, low),
                "This jumps from one end to the other. What of the numbers between?",
            ),
            (lambda x: np.where(np.isnan(x), low, np.clip(x, low, high)), NAN_FELL),
            (lambda x: np.where(np.isnan(x), high, np.clip(x, low, high)), NAN_FELL),
            (lambda x: np.where(np.isnan(x), 0, np.clip(x, low, high)), NAN_FELL),
        ),
        *of_result(lambda x: np.clip(x, low, high)),
        *of_rectifier(),
    )


def _window(low: float, high: float, steep: float) -> Callable:
    return lambda x: steep * ((x > low) & (x < high))


def of_edges(low: float, high: float, steep: float) -> tuple[Misconception, ...]:
    """Return what goes wrong at NaN and at the two kinks of a slope that is right elsewhere."""
    window = _window(low, high, steep)
    return ideas_of_x(
        (window, NAN_FELL),
        *(
            (
                lambda x, at=at: np.where(x == low, at[0], np.where(x == high, at[1], window(x))),
                "Only the kinks are off. Which value does the task want there?",
            )
            for at in ((steep, 0), (0, steep), (steep, steep), (steep / 2, steep / 2))
        ),
    )


def of_cut_slope(
    function: Callable, low: float, high: float, steep: float = 1.0
) -> tuple[Misconception, ...]:
    """Return what is written in place of the slope of ``function``, flat beyond the two edges."""
    window = _window(low, high, steep)
    return (
        *of_edges(low, high, steep),
        *ideas_of_x(
            (lambda x: steep * np.heaviside(x - low, 0), STEEP_BEYOND),
            (lambda x: steep * np.heaviside(high - x, 0), STEEP_BEYOND),
            (
                lambda x: steep * ((x > low + 1) & (x < high + 1)),
                "The steep piece sits elsewhere. Between which two x does the function rise?",
            ),
            (
                lambda x: steep * (function(x) > 0),
                "The output seems to be tested. Is it above 0 exactly where the curve rises?",
            ),
            (lambda x: np.where(np.isnan(x), steep, window(x)), NAN_FELL),
            (
                lambda x: steep * ((x <= low) | (x >= high)),
                "The flat and the steep pieces are swapped.",
            ),
            (function, "This is the function itself. Asked for is how steep it is."),
            (
                lambda x: np.where((x > low) & (x < high), x, 0),
                "On the steep piece this is the height. How much does the height change there when "
                "x grows by 1?",
            ),
            (
                lambda x: 1 - np.tanh(x) ** 2,
                SOFT,
            ),
            (lambda x: 1 / (1 + np.exp(-x)), SOFT),
            (
                lambda x: (function(x + 1e-3) - function(x - 1e-3)) / 1.9e-3,
                "This looks like a difference quotient, divided by a length that is not that of "
                "the step. A formula needs neither.",
            ),
            (lambda x: np.gradient(function(x)), NEIGHBOURS),
        ),
        *of_result(window),
        *of_derivative(function),
    )
