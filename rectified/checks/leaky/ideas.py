"""Wrong ideas about a slope on the left: what it multiplies, where, and what its gradient is.

The functions of the family take their slope in different ways; ``slope_of(*others, **settings)``
returns it from what follows x.
"""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL

SlopeOf = Callable[..., float]
_RECTIFIER = (
    "The negative side is 0: this is the plain rectifier. What is to be left of a negative number?"
)
_IGNORED = (
    "This is right for another slope. Is the one that was passed used, and is the default the one "
    "in the signature?"
)
_ONE_FOR_ALL = (
    "The same slope was used everywhere, though there are several. Each is to meet its own part "
    "of x: which shapes do the two arrays have?"
)
_PICKED = (
    "The larger of the two lines is not always the right one: which is on top depends on whether "
    "the slope is below or above 1. What tells the two sides apart for any slope?"
)


def _first(slope):
    return np.ravel(slope)[0]


def _ideas(slope_of: SlopeOf, *pairs: tuple[Callable, str]) -> tuple[Misconception, ...]:
    """Return the misconceptions whose functions take x and the slope."""
    return tuple(
        Misconception(
            lambda x, *others, wrong=wrong, **settings: wrong(x, slope_of(*others, **settings)),
            hint,
        )
        for wrong, hint in pairs
    )


def of_leak(slope_of: SlopeOf) -> tuple[Misconception, ...]:
    """Return what is written in place of a leaky rectifier."""
    return _ideas(
        slope_of,
        (lambda x, s: np.maximum(x, s * x), _PICKED),
        *(
            (lambda x, s, pick=pick: np.where(x > 0, x, pick(s) * x), _ONE_FOR_ALL)
            for pick in (_first, np.mean)
        ),
        (
            lambda x, s: np.where(x > 0, x, np.clip(s, 0, 1) * x),
            "The slope was forced between 0 and 1. Any slope is to be taken as it is.",
        ),
        (lambda x, s: np.maximum(x, 0), _RECTIFIER),
        (
            lambda x, s: np.where(x > 0, x, s * np.abs(x)),
            "Negative numbers come out with the other sign: the slope multiplies |x|, or is "
            "negated. Should the output fall or rise as x falls?",
        ),
        (
            lambda x, s: np.where(x > 0, x, s),
            "Every negative number comes out as the slope itself. A slope is a factor.",
        ),
        (
            lambda x, s: np.where(x > 0, x, x / s),
            "Negative numbers were divided by the slope. Is a leak larger or smaller than x?",
        ),
        *(
            (
                lambda x, s, sign=sign: np.where(x > 0, x, x + sign * s),
                "The slope was added or subtracted. A slope is a factor.",
            )
            for sign in (-1, 1)
        ),
        (
            lambda x, s: np.where(x > 0, s * x, x),
            "The two sides are swapped: the positive numbers were scaled.",
        ),
        (lambda x, s: s * x, "The slope was applied to both sides. What of positive numbers?"),
        (lambda x, s: x, "This is the input itself: negative numbers have not been dealt with."),
        (
            lambda x, s: np.where(x > 0, x, s * np.expm1(np.minimum(x, 0))),
            "The left side is curved, as in ELU. Here it is a straight line.",
        ),
        *(
            (lambda x, s, other=other: np.where(x > 0, x, other * x), _IGNORED)
            for other in (0.01, 0.2, 0.25, 0.3, 0.1)
        ),
        (lambda x, s: np.where(x > 0, 1, s), "This is the slope. Asked for is the value."),
        (
            lambda x, s: np.where(x > 0, x, 0) + s * x,
            "The leak was added on the positive side as well. What should come out for x = 3?",
        ),
        (
            lambda x, s: np.where(x > 0, x, np.float32(s) * x),
            "It is close, but the slope has lost digits: is it stored in single precision?",
        ),
        (
            lambda x, s: np.trunc(np.where(x > 0, x, s * x)),
            "The fractions are lost. Is something turned into integers on the way?",
        ),
        (lambda x, s: np.where(np.isnan(x), 0, np.where(x > 0, x, s * x)), NAN_FELL),
    )


def of_leak_grad(slope_of: SlopeOf) -> tuple[Misconception, ...]:
    """Return what is written in place of the derivative of a leaky rectifier."""
    return _ideas(
        slope_of,
        (lambda x, s: np.where(x > 0, 1, s), NAN_FELL),
        (lambda x, s: np.where(x <= 0, s, 1), NAN_FELL),
        *(
            (lambda x, s, pick=pick: np.where(x > 0, 1, pick(s)), _ONE_FOR_ALL)
            for pick in (_first, np.mean)
        ),
        (
            lambda x, s: np.minimum(x, 0),
            "This is the derivative with respect to the slope. Which symbol is the variable here?",
        ),
        (
            lambda x, s: np.heaviside(x, 0),
            "This is the slope of the plain rectifier, 0 on the left. There is a leak here.",
        ),
        (
            lambda x, s: np.where(np.where(x > 0, x, s * x) > 0, 1, s),
            "The sign of the output was tested. With a negative slope the output is positive on "
            "both sides; whose sign tells them apart?",
        ),
        (lambda x, s: np.ones_like(x), "It is 1 everywhere. How steep is the left side?"),
        (
            lambda x, s: np.where(x > 0, x, s * x),
            "This is the function itself: the height of its curve. The derivative is the slope. "
            "How steep is the curve at x = 3, and how steep at x = 300?",
        ),
        (
            lambda x, s: np.where(x > 0, 1, s * x),
            "On the left this is the height of the curve, not its slope.",
        ),
        (
            lambda x, s: np.where(x > 0, x, s),
            "On the right this is the height of the curve, not its slope.",
        ),
        (
            lambda x, s: np.where(x > 0, 1, -s),
            "The slope on the left has the other sign: is it that of |x|? The curve rises on both "
            "sides if the slope is positive.",
        ),
        (lambda x, s: np.where(x > 0, s, 1), "The two sides are swapped."),
        (lambda x, s: np.sign(x), "It is -1 on the left: that is the slope of |x|."),
        (
            lambda x, s: np.full_like(x, s),
            "The slope of the left side came out everywhere. What about positive x?",
        ),
        (
            lambda x, s: np.where(x > 0, 1, 1 - s),
            "On the left there is 1 minus the slope. Which line is it that is differentiated?",
        ),
        *(
            (lambda x, s, other=other: np.where(x > 0, 1, other), _IGNORED)
            for other in (0.01, 0.2, 0.25, 0.3, 0.1)
        ),
        (
            lambda x, s: np.where(x > 0, 1, np.float32(s)),
            "It is close, but the slope has lost digits: is it stored in single precision?",
        ),
    )


def of_rrelu() -> tuple[Misconception, ...]:
    """Return what is written in place of a randomized rectifier outside training."""

    def means(mean: Callable) -> SlopeOf:
        return lambda lower=1 / 8, upper=1 / 3, **_: mean(lower, upper)

    def with_slope(mean: Callable, hint: str) -> Misconception:
        return _ideas(means(mean), (lambda x, s: np.where(x > 0, x, s * x), hint))[0]

    end = "One end of the interval was used as the slope. Which slope stands for all that occur?"
    return (
        with_slope(lambda lower, upper: lower, end),
        with_slope(lambda lower, upper: upper, end),
        with_slope(
            lambda lower, upper: np.sqrt(lower * upper),
            "This is the geometric mean of the two ends. Which mean has a uniform draw?",
        ),
        with_slope(
            lambda lower, upper: (upper - lower) / 2,
            "Half the width of the interval was used. Where is its middle?",
        ),
        with_slope(
            lambda lower, upper: 2 / (1 / lower + 1 / upper),
            "This is what dividing by the mean of the reciprocals gives. Here the slope itself is "
            "drawn, and its mean is asked for.",
        ),
        with_slope(
            lambda lower, upper: 11 / 48,
            "This is the mean of the default interval. Are the bounds that were passed used?",
        ),
        *of_leak(means(lambda lower, upper: (lower + upper) / 2)),
    )
