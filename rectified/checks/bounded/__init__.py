"""What the exercise ``bounded`` asks for: four units with a ceiling, their slopes, and a grid.

ReLU6 and hardtanh choose among numbers that are there already, so right versions are exact, and so
are their slopes. The others add, multiply and divide: relu6(x + 3)/6 and x/6 + ½, cut, are off from
one another by a unit in the last place of numbers up to 1, x times that by as much of x, and the
slopes likewise. A constant in single precision is off by 1e8 units.
"""

from dataclasses import replace

import numpy as np

from rectified.activations import bounded as trusted
from rectified.checks import inputs, properties
from rectified.checks.bounded import ideas, ideas_of_gates
from rectified.checks.bounded.grid import checks_of_grid
from rectified.checks.core import Check, Topic
from rectified.checks.judging import Target

_NAN = "NaN says that something went wrong before, and that must stay visible"
_ULPS, _EPSILONS = 4.0, 8.0  # see above


def _why(inside, below, above, low, high):
    """Return the reason for a value: of the middle piece, or of one of the outer two."""

    def why(x):
        if np.isnan(x):
            return _NAN
        return below if x <= low else above if x >= high else inside

    return why


def _draw(*kinks):
    """Return a maker of numbers whose rounding to integers meets no kink either."""
    margin = 0.25 if kinks == (-1.0, 1.0) else 1.25
    return lambda rng, shape, dtype: (
        inputs.between_kinks(rng, shape, dtype, kinks, margin, reach=5.0),
    )


RELU6 = Target(
    name="relu6",
    arguments=("x",),
    reference=trusted.relu6,
    why=_why(
        "between 0 and 6 the input is kept",
        "negative numbers are cut off at 0",
        "large numbers are cut off at 6",
        0,
        6,
    ),
    examples=(np.array([-2.0, 3.0, 0.5, 9.0, 5.75, -0.25, 6.25, 1.5]),),
    draw=_draw(0.0, 6.0),
    misconceptions=ideas.of_cut(0, 6, lambda x: 6 / (1 + np.exp(3 - x))),
)
RELU6_GRAD = replace(
    RELU6,
    name="relu6_grad",
    reference=trusted.relu6_grad,
    why=_why(
        "between 0 and 6 the function rises as fast as x",
        "the function is flat there",
        "above 6 the function no longer changes",
        0,
        6,
    ),
    misconceptions=ideas.of_cut_slope(trusted.relu6, 0.0, 6.0),
)
HARDTANH = replace(
    RELU6,
    name="hardtanh",
    reference=trusted.hardtanh,
    why=_why(
        "between -1 and 1 the input is kept",
        "it is cut off at -1",
        "it is cut off at 1",
        -1,
        1,
    ),
    examples=(np.array([-2.0, 3.0, 0.5, -0.5, 0.75, -0.75, 1.25, -1.25, 0.0]),),
    draw=_draw(-1.0, 1.0),
    misconceptions=ideas.of_cut(-1, 1, np.tanh),
)
HARDTANH_GRAD = replace(
    HARDTANH,
    name="hardtanh_grad",
    reference=trusted.hardtanh_grad,
    why=_why(
        "between -1 and 1 the function rises as fast as x",
        "the function is flat there",
        "the function is flat there",
        -1,
        1,
    ),
    misconceptions=ideas.of_cut_slope(trusted.hardtanh, -1.0, 1.0),
)
HARDSIGMOID = Target(
    name="hardsigmoid",
    arguments=("x",),
    reference=trusted.hardsigmoid,
    why=_why("that is (x + 3)/6", "up to -3 it is 0", "from 3 on it is 1", -3, 3),
    examples=(np.array([-4.0, 4.0, 0.0, 1.5, -1.5, 2.75, -2.75, 3.25, -3.25]),),
    draw=_draw(-3.0, 3.0),
    misconceptions=ideas_of_gates.of_hard_sigmoid(),
    ulps=_ULPS,
    epsilons=_EPSILONS,
)
HARDSIGMOID_GRAD = replace(
    HARDSIGMOID,
    name="hardsigmoid_grad",
    reference=trusted.hardsigmoid_grad,
    why=_why(
        "between -3 and 3 it rises from 0 to 1, evenly",
        "the function is flat there",
        "the function is flat there",
        -3,
        3,
    ),
    misconceptions=ideas_of_gates.of_hard_sigmoid_slope(trusted.hardsigmoid),
)
HARDSWISH = replace(
    HARDSIGMOID,
    name="hardswish",
    reference=trusted.hardswish,
    why=_why(
        "that is x times (x + 3)/6",
        "up to -3 the gate is 0",
        "from 3 on the gate is 1 and lets x pass",
        -3,
        3,
    ),
    misconceptions=ideas_of_gates.of_hard_swish(),
)
HARDSWISH_GRAD = replace(
    HARDSWISH,
    name="hardswish_grad",
    reference=trusted.hardswish_grad,
    why=_why(
        "between -3 and 3 the function is the parabola x(x + 3)/6",
        "the function is flat there",
        "from 3 on the function is x itself",
        -3,
        3,
    ),
    misconceptions=ideas_of_gates.of_hard_swish_slope(trusted.hardswish),
)


def _manners(target: Target) -> tuple[Check, ...]:
    """Return a point each for shapes, dtypes, lists, an unchanged input, extremes and NaN."""
    extremes = properties.extremes(target, inputs.alone(inputs.extremes))
    return (
        *properties.contract(target),
        properties.check(
            target, "extremes", 1, "infinities and the largest numbers; no warning.", extremes
        ),
        properties.check(target, "nan", 1, "NaN stays NaN.", properties.nan(target)),
    )


def _of_function(target: Target, asks: str) -> tuple[Check, ...]:
    return (
        properties.check(target, "values", 2, asks, properties.values(target)),
        *_manners(target),
    )


def _of_slope(target: Target, asks: str, kinks: tuple[float, float]) -> tuple[Check, ...]:
    at = "at the two kinks, the slope of the outer piece."
    manners = _manners(target)
    if kinks == (-1.0, 1.0):  # True and the whole numbers within reach are kinks
        manners = tuple(check for check in manners if not check.id.endswith(".lists"))
    return (
        properties.check(target, "values", 2, asks, properties.values(target)),
        properties.check(
            target, "kinks", 1, at, properties.kinks(target, [kinks[0], *_inner(kinks), kinks[1]])
        ),
        *manners,
    )


def _inner(kinks: tuple[float, float]) -> list[float]:
    """Return numbers just inside the kinks, and one in the middle."""
    low, high = kinks
    return [low + 0.125, (low + high) / 2, high - 0.125]


TOPIC = Topic(
    "bounded",
    (
        *_of_function(RELU6, "x between 0 and 6, cut off at both ends."),
        *_of_slope(RELU6_GRAD, "1 between 0 and 6, 0 outside.", (0.0, 6.0)),
        *_of_function(HARDTANH, "x between -1 and 1, cut off at both ends."),
        *_of_slope(HARDTANH_GRAD, "1 between -1 and 1, 0 outside.", (-1.0, 1.0)),
        *_of_function(HARDSIGMOID, "a straight line from 0 at -3 to 1 at 3."),
        *_of_slope(HARDSIGMOID_GRAD, "the slope of that line, 0 outside.", (-3.0, 3.0)),
        *_of_function(HARDSWISH, "x times the hard sigmoid."),
        *_of_slope(HARDSWISH_GRAD, "the slope of all three pieces.", (-3.0, 3.0)),
        *checks_of_grid(),
    ),
    builds_on={
        "relu6_grad": ("relu6",),
        "hardtanh_grad": ("hardtanh",),
        "hardsigmoid": ("relu6",),
        "hardsigmoid_grad": ("relu6_grad", "hardsigmoid"),
        "hardswish": ("relu6", "hardsigmoid"),
        "hardswish_grad": ("hardsigmoid", "hardsigmoid_grad"),
        "quantize": (),
    },
)
