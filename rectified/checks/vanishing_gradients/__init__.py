"""What the exercise ``vanishing-gradients`` asks for: two slopes that stay exact far from 0, and
the size of a gradient on its way back through many layers.

A right version may take e^{−y} of a y that is rounded. For y up to 700 half a unit in the last
place of y is 5.7e−14, and so is the relative error of the result: up to 512 units in its last
place, and twice as many for a product of two. What subtracts nearly equal numbers is off by
millions of them at the numbers that are tried far out.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from rectified.activations import saturating as trusted
from rectified.checks import inputs, properties
from rectified.checks.core import Topic
from rectified.checks.judging import Target
from rectified.checks.vanishing_gradients.ideas import norms, of_norms, of_sigmoid, of_slope

_NAN = "NaN says that something went wrong before, and that must stay visible"
_ULPS = 1024.0  # see above

_X = np.array([-2.0, 3.0, 0.5, -0.5, 1.0, -1.0, 0.0, 0.25])


def _why_sigmoid(x):
    if np.isnan(x):
        return _NAN
    if abs(x) > 30:
        return "far from 0 the sigmoid is close to 0 or to 1, and still not the same everywhere"
    return "that is one over one plus the exponential of -x"


def _why_slope(x):
    if np.isnan(x):
        return _NAN
    if abs(x) > 8:
        return "far from 0 the curve is nearly flat, and its slope small but not 0"
    return "that is the slope of the curve at this x"


def _why_norms(weights, pre_activations, activation_grad, grad_output):
    if not len(weights):
        return "without layers grad_output is the only gradient"
    return (
        "each layer on the way back multiplies by the slopes at its own pre-activations and by its "
        "own weights"
    )


def _draw(rng, shape, dtype):
    return (inputs.between_kinks(rng, shape, dtype, reach=3.0),)


def _draw_tails(near, far):
    return lambda rng, shape, dtype: (inputs.tails(rng, shape, dtype, near, far),)


def _network(rng, widths, batch, scale):
    """Return weights, pre-activations and a gradient at the output for a stack of layers."""
    pairs = list(pairwise(widths))
    weights = [np.round(rng.normal(scale=scale, size=pair), 3) for pair in pairs]
    pre_activations = [np.round(rng.normal(size=(batch, out)), 3) for _, out in pairs]
    return weights, pre_activations, inputs.upstream(rng, (batch, widths[-1]), np.float64)


def _draw_network(slope, depths, scale=0.7):
    """Return a maker of the arguments of a network whose layers differ in width."""

    def draw(rng, shape, dtype):
        depth = int(rng.choice(depths))
        widths = [int(w) for w in rng.permutation(np.arange(depth + 1) % 4 + 2)]
        weights, pre_activations, grad_output = _network(rng, widths, 3, scale)
        return weights, pre_activations, slope, grad_output

    return draw


def _halves_of_extremes(dtype):
    """Return extremes whose double does not overflow: tanh is a function of 2x."""
    return inputs.extremes(dtype) / dtype(2)


def _flat(z):
    return np.ones_like(z)


def _gaussian(z):
    return np.exp(-np.square(z))


SIGMOID = Target(
    name="sigmoid",
    arguments=("x",),
    reference=trusted.sigmoid,
    why=_why_sigmoid,
    examples=(_X,),
    draw=_draw,
    misconceptions=of_sigmoid(),
    ulps=_ULPS,
)
SIGMOID_GRAD = replace(
    SIGMOID,
    name="sigmoid_grad",
    reference=trusted.sigmoid_grad,
    why=_why_slope,
    misconceptions=of_slope(trusted.sigmoid, trusted.sigmoid_grad, lambda y: y * (1 - y)),
)
TANH_GRAD = replace(
    SIGMOID_GRAD,
    name="tanh_grad",
    reference=trusted.tanh_grad,
    misconceptions=of_slope(np.tanh, trusted.tanh_grad, lambda y: 1 - y**2),
)
NORMS = Target(
    name="backward_norms",
    arguments=("weights", "pre_activations", "activation_grad", "grad_output"),
    reference=norms,
    why=_why_norms,
    examples=(
        [np.array([[1.0, -2.0, 0.5], [0.5, 1.0, 3.0]]), np.array([[2.0], [-1.0], [0.5]])],
        [np.array([[0.0, 1.0, -1.0], [0.5, -0.5, 2.0]]), np.array([[1.0], [-2.0]])],
        _flat,
        np.array([[1.0], [-3.0]]),
    ),
    draw=_draw_network(_flat, [2, 3, 4]),
    misconceptions=of_norms(),
    ulps=_ULPS,
    elementwise=False,
)


def _asked_of(target, values, near, far):
    """Return the ten points of an elementwise function."""
    digits = f"12 right digits for x from {near:g} to {far:g}, and below 0."
    tails = properties.fresh(replace(target, draw=_draw_tails(near, far)))
    extremes = properties.extremes(target, inputs.alone(_halves_of_extremes))
    return (
        properties.check(target, "values", 2, values, properties.values(target)),
        properties.check(
            target,
            "tails",
            2,
            digits,
            tails,
        ),
        *properties.contract(target),
        properties.check(
            target, "extremes", 1, "the limits at infinity and huge numbers; no warning.", extremes
        ),
        properties.check(target, "nan", 1, "NaN stays NaN.", properties.nan(target)),
    )


TOPIC = Topic(
    "vanishing-gradients",
    (
        *_asked_of(SIGMOID, "one over one plus e to the minus x.", 40.0, 700.0),
        *_asked_of(SIGMOID_GRAD, "the slope of the sigmoid at the input x.", 20.0, 700.0),
        *_asked_of(TANH_GRAD, "the slope of tanh at the input x.", 10.0, 350.0),
        properties.check(
            NORMS,
            "linear",
            2,
            "where all slopes are 1, the weights carry the gradient back.",
            properties.values(NORMS),
        ),
        properties.check(
            NORMS,
            "slopes",
            2,
            "each layer's gradient meets the slopes at that layer's pre-activations.",
            properties.fresh(
                *NORMS.drawn(
                    *(_draw_network(f, [2, 3, 4]) for f in (trusted.sigmoid_grad, _gaussian))
                )
            ),
        ),
        properties.check(
            NORMS,
            "depth",
            2,
            "no layer at all, a single one, and forty.",
            properties.fresh(*NORMS.drawn(*(_draw_network(_gaussian, [n]) for n in (0, 1, 40)))),
        ),
        properties.check(
            NORMS, "untouched", 1, "nothing that was given changes.", properties.untouched(NORMS)
        ),
    ),
    builds_on={"sigmoid_grad": ("sigmoid",), "tanh_grad": ("sigmoid", "sigmoid_grad")},
)
