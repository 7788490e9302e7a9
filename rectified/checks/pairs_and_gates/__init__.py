"""What the exercise ``pairs-and-gates`` asks for: a square, a pair, a group, a gate, and back.

Squares and their slopes round once, and in any order twice: 2 units in the last place. CReLU and
maxout choose among numbers that are there, so right versions are exact. SwiGLU multiplies a share
of up to 5 roundings by two numbers. Its slope in b is a difference near b = −1.28, where a sum of
terms of up to g · a = 4 · 5 is rounded a few times: 8 · 20 epsilons. What is wrong is off by
thousands of times as much.
"""

from dataclasses import replace

import numpy as np

from rectified.activations import gates, pairs
from rectified.checks import inputs, properties
from rectified.checks.core import Check, Topic
from rectified.checks.judging import Target
from rectified.checks.pairs_and_gates import draws, ideas, ideas_of_gates, ideas_of_groups

_NAN = "NaN says that something went wrong before, and that must stay visible"
_X = np.array([-2.0, 3.0, 0.5, -0.25, 4.0])


def _why_square(x):
    return _NAN if np.isnan(x) else "a positive number is squared" if x > 0 else "r(x) is 0 there"


def _why_slope(x):
    if np.isnan(x):
        return _NAN
    return "that is how steep the parabola is there" if x > 0 else "the curve is flat there"


def _why_pair(x, axis=-1):
    return "first come all of r(x), then all of r(-x)"


def _why_pair_vjp(x, grad_output, axis=-1):
    return (
        "what x moves is r(x) where it is positive and r(-x), the other way, where it is negative"
    )


def _why_maxout(x, pieces, axis=-1):
    return f"that is the largest of {int(pieces)} neighbours"


def _why_maxout_vjp(x, pieces, grad_output, axis=-1):
    return "only the largest of its group moves the result, by as much as it moves itself"


def _why_gate(a, b):
    return "that is a times b times the sigmoid of b"


def _why_gate_vjp(a, b, grad_output):
    return "that is how fast the output changes with this entry, times grad_output"


SQUARE = Target(
    name="squared_relu",
    arguments=("x",),
    reference=pairs.squared_relu,
    why=_why_square,
    examples=(_X,),
    draw=lambda rng, shape, dtype: (inputs.between_kinks(rng, shape, dtype),),
    misconceptions=ideas.of_square(),
    ulps=4.0,
)
SQUARE_GRAD = replace(
    SQUARE,
    name="squared_relu_grad",
    reference=pairs.squared_relu_grad,
    why=_why_slope,
    misconceptions=ideas.of_square_slope(),
)
PAIR = Target(
    name="crelu",
    arguments=("x",),
    reference=pairs.crelu,
    why=_why_pair,
    examples=(np.array([[-2.0, 3.0, 0.5], [1.0, -4.0, -0.25]]),),
    draw=draws.one(),
    misconceptions=ideas.of_pair(),
    elementwise=False,
)
PAIR_VJP = replace(
    PAIR,
    name="crelu_vjp",
    arguments=("x", "grad_output"),
    reference=pairs.crelu_vjp,
    why=_why_pair_vjp,
    examples=(
        np.array([[-2.0, 3.0], [1.0, -4.0]]),
        np.array([[0.5, -2.0, 3.0, 1.5], [-1.5, 4.0, 2.0, -0.5]]),
    ),
    draw=draws.with_doubled_upstream(),
    misconceptions=ideas.of_pair_vjp(),
)
MAXOUT = replace(
    PAIR,
    name="maxout",
    arguments=("x", "pieces"),
    reference=lambda x, pieces, axis=-1: pairs.maxout(x, int(pieces), axis),
    why=_why_maxout,
    examples=(np.array([[1.0, 5.0, -4.0, -2.0], [3.0, 0.5, 7.0, 8.0]]), 2),
    draw=draws.groups((4, 6), 2),
    misconceptions=ideas_of_groups.of_maxout(),
)
MAXOUT_VJP = replace(
    MAXOUT,
    name="maxout_vjp",
    arguments=("x", "pieces", "grad_output"),
    reference=lambda x, pieces, g, axis=-1: pairs.maxout_vjp(x, int(pieces), g, axis),
    why=_why_maxout_vjp,
    examples=(*MAXOUT.examples, np.array([[10.0, -20.0], [0.5, 3.0]])),
    draw=draws.groups_with_upstream((2, 6), 2),
    misconceptions=ideas_of_groups.of_maxout_vjp(),
)
GATE = Target(
    name="swiglu",
    arguments=("a", "b"),
    reference=gates.swiglu,
    why=_why_gate,
    examples=(np.array([2.0, -1.0, 3.0, 0.5]), np.array([1.0, -2.0, 0.5, 3.0])),
    draw=draws.two,
    misconceptions=ideas_of_gates.of_gate(),
    ulps=64.0,
)
GATE_VJP = Target(
    name="swiglu_vjp",
    arguments=("a", "b", "grad_output"),
    reference=gates.swiglu_vjp,
    why=_why_gate_vjp,
    examples=(*GATE.examples, np.array([0.5, -2.0, 3.0, 1.5])),
    draw=draws.two_with_upstream,
    misconceptions=ideas_of_gates.of_gate_vjp(),
    ulps=64.0,
    epsilons=1024.0,
    elementwise=False,
    parts=("for a", "for b"),
)


def _check(target: Target, name: str, points: int, asks: str, *cases: Target) -> Check:
    """Return a check of right values at the draws of ``cases``."""
    return properties.check(target, name, points, asks, properties.fresh(*cases))


def _values(target: Target, asks: str) -> Check:
    return properties.check(target, "values", 2, asks, properties.values(target))


def _of_square(target: Target, asks: str) -> tuple[Check, ...]:
    ends = properties.extremes(target, draws.ends)
    return (
        _values(target, asks),
        *properties.contract(target),
        properties.check(target, "ends", 1, "infinities; the smallest numbers; no warning.", ends),
        properties.check(target, "nan", 1, "NaN stays NaN.", properties.nan(target)),
    )


def _manners(target: Target) -> tuple[Check, ...]:
    """Return a point each for the dtype and for an unchanged input."""
    keeps, same = "float16, float32, float64 stay.", "what was given is the same after the call."
    return (
        properties.check(target, "dtype", 1, keeps, properties.float_dtype(target)),
        properties.check(target, "untouched", 1, same, properties.untouched(target)),
    )


def _along(target: Target, draw, *axes: int) -> tuple[Target, ...]:
    """Return ``target`` along other axes; ``draw(axis)`` makes the arguments."""
    return tuple(replace(target, draw=draw(axis), settings=({"axis": axis},)) for axis in axes)


_AXES = "two and three axes, and the argument axis."
_PIECES = "groups of one, of three, of all; one axis."

TOPIC = Topic(
    "pairs-and-gates",
    (
        *_of_square(SQUARE, "the square of what the rectifier keeps."),
        *_of_square(SQUARE_GRAD, "the slope of that curve."),
        _values(PAIR, "r(x), then r(-x), along the last axis."),
        _check(
            PAIR,
            "axis",
            1,
            _AXES,
            PAIR,
            *_along(PAIR, lambda axis: draws.one((2, 3, 4)), 0, 1, -2),
            replace(PAIR, draw=draws.one((5,))),
        ),
        *_manners(PAIR),
        _values(PAIR_VJP, "the gradient for x, from both halves."),
        _check(
            PAIR_VJP,
            "axis",
            1,
            _AXES,
            PAIR_VJP,
            *_along(PAIR_VJP, lambda axis: draws.with_doubled_upstream((2, 3, 4), axis), 0, 1, -2),
        ),
        *_manners(PAIR_VJP),
        _values(MAXOUT, "the largest of every so many neighbours."),
        _check(
            MAXOUT,
            "pieces",
            1,
            _PIECES,
            *(
                replace(MAXOUT, draw=draws.groups(shape, pieces))
                for shape, pieces in (((2, 6), 3), ((2, 4), 1), ((3, 4), 4), ((6,), 2))
            ),
        ),
        _check(
            MAXOUT,
            "axis",
            1,
            _AXES,
            MAXOUT,
            *_along(MAXOUT, lambda axis: draws.groups((6, 4, 2), 2), 0, 1, -2),
        ),
        *_manners(MAXOUT),
        _values(MAXOUT_VJP, "the gradient goes to the largest of each group."),
        _check(
            MAXOUT_VJP,
            "pieces",
            1,
            _PIECES,
            *(
                replace(MAXOUT_VJP, draw=draws.groups_with_upstream(shape, pieces))
                for shape, pieces in (((2, 6), 3), ((2, 4), 1), ((3, 4), 4), ((6,), 2))
            ),
        ),
        _check(
            MAXOUT_VJP,
            "axis",
            1,
            _AXES,
            MAXOUT_VJP,
            *_along(
                MAXOUT_VJP, lambda axis: draws.groups_with_upstream((6, 4, 2), 2, axis), 0, 1, -2
            ),
        ),
        *_manners(MAXOUT_VJP),
        _values(GATE, "a times silu(b)."),
        *properties.contract(GATE),
        properties.check(
            GATE,
            "far",
            1,
            "b far from 0, up to 1000: all digits, no warning.",
            properties.quiet(replace(GATE, draw=draws.far)),
        ),
        _values(GATE_VJP, "the gradients for a and for b, as a pair."),
        properties.check(
            GATE_VJP,
            "far",
            1,
            "b far from 0, up to 1000; no warning.",
            properties.quiet(replace(GATE_VJP, draw=draws.far_with_upstream)),
        ),
        properties.check(
            GATE_VJP,
            "untouched",
            1,
            "what was given is the same after the call.",
            properties.untouched(GATE_VJP),
        ),
    ),
    builds_on={
        "squared_relu_grad": ("squared_relu",),
        "crelu_vjp": ("crelu",),
        "maxout_vjp": ("maxout",),
        "swiglu_vjp": ("swiglu",),
    },
)
