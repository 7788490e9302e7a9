"""Versions of units that bend to a floor, of their slopes, and of SELU's constants.

Wrong ones stand for an idea, not for a typing error. What goes wrong with every function over
arrays, whatever it computes, is in tools/manners.py. See tools/mutants.py for the decorators.
"""

import math
from statistics import NormalDist

import numpy as np
from scipy.integrate import quad, simpson
from scipy.optimize import brentq, fsolve
from scipy.special import erfcx, ndtr

from tools.manners import floats, right_ideas, with_bad_manners, wrong_ideas
from tools.mutants import right, wrong

ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805
FLOOR = ALPHA * SCALE


def below(x):
    """Return the negative part, so that no exponential overflows."""
    return np.minimum(x, 0)


def two_sides(x, on_the_right, on_the_left):
    """Return one of two results, in the dtype of x."""
    return np.where(x > 0, on_the_right, on_the_left).astype(x.dtype)


# --- functions -----------------------------------------------------------------------------------


def bending(asked, outer, inner, rise=1.0, **defaults):
    """Register versions of rise·x on the right and outer(a)·(e^{inner(a) x} − 1) on the left."""

    def formula(x, alpha=1.0):
        return two_sides(x, rise * x, outer(alpha) * np.expm1(inner(alpha) * below(x)))

    def left(change):
        return lambda x, alpha=1.0: two_sides(
            x, rise * x, change(below(x), outer(alpha), inner(alpha))
        )

    with_bad_manners(asked, formula)
    wrong_ideas(
        asked,
        rectifier=lambda x, alpha=1.0: rise * np.maximum(x, 0),
        leaky_rectifier=left(lambda x, c, k: 0.01 * rise * x),
        straight_on_the_left=left(lambda x, c, k: c * k * x),
        cut_at_the_floor=lambda x, alpha=1.0: np.maximum(rise * x, -outer(alpha)),
        one_not_subtracted=left(lambda x, c, k: c * np.exp(k * x)),
        order_turned=left(lambda x, c, k: c * (1 - np.exp(k * x))),
        exponent_turned=left(lambda x, c, k: c * np.expm1(-k * x)),
        exponential_everywhere=lambda x, alpha=1.0: outer(alpha) * np.expm1(inner(alpha) * x),
        exponential_added=lambda x, alpha=1.0: (
            rise * np.maximum(x, 0) + outer(alpha) * np.expm1(inner(alpha) * x)
        ),
        sides_swapped=lambda x, alpha=1.0: two_sides(
            x, outer(alpha) * np.expm1(inner(alpha) * x), rise * x
        ),
        tanh_on_the_left=left(lambda x, c, k: c * np.tanh(k * x)),
        power_of_two=left(lambda x, c, k: c * (2.0 ** (k * x) - 1)),
        its_slope=lambda x, alpha=1.0: two_sides(
            x, rise, outer(alpha) * inner(alpha) * np.exp(inner(alpha) * below(x))
        ),
        softplus=lambda x, alpha=1.0: np.logaddexp(0, x),
    )
    wrong_ideas(
        asked,
        "digits",
        naive=left(lambda x, c, k: c * (np.exp(k * x) - 1)),
        multiplied_out=left(lambda x, c, k: c * np.exp(k * x) - c),
    )
    wrong_ideas(
        asked,
        "extremes",
        unused_branch_overflows=lambda x, alpha=1.0: two_sides(
            x, rise * x, outer(alpha) * np.expm1(inner(alpha) * x)
        ),
        masks_multiplied=lambda x, alpha=1.0: (
            (x > 0) * (rise * x) + (x <= 0) * (outer(alpha) * np.expm1(inner(alpha) * below(x)))
        ).astype(x.dtype),
    )
    wrong_ideas(
        asked,
        "nan",
        nan_ignored=lambda x, alpha=1.0: (
            rise * np.fmax(x, 0) + outer(alpha) * np.expm1(inner(alpha) * np.fmin(x, 0))
        ),
    )
    right_ideas(
        asked,
        where=formula,
        two_parts=lambda x, alpha=1.0: (
            rise * np.maximum(x, 0) + outer(alpha) * np.expm1(inner(alpha) * below(x))
        ),
        clip=lambda x, alpha=1.0: (
            rise * np.clip(x, 0, None) + outer(alpha) * np.expm1(np.clip(x, None, 0) * inner(alpha))
        ),
        through_tanh=left(lambda x, c, k: c * 2 * np.tanh(k * x / 2) / (1 - np.tanh(k * x / 2))),
        piecewise=lambda x, alpha=1.0: np.piecewise(
            x,
            [x <= 0],
            [lambda v: outer(alpha) * np.expm1(v * inner(alpha)), lambda v: rise * v],
        ),
        vectorized=lambda x, alpha=1.0: np.vectorize(
            lambda v: rise * v if v > 0 else outer(alpha) * math.expm1(inner(alpha) * v),
            otypes=[x.dtype],
        )(x),
    )
    return formula


elu = bending("elu", lambda a: a, lambda a: 1.0)
celu = bending("celu", lambda a: a, lambda a: 1 / a)
selu = bending("selu", lambda a: FLOOR, lambda a: 1.0, SCALE)


@right("elu")
def by_masks(x, alpha=1.0):
    x = floats(x)
    y = np.array(x)
    negative = y < 0
    y[negative] = alpha * np.expm1(y[negative])
    return y


@right("celu")
def elu_of_a_stretched_axis(x, alpha=1.0):
    return (alpha * elu(floats(x) / alpha)).astype(floats(x).dtype)


@right("selu")
def scaled_elu(x):
    return SCALE * elu(floats(x), ALPHA)


@right("selu")
def double_constants_cast(x):
    x = floats(x)
    scale, alpha = x.dtype.type(SCALE), x.dtype.type(ALPHA)
    return np.where(x > 0, scale * x, scale * alpha * np.expm1(below(x)))


def exponential(c, k, rise=1.0):
    """Return a formula with c and k in the places that they have in ``bending``."""
    return lambda x, alpha=1.0: two_sides(x, rise * x, c(alpha) * np.expm1(k(alpha) * below(x)))


wrong_ideas(
    "elu",
    "alpha",
    alpha_ignored=exponential(lambda a: 1, lambda a: 1),
    alpha_outside_the_bracket=lambda x, alpha=1.0: two_sides(x, x, alpha * np.exp(below(x)) - 1),
    alpha_in_the_exponent_only=exponential(lambda a: 1, lambda a: a),
    alpha_in_both_places=exponential(lambda a: a, lambda a: a),
    celu_for_elu=exponential(lambda a: a, lambda a: 1 / a),
    divided_by_alpha=exponential(lambda a: 1 / a, lambda a: 1),
    alpha_on_the_right_too=lambda x, alpha=1.0: alpha * elu(x),
    larger_of_both=lambda x, alpha=1.0: np.maximum(x, alpha * np.expm1(below(x))),
)
wrong_ideas(
    "celu",
    "alpha",
    elu_for_celu=exponential(lambda a: a, lambda a: 1),
    alpha_ignored=exponential(lambda a: 1, lambda a: 1),
    alpha_in_the_exponent_only=exponential(lambda a: 1, lambda a: 1 / a),
    alpha_multiplies_the_exponent=exponential(lambda a: a, lambda a: a),
    upside_down=exponential(lambda a: 1 / a, lambda a: a),
    alpha_outside_the_bracket=lambda x, alpha=1.0: two_sides(
        x, x, alpha * np.exp(below(x) / alpha) - 1
    ),
    alpha_on_the_right_too=lambda x, alpha=1.0: two_sides(
        x, alpha * x, alpha * np.expm1(below(x) / alpha)
    ),
)
wrong_ideas(
    "selu",
    without_scale=lambda x: elu(x, ALPHA),
    scale_on_the_right_only=exponential(lambda a: ALPHA, lambda a: 1, SCALE),
    scale_on_the_left_only=exponential(lambda a: FLOOR, lambda a: 1),
    scale_without_alpha=lambda x: SCALE * elu(x),
    plain_elu=lambda x: elu(x),
    constants_exchanged=exponential(lambda a: FLOOR, lambda a: 1, ALPHA),
    floor_taken_for_alpha=lambda x: SCALE * elu(x, FLOOR),
    scaled_twice=lambda x: SCALE**2 * elu(x, ALPHA),
    celu_inside=lambda x: SCALE * celu(x, ALPHA),
    built_on_leaky=lambda x: SCALE * two_sides(x, x, ALPHA * 0.01 * x),
    built_on_a_leak_of_alpha=lambda x: SCALE * two_sides(x, x, ALPHA * x),
    built_on_leaky_without_alpha=lambda x: SCALE * two_sides(x, x, 0.01 * x),
    two_decimals=lambda x: 1.05 * elu(x, 1.67),
    four_decimals=lambda x: 1.0507 * elu(x, 1.6733),
    eight_decimals=lambda x: 1.05070099 * elu(x, 1.67326324),
)
wrong_ideas(
    "selu",
    "dtype",
    numpy_constants=lambda x: np.float64(SCALE) * elu(x, ALPHA),
)

# --- slopes --------------------------------------------------------------------------------------


def sloping(asked, function, steep, inner, rise=1.0):
    """Register versions of rise on the right and steep(a)·e^{inner(a) x} on the left."""

    def slope(x, alpha=1.0):
        return two_sides(x, rise, steep(alpha) * np.exp(inner(alpha) * below(x)))

    def left(change):
        return lambda x, alpha=1.0: two_sides(x, rise, change(below(x), steep(alpha), inner(alpha)))

    def floor(alpha):
        return steep(alpha) / inner(alpha)

    with_bad_manners(asked, slope)
    wrong_ideas(
        asked,
        function_itself=function,
        output_plus_floor_everywhere=lambda x, alpha=1.0: function(x, alpha) + floor(alpha),
        output_of_the_wrong_branch=lambda x, alpha=1.0: two_sides(
            x, function(x, alpha) + floor(alpha), rise
        ),
        at_the_output=lambda x, alpha=1.0: slope(function(x, alpha), alpha),
        step=lambda x, alpha=1.0: rise * np.heaviside(x, 0),
        leaky_slope=left(lambda x, c, k: 0.01 * rise),
        sides_swapped=lambda x, alpha=1.0: two_sides(
            x, steep(alpha) * np.exp(inner(alpha) * x), rise
        ),
        exponential_everywhere=lambda x, alpha=1.0: steep(alpha) * np.exp(inner(alpha) * x),
        exponent_turned=left(lambda x, c, k: c * np.exp(-k * x)),
        one_still_subtracted=left(lambda x, c, k: c * np.exp(k * x) - 1),
        falling=left(lambda x, c, k: -c * np.exp(k * x)),
        power_rule=left(lambda x, c, k: c * x * np.exp(x - 1)),
        tends_to_the_floor=left(lambda x, c, k: -c / k),
        same_slope_everywhere=left(lambda x, c, k: c),
        difference_quotient=lambda x, alpha=1.0: (
            (function(x + 1e-4, alpha) - function(x, alpha)) / 1e-4
        ),
        neighbours=lambda x, alpha=1.0: np.gradient(function(x, alpha)),
        power_of_two=left(lambda x, c, k: c * 2.0 ** (k * x)),
    )
    wrong_ideas(
        asked,
        "tails",
        from_the_output=lambda x, alpha=1.0: two_sides(
            x, rise, (function(x, alpha) + floor(alpha)) * inner(alpha)
        ),
        zero_far_out=lambda x, alpha=1.0: np.where(x < -30, 0, slope(x, alpha)).astype(x.dtype),
    )
    wrong_ideas(
        asked,
        "extremes",
        unused_branch_overflows=lambda x, alpha=1.0: two_sides(
            x, rise, steep(alpha) * np.exp(inner(alpha) * x)
        ),
        mask_times_infinity=lambda x, alpha=1.0: (
            (x > 0) * rise + (x <= 0) * (steep(alpha) * np.exp(inner(alpha) * x))
        ).astype(x.dtype),
    )
    wrong_ideas(
        asked,
        "nan",
        nan_counts_as_positive=lambda x, alpha=1.0: np.where(
            x <= 0, steep(alpha) * np.exp(inner(alpha) * below(x)), rise
        ).astype(x.dtype),
    )
    right_ideas(
        asked,
        where=slope,
        step_by_heaviside=lambda x, alpha=1.0: (
            rise * np.heaviside(x, 0)
            + np.heaviside(-x, 1) * steep(alpha) * np.exp(inner(alpha) * below(x))
        ),
        exp2=left(lambda x, c, k: c * np.exp2(k * x / math.log(2))),
        vectorized=lambda x, alpha=1.0: np.vectorize(
            lambda v: rise if v > 0 else steep(alpha) * math.exp(inner(alpha) * v),
            otypes=[x.dtype],
        )(x),
        piecewise=lambda x, alpha=1.0: np.piecewise(
            x, [x > 0], [rise, lambda v: steep(alpha) * np.exp(v * inner(alpha))]
        ),
    )
    return slope


elu_slope = sloping("elu_grad", elu, lambda a: a, lambda a: 1.0)
celu_slope = sloping("celu_grad", celu, lambda a: 1.0, lambda a: 1 / a)
selu_slope = sloping("selu_grad", selu, lambda a: FLOOR, lambda a: 1.0, SCALE)


@right("celu_grad")
def capped_exponential(x, alpha=1.0):
    return np.exp(np.minimum(floats(x), 0) / alpha)


@right("selu_grad")
def scaled_slope(x):
    return SCALE * elu_slope(floats(x), ALPHA)


def slopes(c, k, rise=lambda a: 1.0):
    """Return a formula with c and k in the places that they have in ``sloping``."""
    return lambda x, alpha=1.0: two_sides(x, rise(alpha), c(alpha) * np.exp(k(alpha) * below(x)))


wrong_ideas(
    "elu_grad",
    "alpha",
    alpha_forgotten=slopes(lambda a: 1, lambda a: 1),
    output_plus_one=lambda x, alpha=1.0: two_sides(x, 1, elu(x, alpha) + 1),
    slope_of_celu=slopes(lambda a: 1, lambda a: 1 / a),
    alpha_twice=slopes(lambda a: a**2, lambda a: 1),
    alpha_in_the_exponent=slopes(lambda a: a, lambda a: a),
    alpha_on_the_right_too=slopes(lambda a: a, lambda a: 1, lambda a: a),
    cut_at_one=lambda x, alpha=1.0: np.minimum(elu_slope(x, alpha), 1),
)
wrong_ideas(
    "elu_grad",
    "kinks",
    slope_of_the_right=lambda x, alpha=1.0: np.where(x == 0, 1, elu_slope(x, alpha)).astype(
        x.dtype
    ),
    mean_of_both=lambda x, alpha=1.0: np.where(x == 0, (1 + alpha) / 2, elu_slope(x, alpha)).astype(
        x.dtype
    ),
    zero_at_the_kink=lambda x, alpha=1.0: np.where(x == 0, 0, elu_slope(x, alpha)).astype(x.dtype),
)
wrong_ideas(
    "celu_grad",
    "alpha",
    slope_of_elu=slopes(lambda a: a, lambda a: 1),
    alpha_left_over=slopes(lambda a: a, lambda a: 1 / a),
    divided_once_more=slopes(lambda a: 1 / a, lambda a: 1 / a),
    alpha_ignored=slopes(lambda a: 1, lambda a: 1),
    alpha_multiplies_the_exponent=slopes(lambda a: 1, lambda a: a),
    output_plus_one=lambda x, alpha=1.0: two_sides(x, 1, celu(x, alpha) + 1),
)
wrong_ideas(
    "selu_grad",
    without_scale=lambda x: elu_slope(x, ALPHA),
    scale_on_the_right_only=slopes(lambda a: ALPHA, lambda a: 1, lambda a: SCALE),
    scale_on_the_left_only=slopes(lambda a: FLOOR, lambda a: 1),
    scale_without_alpha=lambda x: SCALE * elu_slope(x),
    built_on_leaky=lambda x: SCALE * two_sides(x, 1, 0.01),
    built_on_a_leak_of_alpha=lambda x: SCALE * two_sides(x, 1, ALPHA),
    output_plus_scale=lambda x: two_sides(x, SCALE, selu(x) + SCALE),
    four_decimals=lambda x: 1.0507 * elu_slope(x, 1.6733),
)
wrong_ideas(
    "selu_grad",
    "kinks",
    slope_of_the_right=lambda x: np.where(x == 0, SCALE, selu_slope(x)).astype(x.dtype),
    mean_of_both=lambda x: np.where(x == 0, (SCALE + FLOOR) / 2, selu_slope(x)).astype(x.dtype),
    zero_at_the_kink=lambda x: np.where(x == 0, 0, selu_slope(x)).astype(x.dtype),
)
wrong_ideas(
    "selu_grad",
    "dtype",
    numpy_constants=lambda x: np.float64(SCALE) * elu_slope(x, ALPHA),
)

# --- selu_constants ------------------------------------------------------------------------------


def solve(powers):
    """Return alpha and scale from E[e^{kz}; z < 0] for k = 0, 1, 2."""
    first = powers[1] - powers[0]
    alpha = -1 / math.sqrt(2 * math.pi) / first
    second = powers[2] - 2 * powers[1] + powers[0]
    return alpha, 1 / math.sqrt(0.5 + alpha**2 * second)


def bell(z):
    return np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


def exact_powers():
    return [math.exp(k**2 / 2) * math.erfc(k / math.sqrt(2)) / 2 for k in (0, 1, 2)]


def unit(z, alpha):
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0)))


@right("selu_constants")
def closed_form():
    return solve(exact_powers())


@right("selu_constants")
def normal_distribution_of_scipy():
    return solve([np.exp(k**2 / 2) * ndtr(-k) for k in (0, 1, 2)])


@right("selu_constants")
def scaled_error_function():
    return solve(erfcx(np.array([0, 1, 2]) / np.sqrt(2)) / 2)


@right("selu_constants")
def standard_library():
    return list(solve([math.exp(k * k / 2) * NormalDist().cdf(-k) for k in (0, 1, 2)]))


@right("selu_constants")
def adaptive_integrals():
    def power(k):
        return quad(lambda z: math.exp(k * z) * bell(z), -np.inf, 0, epsabs=1e-14, epsrel=1e-14)[0]

    return solve([power(k) for k in (0, 1, 2)])


@right("selu_constants")
def fine_grid_on_each_side():
    left, positive = np.linspace(-12, 0, 40_001), np.linspace(0, 12, 40_001)

    def moment(alpha, power):
        return sum(simpson(unit(z, alpha) ** power * bell(z), x=z) for z in (left, positive))

    alpha = brentq(lambda a: moment(a, 1), 1, 2, xtol=1e-15)
    return alpha, moment(alpha, 2) ** -0.5


@right("selu_constants")
def both_equations_at_once():
    p = exact_powers()

    def equations(pair):
        alpha, scale = pair
        return (
            1 / math.sqrt(2 * math.pi) + alpha * (p[1] - p[0]),
            scale**2 * (0.5 + alpha**2 * (p[2] - 2 * p[1] + p[0])) - 1,
        )

    return tuple(fsolve(equations, (1.5, 1.0), xtol=1e-15))


@wrong("selu_constants.mean")
def exchanged():
    return SCALE, ALPHA


@wrong("selu_constants.mean")
def floor_for_alpha():
    return FLOOR, SCALE


@wrong("selu_constants.mean")
def constants_of_elu():
    return 1.0, 1.0


@wrong("selu_constants.mean")
def alpha_of_elu():
    return 1.0, SCALE


@wrong("selu_constants.mean")
def alpha_with_its_sign_turned():
    return -ALPHA, SCALE


@wrong("selu_constants.mean")
def eight_digits_copied():
    return 1.67326324, 1.05070099


@wrong("selu_constants.mean")
def four_digits_copied():
    return 1.6733, 1.0507


@wrong("selu_constants.mean")
def whole_probability_on_the_left():
    p = exact_powers()
    return solve([1.0, *p[1:]])


@wrong("selu_constants.mean")
def one_lost_on_the_left():
    p = exact_powers()
    return 1 / math.sqrt(2 * math.pi) / p[1], SCALE


@wrong("selu_constants.mean")
def mean_taken_for_probability():
    p = exact_powers()
    return 0.5 / (p[0] - p[1]), SCALE


@wrong("selu_constants.mean")
def sampled():
    z = np.random.default_rng(0).normal(size=100_000)
    alpha = -np.mean(z * (z > 0)) / np.mean(np.expm1(z) * (z < 0))
    return alpha, np.mean(unit(z, alpha) ** 2) ** -0.5


@wrong("selu_constants.mean")
def range_too_short():
    left = np.linspace(-4, 0, 40_001)
    return solve([simpson(np.exp(k * left) * bell(left), x=left) for k in (0, 1, 2)])


@wrong("selu_constants.mean")
def coarse_grid():
    left = np.linspace(-9, 0, 100)
    step = left[1] - left[0]
    return solve([np.sum(np.exp(k * left) * bell(left)) * step for k in (0, 1, 2)])


@wrong("selu_constants.mean")
def single_precision():
    return float(np.float32(ALPHA)), float(np.float32(SCALE))


@wrong("selu_constants.mean")
def alpha_alone():
    return ALPHA


@wrong("selu_constants.mean")
def an_array():
    return np.array([ALPHA, SCALE])


@wrong("selu_constants.mean")
def arrays_of_one():
    return np.array([ALPHA]), np.array([SCALE])


@wrong("selu_constants.mean")
def return_forgotten():
    _ = ALPHA, SCALE


@wrong("selu_constants.square")
def no_scale():
    return ALPHA, 1.0


@wrong("selu_constants.square")
def root_forgotten():
    return ALPHA, SCALE**2


@wrong("selu_constants.square")
def scale_upside_down():
    return ALPHA, 1 / SCALE


@wrong("selu_constants.square")
def negative_scale():
    return ALPHA, -SCALE


@wrong("selu_constants.square")
def gain_of_relu():
    return ALPHA, math.sqrt(2)


@wrong("selu_constants.square")
def alpha_not_squared():
    p = exact_powers()
    return ALPHA, (0.5 + ALPHA * (p[2] - 2 * p[1] + p[0])) ** -0.5


@wrong("selu_constants.square")
def positive_half_counted_twice():
    p = exact_powers()
    return ALPHA, (1.0 + ALPHA**2 * (p[2] - 2 * p[1] + p[0])) ** -0.5


@wrong("selu_constants.square")
def ten_digits_of_the_scale():
    return ALPHA, 1.0507009874
