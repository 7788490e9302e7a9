"""What the exercise ``why-nonlinearity`` asks for: one layer for many, and functions from ramps.

Right versions add and multiply in different orders, so each target allows a few hundred epsilons
of the largest terms that occur; what is built on a wrong idea is off by a fair part of them.
"""

from dataclasses import replace

import numpy as np

from rectified.checks import properties
from rectified.checks.core import Topic
from rectified.checks.judging import Target
from rectified.checks.why_nonlinearity import draws
from rectified.checks.why_nonlinearity.ideas_of_layers import collapsed, of_collapse
from rectified.checks.why_nonlinearity.ideas_of_ramps import (
    coefficients,
    hat,
    of_coefficients,
    of_hat,
    of_sawtooth,
    sawtooth,
)

_NAN = "NaN says that something went wrong before, and that must stay visible"
_X = np.array([-3.0, 0.5, 1.5, 2.5, 1.0, 4.0, 2.75])


def _why_collapse(weights, biases):
    return (
        "every weight and bias has to pass through the weights of all later layers, "
        "and of those only"
    )


def _why_hat(x, left, centre, right):
    if np.isnan(x):
        return _NAN
    if x <= left or x >= right:
        return f"the hat is 0 outside {left:g} to {right:g}"
    if x == centre:
        return "that is the tip of the hat"
    side = f"from {left:g} up to {centre:g}" if x < centre else f"from {centre:g} down to {right:g}"
    return f"this x is on the straight line {side}"


def _why_coefficients(knots, values):
    return "at each knot the ramp that starts there changes the slope from the old to the new one"


def _why_sawtooth(x, depth):
    if np.isnan(x):
        return _NAN
    if depth == 0:
        return "without any layer x is handed on as it is"
    if not 0 <= x <= 1:
        return "the first layer makes 0 of whatever lies outside 0 to 1, and the next ones keep it"
    return f"the hat from 0 over 1/2 to 1 is applied {depth} times, each time to its own output"


COLLAPSE = Target(
    name="collapse",
    arguments=("weights", "biases"),
    reference=collapsed,
    why=_why_collapse,
    examples=(
        [
            np.array([[1.0, -2.0], [0.5, 3.0]]),
            np.array([[2.0, 1.0], [-1.0, 0.5]]),
            np.array([[0.5], [-3.0]]),
        ],
        [np.array([1.0, 1.0]), np.array([2.0, 0.25]), np.array([0.5])],
    ),
    draw=draws.layers([2, 3, 4]),
    misconceptions=of_collapse(),
    # The weights keep the size of what passes through them, so that thirty layers make entries of
    # a few units at most by some 6 · 30 roundings, of half an epsilon of them each.
    epsilons=2048.0,
    elementwise=False,
    parts=("weight", "bias"),
)
WITHOUT_BIASES = replace(
    COLLAPSE,
    examples=(COLLAPSE.examples[0], [np.zeros(2), np.zeros(2), np.zeros(1)]),
    draw=draws.layers([2, 3, 4], biased=False),
)
HAT = Target(
    name="hat",
    arguments=("x", "left", "centre", "right"),
    reference=hat,
    why=_why_hat,
    examples=(_X, 0.0, 2.0, 3.0),
    draw=draws.hats(),
    misconceptions=of_hat(),
    # Ramps with slopes up to 1/0.4 + 1/1.2 at x up to 6 from their knots add up to 20 in size:
    # a few roundings of that.
    epsilons=256.0,
)
COEFFICIENTS = Target(
    name="ramp_coefficients",
    arguments=("knots", "values"),
    reference=coefficients,
    why=_why_coefficients,
    examples=(np.array([0.0, 2.0, 4.0, 6.0]), np.array([1.0, 3.0, 2.0, 2.0])),
    draw=draws.points(6, even=True),
    misconceptions=of_coefficients(),
    # Slopes are at most 8/0.4 = 20 in size, and each coefficient subtracts two of them.
    epsilons=1024.0,
    elementwise=False,
)
SAWTOOTH = Target(
    name="sawtooth",
    arguments=("x", "depth"),
    reference=sawtooth,
    why=_why_sawtooth,
    examples=(np.array([0.0, 0.0625, 0.125, 0.1875, 0.25, 0.5, 0.625, 0.8125, 1.0]), 3),
    draw=draws.in_unit([1, 2, 3]),
    misconceptions=of_sawtooth(),
    # Each layer doubles the errors of the one before and adds one of a few epsilons.
    epsilons=256.0,
)
DEEP = replace(SAWTOOTH, draw=draws.in_unit([7, 8, 9]), epsilons=2.0**14)


TOPIC = Topic(
    "why-nonlinearity",
    (
        properties.check(
            WITHOUT_BIASES,
            "weights",
            2,
            "without biases, one matrix does what all of them do in a row.",
            properties.values(WITHOUT_BIASES),
        ),
        properties.check(
            COLLAPSE,
            "biases",
            2,
            "each bias passes through all later layers.",
            properties.fresh(*COLLAPSE.drawn(COLLAPSE.draw, draws.square_layers(3))),
        ),
        properties.check(
            COLLAPSE,
            "depth",
            1,
            "one layer, and thirty.",
            properties.fresh(*COLLAPSE.drawn(draws.layers([1]), draws.layers([30]))),
        ),
        properties.check(
            COLLAPSE,
            "untouched",
            1,
            "neither the lists nor the arrays in them change.",
            properties.untouched(COLLAPSE),
        ),
        properties.check(
            HAT,
            "values",
            2,
            "up from left to centre, down from centre to right; the two may differ in length.",
            properties.values(HAT),
        ),
        properties.check(
            HAT,
            "outside",
            1,
            "0 far to the left and far to the right.",
            properties.fresh(*HAT.drawn(draws.hats(1.0))),
        ),
        properties.check(
            HAT,
            "corners",
            1,
            "0, 1 and 0 at the three corners.",
            properties.fresh(*HAT.drawn(draws.at_corners)),
        ),
        *properties.contract(HAT),
        properties.check(HAT, "nan", 1, "NaN stays NaN.", properties.nan(HAT)),
        properties.check(
            COEFFICIENTS,
            "even",
            2,
            "knots at equal distances: the changes of slope.",
            properties.values(COEFFICIENTS),
        ),
        properties.check(
            COEFFICIENTS,
            "uneven",
            2,
            "knots at any distances.",
            properties.fresh(*COEFFICIENTS.drawn(draws.points(6, even=False))),
        ),
        properties.check(
            COEFFICIENTS,
            "short",
            1,
            "two knots, or three.",
            properties.fresh(*COEFFICIENTS.drawn(*(draws.points(n, even=False) for n in (2, 3)))),
        ),
        properties.check(
            COEFFICIENTS,
            "untouched",
            1,
            "neither knots nor values change.",
            properties.untouched(COEFFICIENTS),
        ),
        properties.check(
            SAWTOOTH, "values", 2, "one hat, two and three.", properties.values(SAWTOOTH)
        ),
        properties.check(
            SAWTOOTH,
            "depth",
            2,
            "no layer at all; then seven to nine.",
            properties.fresh(replace(SAWTOOTH, draw=draws.in_unit([0])), DEEP),
        ),
        properties.check(
            SAWTOOTH,
            "outside",
            1,
            "0 outside 0 to 1.",
            properties.fresh(*SAWTOOTH.drawn(draws.outside_unit)),
        ),
        *properties.contract(SAWTOOTH),
        properties.check(SAWTOOTH, "nan", 1, "NaN stays NaN.", properties.nan(SAWTOOTH)),
    ),
    builds_on={"sawtooth": ("hat",)},
)
