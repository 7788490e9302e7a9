"""Right and wrong pairs made from a student's own, for the test that the student writes.

A kind of bug that a particular design does not show, as a mirror image of an even function, is
left out: every wrong pair differs from the right one at a twentieth of the numbers at least.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rectified.checks import calling
from rectified.checks.capstone.manners import GRID
from rectified.checks.written_tests import Pair

_EPS = np.finfo(np.float64).eps

Both = tuple[Callable, Callable]


def _at_nan(x: NDArray, y: NDArray) -> NDArray:
    return np.where(np.isnan(x), np.nan, y)


# What is made of f and g, its derivative, and what is unusual about it.
_RIGHT: tuple[tuple[Callable[[Callable, Callable], Both], str], ...] = (
    (lambda f, g: (f, g), "that is yours, called through another function"),
    (
        lambda f, g: (lambda x: f(x) * (1 + 2 * _EPS), lambda x: g(x) * (1 - 2 * _EPS)),
        "whose results are off by a rounding, 1 in the 15th digit",
    ),
    (
        lambda f, g: (lambda x: f(x) + 0.0, lambda x: g(x) - 4 * _EPS),
        "whose derivative is off by a rounding",
    ),
    (
        lambda f, g: (
            lambda x: f(x.ravel()[::-1])[::-1].reshape(x.shape),
            lambda x: g(x.ravel()[::-1])[::-1].reshape(x.shape),
        ),
        "that works through the numbers from the last to the first",
    ),
)
_WRONG: tuple[tuple[Callable[[Callable, Callable], Both], str], ...] = (
    (
        lambda f, g: (lambda x: f(x) + 0.1, g),
        "that agrees with itself, but whose function lies 0.1 too high",
    ),
    (
        lambda f, g: (lambda x: 1.05 * f(x), lambda x: 1.05 * g(x)),
        "that agrees with itself, but is 5% too steep",
    ),
    (
        lambda f, g: (lambda x: f(-x), lambda x: -g(-x)),
        "that agrees with itself, but is the mirror image, left and right swapped",
    ),
    (
        lambda f, g: (lambda x: f(x - 0.25), lambda x: g(x - 0.25)),
        "that agrees with itself, but is moved to the right by 0.25",
    ),
    (lambda f, g: (f, f), "whose derivative is the function itself"),
    (lambda f, g: (f, lambda x: -g(x)), "whose derivative has the wrong sign"),
    (lambda f, g: (f, lambda x: 1.02 * g(x)), "whose derivative is 2% too large"),
    (
        lambda f, g: (f, lambda x: _at_nan(x, np.where(x < 0, 0.0, g(x)))),
        "whose derivative is 0 for every negative x",
    ),
    (
        lambda f, g: (f, lambda x: _at_nan(x, np.where(x > 0, 1.0, g(x)))),
        "whose derivative is 1 for every positive x",
    ),
    (
        lambda f, g: (f, lambda x: _at_nan(x, np.where(x > 4, 0.0, g(x)))),
        "whose derivative stops at x = 4",
    ),
    (
        lambda f, g: (
            lambda x: f(np.maximum(x, -4.0)),
            lambda x: _at_nan(x, np.where(x < -4, 0.0, g(x))),
        ),
        "that stays flat for x below -4, in the derivative too",
    ),
    (
        lambda f, g: (lambda x: np.where(x < -3, f(x) - 0.5, f(x)), g),
        "whose function jumps at x = -3, although its derivative is right",
    ),
    (
        lambda f, g: (lambda x: np.where(np.isnan(x), 0.0, f(x)), g),
        "whose function turns NaN into a number",
    ),
    (
        lambda f, g: (lambda x: f(x).ravel(), lambda x: g(x).ravel()),
        "that flattens an array of several axes",
    ),
    (
        lambda f, g: (lambda x: f(x.ravel()[:1])[0] + np.zeros(x.shape), g),
        "whose function looks at the first number only",
    ),
)
_PROBES = (GRID, np.array([-1.5, np.nan, 2.5]), GRID[::32].reshape(2, 2))


def make_pairs(f: Callable, g: Callable, rng: np.random.Generator) -> list[Pair]:
    """Return every right pair, and every wrong one that can be told from ``f`` and ``g``."""
    right = _careful(f), _careful(g)
    made = []
    for known, is_wrong in ((_RIGHT, False), (_WRONG, True)):
        for change, what in known:
            functions = tuple(_careful(function) for function in change(*right))
            if is_wrong and not _differs(functions, right):
                continue
            made.append(Pair(functions, {}, **({"bug": what} if is_wrong else {"style": what})))
    return made


def _careful(function: Callable) -> Callable:
    """Return ``function`` for anything that becomes a float64 array, quiet."""

    def apply(x):
        with calling.quiet():
            return np.asarray(function(np.array(x, dtype=np.float64)), dtype=np.float64)

    apply.__qualname__ = "a function of the pair"  # as it is called in error messages
    return apply


def _differs(one: Both, other: Both) -> bool:
    """Whether some probe tells two pairs apart, at a twentieth of its numbers or by its shape."""
    for mine, theirs in zip(one, other, strict=True):
        for probe in _PROBES:
            ours, right = mine(probe), theirs(probe)
            if ours.shape != right.shape:
                return True
            apart = ~np.isclose(ours, right, rtol=1e-3, atol=1e-3, equal_nan=True)
            if apart.mean() >= 0.05:
                return True
    return False
