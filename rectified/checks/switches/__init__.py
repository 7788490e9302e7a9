"""What the exercise ``switches`` asks for: the setting of a ReLU network, its one map, its pieces.

Networks are drawn so that no pre-activation is close to 0 where a switch is read, and no two
switches flip close together where pieces are counted: what is right does not hang on a rounding.
"""

from dataclasses import replace

import numpy as np

from rectified.checks import properties
from rectified.checks.core import Topic
from rectified.checks.judging import Target
from rectified.checks.switches import draws
from rectified.checks.switches.ideas import (
    of_affine,
    of_pattern,
    of_pieces,
    of_rescaling,
    pattern,
    pieces,
    rescaled,
    the_map,
)
from rectified.checks.switches.refusal import refuses


def _why_pattern(weights, biases, x):
    return "a hidden unit is on where its own pre-activation is above 0, and off elsewhere"


def _why_map(weights, biases, x):
    return "what passes an open switch is multiplied by 1, what meets a closed one by 0"


def _why_pieces(weights, biases, lo, hi):
    if len(weights) == 1:
        return "without hidden units there is nothing that flips"
    return (
        "each place between lo and hi where a hidden unit flips ends one piece and begins another"
    )


def _why_rescaled(w_in, b, w_out, factor):
    return (
        f"relu({factor:g} z) is {factor:g} relu(z), so that what enters the unit is multiplied and "
        "what leaves it divided"
    )


# Hidden pre-activations at x: -2.75, 1.5 in the first layer, then 1, -0.5.
_NETWORK = (
    [
        np.array([[0.5, 1.0], [1.5, -1.5]]),
        np.array([[-1.5, -0.5], [2.0, 1.0]]),
        np.array([[2.0], [-1.0]]),
    ],
    [np.array([-2.0, -1.5]), np.array([-2.0, -2.0]), np.array([-1.0])],
    np.array([1.5, -1.0]),
)
# Hinges at -1.5, 0.25 and 0.3, and two outside, seen from -2 to 0.4.
_HINGES = (
    [np.array([[2.0, -1.0, 4.0, -2.0, 1.0]]), np.array([[1.0], [3.0], [-1.0], [2.0], [0.5]])],
    [np.array([3.0, 2.0, -1.0, 0.6, -3.0]), np.array([0.25])],
    -2.0,
    0.4,
)

PATTERN = Target(
    name="activation_pattern",
    arguments=("weights", "biases", "x"),
    reference=pattern,
    why=_why_pattern,
    examples=_NETWORK,
    draw=draws.networks([2]),
    misconceptions=of_pattern(),
    elementwise=False,
)
MAP = Target(
    name="effective_affine",
    arguments=("weights", "biases", "x"),
    reference=the_map,
    why=_why_map,
    examples=_NETWORK,
    draw=draws.networks([2, 3, 4]),
    misconceptions=of_affine(),
    # Up to seven layers make entries of a few units by some 5 · 7 roundings.
    epsilons=1024.0,
    elementwise=False,
    parts=("matrix", "offset"),
)
WITHOUT_BIASES = replace(
    MAP,
    examples=(_NETWORK[0], [np.zeros(2), np.zeros(2), np.zeros(1)], _NETWORK[2]),
    draw=draws.networks([2, 3, 4], biased=False),
)
PIECES = Target(
    name="count_pieces",
    arguments=("weights", "biases", "lo", "hi"),
    reference=pieces,
    why=_why_pieces,
    examples=_HINGES,
    draw=draws.walks([2]),
    misconceptions=of_pieces(),
    elementwise=False,
)
RESCALED = Target(
    name="rescale_unit",
    arguments=("w_in", "b", "w_out", "factor"),
    reference=rescaled,
    why=_why_rescaled,
    examples=(np.array([1.0, -2.0, 0.5]), -1.5, np.array([4.0, -1.0]), 2.0),
    draw=draws.units,
    misconceptions=of_rescaling(),
    ulps=8.0,  # a product or a quotient; or a product with the reciprocal
    elementwise=False,
    parts=("w_in", "b", "w_out"),
)


def _untouched(target):
    asks = "nothing that was given changes."
    return properties.check(target, "untouched", 1, asks, properties.untouched(target))


TOPIC = Topic(
    "switches",
    (
        properties.check(
            PATTERN,
            "values",
            2,
            "the switches of one and of two hidden layers, in order.",
            properties.fresh(*PATTERN.drawn(draws.networks([2]), draws.networks([3, 4]))),
        ),
        properties.check(
            PATTERN,
            "depth",
            1,
            "no hidden layer at all, and six.",
            properties.fresh(*PATTERN.drawn(draws.networks([1]), draws.networks([7]))),
        ),
        properties.check(
            PATTERN,
            "edge",
            1,
            "a unit whose pre-activation is exactly 0 is off.",
            properties.fresh(*PATTERN.drawn(draws.on_an_edge)),
        ),
        _untouched(PATTERN),
        properties.check(
            WITHOUT_BIASES,
            "matrix",
            2,
            "without biases, the matrix of the map.",
            properties.values(WITHOUT_BIASES),
        ),
        properties.check(
            MAP,
            "offset",
            2,
            "each bias passes through the switches and weights behind it.",
            properties.values(MAP),
        ),
        properties.check(
            MAP,
            "depth",
            1,
            "no hidden layer at all, and six.",
            properties.fresh(*MAP.drawn(draws.networks([1]), draws.networks([7]))),
        ),
        _untouched(MAP),
        properties.check(
            PIECES,
            "one_layer",
            2,
            "one hidden layer: one hinge a unit, if it lies inside.",
            properties.values(PIECES),
        ),
        properties.check(
            PIECES,
            "deep",
            3,
            "two and three hidden layers.",
            properties.fresh(*PIECES.drawn(draws.walks([3]), draws.walks([4]))),
        ),
        properties.check(
            PIECES,
            "none",
            1,
            "one piece if nothing flips between lo and hi.",
            properties.fresh(*PIECES.drawn(draws.walks([1]), draws.without_flips)),
        ),
        _untouched(PIECES),
        properties.check(
            RESCALED,
            "values",
            2,
            "the same function with other weights.",
            properties.values(RESCALED),
        ),
        properties.check(
            RESCALED,
            "refuses",
            1,
            "a ValueError for a factor that is 0 or negative.",
            refuses(RESCALED),
        ),
        _untouched(RESCALED),
    ),
    builds_on={
        "effective_affine": ("activation_pattern",),
        "count_pieces": ("activation_pattern", "effective_affine"),
    },
)
