"""Pairs of a rectifier and its derivative, right and wrong, for the test that students write.

The bugs are of kinds that calls show.
"""

import numpy as np

from rectified.checks.written_tests import Pair, member


def _relu(x):
    return np.maximum(x, 0)


def _slope(x, at_kink=0.0):
    return np.where(np.isnan(x), x, np.heaviside(x, at_kink))


_STEP = 0.01  # of the difference quotient among the wrong derivatives

_RIGHT = (
    (_relu, _slope, "that takes the larger of x and 0"),
    (
        lambda x: np.where(x < 0, 0, x),
        lambda x: np.where(x > 0, 1.0, 0.0),
        "that chooses by the sign of x",
    ),
    (_relu, lambda x: _slope(x, 1.0), "whose derivative is 1 at x = 0"),
    (_relu, lambda x: _slope(x, 0.5), "whose derivative is one half at x = 0"),
    (
        lambda x: -np.minimum(-x, 0),
        lambda x: (1 + np.sign(x)) / 2,
        "that takes minus the smaller of -x and 0",
    ),
)
_WRONG = (
    (lambda x: np.heaviside(x, 0), _slope, "whose function is a step"),
    (np.abs, np.sign, "that flips the negative numbers over, in the derivative too"),
    (
        lambda x: np.where(x > 0, x, 0.01 * x),
        lambda x: np.where(x > 0, 1, 0.01),
        "with a small leak, in the derivative too",
    ),
    (
        lambda x: np.logaddexp(0, x),
        lambda x: 1 / (1 + np.exp(-x)),
        "that is smooth, and agrees with itself",
    ),
    (
        lambda x: np.logaddexp(0, 50 * x) / 50,
        lambda x: 1 / (1 + np.exp(-50 * x)),
        "that is smooth close to 0 only",
    ),
    (
        lambda x: np.clip(x, 0, 6),
        lambda x: ((x > 0) & (x < 6)) * 1.0,
        "that stops growing at large x, in the derivative too",
    ),
    (
        lambda x: np.where(x > 1, x, 0),
        lambda x: np.heaviside(x - 1, 0),
        "that begins too far to the right",
    ),
    (
        lambda x: np.where(x > 0.004, x, 0),
        _slope,
        "whose function is 0 for small positive x as well",
    ),
    (lambda x: 2 * _relu(x), lambda x: 2 * _slope(x), "that is twice as steep"),
    (_relu, _relu, "whose derivative is the function itself"),
    (_relu, np.ones_like, "whose derivative is 1 everywhere"),
    (_relu, np.sign, "whose derivative is -1 on the left"),
    (_relu, lambda x: np.heaviside(-x, 0), "whose derivative has its sides swapped"),
    (_relu, lambda x: _slope(x, 2.0), "whose derivative at x = 0 is steeper than both sides"),
    (_relu, lambda x: _slope(x, -1.0), "whose derivative at x = 0 is negative"),
    (
        _relu,
        lambda x: (_relu(x + _STEP) - _relu(x - _STEP)) / (2 * _STEP),
        "whose derivative is a difference quotient with a step of 0.01",
    ),
    (
        lambda x: np.where(np.isnan(x), 0, _relu(x)),
        _slope,
        "whose function turns NaN into a number",
    ),
    (lambda x: x * (x > 0), _slope, "whose function makes NaN of an infinite x"),
)


def make_pairs(rng: np.random.Generator) -> list[Pair]:
    """Return every pair; nothing of them is drawn, only their order by whoever shows them."""
    right = [Pair((member(f), member(g)), {}, style=style) for f, g, style in _RIGHT]
    return right + [Pair((member(f), member(g)), {}, bug=bug) for f, g, bug in _WRONG]
