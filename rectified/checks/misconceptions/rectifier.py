"""What is written in place of a function that blocks or bends the negative side."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions.hints import NAN_FELL


def _stepped(at: float) -> Callable:
    return lambda x, **_: np.heaviside(x, at)


def _leaking(slope: float) -> Callable:
    return lambda x, **_: np.where(x > 0, x, slope * x)


def of_rectifier() -> tuple[Misconception, ...]:
    """Return what is written in place of a function that blocks or bends the negative side."""
    step = (
        "This looks like the Heaviside step: it tells whether x is positive but forgets how "
        "large x is. What should come out for x = 3, and what for x = 300?"
    )
    leak = (
        "This looks like a leaky rectifier, which lets a little of the negative numbers through "
        "in proportion. Is that asked for here?"
    )
    return (
        *(Misconception(_stepped(at), step) for at in (0.0, 0.5, 1.0)),
        Misconception(
            lambda x, **_: np.abs(x),
            "This looks like the absolute value, which flips negative numbers over. What is to "
            "become of a negative number here?",
        ),
        Misconception(
            lambda x, **_: x, "This is the input itself: negative numbers have not been dealt with."
        ),
        Misconception(
            lambda x, **_: np.minimum(x, 0),
            "This keeps the negative half and drops the positive one. Which of the two numbers, x "
            "or 0, is to win?",
        ),
        Misconception(
            lambda x, **_: np.maximum(-x, 0),
            "This is a mirror image, relu(-x): it answers for the wrong side of 0. Look at the "
            "sign of what you compare with 0.",
        ),
        *(Misconception(_leaking(slope), leak) for slope in (0.01, 0.1, 0.2, 0.25)),
        *(
            Misconception(
                lambda x, slope=slope, **_: np.where(x > 0, x, slope * np.abs(x)),
                "Negative numbers come out as small positive ones: a leak, and of |x| instead of "
                "x. What is to become of a negative number here?",
            )
            for slope in (0.01, 0.1, 0.2, 0.25)
        ),
        Misconception(
            lambda x, **_: np.logaddexp(0, x),
            "This looks like softplus, the smooth relative. Is there a corner at 0 or not?",
        ),
        Misconception(
            lambda x, **_: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
            "This looks like ELU, with an exponential on the negative side. What does the "
            "definition in the task say about that side?",
        ),
        Misconception(
            lambda x, **_: 1 / (1 + np.exp(-x)),
            "This looks like the sigmoid, which squeezes everything between 0 and 1. Is there an "
            "upper limit here?",
        ),
        Misconception(
            lambda x, **_: np.clip(x, 0, 6),
            "Large numbers are cut off at 6: this looks like ReLU6. Is there an upper limit here?",
        ),
        Misconception(
            lambda x, **_: np.clip(x, 0, 1),
            "Large numbers are cut off at 1. Is there an upper limit here?",
        ),
        Misconception(
            lambda x, **_: np.maximum(x, 0) ** 2,
            "The positive numbers come out squared. Are they to be changed at all?",
        ),
        Misconception(
            lambda x, **_: np.max(x),
            "One number came back for the whole array: its largest. You need the larger of two "
            "numbers at each position; two NumPy functions with similar names do these two things.",
        ),
        Misconception(
            lambda x, **_: x[x > 0],
            "Selecting with a mask keeps some entries and throws the others away. The result "
            "needs an entry for every entry of x.",
        ),
        Misconception(
            lambda x, **_: x * (x > 0),
            "Arithmetic looks like choosing, but 0 times infinity is NaN, and so is infinity "
            "minus infinity. Choose without multiplying or subtracting.",
        ),
        Misconception(
            lambda x, **_: (x + np.abs(x)) / 2,
            "The sum of x and |x| is twice x, which is too large for this dtype although the "
            "result is not. Choose without adding.",
        ),
        Misconception(lambda x, **_: np.where(x > 0, x, 0), NAN_FELL),
        Misconception(
            lambda x, **_: np.nan_to_num(np.maximum(x, 0)),
            "Infinity was replaced by an ordinary number. Leave it as it is.",
        ),
        Misconception(
            lambda x, **_: np.trunc(np.maximum(x, 0)),
            "The fractions are lost. Is something turned into integers on the way?",
        ),
        Misconception(
            lambda x, **_: np.where(x > 1, x, 0),
            "Numbers between 0 and 1 come out as 0. With which number do you compare?",
        ),
    )
