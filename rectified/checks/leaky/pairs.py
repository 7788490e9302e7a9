"""Pairs of a leaky rectifier and its derivative, right and wrong, for the test that students write.

Every function takes an array of any shape (or a number) and returns an array of that shape. The
bugs are of kinds that calls show.
"""

import numpy as np

from rectified.checks.written_tests import Pair, member


def _leak(x, s):
    return np.where(x > 0, x, s * x)


def _leak_grad(x, s, at_kink=None):
    slope = np.where(x > 0, 1.0, np.where(x < 0, s, s if at_kink is None else at_kink))
    return np.where(np.isnan(x), x, slope)


# The function and its derivative of x and the slope, and what is unusual about them.
_RIGHT = (
    (_leak, _leak_grad, "that chooses by the sign of x"),
    (
        lambda x, s: np.maximum(x, 0) + s * np.minimum(x, 0),
        lambda x, s: np.heaviside(x, 0) + s * np.heaviside(-x, 1),
        "that adds up the two halves",
    ),
    (_leak, lambda x, s: _leak_grad(x, s, 1.0), "whose derivative is 1 at x = 0"),
    (
        _leak,
        lambda x, s: _leak_grad(x, s, (1 + s) / 2),
        "whose derivative at x = 0 lies between the two slopes",
    ),
    (
        lambda x, s: s * x + (1 - s) * np.maximum(x, 0),
        lambda x, s: s + (1 - s) * np.heaviside(x, 0),
        "whose results are off by a rounding, 1 in the 15th digit",
    ),
)
_WRONG = (
    (lambda x, s: np.maximum(x, 0), lambda x, s: np.heaviside(x, 0), "without any leak"),
    (
        lambda x, s: np.where(x > 0, x, s * np.abs(x)),
        lambda x, s: np.where(x < 0, -s, _leak_grad(x, s)),
        "whose leak has the wrong sign, in the derivative too",
    ),
    (
        lambda x, s: _leak(x, 1.5 * s),
        lambda x, s: _leak_grad(x, 1.5 * s),
        "that agrees with itself, but has another slope than the one asked for",
    ),
    (
        lambda x, s: np.where(x > 0, s * x, x),
        lambda x, s: np.where(np.isnan(x), x, np.where(x > 0, s, 1)),
        "whose two sides are swapped",
    ),
    (
        _leak,
        lambda x, s: np.where(x < 0, 0, _leak_grad(x, s)),
        "whose derivative forgets the leak",
    ),
    (_leak, _leak, "whose derivative is the function itself"),
    (
        _leak,
        lambda x, s: np.where(x < 0, -s, _leak_grad(x, s)),
        "whose derivative has the wrong sign on the left",
    ),
    (
        lambda x, s: np.where(x > 0, x, s * x + 0.5),
        _leak_grad,
        "whose function jumps at 0, although its derivative is right",
    ),
    (
        lambda x, s: np.minimum(_leak(x, s), 6),
        lambda x, s: np.where(x > 6, 0, _leak_grad(x, s)),
        "that stops growing at large x",
    ),
    (
        lambda x, s: np.maximum(_leak(x, s), -20 * s),
        lambda x, s: np.where(x < -20, 0, _leak_grad(x, s)),
        "that stops falling at large negative x",
    ),
    (
        lambda x, s: np.where(
            np.abs(x) < 0.1, ((1 + s) * x + (1 - s) * (x**2 + 0.01) / 0.2) / 2, _leak(x, s)
        ),
        lambda x, s: np.where(np.abs(x) < 0.1, (1 + s + (1 - s) * x / 0.1) / 2, _leak_grad(x, s)),
        "with a round corner instead of a kink",
    ),
    (
        _leak,
        lambda x, s: _leak_grad(x, s, 2.0),
        "whose derivative at x = 0 is steeper than both sides",
    ),
    (
        lambda x, s: np.where(np.isnan(x), 0, _leak(x, s)),
        _leak_grad,
        "whose function turns NaN into a number",
    ),
    (
        lambda x, s: x * (x > 0) + s * x * (x <= 0),
        _leak_grad,
        "whose function makes NaN of an infinite x",
    ),
)


def make_pairs(rng: np.random.Generator) -> list[Pair]:
    """Return every pair with a fresh slope between 0.05 and 0.4."""
    made = []
    for known, is_wrong in ((_RIGHT, False), (_WRONG, True)):
        for f, f_grad, what in known:
            slope = float(np.round(rng.uniform(0.05, 0.4), 3))
            functions = tuple(member(function, slope) for function in (f, f_grad))
            about = {"bug": what} if is_wrong else {"style": what}
            made.append(Pair(functions, {"negative_slope": slope}, **about))
    return made


def right(negative_slope: float) -> tuple:
    """Return a right pair for a slope."""
    return tuple(member(function, negative_slope) for function in _RIGHT[0][:2])
