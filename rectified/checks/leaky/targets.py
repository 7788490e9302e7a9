"""The functions of the exercise: what is known of each, and how far a right version may be off.

A right version may multiply by the slope once, or take away what the slope does not let through,
x − (1 − s)·x. That is off by up to eps·|x| where s·x is expected: by 1/s or 100 epsilons of the
result, up to 200 units in its last place. A slope in single precision, or a difference quotient,
is off by millions of them in float64.
"""

from dataclasses import replace

import numpy as np

from rectified.activations import leaky as trusted
from rectified.activations.contract import as_float_array, sum_to_shape
from rectified.checks import inputs
from rectified.checks.judging import Target
from rectified.checks.leaky.ideas import of_leak, of_leak_grad, of_rrelu
from rectified.checks.leaky.ideas_of_slopes import of_slope_grad

_NAN = "NaN says that something went wrong before, and that must stay visible"
_ULPS = 256.0  # see above

_X = np.array([-2.0, 3.0, 0.5, -0.5, 100.0, -100.0, 0.125, -8.0])
_G = np.array([0.5, -2.0, 4.0, -0.25, 3.0, 1.5, -1.5, 2.0])


def _why(x, slope=None, negative_slope=0.01):
    if np.isnan(x):
        return _NAN
    if x > 0:
        return "positive numbers are kept"
    return f"a number that is not positive is multiplied by the slope, {_of(slope, negative_slope)}"


def _why_grad(x, slope=None, negative_slope=0.01):
    if np.isnan(x):
        return _NAN
    if x > 0:
        return "there the function is x itself"
    return f"there it is a line with the slope {_of(slope, negative_slope)}"


def _of(slope, negative_slope):
    return f"{negative_slope if slope is None else float(slope):g}"


def _why_rrelu(x, lower=1 / 8, upper=1 / 3):
    if np.isnan(x):
        return _NAN
    if x > 0:
        return "positive numbers are kept"
    return f"outside training the slope is the mean of {lower:.4g} and {upper:.4g}"


def _why_slope_grad(grad_output, x, slope):
    if np.isnan(x).any():
        return _NAN
    if np.ndim(slope) == 0:
        return "all entries share one slope, and each negative x says how much its output moves"
    return "each slope serves its own part of x, and gathers what comes from there, no more"


def _slope_grad(grad_output, x, slope):
    entries = as_float_array(grad_output) * trusted.prelu_slope_grad(x, slope)
    return sum_to_shape(entries, np.shape(slope))


def _draw(rng, shape, dtype):
    return (inputs.between_kinks(rng, shape, dtype),)


def _draw_shared(rng, shape, dtype):
    return inputs.between_kinks(rng, shape, dtype), float(np.round(rng.uniform(0.05, 0.6), 2))


def _draw_channels(x_shape, slope_shape):
    """Return a maker of x and of slopes that differ from one another by at least 0.1."""

    def draw(rng, shape, dtype):
        slopes = np.linspace(0.1, 0.9, int(np.prod(slope_shape))) + rng.uniform(-0.05, 0.05)
        slopes = np.round(rng.permutation(slopes), 3).astype(dtype).reshape(slope_shape)
        return inputs.between_kinks(rng, x_shape, dtype), slopes

    return draw


def with_upstream(draw):
    return lambda rng, shape, dtype: _upstream_first(rng, dtype, *draw(rng, shape, dtype))


def _upstream_first(rng, dtype, x, slope):
    return inputs.upstream(rng, x.shape, dtype), x, slope


LEAKY = Target(
    name="leaky_relu",
    arguments=("x",),
    reference=trusted.leaky_relu,
    why=_why,
    examples=(_X,),
    draw=_draw,
    settings=({}, {"negative_slope": 0.25}, {"negative_slope": 0.1}),
    misconceptions=of_leak(lambda negative_slope=0.01: negative_slope),
    ulps=_ULPS,
)
LEAKY_GRAD = replace(
    LEAKY,
    name="leaky_relu_grad",
    reference=trusted.leaky_relu_grad,
    why=_why_grad,
    misconceptions=of_leak_grad(lambda negative_slope=0.01: negative_slope),
)
PRELU = Target(
    name="prelu",
    arguments=("x", "slope"),
    reference=trusted.prelu,
    why=_why,
    examples=(_X, 0.25),
    draw=_draw_shared,
    misconceptions=of_leak(lambda slope: slope),
    ulps=_ULPS,
)
PRELU_GRAD = replace(
    PRELU,
    name="prelu_grad",
    reference=trusted.prelu_grad,
    why=_why_grad,
    misconceptions=of_leak_grad(lambda slope: slope),
)
SLOPE_GRAD = Target(
    name="prelu_slope_grad",
    arguments=("grad_output", "x", "slope"),
    reference=_slope_grad,
    why=_why_slope_grad,
    examples=(_G, _X, 0.25),
    draw=with_upstream(_draw_shared),
    misconceptions=of_slope_grad(),
    # Up to 24 products of at most 4 · 8 are added, in any order: a worst case of
    # 24 · ½ eps · 24 · 32 or 9216 eps.
    epsilons=9216.0,
    elementwise=False,
)
RRELU = Target(
    name="rrelu",
    arguments=("x",),
    reference=trusted.rrelu,
    why=_why_rrelu,
    examples=(_X,),
    draw=_draw,
    settings=({}, {"lower": 0.1, "upper": 0.5}, {"lower": 0.25, "upper": 0.25}),
    misconceptions=of_rrelu(),
    ulps=_ULPS,
)

# Batch, channel, length; then batch, feature. No other axis is as long as that of the slopes, so
# that an axis mistaken for it shows.
IMAGES = _draw_channels((2, 3, 2), (3, 1))
FEATURES = _draw_channels((4, 3), (3,))
ANY_SLOPE = tuple({"negative_slope": s} for s in (1.5, -0.5, 0.0, 1.0))
