"""Wrong ideas about the gradient of a slope: what it gathers, and from where."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL

_TOO_MUCH = (
    "Everything was added up to one number. Each slope serves its own channel, and only what "
    "comes from there concerns it."
)


def of_slope_grad() -> tuple[Misconception, ...]:
    """Return what is written in place of the gradient of a slope."""
    share = "The sum runs over another axis. Which entries of x does one slope serve?"

    def summed(values, slope):
        """Return values added up to the shape of slope, as is right."""
        added = values.ndim - slope.ndim
        stretched = [added + i for i, n in enumerate(slope.shape) if n == 1]
        return values.sum(axis=(*range(added), *stretched)).reshape(slope.shape)

    def through(entries: Callable, hint: str) -> Misconception:
        return Misconception(lambda g, x, slope: summed(entries(g, x, slope), slope), hint)

    def along(axis: int | tuple[int, ...], keepdims: bool) -> Misconception:
        return Misconception(
            lambda g, x, slope: np.sum(g * np.minimum(x, 0), axis=axis, keepdims=keepdims), share
        )

    return (
        Misconception(
            lambda g, x, slope: g * np.minimum(x, 0),
            "There is an entry for every x: what each says about the slope. But they share the "
            "slope, so their voices count together.",
        ),
        Misconception(
            lambda g, x, slope: slope * np.minimum(g, 0),
            "The arguments seem to be in another order. Compare the line that starts with `def` "
            "with the signature in the task.",
        ),
        Misconception(
            lambda g, x, slope: np.minimum(x, 0),
            "There is an entry for every x, and grad_output was not used. The chain rule needs "
            "it, and the entries share the slope.",
        ),
        through(
            lambda g, x, slope: np.minimum(x, 0),
            "grad_output was not used. The chain rule needs it: how much does each output matter?",
        ),
        through(
            lambda g, x, slope: g * x,
            "Positive entries contributed too. Does the slope touch them in the forward pass?",
        ),
        through(
            lambda g, x, slope: g * np.maximum(x, 0),
            "The positive entries contributed. Which entries does the slope touch?",
        ),
        through(
            lambda g, x, slope: g * np.abs(np.minimum(x, 0)),
            "The sign is turned, or x lost its own. If the slope grows, does the output for a "
            "negative x rise or fall?",
        ),
        through(
            lambda g, x, slope: g * (x < 0),
            "The size of x is missing: only whether it is negative was used. How far does the "
            "output move when the slope does?",
        ),
        through(
            lambda g, x, slope: g * np.where(x > 0, 1, slope),
            "This is the derivative with respect to x, added up. Which symbol is the variable "
            "here?",
        ),
        through(
            lambda g, x, slope: g * np.where(x > 0, 0, slope * x),
            "The slope is still there as a factor. What is the derivative of slope times x with "
            "respect to the slope?",
        ),
        through(
            lambda g, x, slope: g * np.where(x > 0, x, slope * x),
            "This is the value of prelu, added up. Which symbol is the variable here?",
        ),
        Misconception(
            lambda g, x, slope: summed(g * np.minimum(x, 0), slope) / (x.size / max(slope.size, 1)),
            "The contributions were averaged. A slope that serves more entries moves the loss "
            "more: they add up.",
        ),
        Misconception(
            lambda g, x, slope: np.sum(g) * summed(np.minimum(x, 0), slope),
            "Both factors were added up before they were multiplied. Each x meets its own entry "
            "of grad_output first.",
        ),
        Misconception(lambda g, x, slope: np.sum(g * np.minimum(x, 0)), _TOO_MUCH),
        Misconception(
            lambda g, x, slope: np.full_like(slope, np.sum(g * np.minimum(x, 0))), _TOO_MUCH
        ),
        *(along(axis, keep) for axis in (0, 1, -1, (0, 1), (1, 2)) for keep in (False, True)),
        Misconception(
            lambda g, x, slope: summed(g * np.where(x < 0, x, 0), slope),
            NAN_FELL,
        ),
        Misconception(
            lambda g, x, slope: summed(g * np.minimum(x, 0), slope).ravel(),
            "The numbers are right, but the shape is not that of the slope. Which axes have to "
            "stay, with length 1?",
        ),
    )
