"""What the exercise ``initialization`` asks for: the size of weights, by formula and by integral.

Formulas are judged to a few roundings. Integrals are asked for to six digits, and what is built
from up to thirty of them to five: any careful rule, over a fine grid or adaptive, is far better,
and a sample, a cut-off bell or a coarse grid is far worse.
"""

from dataclasses import replace

import numpy as np

from rectified.activations import sigmoid, softplus
from rectified.checks import properties
from rectified.checks.core import Topic
from rectified.checks.initialization.ideas import (
    gain,
    glorot_limit,
    he_std,
    moments,
    of_gain,
    of_glorot,
    of_he,
    of_moments,
)
from rectified.checks.judging import Target


def _leaky(z):
    return np.where(np.asarray(z) > 0, z, 0.2 * np.asarray(z))


def _relu(z):
    return np.maximum(z, 0)


def _far_kink(z):
    return np.maximum(np.asarray(z) - 0.6, 0)


def _two_kinks(z):
    return np.clip(z, -0.7, 1.3)


def _growing(z):
    return np.exp(z)


def _size(z):
    return 3 * np.abs(z)


def _wave(z):
    return np.sin(3 * np.asarray(z))


def _why_he(fan_in, negative_slope=0.0):
    return (
        f"each of {int(fan_in)} terms brings E f(z)² = (1 + ({negative_slope:g})²)/2 of what went "
        "in, and a standard deviation is a root"
    )


def _why_glorot(fan_in, fan_out):
    return (
        "the variance is to be 2 over the sum of the fans, and that of a uniform draw is a third "
        "of the squared limit"
    )


def _why_gain(f):
    return (
        "weights of variance gain²/n make up for what f does to the mean square. Six digits take a "
        "fine grid that goes far out, and nothing random"
    )


def _why_moments(f, weight_variance_times_n, q0, depth):
    return (
        "each layer turns q into the mean square of f at numbers of variance q, times "
        f"{float(weight_variance_times_n):g}"
    )


def _draw_fans(rng, shape, dtype):
    return (int(rng.integers(3, 3000)),)


def _draw_two_fans(rng, shape, dtype):
    few, many = int(rng.integers(2, 40)), int(rng.integers(100, 3000))
    return (few, many) if rng.integers(2) else (many, few)


def _draw_equal_fans(rng, shape, dtype):
    n = int(rng.integers(3, 3000))
    return n, n


def _one_of(*functions):
    return lambda rng, shape, dtype: (functions[rng.integers(len(functions))],)


def _draw_moments(functions, depths):
    def draw(rng, shape, dtype):
        f = functions[rng.integers(len(functions))]
        variance = float(np.round(rng.uniform(0.8, 2.5), 2))
        q0 = float(np.round(rng.uniform(0.3, 4.0), 2))
        return f, variance, q0, int(rng.choice(depths))

    return draw


HE = Target(
    name="he_std",
    arguments=("fan_in",),
    reference=he_std,
    why=_why_he,
    examples=(50,),
    draw=_draw_fans,
    misconceptions=of_he(),
    ulps=8.0,  # a quotient and a root, in one order or another
    elementwise=False,
)
GLOROT = Target(
    name="glorot_limit",
    arguments=("fan_in", "fan_out"),
    reference=glorot_limit,
    why=_why_glorot,
    examples=(24, 126),
    draw=_draw_two_fans,
    misconceptions=of_glorot(),
    ulps=8.0,
    elementwise=False,
)
GAIN = Target(
    name="gain",
    arguments=("f",),
    reference=gain,
    why=_why_gain,
    examples=(_relu,),
    draw=_one_of(_leaky, _size),
    misconceptions=of_gain(),
    ulps=2.0**32,  # between 5e-7 and 1e-6 of the result: six digits
    elementwise=False,
)
MOMENTS = Target(
    name="propagate_second_moment",
    arguments=("f", "weight_variance_times_n", "q0", "depth"),
    reference=moments,
    why=_why_moments,
    examples=(_relu, 3.0, 4.0, 3),
    draw=_draw_moments((_relu, _leaky), [3, 5, 8]),
    misconceptions=of_moments(),
    ulps=2.0**35,  # between 4e-6 and 8e-6 of the result: five digits
    elementwise=False,
)


TOPIC = Topic(
    "initialization",
    (
        properties.check(HE, "values", 2, "the formula for ReLU.", properties.values(HE)),
        properties.check(
            HE,
            "slope",
            2,
            "other slopes on the left, of either sign.",
            properties.fresh(
                replace(HE, settings=tuple({"negative_slope": s} for s in (0.2, 1.0, -0.5, 3.0)))
            ),
        ),
        properties.check(
            GLOROT,
            "square",
            1,
            "as many inputs as outputs.",
            properties.values(replace(GLOROT, examples=(50, 50), draw=_draw_equal_fans)),
        ),
        properties.check(
            GLOROT,
            "values",
            2,
            "few inputs and many outputs, or the reverse.",
            properties.values(GLOROT),
        ),
        properties.check(GAIN, "kinked", 2, "functions with a kink at 0.", properties.values(GAIN)),
        properties.check(
            GAIN,
            "smooth",
            2,
            "smooth functions.",
            properties.fresh(
                *GAIN.drawn(*(_one_of(f) for f in (np.tanh, sigmoid, softplus, _wave)))
            ),
        ),
        properties.check(
            GAIN,
            "digits",
            2,
            "six right digits also for kinks elsewhere, and for a function that grows fast.",
            properties.fresh(*GAIN.drawn(*(_one_of(f) for f in (_far_kink, _two_kinks, _growing)))),
        ),
        properties.check(
            MOMENTS,
            "kinked",
            2,
            "ReLU and a leaky rectifier, for which each layer is a constant factor.",
            properties.values(MOMENTS),
        ),
        properties.check(
            MOMENTS,
            "smooth",
            2,
            "functions that treat small and large signals differently.",
            properties.fresh(
                *MOMENTS.drawn(_draw_moments((np.tanh,), [4, 7]), _draw_moments((_two_kinks,), [3]))
            ),
        ),
        properties.check(
            MOMENTS,
            "depth",
            1,
            "no layer at all, and thirty.",
            properties.fresh(
                *MOMENTS.drawn(
                    _draw_moments((np.tanh,), [0]), _draw_moments((_relu, np.tanh), [30])
                )
            ),
        ),
    ),
)
