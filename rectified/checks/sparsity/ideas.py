"""The functions of the exercise, right, and the wrong ideas that are written in their place."""

from collections.abc import Callable

import numpy as np

from rectified.activations.contract import as_float_array
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL

_AXIS = (
    "The wrong axis was followed: rows are inputs, columns are units. Over which of them does "
    "the question run?"
)
_ONE = "One answer came back for the whole layer. Each unit has its own."


def fraction(a):
    """Return the share of entries above 0."""
    return np.mean(np.asarray(a) > 0)


def never(a):
    """Return 1 for every unit that no input turns on, 0 for the others."""
    return np.all(np.asarray(a) <= 0, axis=0) * 1.0


def without_pause(a):
    """Return 1 for every unit that all inputs turn on, 0 for the others."""
    return np.all(np.asarray(a) > 0, axis=0) * 1.0


def penalty(a, strength):
    """Return strength · Σ|a| / inputs, and its gradient."""
    a = np.asarray(a, dtype=np.float64)
    share = np.asarray(strength) / len(a)
    return np.asarray(share * np.abs(a).sum()), share * np.sign(a)


def shrunk(v, strength):
    """Return v moved towards 0 by strength, and 0 if that would pass it."""
    v = as_float_array(v)
    return (np.sign(v) * np.maximum(np.abs(v) - strength, 0)).astype(v.dtype)


def of_fraction() -> tuple[Misconception, ...]:
    """Return what is written in place of ``fraction``."""
    return tuple(
        Misconception(returns, hint)
        for returns, hint in (
            (lambda a: np.mean(a <= 0), "This is the share that is off."),
            (lambda a: np.mean(a >= 0), "Zeros were counted as on."),
            (lambda a: np.mean(a != 0), "Negative numbers were counted as on."),
            (lambda a: np.sum(a > 0), "This is a number of entries. Asked for is their share."),
            (lambda a: 100 * fraction(a), "This is in percent. Asked for is a share, from 0 to 1."),
            (np.mean, "This is the mean of the values. Asked for is how many are above 0."),
            (
                lambda a: np.mean(a > 0, axis=0),
                "Each unit got a share of its own. Asked for is one for the layer.",
            ),
            (
                lambda a: np.mean(a > 0, axis=1),
                "Each input got a share of its own. Asked for is one for the layer.",
            ),
            (
                lambda a: np.mean(np.any(a > 0, axis=0)),
                "This is the share of units that are on for some input. Count entries.",
            ),
            (
                lambda a: np.mean(np.all(a > 0, axis=0)),
                "This is the share of units that are on for every input. Count entries.",
            ),
            (lambda a: np.sum(a > 0) / len(a), "It was divided by the number of inputs only."),
            (lambda a: np.sum(a > 0) / a.shape[1], "It was divided by the number of units only."),
            (lambda a: np.mean(a > 0.01), "Small values count too: on is whatever is above 0."),
        )
    )


def of_always(right: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of ``never`` or ``without_pause``."""
    other = without_pause if right is never else never
    return tuple(
        Misconception(lambda a, returns=returns: np.asarray(returns(np.asarray(a))) * 1.0, hint)
        for returns, hint in (
            (lambda a: np.all(right(a)), _ONE),
            (lambda a: np.any(right(a)), _ONE),
            (other, "On and off are exchanged."),
            (lambda a: 1 - right(a), "The answer is turned round."),
            (lambda a: 1 - other(a), "Once is not always: `any` and `all` ask different things."),
            (lambda a: np.all(a == 0, axis=0), "Off is whatever is not above 0, not 0 alone."),
            (lambda a: np.all(a != 0, axis=0), "On is whatever is above 0."),
            (lambda a: np.all(a >= 0, axis=0), "Zeros were counted as on."),
            (lambda a: np.all(a < 0, axis=0), "Zeros were counted as on. A unit at 0 is off."),
            (
                lambda a: a.mean(axis=0) > 0,
                "The mean of a unit says nothing about every one of its values.",
            ),
            (
                lambda a: a.sum(axis=0) <= 0,
                "The sum of a unit's values says nothing about every one of them.",
            ),
            (
                lambda a: np.flatnonzero(right(a)),
                "These are numbers of units. Asked for is a yes or no for each.",
            ),
            (lambda a: np.sum(right(a)), "This is how many. Asked for is which."),
            (lambda a: right(a.T), _AXIS),
        )
    )


def of_penalty() -> tuple[Misconception, ...]:
    """Return what is written in place of ``penalty``."""

    def with_gradient(change: Callable, hint: str) -> Misconception:
        return Misconception(lambda a, s: (penalty(a, s)[0], change(a, s, penalty(a, s)[1])), hint)

    def with_penalty(change: Callable, hint: str) -> Misconception:
        return Misconception(lambda a, s: (change(a, s, penalty(a, s)[0]), penalty(a, s)[1]), hint)

    return (
        Misconception(lambda a, s: penalty(a, s)[::-1], "The order is another: first the penalty."),
        with_penalty(lambda a, s, p: p / s, "The penalty lacks the strength."),
        with_penalty(lambda a, s, p: p * len(a), "The penalty is not divided by the inputs."),
        with_penalty(
            lambda a, s, p: p / a.shape[1],
            "The penalty was divided by the units as well. Only the inputs are averaged over.",
        ),
        with_penalty(lambda a, s, p: s * np.sum(a**2) / len(a), "This adds up squares: it is L2."),
        with_penalty(
            lambda a, s, p: s * np.sum(a) / len(a),
            "Negative values count against positive ones. Sizes are added up.",
        ),
        with_penalty(
            lambda a, s, p: s * np.sum(a != 0) / len(a),
            "This counts entries. L1 adds up how large they are.",
        ),
        with_gradient(lambda a, s, g: g / s, "The gradient lacks the strength."),
        with_gradient(lambda a, s, g: g * len(a), "The gradient is not divided by the inputs."),
        with_gradient(
            lambda a, s, g: s / len(a) * np.ones_like(a),
            "Zeros get a gradient too. At 0 it is to be 0, so that silent units are left alone.",
        ),
        with_gradient(
            lambda a, s, g: s / len(a) * (a > 0),
            "Negative entries get none: what is the slope of |x| there?",
        ),
        with_gradient(lambda a, s, g: s / len(a) * a, "The slope of a size does not grow with it."),
        with_gradient(lambda a, s, g: -g, "The sign is turned. A descent step subtracts it later."),
        with_gradient(lambda a, s, g: np.sum(g), "One number came back. Each entry has its own."),
    )


def of_shrinking() -> tuple[Misconception, ...]:
    """Return what is written in place of ``shrunk``."""
    return tuple(
        Misconception(lambda v, strength, returns=returns: returns(v, strength), hint)
        for returns, hint in (
            (lambda v, s: np.maximum(v - s, 0), "Negative numbers all became 0. They shrink too."),
            (
                lambda v, s: np.where(np.abs(v) > s, v, 0),
                "Large numbers were kept as they are. They move towards 0 as well.",
            ),
            (lambda v, s: v - s, "Nothing stops at 0, and negative numbers move away from it."),
            (lambda v, s: v - s * np.sign(v), "Small numbers passed 0. They are to stop there."),
            (lambda v, s: np.abs(v) - s, "The sign is lost, and small numbers passed 0."),
            (lambda v, s: np.maximum(np.abs(v) - s, 0), "The sign is lost."),
            (lambda v, s: v * s, "The strength is a distance here, not a factor."),
            (
                lambda v, s: v / (1 + s),
                "This shrinks in proportion, as L2 does: nothing becomes 0.",
            ),
            (lambda v, s: np.clip(v, -s, s), "This cuts off what is large, and keeps the small."),
            (
                lambda v, s: np.sign(v) * (np.abs(v) + np.where(np.abs(v) > s, s, 0)),
                "Numbers move away from 0.",
            ),
            (lambda v, s: np.maximum(v, 0), "This is the plain rectifier: the strength is unused."),
            (lambda v, s: v, "This is the input itself."),
            (lambda v, s: shrunk(v, s / 2), "It moves by half the strength."),
            (lambda v, s: shrunk(v, 2 * s), "It moves by twice the strength."),
            (lambda v, s: np.where(np.isnan(v), 0, shrunk(v, s)), NAN_FELL),
        )
    )
