"""The functions of the exercise: what is known of each, and how far a right version may be off.

A right version may take e^{−y} of a y that is rounded: for y up to 700 it is off by up to 512 units
in the last place, and twice as many for a product of two. GELU takes Φ of an x that is divided by
√2: half a unit there is x²/2 units of the result, 113 for the largest x that is tried, and some
libraries add as much again. Near the
minimum the slopes are sums of two terms that cancel, right to a few epsilons of 1. What adds small
numbers to 1 loses all digits of the results far out, a billion times as much.
"""

from dataclasses import replace

import numpy as np
from scipy.special import ndtr

from rectified.activations import smooth as trusted
from rectified.activations.saturating import sigmoid, sigmoid_grad
from rectified.checks import inputs
from rectified.checks.judging import Target
from rectified.checks.smooth.ideas import of_smooth
from rectified.checks.smooth.ideas_of_slopes import of_beta_slope, of_smooth_slope

_NAN = "NaN says that something went wrong before, and that must stay visible"
_ULPS, _EPSILONS = 1024.0, 16.0  # see above

_X = np.array([-2.0, 3.0, 0.5, -0.5, 1.0, -1.0, 0.0, -4.0])
_BETAS = ({}, {"beta": 2.0}, {"beta": 0.5})


def _why(formula, right):
    def why(x, **settings):
        if np.isnan(x):
            return _NAN
        if x < -1500:
            return "so far to the left only the limit is left, which is 0"
        if x < -5:
            return "far to the left it is small, and still not 0"
        if x > 30:
            return f"far to the right {right}"
        return formula

    return why


def _draw(rng, shape, dtype):
    return (inputs.between_kinks(rng, shape, dtype, reach=4.0),)


def _draw_tails(near, far):
    return lambda rng, shape, dtype: (inputs.tails(rng, shape, dtype, near, far),)


def tails(target, near, far):
    """Return the target far from 0, where only a relative error counts."""
    return replace(target, draw=_draw_tails(near, far), epsilons=0.0)


def _normal_slope(x, b):
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def _mish_gate(x, b):
    return np.tanh(trusted.softplus(x))


def _mish_gate_slope(x, b):
    return (1 - _mish_gate(x, b) ** 2) * sigmoid(x)


# Name -> gate, slope of the gate, in words, and the formula of the slope in words.
_GATES = {
    "softplus": (
        lambda x, b: sigmoid(b * x),
        lambda x, b: b * sigmoid_grad(b * x),
        "that is ln(1 + e^(beta x)) / beta",
        "the slope is the sigmoid of beta times x",
    ),
    "gelu": (
        lambda x, b: ndtr(x),
        _normal_slope,
        "that is x times the gate of the form asked for",
        "the product rule has two terms: the gate, and x times the slope of the gate",
    ),
    "silu": (
        lambda x, b: sigmoid(x),
        lambda x, b: sigmoid_grad(x),
        "that is x times the sigmoid of x",
        "the product rule has two terms: the gate, and x times the slope of the gate",
    ),
    "swish": (
        lambda x, b: sigmoid(b * x),
        lambda x, b: b * sigmoid_grad(b * x),
        "that is x times the sigmoid of beta times x",
        "the product rule has two terms, and the chain rule brings beta into the second",
    ),
    "mish": (
        _mish_gate,
        _mish_gate_slope,
        "that is x times tanh of softplus of x",
        "the product rule has two terms: the gate, and x times the slope of the gate",
    ),
}


def _pair(name: str, settings=({},)) -> tuple[Target, Target]:
    """Return the targets of a unit and of its slope."""
    f, slope = getattr(trusted, name), getattr(trusted, f"{name}_grad")
    gate, gate_slope, formula, slope_formula = _GATES[name]
    unit = Target(
        name=name,
        arguments=("x",),
        reference=f,
        why=_why(formula, "it is x, or nearly"),
        examples=(_X,),
        draw=_draw,
        settings=settings,
        misconceptions=of_smooth(name, f, gate),
        ulps=_ULPS,
        epsilons=_EPSILONS,
    )
    return unit, replace(
        unit,
        name=f"{name}_grad",
        reference=slope,
        why=_why(slope_formula, "the slope is 1, or nearly"),
        misconceptions=of_smooth_slope(name, f, slope, gate, gate_slope),
    )


SOFTPLUS, SOFTPLUS_GRAD = _pair("softplus", _BETAS)
GELU, GELU_GRAD = _pair("gelu")
SILU, SILU_GRAD = _pair("silu")
SWISH, SWISH_GRAD = _pair("swish", _BETAS)
MISH, MISH_GRAD = _pair("mish")
BETA_GRAD = replace(
    SWISH,
    name="swish_beta_grad",
    reference=trusted.swish_beta_grad,
    why=_why(
        "the derivative of beta times x by beta is x, and another x stands before the gate",
        "the gate is nearly 1 for every beta, so that it hardly moves",
    ),
    misconceptions=of_beta_slope(),
)


def tanh_form(target: Target) -> Target:
    """Return GELU, or its slope, asked for in its tanh form."""
    return replace(target, settings=({"approximate": "tanh"},))
