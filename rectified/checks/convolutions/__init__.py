"""What the exercise ``convolutions`` asks for: a convolution with its ReLU, and its gradients.

All numbers drawn are small multiples of a power of 2, so that every sum of products is exact in
any order, in float16 too. Only a version that goes through a Fourier transform is rounded: by a
few epsilons of sums below 32, for which 256 epsilons are allowed; what is wrong is off by 1/32.
No sum before ReLU is 0, except in the check for that: products are multiples of 1/16, biases odd
multiples of 1/32.
"""

from collections.abc import Callable

import numpy as np

from rectified.checks import properties, wording
from rectified.checks.convolutions.ideas import (
    gradients,
    maps,
    of_convolution,
    of_gradients,
    rectified,
)
from rectified.checks.core import CheckFailure, Topic
from rectified.checks.judging import Draw, Target, judge

_EPSILONS = 256.0  # see above
PARTS = ("grad_x", "grad_weights", "grad_bias")

_X = np.array([[[[1.0, -1.0, 0.5, 2.0], [0.0, 3.0, -0.5, 1.0], [-2.0, 1.5, 1.0, 0.25]]]])
_WEIGHTS = np.array([[[[1.0, -0.5], [0.25, 2.0]]]])
_BIAS = np.array([-0.53125])
_ALL_ON = np.array([10.03125])
_GRAD_OUTPUT = np.array([[[[1.0, -2.0, 0.5], [3.0, 0.25, -1.5]]]])


def _quarters(rng, shape):
    """Return multiples of 1/4 from −1 to 1."""
    return rng.integers(-4, 5, shape) / 4


def _draw(images, channels, kernels, size, window, all_on=False) -> Draw:
    """Return a maker of images, kernels and biases; ``all_on`` makes every sum positive."""

    def draw(rng, shape, dtype):
        x = _quarters(rng, (images, channels, *size))
        weights = _quarters(rng, (kernels, channels, *window))
        bias = (2 * rng.integers(-32, 32, kernels) + 1) / 32
        if all_on:
            bias = np.abs(bias) + channels * window[0] * window[1]
        return x.astype(dtype), weights.astype(dtype), bias.astype(dtype)

    return draw


def _with_upstream(draw: Draw) -> Draw:
    """Return a maker of the same with a gradient at the output."""

    def drawn(rng, shape, dtype):
        x, weights, bias = draw(rng, shape, dtype)
        grad_output = _quarters(rng, maps(x, weights, bias).shape)
        grad_output[grad_output == 0] = 0.5
        return x, weights, bias, grad_output.astype(dtype)

    return drawn


def _why_value(x, weights, bias):
    return (
        "the sum of the window times the kernel, over all channels, plus the bias of that kernel, "
        "is taken where it is positive and replaced by 0 elsewhere"
    )


def _why_gradient(x, weights, bias, grad_output):
    return (
        "ReLU stops the gradient where its input is not positive, and the rest adds up over all "
        "places where this entry was used"
    )


CONV = Target(
    name="conv2d_relu",
    arguments=("x", "weights", "bias"),
    reference=rectified,
    why=_why_value,
    examples=(_X, _WEIGHTS, _BIAS),
    draw=_draw(1, 1, 1, (4, 5), (2, 3)),
    misconceptions=of_convolution(),
    epsilons=_EPSILONS,
    elementwise=False,
)
VJP = Target(
    name="conv2d_relu_vjp",
    arguments=("x", "weights", "bias", "grad_output"),
    reference=gradients,
    why=_why_gradient,
    examples=(_X, _WEIGHTS, _ALL_ON, _GRAD_OUTPUT),
    draw=_with_upstream(_draw(2, 2, 3, (3, 4), (2, 2))),
    misconceptions=of_gradients(),
    epsilons=_EPSILONS,
    elementwise=False,
    parts=PARTS,
)
_SEVERAL = _draw(2, 3, 2, (4, 4), (2, 2))
_GEOMETRIES = [  # images, channels, kernels, size, window
    (1, 2, 1, (3, 3), (3, 3)),
    (2, 1, 2, (2, 5), (1, 1)),
    (1, 1, 3, (5, 2), (4, 1)),
    (3, 2, 2, (3, 6), (2, 4)),
]


def _forward(*draws: Draw) -> properties.Run:
    """Return the check of the values for each of some makers of arguments."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        for draw in draws:
            judge(CONV, CONV.run(function, draw(rng, (), np.float64), {}))

    return properties.after_examples(CONV, run)


def _judge_parts(outcome, numbers=(0, 1, 2), about="") -> None:
    for number in numbers:
        judge(VJP.part(number), outcome.part(number, PARTS[number]), about)


def _backward(numbers, *draws: Draw, start=VJP.examples) -> properties.Run:
    """Return the check of some of the gradients, at ``start`` and for each maker of arguments."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        for arguments in (start, *(draw(rng, (), np.float64) for draw in draws)):
            copied = tuple(np.array(argument) for argument in arguments)
            _judge_parts(VJP.run(function, copied, {}), numbers)

    return run


def _dtypes(function: Callable, rng: np.random.Generator) -> None:
    """float16, float32 and float64 stay what they are, in all three gradients."""
    _backward(range(3))(function, rng)
    for dtype in (np.float16, np.float32, np.float64):
        outcome = VJP.run(function, VJP.draw(rng, (), dtype), {})
        _judge_parts(outcome, about=f" for {dtype.__name__} input")
        for number, name in enumerate(PARTS):
            found = outcome.value[number].dtype
            if found != dtype:
                raise CheckFailure(
                    wording.paragraphs(
                        f"{outcome.part(number, name)} for {dtype.__name__} input returned "
                        f"{found}; it should return {np.dtype(dtype)}.",
                        "Which line makes the result: does it start from the input's dtype, or "
                        "from something that has a dtype of its own, such as a new array of zeros?",
                    )
                )


# A blank image without a bias: every sum before ReLU is exactly 0.
_BLANK = (np.zeros((1, 1, 3, 4)), _WEIGHTS, np.zeros(1), _GRAD_OUTPUT)
_ON = [
    _with_upstream(_draw(1, 1, 1, (4, 5), (2, 3), all_on=True)),
    _with_upstream(_draw(2, 3, 2, (4, 3), (3, 2), all_on=True)),
]
_MIXED = (_X, _WEIGHTS, _BIAS, _GRAD_OUTPUT)

TOPIC = Topic(
    "convolutions",
    (
        properties.check(
            CONV,
            "values",
            2,
            "one image of one channel, one kernel: sums of windows, the bias, ReLU.",
            properties.values(CONV),
        ),
        properties.check(
            CONV,
            "channels",
            2,
            "the sum runs over all channels; each kernel makes a map of its own.",
            _forward(_draw(1, 3, 1, (4, 4), (2, 2)), _draw(1, 2, 3, (4, 4), (2, 2))),
        ),
        properties.check(
            CONV, "batch", 1, "each image of a batch has maps of its own.", _forward(_SEVERAL)
        ),
        properties.check(
            CONV,
            "geometry",
            2,
            "a window as large as the image, of a single pixel, wider than high.",
            _forward(*(_draw(*geometry) for geometry in _GEOMETRIES)),
        ),
        properties.check(
            CONV,
            "dtype",
            1,
            "float16, float32, float64 stay what they are.",
            properties.float_dtype(CONV),
        ),
        properties.check(
            CONV, "untouched", 1, "nothing that was given changes.", properties.untouched(CONV)
        ),
        properties.check(
            VJP, "bias", 1, "the bias collects from all places and images.", _backward([2], *_ON)
        ),
        properties.check(
            VJP,
            "kernels",
            2,
            "each weight collects what met its pixels, over all places and images.",
            _backward([1], *_ON),
        ),
        properties.check(
            VJP,
            "image",
            2,
            "each pixel collects from all windows and kernels that saw it.",
            _backward([0], *_ON),
        ),
        properties.check(
            VJP,
            "gate",
            2,
            "where ReLU was 0, nothing passes.",
            _backward([2, 1, 0], _with_upstream(_SEVERAL), start=_MIXED),
        ),
        properties.check(
            VJP,
            "kink",
            1,
            "where the sum before ReLU is exactly 0, the slope is 0.",
            _backward([2, 1, 0], start=_BLANK),
        ),
        properties.check(
            VJP,
            "geometry",
            1,
            "a window as large as the image, of a single pixel, wider than high.",
            _backward([2, 1, 0], *(_with_upstream(_draw(*geometry)) for geometry in _GEOMETRIES)),
        ),
        properties.check(VJP, "dtype", 1, "float16, float32, float64 stay what they are.", _dtypes),
        properties.check(
            VJP, "untouched", 1, "nothing that was given changes.", properties.untouched(VJP)
        ),
    ),
    builds_on={"conv2d_relu_vjp": ("conv2d_relu",)},
)
