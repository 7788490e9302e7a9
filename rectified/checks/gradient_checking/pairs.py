"""Pairs of a function and its derivative, right and wrong, that ``check_gradient`` is shown.

Each maker returns pairs with fresh points x and the kinks that are named to it. Points keep away
from places where a wrong derivative happens to be right.
"""

import numpy as np

from rectified.checks.written_tests import Pair, member

_STEP = 1e-5  # that of the task


def _pair(f, f_grad, x, kinks=(), **what):
    settings = {"x": np.array(x, dtype=np.float64), "kinks": tuple(kinks)}
    return Pair((member(f), member(f_grad)), settings, **what)


def _points(rng, low=0.3, high=1.2, count=12):
    """Return points of both signs whose sizes lie between low and high."""
    x = rng.uniform(low, high, count) * np.where(np.arange(count) % 2, 1, -1)
    return rng.permutation(np.round(x, 3))


def _tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def _bell(x):
    return np.exp(-np.square(x))


def _bell_grad(x):
    return -2 * x * _bell(x)


def smooth(rng):
    """Return pairs of smooth functions, all of them of ordinary size."""
    right = (
        (np.tanh, _tanh_grad, "of a smooth function, tanh"),
        (np.exp, np.exp, "of a smooth function that is its own derivative"),
        (lambda x: x**3, lambda x: 3 * x**2, "of a smooth function, a cubic"),
        (_bell, _bell_grad, "of a smooth function that rises and falls"),
        (lambda x: np.sin(8 * x), lambda x: 8 * np.cos(8 * x), "of a function with strong curves"),
    )
    wrong = (
        (np.tanh, lambda x: 1 - np.tanh(x), "whose derivative forgets a square"),
        (_bell, lambda x: -_bell_grad(x), "whose derivative has the wrong sign"),
        (_bell, lambda x: -x * _bell(x), "whose derivative has lost a factor 2"),
        (np.tanh, lambda x: 1.001 * _tanh_grad(x), "whose derivative is off by a thousandth"),
        (np.tanh, lambda x: _tanh_grad(x) + 3e-5, "whose derivative is off by three in 100,000"),
        (
            lambda x: np.sin(8 * x),
            lambda x: np.cos(8 * x) + 3,
            "whose derivative forgets the inner one",
        ),
        (lambda x: x**3, lambda x: x**3 + 2, "whose derivative is no derivative at all"),
    )
    return [
        *(_pair(f, g, _points(rng), style=style) for f, g, style in right),
        *(_pair(f, g, _points(rng), bug=bug) for f, g, bug in wrong),
    ]


def one_wrong(rng):
    """Return a right pair, and pairs that are wrong at one of the points only."""
    x = _points(rng)
    high, low = np.sort(x)[[-2, 1]]
    return [
        _pair(np.tanh, _tanh_grad, x, style="of a smooth function, tanh"),
        _pair(
            np.tanh,
            lambda x: _tanh_grad(x) * np.where(x > high, 1.1, 1.0),
            x,
            bug="whose derivative is too large at one of the points",
        ),
        _pair(
            np.tanh,
            lambda x: _tanh_grad(x) * np.where(x < low, 0.9, 1.0),
            x,
            bug="whose derivative is too small at one of the points",
        ),
        _pair(
            np.tanh,
            lambda x: _tanh_grad(x) + np.where(x > high, 0.05, np.where(x < low, -0.05, 0.0)),
            x,
            bug="whose derivative is off at two points, by the same amount up and down",
        ),
    ]


def flat(rng):
    """Return pairs whose slope is 0 somewhere, up to a rounding."""
    at_rest = np.concatenate([_points(rng, count=4), [np.pi / 2, -np.pi / 2, 3 * np.pi / 2]])
    return [
        _pair(np.sin, np.cos, at_rest, style="whose slope is 0 at some of the points"),
        _pair(
            lambda x: 5.0 + 0 * x,
            lambda x: 0 * x,
            _points(rng),
            style="of a function that is constant",
        ),
        _pair(
            lambda x: 5.0 + 0 * x,
            lambda x: 0.01 + 0 * x,
            _points(rng),
            bug="of a constant function whose derivative is not 0",
        ),
        _pair(
            np.sin,
            lambda x: np.where(np.abs(np.cos(x)) < 1e-6, 1e-3, np.cos(x)),
            at_rest,
            bug="whose derivative is not 0 where the slope is",
        ),
    ]


def scaled(rng):
    """Return pairs of functions whose values are large, or small."""
    return [
        _pair(
            lambda x: 1e4 * np.exp(x),
            lambda x: 1e4 * np.exp(x),
            _points(rng),
            style="of a function with large values",
        ),
        _pair(
            lambda x: 1e-3 * np.exp(x),
            lambda x: 1e-3 * np.exp(x),
            _points(rng),
            style="of a function with small values",
        ),
        _pair(
            lambda x: 1e-3 * np.exp(x),
            lambda x: 1.05e-3 * np.exp(x),
            _points(rng),
            bug="of a function with small values, whose derivative is off by a twentieth",
        ),
        _pair(
            lambda x: 1e4 * np.exp(x),
            lambda x: 1.0001e4 * np.exp(x),
            _points(rng),
            bug="of a function with large values, whose derivative is off by one in 10,000",
        ),
    ]


def with_nan(rng):
    """Return a right pair, and pairs whose derivative is NaN at one point or at all."""
    x = _points(rng)
    high = np.sort(x)[-2]
    return [
        _pair(np.tanh, _tanh_grad, x, style="of a smooth function, tanh"),
        _pair(
            np.tanh,
            lambda x: np.where(x > high, np.nan, _tanh_grad(x)),
            x,
            bug="whose derivative is NaN at one of the points",
        ),
        _pair(np.tanh, lambda x: x * np.nan, x, bug="whose derivative is NaN everywhere"),
    ]


def _relu(x):
    return np.maximum(x, 0)


def _near(kink, rng):
    """Return points at a kink, within reach of it, and well beyond."""
    within = rng.uniform(0.1, 0.9) * _STEP
    return np.concatenate([kink + np.array([0, within, -within, 0.01, -0.01]), _points(rng)])


def kinked(rng):
    """Return pairs of functions with kinks that are named."""
    double = np.concatenate([_near(0.0, rng), _near(6.0, rng)])

    def relu_grad(at_kink):
        return lambda x: np.heaviside(x, at_kink)

    def relu6_grad(x):
        return ((x > 0) & (x < 6)) * 1.0

    def relu6(x):
        return np.clip(x, 0, 6)

    right = (
        (_relu, relu_grad(0.0), "whose derivative is 0 at the kink"),
        (_relu, relu_grad(1.0), "whose derivative is 1 at the kink"),
        (_relu, relu_grad(0.5), "whose derivative is one half at the kink"),
        (np.abs, np.sign, "of the absolute value"),
        (np.tanh, _tanh_grad, "of a smooth function, with a kink named where there is none"),
        (
            lambda x: np.where(x > 0, np.expm1(x), 0.25 * x),
            lambda x: np.where(x > 0, np.exp(x), 0.25),
            "of a function that bends, with a kink",
        ),
    )
    wrong = (
        (_relu, relu_grad(1.5), "whose derivative at the kink is steeper than both sides"),
        (np.abs, lambda x: np.where(x == 0, -2, np.sign(x)), "that falls too steeply at the kink"),
        (_relu, lambda x: 1 - np.heaviside(x, 0), "whose two sides are swapped"),
        (
            _relu,
            lambda x: np.where(x > 0.9 * _STEP, 0.9, 0.0),
            "whose right side is off by a tenth",
        ),
        (
            np.tanh,
            lambda x: np.where(x == 0, 0.5, _tanh_grad(x)),
            "that is smooth, and wrong where a kink is named",
        ),
    )
    return [
        *(_pair(f, g, _near(0.0, rng), (0.0,), style=style) for f, g, style in right),
        _pair(
            relu6,
            relu6_grad,
            double,
            (0.0, 6.0),
            style="with two kinks, both named, the second bending down",
        ),
        _pair(_relu, relu_grad(0.0), _points(rng), style="with a kink, at points far from it"),
        *(_pair(f, g, _near(0.0, rng), (0.0,), bug=bug) for f, g, bug in wrong),
        _pair(
            relu6,
            lambda x: np.where(x == 6, 2.0, relu6_grad(x)),
            double,
            (0.0, 6.0),
            bug="with two kinks, and a wrong derivative at the second",
        ),
    ]
