"""What the exercise ``relu`` asks for: the rectifier, its derivative, its backward pass.

All three only select: no right version computes anything, so none may differ by a rounding, and
every comparison is exact.
"""

from dataclasses import replace

import numpy as np

from rectified.activations import relu, relu_grad
from rectified.activations.contract import as_float_array
from rectified.checks import inputs, properties
from rectified.checks.core import Topic
from rectified.checks.judging import Misconception, Target
from rectified.checks.misconceptions import AT_OUTPUT, of_backward, of_derivative, of_rectifier

_AT_KINK = "at the kink this course takes the slope 0, as PyTorch, JAX and TensorFlow do"
_AT_KINK_TOO = (0.5, np.nan)  # what others return there; at relu(x) it shows for every x < 0
_NAN = "NaN says that something went wrong before, and that must stay visible"

# Numbers of both signs, ordinary, large and small; an upstream gradient for each.
_X = np.array([-2.0, 3.0, 0.5, -0.5, 1000.0, -1000.0, 0.001, -0.001])
_G = np.array([0.5, -2.0, 4.0, -0.25, 3.0, 0.0, -1.5, 2.5])


def _why_relu(x):
    if np.isnan(x):
        return _NAN
    return "positive numbers are kept" if x > 0 else "whatever is not positive becomes 0"


def _why_relu_grad(x):
    if np.isnan(x):
        return _NAN
    if x == 0:
        return _AT_KINK
    if x > 0:
        return "there relu(x) is x, and grows as fast as x does"
    return "there relu(x) stays 0, whatever x does"


def _why_relu_backward(grad_output, x):
    if np.isnan(x):
        return _NAN
    if x == 0:
        return _AT_KINK
    if x > 0:
        return "x is positive there, so the gradient that arrives passes unchanged"
    return "x is negative there, so no change of x reaches the output"


def _relu_backward(grad_output, x):
    return as_float_array(grad_output, "grad_output") * relu_grad(x)


def _draw_relu(rng, shape, dtype):
    return (inputs.between_kinks(rng, shape, dtype),)


def _draw_relu_backward(rng, shape, dtype):
    return inputs.upstream(rng, shape, dtype), inputs.between_kinks(rng, shape, dtype)


def _draw_ones(rng, shape, dtype):
    x = inputs.between_kinks(rng, shape, dtype)
    return np.ones_like(x), x


def _extremes_relu_backward(dtype):
    x = inputs.extremes(dtype)
    return np.resize(_G[:5].astype(dtype), x.shape), x


RELU = Target(
    name="relu",
    arguments=("x",),
    reference=relu,
    why=_why_relu,
    examples=(np.array([2.5, -3.0, 0.0, *_X]),),
    draw=_draw_relu,
    misconceptions=of_rectifier(),
)
RELU_GRAD = Target(
    name="relu_grad",
    arguments=("x",),
    reference=relu_grad,
    why=_why_relu_grad,
    examples=(_X,),
    draw=_draw_relu,
    misconceptions=(
        *of_derivative(relu),
        *(Misconception(lambda x, at=at: np.where(x > 0, 1, at), AT_OUTPUT) for at in _AT_KINK_TOO),
    ),
)
RELU_BACKWARD = Target(
    name="relu_backward",
    arguments=("grad_output", "x"),
    reference=_relu_backward,
    why=_why_relu_backward,
    examples=(_G, _X),
    draw=_draw_relu_backward,
    misconceptions=(
        *of_backward(relu, relu_grad),
        Misconception(
            lambda g, x: np.where(x < 0, g, 0),
            "The two sides are swapped: the gradient passes where relu is flat.",
        ),
        Misconception(
            lambda g, x: np.where(x >= 0, g, 0),
            "Only the kink is off: 0 is counted among the positive numbers.",
        ),
        Misconception(
            lambda g, x: g * np.heaviside(x, 0.5),
            "Only the kink is off. One half is a valid subgradient too, but the task fixes "
            "another one.",
        ),
        Misconception(
            lambda g, x: g * np.where(x > 0, 1.0, 0.01),
            "This is the backward pass of a leaky rectifier. Is there a leak here?",
        ),
        *(
            Misconception(lambda g, x, at=at: g * np.where(x > 0, 1, at), AT_OUTPUT)
            for at in _AT_KINK_TOO
        ),
    ),
)

TOPIC = Topic(
    "relu",
    (
        properties.check(
            RELU, "values", 2, "x where x is positive, 0 elsewhere.", properties.values(RELU)
        ),
        *properties.contract(RELU),
        properties.check(
            RELU,
            "extremes",
            1,
            "infinities, the largest and the smallest numbers, treated like all others.",
            properties.extremes(RELU, inputs.alone(inputs.extremes)),
        ),
        properties.check(RELU, "nan", 1, "NaN stays NaN.", properties.nan(RELU)),
        properties.check(
            RELU_GRAD,
            "values",
            2,
            "the slope of relu on either side of 0, as a function of the input x.",
            properties.values(RELU_GRAD),
        ),
        properties.check(
            RELU_GRAD,
            "kink",
            1,
            "the derivative at x = 0 is 0; no warning.",
            properties.kinks(RELU_GRAD, [0.0, -2.0, 2.0, -0.0]),
        ),
        *properties.contract(RELU_GRAD),
        properties.check(
            RELU_GRAD,
            "extremes",
            1,
            "infinities, the largest and the smallest numbers; no warning.",
            properties.extremes(RELU_GRAD, inputs.alone(inputs.extremes)),
        ),
        properties.check(RELU_GRAD, "nan", 1, "NaN stays NaN.", properties.nan(RELU_GRAD)),
        properties.check(
            RELU_BACKWARD,
            "ones",
            1,
            "if every entry of grad_output is 1, the result is the derivative at x.",
            properties.values(
                replace(RELU_BACKWARD, examples=(np.ones_like(_X), _X), draw=_draw_ones)
            ),
        ),
        properties.check(
            RELU_BACKWARD,
            "upstream",
            1,
            "each entry of grad_output, of either sign, meets the slope at its own entry of x.",
            properties.values(RELU_BACKWARD),
        ),
        properties.check(
            RELU_BACKWARD,
            "kink",
            1,
            "no gradient passes where x is 0.",
            properties.kinks(RELU_BACKWARD, [3.0, -1.5, 0.5, -2.0], [0.0, -2.0, 2.0, -0.0]),
        ),
        *properties.contract(RELU_BACKWARD),
        properties.check(
            RELU_BACKWARD,
            "extremes",
            1,
            "x may be infinite, very large or very small; no warning.",
            properties.extremes(RELU_BACKWARD, _extremes_relu_backward),
        ),
        properties.check(
            RELU_BACKWARD, "nan", 1, "NaN in x gives NaN.", properties.nan(RELU_BACKWARD)
        ),
    ),
    builds_on={"relu_grad": ("relu",), "relu_backward": ("relu", "relu_grad")},
)
