"""The functions of the exercise, right, and the wrong ideas that are written in their place."""

from collections.abc import Callable

import numpy as np
from scipy.integrate import trapezoid

from rectified.checks.judging import Misconception

# Twenty thousand steps over ±20: the bell is 0 at its ends, and kinks cost some 1e-8 of the result.
_Z = np.linspace(-20.0, 20.0, 40_001)
_BELL = np.exp(-(_Z**2) / 2) / np.sqrt(2 * np.pi)


def _callable(f):
    return f.item() if isinstance(f, np.ndarray) else f


def mean(values) -> float:
    """Return the mean of values at the points _Z under the bell."""
    return float(trapezoid(values * _BELL, _Z))


def he_std(fan_in, negative_slope=0.0):
    """Return √(2 / ((1 + slope²) n))."""
    return np.sqrt(2 / ((1 + negative_slope**2) * np.asarray(fan_in, np.float64)))


def glorot_limit(fan_in, fan_out):
    """Return √(6 / (n_in + n_out))."""
    return np.sqrt(6 / (np.asarray(fan_in, np.float64) + fan_out))


def gain(f):
    """Return 1 / √E f(z)²."""
    return np.asarray(1 / np.sqrt(mean(np.square(_callable(f)(_Z)))))


def moments(f, weight_variance_times_n, q0, depth):
    """Return q before the first layer and behind each."""
    f, found = _callable(f), [float(q0)]
    for _ in range(int(depth)):
        found.append(float(weight_variance_times_n) * mean(f(np.sqrt(found[-1]) * _Z) ** 2))
    return np.array(found)


def _ideas(right: Callable, *pairs: tuple[Callable, str]) -> tuple[Misconception, ...]:
    """Return the misconceptions whose result is made of the right one."""
    return tuple(
        Misconception(lambda *a, wrong=wrong, **k: wrong(right(*a, **k), *a, **k), hint)
        for wrong, hint in pairs
    )


def of_he() -> tuple[Misconception, ...]:
    """Return what is written in place of ``he_std``."""

    def root(value):
        return np.sqrt(np.asarray(value, np.float64))

    ignored = "The slope on the left was not used. How much of a signal does it let through?"
    return (
        Misconception(lambda n, negative_slope=0.0: root(2 / n), ignored),
        *_ideas(
            he_std,
            (lambda s, n, **k: s**2, "This is the variance. A standard deviation is its root."),
            (
                lambda s, n, **k: s / np.sqrt(2),
                "A factor 2 is missing below the root: half of the signal is stopped. (Is this "
                "the variance 1/n of a layer without an activation?)",
            ),
            (
                lambda s, n, **k: s * np.sqrt(3),
                "This is the limit of a uniform draw with the right variance.",
            ),
            (lambda s, n, **k: s / np.sqrt(6), "This is six times too small in variance."),
            (lambda s, n, **k: s * np.sqrt(n), "The number of inputs is missing."),
            (lambda s, n, **k: s / np.sqrt(n), "The root is to be taken of all, n included."),
            (
                lambda s, n, **k: s * n,
                "n stands above the fraction bar. More inputs, smaller weights.",
            ),
            (lambda s, n, **k: 1 / s, "It is upside down. More inputs ask for smaller weights."),
        ),
        Misconception(
            lambda n, negative_slope=0.0: root(2 / ((1 + negative_slope) * n)),
            "The slope enters with its square: it is a mean of squares that is kept.",
        ),
        Misconception(
            lambda n, negative_slope=0.0: root(2 / ((1 - negative_slope**2) * n)),
            "A leak lets more through, so that less weight is needed: look at the sign.",
        ),
        Misconception(
            lambda n, negative_slope=0.0: root(2 * (1 + negative_slope**2) / n),
            "A leak lets more through, so that less weight is needed: which side of the fraction "
            "bar?",
        ),
        Misconception(
            lambda n, negative_slope=0.0: root(2 / ((1 + negative_slope) ** 2 * n)),
            "The square belongs to the slope alone: the two sides contribute 1 and slope squared.",
        ),
    )


def of_glorot() -> tuple[Misconception, ...]:
    """Return what is written in place of ``glorot_limit``."""

    def fans(below: Callable) -> Callable:
        return lambda i, o: np.sqrt(6 / np.asarray(below(np.float64(i), np.float64(o))))

    return (
        *_ideas(
            glorot_limit,
            (
                lambda v, i, o: v / np.sqrt(3),
                "This is the standard deviation. The limit of a uniform draw is larger, by a "
                "factor that its variance tells.",
            ),
            (lambda v, i, o: v**2 / 3, "This is the variance. Asked for is the limit."),
            (lambda v, i, o: v**2, "A root is missing."),
            (lambda v, i, o: v / np.sqrt(2), "A factor 2 is missing below the root."),
            (lambda v, i, o: v * np.sqrt(2), "Is the mean of the fans below, or their sum?"),
            (
                lambda v, i, o: 2 * v,
                "This is the width of the interval. The limit is the distance from 0 to its end.",
            ),
            (lambda v, i, o: v / np.sqrt(i + o), "The root is to be taken of all of it."),
        ),
        Misconception(fans(lambda i, o: i), "Only the inputs were counted."),
        Misconception(fans(lambda i, o: o), "Only the outputs were counted."),
        Misconception(fans(lambda i, o: 2 * i), "The inputs were counted twice, the outputs not."),
        Misconception(fans(lambda i, o: 2 * o), "The outputs were counted twice, the inputs not."),
        Misconception(fans(lambda i, o: i * o), "The fans were multiplied. They are added."),
        Misconception(
            fans(lambda i, o: 2 * np.sqrt(i * o)),
            "This takes the geometric mean of the fans. They are added.",
        ),
        Misconception(fans(lambda i, o: 2 * np.maximum(i, o)), "Only the larger fan was used."),
        Misconception(
            lambda i, o: (np.sqrt(3 / i) + np.sqrt(3 / o)) / 2,
            "Two limits were averaged. It is the variances that are compromised on: one fraction.",
        ),
    )


def of_gain() -> tuple[Misconception, ...]:
    """Return what is written in place of ``gain``."""

    def by(rule: Callable) -> Callable:
        return lambda f: np.asarray(rule(np.asarray(_callable(f)(_Z), np.float64)))

    return (
        *_ideas(
            gain,
            (lambda v, f: 1 / v, "It is upside down: a function that shrinks needs a large gain."),
            (lambda v, f: v**2, "A root is missing: gain squared is what the variance gets."),
            (
                lambda v, f: 1 / v**2,
                "This is the mean square of f. How does the gain make up for it?",
            ),
            (
                lambda v, f: v / (2 * np.pi) ** 0.25,
                "The bell is missing its factor: its own integral has to be 1.",
            ),
            (
                lambda v, f: v * (2 * np.pi) ** 0.25,
                "The bell is missing its factor: its own integral has to be 1.",
            ),
            (lambda v, f: 0 * v + np.sqrt(2), "This is the gain of ReLU, for every function."),
        ),
        Misconception(
            by(lambda y: 1 / np.sqrt(mean(y**2) - mean(y) ** 2)),
            "The variance was used. What a next layer adds up are squares, mean included.",
        ),
        Misconception(
            by(lambda y: 1 / np.abs(mean(y))), "The mean of f was used, not that of its square."
        ),
        Misconception(
            by(lambda y: 1 / mean(np.abs(y))), "The mean size of f was used, not its mean square."
        ),
        Misconception(
            by(lambda y: 1 / np.sqrt(mean(np.gradient(y, _Z) ** 2))),
            "This is the gain for gradients, from the slope of f. Asked for is that of the signal.",
        ),
        Misconception(
            by(lambda y: 1 / np.sqrt(2 * mean(np.where(_Z > 0, y**2, 0)))),
            "Only positive z were counted, twice. f need not be the same on both sides.",
        ),
        Misconception(
            by(lambda y: 1 / np.sqrt(mean(np.where(_Z > 0, y**2, 0)))),
            "Only positive z were counted.",
        ),
    )


def of_moments() -> tuple[Misconception, ...]:
    """Return what is written in place of ``moments``."""

    def steps(rule: Callable) -> Callable:
        def returns(f, weight_variance_times_n, q0, depth):
            f, variance, found = _callable(f), float(weight_variance_times_n), [float(q0)]
            for _ in range(int(depth)):
                found.append(float(rule(f, variance, found[-1])))
            return np.array(found)

        return returns

    return (
        *_ideas(
            moments,
            (lambda v, *a: v[-1], "Only the last one came back. Asked for are all, q0 first."),
            (lambda v, *a: v[1:], "q0 itself is missing: it comes first."),
            (lambda v, *a: v[:-1], "One layer is missing: there are depth + 1 numbers."),
            (lambda v, *a: np.sqrt(v), "These are roots of what is asked for."),
            (lambda v, *a: v[::-1], "The order is reversed: q0 comes first."),
        ),
        Misconception(
            steps(lambda f, v, q: v * mean(f(q * _Z) ** 2)),
            "z was multiplied by q. Numbers of variance q are z times a root.",
        ),
        Misconception(
            steps(lambda f, v, q: mean(f(np.sqrt(q) * _Z) ** 2)),
            "The weights were left out.",
        ),
        Misconception(
            steps(lambda f, v, q: v * q * mean(f(_Z) ** 2)),
            "q was taken out of f. That is right for ReLU and its kind, and for no other.",
        ),
        Misconception(
            steps(lambda f, v, q: v * q),
            "It is as if f let everything through. Is it left out, or taken at one positive number "
            "instead of averaged?",
        ),
        Misconception(
            steps(lambda f, v, q: v * mean(f(np.sqrt(q) * _Z)) ** 2),
            "The mean of f was squared. Asked for is the mean of its square.",
        ),
        Misconception(
            steps(
                lambda f, v, q: v * (mean(f(np.sqrt(q) * _Z) ** 2) - mean(f(np.sqrt(q) * _Z)) ** 2)
            ),
            "The variance of f was used. What a next layer adds up are squares, mean included.",
        ),
        Misconception(
            steps(lambda f, v, q: 2 * mean(f(np.sqrt(q) * _Z) ** 2)),
            "The weights have the variance 2/n, whatever is passed.",
        ),
        Misconception(
            steps(lambda f, v, q: v**2 * mean(f(np.sqrt(q) * _Z) ** 2)),
            "The variance of the weights was squared. It is a square already.",
        ),
        Misconception(
            steps(lambda f, v, q: np.sqrt(v) * mean(f(np.sqrt(q) * _Z) ** 2)),
            "A root was taken of the variance of the weights. q is a mean square too.",
        ),
        Misconception(
            steps(lambda f, v, q: v * f(np.sqrt(q)) ** 2),
            "f was taken at one number. Asked for is a mean over normal numbers.",
        ),
        Misconception(
            lambda f, v, q0, depth: moments(f, v, 1.0, depth),
            "It begins at 1. The first number is q0.",
        ),
    )
