"""What is asked of ``selu_constants``: the two equations that fix them.

A pair (alpha, scale) is put into the equations that fix it. With z normal, mean 0 and variance 1,
the mean of selu(z) is to be 0 and its mean square 1. An error of 1e-12 in alpha moves the first by
0.24e-12, one of 1e-12 in the scale the second by 1.9e-12; that much is allowed. Formulas and
adaptive integrals are right to some 1e-15; eight digits copied by hand are off by 1e-9.
"""

from dataclasses import replace
from math import erfc, exp, pi, sqrt

import numpy as np

from rectified.activations import SELU_ALPHA, SELU_SCALE
from rectified.checks import wording
from rectified.checks.core import Check, CheckFailure
from rectified.checks.judging import Misconception, Target, diagnose, judge

_EPS = float(np.finfo(np.float64).eps)
_POWER = [exp(k**2 / 2) * erfc(k / sqrt(2)) / 2 for k in (0, 1, 2)]  # E[e^{kz}; z < 0]
_FIRST = _POWER[1] - _POWER[0]
_SECOND = _POWER[2] - 2 * _POWER[1] + _POWER[0]


def mean(alpha, scale):
    """Return E selu(z), without the scale, which cannot make it 0."""
    return 1 / sqrt(2 * pi) + alpha * _FIRST


def mean_square(alpha, scale):
    """Return E selu(z)², with the sign of the scale."""
    return scale * abs(scale) * (0.5 + alpha**2 * _SECOND)


_DIGITS = (
    "It is close, but asked for are twelve digits. Are the constants typed in, rounded (also to "
    "float32), or found by an approximation (a coarse grid, a range that ends too early, a "
    "sample)? The integrals have closed forms."
)
_PAIRS = (
    ((SELU_SCALE, SELU_ALPHA), "The order is: first alpha, then the scale."),
    (
        (SELU_SCALE * SELU_ALPHA, SELU_SCALE),
        "The first number is the product of both constants, the floor of SELU. Asked for is alpha.",
    ),
    (
        (SELU_ALPHA, SELU_SCALE**2),
        "The scale enters the mean square with its square. What is left to do?",
    ),
    (
        (SELU_ALPHA, 1 / SELU_SCALE),
        "The scale is upside down. Is the mean square of elu(z) "
        "with your alpha above 1 or below, and what has the scale to do about it?",
    ),
    (
        (SELU_ALPHA, 1.0),
        "Without a scale the second equation does not hold. What is the mean square of elu(z) with "
        "your alpha?",
    ),
    ((1.0, SELU_SCALE), "With alpha = 1 the mean is above 0. Which equation fixes alpha?"),
    (
        (-SELU_ALPHA, SELU_SCALE),
        "The sign of alpha is turned: the left side is to pull the mean down, and e^z - 1 is "
        "negative there already.",
    ),
    (
        (SELU_ALPHA, -SELU_SCALE),
        "The second equation has two roots. A unit that rises has a scale above 0.",
    ),
    (
        (SELU_ALPHA, 1 / sqrt(1.0 + SELU_ALPHA**2 * _SECOND)),
        "The right side counts twice in the mean square: half of the numbers are positive.",
    ),
    (
        (SELU_ALPHA, 1 / sqrt(0.5 + SELU_ALPHA * _SECOND)),
        "In the mean square alpha enters with its square.",
    ),
    (
        (SELU_ALPHA, 1 / sqrt(0.5 + SELU_ALPHA**2 * (_POWER[2] - 2 * _POWER[1] + 1))),
        "On the left of 0 only half of the probability lies. What is the mean of 1 over z < 0?",
    ),
    (
        (1 / sqrt(2 * pi) / (1 - _POWER[1]), SELU_SCALE),
        "On the left of 0 only half of the probability lies. What is the mean of 1 over z < 0?",
    ),
    (
        (1 / sqrt(2 * pi) / _POWER[1], SELU_SCALE),
        "The left side is alpha times (e^z - 1). Where is the mean of the 1?",
    ),
    (
        (0.5 / -_FIRST, SELU_SCALE),
        "The mean of z over the positive half is not its probability, one half.",
    ),
    (
        (SELU_ALPHA, sqrt(2.0)),
        "This root of 2 is for ReLU. What is the mean square of elu(z) with your alpha?",
    ),
)


def _target(residual, aim: float, allowed: float) -> Target:
    pairs = (((round(SELU_ALPHA, n), round(SELU_SCALE, n)), _DIGITS) for n in range(3, 12))
    return Target(
        name="selu_constants",
        arguments=(),
        reference=lambda: np.asarray(aim),
        why=lambda: "",
        examples=(),
        draw=lambda rng, shape, dtype: (),
        misconceptions=tuple(
            Misconception(lambda pair=pair: residual(*pair), hint)
            for pair, hint in (*_PAIRS, *pairs)
        ),
        epsilons=allowed / _EPS,
        elementwise=False,
        parts=("alpha", "scale"),
    )


def _equation(name: str, asks: str, residual, aim: float, allowed: float, said: str) -> Check:
    """Return the check that a pair solves one of the equations."""
    target = _target(residual, aim, allowed)

    def run(function, rng):
        outcome = target.run(function, (), {})
        shapes = [part.shape for part in outcome.value]
        if shapes != [(), ()]:
            raise CheckFailure(
                wording.paragraphs(
                    f"{outcome} returned arrays of shapes {shapes[0]} and {shapes[1]}; it should "
                    "return two numbers, alpha and the scale.",
                    "An array with one entry is not yet a number. Which line makes an array?",
                )
            )
        alpha, scale = (float(part) for part in outcome.value)
        found = replace(outcome, value=np.asarray(residual(alpha, scale), np.float64))
        one = replace(target, parts=())
        try:
            judge(one, found)
        except CheckFailure:
            off = abs(float(found.value) - aim)
            hint = diagnose(one, found) or (_DIGITS if off < 1e-2 else "")
            raise CheckFailure(
                wording.paragraphs(
                    f"{outcome} gives alpha = {alpha!r} and scale = {scale!r}. With them {said} is "
                    f"{float(found.value)!r} for z normal with mean 0 and variance 1; it should be "
                    f"{aim:g}, up to {allowed:.0e}.",
                    hint,
                )
            ) from None

    return Check(f"selu_constants.{name}", 2, ("selu_constants",), asks, run)


CHECKS = (
    _equation(
        "mean",
        "the alpha that makes the mean of the output 0, to 1e-12.",
        mean,
        0.0,
        -_FIRST * 1e-12,
        "the mean of elu(z)",
    ),
    _equation(
        "square",
        "the scale that makes its mean square 1, to 1e-12.",
        mean_square,
        1.0,
        2 / SELU_SCALE * 1e-12,
        "the mean square of scale · elu(z) (with the sign of the scale)",
    ),
)
