"""What is written in place of the derivative of a function."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions.hints import NAN_FELL, NEIGHBOURS


def of_derivative(function: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the derivative of ``function``."""
    everywhere = (
        "It is 1 everywhere. If the sign is tested: of what, and can that ever be negative?"
    )
    return (
        Misconception(lambda x, **_: np.ones_like(x), everywhere),
        Misconception(lambda x, **_: np.where(np.isnan(x), np.nan, 1.0), everywhere),
        Misconception(
            lambda x, **_: np.zeros_like(x),
            "It is 0 everywhere, which would mean that the function never changes.",
        ),
        Misconception(
            lambda x, **settings: function(x, **settings),
            "This is the function itself: the height of its curve. The derivative is the slope. "
            "How steep is the curve at x = 3, and how steep at x = 300?",
        ),
        Misconception(
            lambda x, **_: x, "This is the input itself. How does a slope depend on the input here?"
        ),
        Misconception(
            lambda x, **_: np.heaviside(x, 1.0),
            "Only the value at 0 is off: 0 is counted among the positive numbers.",
        ),
        Misconception(
            lambda x, **_: np.heaviside(x, 0.5),
            "Only the value at 0 is off. One half is a valid subgradient too, but the task fixes "
            "another one.",
        ),
        Misconception(
            lambda x, **_: np.sign(x),
            "It is -1 for negative x: that is the slope of |x|. What does the curve do there?",
        ),
        Misconception(
            lambda x, **_: np.heaviside(-x, 0.0),
            "The two sides of 0 seem to be swapped. On which side does the curve climb?",
        ),
        *(
            Misconception(
                lambda x, slope=slope, **_: np.where(x > 0, 1.0, slope),
                "This is the derivative of a leaky rectifier. Is there a leak here?",
            )
            for slope in (0.01, 0.1, 0.2, 0.25)
        ),
        Misconception(
            lambda x, **_: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2,
            "This looks like the derivative of the sigmoid. Whose slope is asked for?",
        ),
        Misconception(
            lambda x, **_: 1 / (1 + np.exp(-x)),
            "This looks like the sigmoid, the slope of softplus. Whose slope is asked for?",
        ),
        Misconception(lambda x, **settings: np.gradient(function(x, **settings)), NEIGHBOURS),
        Misconception(lambda x, **settings: np.diff(function(x, **settings)), NEIGHBOURS),
        Misconception(
            lambda x, **_: np.sum(x > 0),
            "One number came back for the whole array. Each entry of x has a derivative of its "
            "own.",
        ),
        Misconception(lambda x, **_: np.where(x > 0, 1.0, 0.0), NAN_FELL),
        Misconception(lambda x, **_: np.where(x <= 0, 0.0, 1.0), NAN_FELL),
    )
