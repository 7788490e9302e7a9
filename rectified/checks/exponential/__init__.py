"""What the exercise ``exponential`` asks for: ELU, CELU, SELU, their slopes, and two constants.

A right version may take e^x − 1 by expm1 or by another form that loses nothing, and multiply in
any order: a few units in the last place. Where x is divided by alpha, half a unit there is up to 4
units of an exponential of −8. Away from 0 the difference e^x − 1 costs an epsilon, which is allowed
there; ``digits`` looks close to 0, where it costs millions of units. Far to the left a slope may be
a power of 2 with a rounded exponent: half a unit of 430 is 150 units of the result. What adds the
floor back to the output has no digit left there.
"""

from dataclasses import replace

import numpy as np

from rectified.activations import exponential as trusted
from rectified.checks import inputs, properties
from rectified.checks.core import Check, Topic
from rectified.checks.exponential import units
from rectified.checks.exponential.constants import CHECKS as CHECKS_OF_CONSTANTS
from rectified.checks.exponential.ideas import of_unit
from rectified.checks.exponential.ideas_of_slopes import of_slope
from rectified.checks.judging import Target

_ULPS, _EPSILONS, _TAIL_ULPS = 16.0, 8.0, 1024.0  # see above
_ALPHAS = ({"alpha": 2.0}, {"alpha": 0.5}, {"alpha": 1.7})
_X = np.array([-2.0, 3.0, 0.5, -0.5, 1.0, -1.0, -4.0])


def _why(left: str, right: str, at_0: str = ""):
    def why(x, **settings):
        if np.isnan(x):
            return "NaN says that something went wrong before, and that must stay visible"
        if x == 0 and at_0:
            return at_0
        return right if x > 0 else left

    return why


def _draw(rng, shape, dtype):
    return (inputs.between_kinks(rng, shape, dtype, reach=4.0),)


def _draw_close(rng, shape, dtype):
    """Return numbers of both signs whose sizes spread from 1e-14 to 1e-3, three digits each."""
    size = int(np.prod(shape))
    exponent = rng.permutation(np.linspace(-14, -3.5, size)) + rng.uniform(0, 0.5, size)
    sign = rng.permutation(np.where(np.arange(size) % 3, -1.0, 1.0))
    x = [float(f"{s * 10**e:.2e}") for s, e in zip(sign, exponent, strict=True)]
    return (np.array(x, dtype=dtype).reshape(shape),)


def _draw_far(rng, shape, dtype):
    return (inputs.tails(rng, shape, dtype, 20, 300),)


def _extremes(dtype):
    """Return the ends of ``dtype``, the largest numbers halved: the scale is above 1."""
    x = inputs.extremes(dtype)
    return np.where(np.abs(x) == np.finfo(dtype).max, x / 2, x)


def _pair(name: str, unit: units.Unit, whys: tuple[str, ...]) -> tuple[Target, Target]:
    """Return the targets of a unit and of its slope."""
    left, right, left_slope, right_slope = whys
    target = Target(
        name=name,
        arguments=("x",),
        reference=getattr(trusted, name),
        why=_why(left, right),
        examples=(_X,),
        draw=_draw,
        misconceptions=of_unit(unit),
        ulps=_ULPS,
        epsilons=_EPSILONS,
    )
    return target, replace(
        target,
        name=f"{name}_grad",
        reference=getattr(trusted, f"{name}_grad"),
        why=_why(left_slope, right_slope, "at 0 the slope of the left side counts"),
        misconceptions=of_slope(unit),
    )


_KEPT, _AS_X = "positive numbers are kept", "on the right the function rises as fast as x"
ELU, ELU_GRAD = _pair(
    "elu",
    units.ELU,
    (
        "on the left that is alpha times (e^x - 1)",
        _KEPT,
        "on the left the function is alpha times (e^x - 1), and this is how steep that is",
        _AS_X,
    ),
)
CELU, CELU_GRAD = _pair(
    "celu",
    units.CELU,
    (
        "on the left that is alpha times (e^(x/alpha) - 1)",
        _KEPT,
        "on the left the function is alpha times (e^(x/alpha) - 1), and this is how steep that is",
        _AS_X,
    ),
)
SELU, SELU_GRAD = _pair(
    "selu",
    units.SELU,
    (
        "on the left that is scale times alpha times (e^x - 1)",
        "on the right that is scale times x",
        "on the left the function is scale times alpha times (e^x - 1), and this is how steep that "
        "is",
        "on the right the function is scale times x, and this is how steep that is",
    ),
)


def _of(target: Target, asks: str) -> tuple[Check, ...]:
    """Return two points for values, and six for good manners."""
    extremes = properties.extremes(target, inputs.alone(_extremes))
    return (
        properties.check(target, "values", 2, asks, properties.values(target)),
        *properties.contract(target),
        properties.check(
            target, "extremes", 1, "infinities and huge numbers; no warning.", extremes
        ),
        properties.check(target, "nan", 1, "NaN stays NaN.", properties.nan(target)),
    )


def _alphas(target: Target) -> Check:
    others = replace(target, settings=_ALPHAS)
    return properties.check(target, "alpha", 2, "other alphas than 1.", properties.values(others))


def _digits(target: Target) -> Check:
    close = replace(target, draw=_draw_close, epsilons=0.0)
    asks = "all digits also for x close to 0."
    return properties.check(target, "digits", 1, asks, properties.fresh(close))


def _tails(target: Target) -> Check:
    far = replace(target, draw=_draw_far, ulps=_TAIL_ULPS, epsilons=0.0)
    asks = "all digits also for x from -20 to -300."
    return properties.check(target, "tails", 1, asks, properties.fresh(far))


def _kink(target: Target, settings: dict) -> Check:
    run = properties.kinks(replace(target, settings=(settings,)), [-1.0, 0.0, 2.0])
    return properties.check(target, "kinks", 1, "at 0 the slope of the left side.", run)


TOPIC = Topic(
    "exponential",
    (
        *_of(ELU, "x on the right, alpha (e^x - 1) on the left."),
        _alphas(ELU),
        _digits(ELU),
        *_of(ELU_GRAD, "its slope."),
        _alphas(ELU_GRAD),
        _kink(ELU_GRAD, {"alpha": 2.0}),
        _tails(ELU_GRAD),
        *_of(CELU, "x on the right, alpha (e^(x/alpha) - 1) on the left."),
        _alphas(CELU),
        _digits(CELU),
        *_of(CELU_GRAD, "its slope."),
        _alphas(CELU_GRAD),
        _tails(CELU_GRAD),
        *CHECKS_OF_CONSTANTS,
        *_of(SELU, "the scale times ELU with the alpha of SELU."),
        _digits(SELU),
        *_of(SELU_GRAD, "its slope."),
        _kink(SELU_GRAD, {}),
        _tails(SELU_GRAD),
    ),
    builds_on={
        "elu_grad": ("elu",),
        "celu": ("elu",),
        "celu_grad": ("elu_grad", "celu"),
        "selu": ("elu", "selu_constants"),
        "selu_grad": ("elu_grad", "selu_constants"),
    },
)
