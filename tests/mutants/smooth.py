"""Versions of units without a kink, of their slopes, and of a test, as students write them.

Wrong ones stand for an idea, not for a typing error. What goes wrong with every function over
arrays, whatever it computes, is in tools/manners.py. See tools/mutants.py for the decorators.
"""

import math

import numpy as np
from scipy.special import erf, erfc, expit, ndtr

from tools.manners import floats, right_ideas, with_bad_manners, wrong_ideas
from tools.mutants import right, wrong


def sigmoid(x):
    """Return the sigmoid, right, in the dtype of x."""
    decay = np.exp(-np.abs(x))
    return np.where(x < 0, decay, np.where(np.isnan(x), x, 1)).astype(x.dtype) / (1 + decay)


def sigmoid_slope(x):
    return sigmoid(x) * sigmoid(-x)


def near(x, far=800):
    """Return x cut where the results no longer change, so that nothing overflows."""
    return np.clip(x, -far, far)


def low(x, far=800):
    """Return x cut on the left alone."""
    return np.maximum(x, -far)


def log_sum(x):
    """Return ln(1 + e^x), right."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def bell(x):
    return np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def with_common_mistakes(asked, formula):
    """Register what goes wrong around a right formula, far out included."""
    with_bad_manners(asked, formula)
    wrong_ideas(
        asked,
        "tails",
        clipped_early=lambda x, **settings: formula(np.clip(x, -8, None), **settings),
    )


# --- softplus ------------------------------------------------------------------------------------


def softplus(x, beta=1.0):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(beta * x))) / beta


with_common_mistakes("softplus", softplus)
wrong_ideas(
    "softplus",
    rectifier=lambda x, beta=1.0: np.maximum(x, 0),
    its_slope=lambda x, beta=1.0: sigmoid(beta * x),
    one_forgotten=lambda x, beta=1.0: np.log(np.exp(beta * x)) / beta,
    beta_ignored=lambda x, beta=1.0: log_sum(x),
    beta_outside_only=lambda x, beta=1.0: log_sum(x) / beta,
    beta_inside_only=lambda x, beta=1.0: log_sum(beta * x),
    beta_multiplied=lambda x, beta=1.0: log_sum(beta * x) * beta,
    logarithm_to_base_two=lambda x, beta=1.0: log_sum(beta * x) / beta / math.log(2),
    mirrored=lambda x, beta=1.0: softplus(-x, beta),
    elu_for_softplus=lambda x, beta=1.0: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    first_term_divided_too=lambda x, beta=1.0: (
        (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(beta * x)))) / beta
    ),
)
wrong_ideas(
    "softplus",
    "tails",
    textbook=lambda x, beta=1.0: np.log(1 + np.exp(beta * x)) / beta,
    swallowed_at_minus_forty=lambda x, beta=1.0: (
        np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(beta * x))) / beta
    ),
    threshold_both_sides=lambda x, beta=1.0: np.where(
        np.abs(x) > 20, np.maximum(x, 0), softplus(x, beta)
    ),
)
wrong_ideas(
    "softplus",
    "extremes",
    log1p_alone=lambda x, beta=1.0: np.log1p(np.exp(beta * x)) / beta,
    both_branches=lambda x, beta=1.0: np.where(
        beta * x > 30, x, np.log1p(np.exp(beta * x)) / beta
    ).astype(x.dtype),
)
right_ideas(
    "softplus",
    maximum_and_log1p=softplus,
    logaddexp=lambda x, beta=1.0: np.logaddexp(0, beta * x) / beta,
    minus_log_of_sigmoid=lambda x, beta=1.0: low(x, 0) + np.log1p(np.exp(-beta * np.abs(x))) / beta,
    vectorized=lambda x, beta=1.0: np.vectorize(
        lambda v: (
            max(v, 0.0) + math.log1p(math.exp(-abs(beta * v))) / beta if v == v else float("nan")
        ),
        otypes=[x.dtype],
    )(x),
)


@right("softplus")
def by_masks(x, beta=1.0):
    x = floats(x)
    y = np.array(x)
    positive, negative = x > 0, x <= 0
    y[positive] += np.log1p(np.exp(-beta * x[positive])) / beta
    y[negative] = np.log1p(np.exp(beta * x[negative])) / beta
    return y


def softplus_slope(x, beta=1.0):
    return sigmoid(beta * x)


with_common_mistakes("softplus_grad", softplus_slope)
wrong_ideas(
    "softplus_grad",
    function_itself=softplus,
    step=lambda x, beta=1.0: np.heaviside(x, 0.5),
    beta_left_over=lambda x, beta=1.0: beta * sigmoid(beta * x),
    divided_by_beta=lambda x, beta=1.0: sigmoid(beta * x) / beta,
    beta_ignored=lambda x, beta=1.0: sigmoid(x),
    falling=lambda x, beta=1.0: sigmoid(-beta * x),
    slope_of_the_sigmoid=lambda x, beta=1.0: sigmoid_slope(beta * x),
    tanh=lambda x, beta=1.0: np.tanh(beta * x),
    outer_derivative_only=lambda x, beta=1.0: 1 / (1 + np.exp(beta * x)),
    at_the_output=lambda x, beta=1.0: sigmoid(softplus(x, beta)),
    neighbours=lambda x, beta=1.0: np.gradient(softplus(x, beta)),
    difference_quotient=lambda x, beta=1.0: (softplus(x + 1e-4, beta) - softplus(x, beta)) / 1e-4,
)
wrong_ideas(
    "softplus_grad",
    "tails",
    through_tanh=lambda x, beta=1.0: 0.5 * (1 + np.tanh(beta * x / 2)),
    one_minus_the_other_side=lambda x, beta=1.0: 1 - sigmoid(-beta * x),
)
wrong_ideas(
    "softplus_grad",
    "extremes",
    textbook_sigmoid=lambda x, beta=1.0: 1 / (1 + np.exp(-beta * x)),
    fraction_of_infinities=lambda x, beta=1.0: np.exp(beta * x) / (1 + np.exp(beta * x)),
)
right_ideas(
    "softplus_grad",
    one_exponential=softplus_slope,
    by_logarithms=lambda x, beta=1.0: np.exp(-np.logaddexp(0, -beta * x)),
    library=lambda x, beta=1.0: expit(beta * x).astype(x.dtype),
    vectorized=lambda x, beta=1.0: np.vectorize(
        lambda v: 1 / (1 + math.exp(-v)) if not v < 0 else math.exp(v) / (1 + math.exp(v)),
        otypes=[x.dtype],
    )(beta * x),
)

# --- silu, swish and beta ------------------------------------------------------------------------


def swish(x, beta=1.0):
    x = low(x) if beta > 0 else x
    return x * sigmoid(beta * x)


def swish_slope(x, beta=1.0):
    x = near(x)
    return sigmoid(beta * x) * (1 + beta * x * sigmoid(-beta * x))


def by_vectorize(one):
    """Return a formula that goes number by number, in double precision."""

    def formula(x, beta=1.0):
        return np.vectorize(
            lambda v: one(max(float(v), -740.0), beta) if v == v else v, otypes=[x.dtype]
        )(x)

    return formula


def scalar_sigmoid(v):
    return 1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v))


def gated(asked, with_beta):
    """Register versions of silu or swish."""
    with_common_mistakes(asked, swish)
    wrong_ideas(
        asked,
        gate_alone=lambda x, beta=1.0: sigmoid(beta * x),
        rectifier=lambda x, beta=1.0: np.maximum(x, 0),
        leaky_rectifier=lambda x, beta=1.0: np.where(x > 0, x, 0.01 * x).astype(x.dtype),
        wrong_side=lambda x, beta=1.0: x * sigmoid(-beta * x),
        sum_for_product=lambda x, beta=1.0: x + sigmoid(beta * x),
        tanh_gate=lambda x, beta=1.0: x * np.tanh(beta * x),
        softplus_for_it=softplus,
        sigmoid_of_square=lambda x, beta=1.0: x * sigmoid(beta * x * x),
        gate_of_the_size=lambda x, beta=1.0: x * sigmoid(beta * np.abs(x)),
        beta_of_gelu=lambda x, beta=1.0: x * sigmoid(1.702 * beta * x),
        slope_of_gate=lambda x, beta=1.0: x * sigmoid_slope(beta * x),
        hard_gate=lambda x, beta=1.0: x * np.clip(beta * x / 6 + 0.5, 0, 1),
    )
    if with_beta:
        wrong_ideas(
            asked,
            beta_ignored=lambda x, beta=1.0: swish(x),
            beta_outside=lambda x, beta=1.0: beta * swish(x),
            beta_on_both=lambda x, beta=1.0: swish(beta * x),
        )
    wrong_ideas(
        asked,
        "tails",
        through_tanh=lambda x, beta=1.0: x * 0.5 * (1 + np.tanh(beta * x / 2)),
        one_minus_the_other_side=lambda x, beta=1.0: low(x) * (1 - sigmoid(-beta * low(x))),
    )
    wrong_ideas(
        asked,
        "extremes",
        textbook=lambda x, beta=1.0: x / (1 + np.exp(-beta * x)),
        infinity_times_zero=lambda x, beta=1.0: x * sigmoid(beta * x),
    )
    right_ideas(
        asked,
        cut_on_the_left=swish,
        by_logarithms=lambda x, beta=1.0: low(x) * np.exp(-np.logaddexp(0, -beta * low(x))),
        where_infinite=lambda x, beta=1.0: np.where(
            x == -np.inf, 0, np.where(x == -np.inf, 0, x) * sigmoid(beta * x)
        ).astype(x.dtype),
        library=lambda x, beta=1.0: (low(x) * expit(beta * low(x))).astype(x.dtype),
        vectorized=by_vectorize(lambda v, beta: v * scalar_sigmoid(beta * v)),
    )


def gated_slope(asked, with_beta):
    """Register versions of the slope of silu or swish."""
    with_common_mistakes(asked, swish_slope)
    wrong_ideas(
        asked,
        gate_alone=lambda x, beta=1.0: sigmoid(beta * x),
        function_itself=swish,
        second_term_alone=lambda x, beta=1.0: beta * x * sigmoid_slope(beta * x),
        factor_x_forgotten=lambda x, beta=1.0: sigmoid(beta * x) + beta * sigmoid_slope(beta * x),
        minus_for_plus=lambda x, beta=1.0: sigmoid(beta * x) - beta * x * sigmoid_slope(beta * x),
        one_factor_of_the_gate=lambda x, beta=1.0: sigmoid(beta * x) + beta * x * sigmoid(beta * x),
        slope_of_the_gate=lambda x, beta=1.0: beta * sigmoid_slope(beta * x),
        step=lambda x, beta=1.0: np.heaviside(x, 0.5),
        cut_between_zero_and_one=lambda x, beta=1.0: np.clip(swish_slope(x, beta), 0, 1),
        at_the_output=lambda x, beta=1.0: swish_slope(swish(x, beta), beta),
        neighbours=lambda x, beta=1.0: np.gradient(swish(x, beta)),
        difference_quotient=lambda x, beta=1.0: (swish(x + 1e-4, beta) - swish(x, beta)) / 1e-4,
    )
    if with_beta:
        wrong_ideas(
            asked,
            beta_missing=lambda x, beta=1.0: sigmoid(beta * x) * (1 + x * sigmoid(-beta * x)),
            beta_ignored=lambda x, beta=1.0: swish_slope(x),
            beta_in_front=lambda x, beta=1.0: beta * swish_slope(x, beta),
        )
    wrong_ideas(
        asked,
        "tails",
        gate_through_tanh=lambda x, beta=1.0: (
            0.5
            * (1 + np.tanh(beta * near(x) / 2))
            * (1 + beta * near(x) * sigmoid(-beta * near(x)))
        ),
        by_the_quotient=lambda x, beta=1.0: (
            1 - sigmoid(-beta * near(x)) + beta * near(x) * sigmoid_slope(beta * near(x))
        ),
    )
    wrong_ideas(
        asked,
        "extremes",
        infinity_times_zero=lambda x, beta=1.0: (
            sigmoid(beta * x) + beta * x * sigmoid_slope(beta * x)
        ),
        gate_overflows=lambda x, beta=1.0: (
            1 / (1 + np.exp(-beta * x)) * (1 + beta * near(x) * sigmoid(-beta * near(x)))
        ),
    )
    right_ideas(
        asked,
        common_factor=swish_slope,
        two_terms=lambda x, beta=1.0: (
            sigmoid(beta * near(x)) + beta * near(x) * sigmoid_slope(beta * near(x))
        ),
        from_the_value=lambda x, beta=1.0: (
            sigmoid(beta * near(x)) + beta * swish(near(x), beta) * sigmoid(-beta * near(x))
        ),
        vectorized=by_vectorize(
            lambda v, beta: (
                scalar_sigmoid(beta * v) * (1 + beta * v * scalar_sigmoid(max(-beta * v, -700)))
                if v < 700
                else 1.0
            )
        ),
    )


gated("silu", with_beta=False)
gated("swish", with_beta=True)
gated_slope("silu_grad", with_beta=False)
gated_slope("swish_grad", with_beta=True)


def beta_slope(x, beta=1.0):
    x = near(x)
    return x * (x * sigmoid_slope(beta * x))


with_common_mistakes("swish_beta_grad", beta_slope)
wrong_ideas(
    "swish_beta_grad",
    slope_in_x=swish_slope,
    function_itself=swish,
    one_x_missing=lambda x, beta=1.0: x * sigmoid_slope(beta * x),
    both_x_missing=lambda x, beta=1.0: sigmoid_slope(beta * x),
    beta_left_over=lambda x, beta=1.0: beta * x**2 * sigmoid_slope(beta * x),
    beta_for_x=lambda x, beta=1.0: beta * x * sigmoid_slope(beta * x),
    beta_ignored=lambda x, beta=1.0: x**2 * sigmoid_slope(x),
    gate_kept=lambda x, beta=1.0: x**2 * sigmoid(beta * x),
    gate_squared=lambda x, beta=1.0: x**2 * sigmoid(beta * x) ** 2,
    sign_of_x=lambda x, beta=1.0: x * np.abs(x) * sigmoid_slope(beta * x),
    sign_turned=lambda x, beta=1.0: -beta_slope(x, beta),
    added_up=lambda x, beta=1.0: np.sum(beta_slope(x, beta)),
    difference_quotient=lambda x, beta=1.0: (swish(x, beta + 1e-4) - swish(x, beta)) / 1e-4,
)
wrong_ideas(
    "swish_beta_grad",
    "tails",
    one_minus_the_gate=lambda x, beta=1.0: x**2 * sigmoid(beta * x) * (1 - sigmoid(beta * x)),
)
wrong_ideas(
    "swish_beta_grad",
    "extremes",
    square_overflows=lambda x, beta=1.0: x**2 * sigmoid_slope(beta * x),
    infinity_times_zero=lambda x, beta=1.0: x * (x * sigmoid_slope(beta * x)),
)
right_ideas(
    "swish_beta_grad",
    one_x_at_a_time=beta_slope,
    one_exponential=lambda x, beta=1.0: (
        near(x)
        * (near(x) * (np.exp(-np.abs(beta * near(x))) / (1 + np.exp(-np.abs(beta * near(x)))) ** 2))
    ),
    from_the_value=lambda x, beta=1.0: near(x) * (swish(near(x), beta) * sigmoid(-beta * near(x))),
    even=lambda x, beta=1.0: beta_slope(np.abs(x), beta),
    vectorized=by_vectorize(
        lambda v, beta: (
            v * (v * scalar_sigmoid(beta * v) * scalar_sigmoid(max(-beta * v, -700)))
            if v < 350
            else 0.0
        )
    ),
)

# --- gelu ----------------------------------------------------------------------------------------

A, C = math.sqrt(2 / math.pi), 0.044715


def tanh_argument(x):
    return A * (x + C * x**3)


def gelu(x, approximate="none"):
    y = np.clip(x.astype(np.float64), -50, None)
    by_tanh = approximate == "tanh"
    gate = sigmoid(2 * tanh_argument(np.minimum(y, 50))) if by_tanh else ndtr(y)
    return (y * gate).astype(x.dtype)


def gelu_slope(x, approximate="none"):
    y = np.clip(x.astype(np.float64), -50, 50)
    if approximate == "tanh":
        u, u_slope = tanh_argument(y), A * (1 + 3 * C * y**2)
        slope = sigmoid(2 * u) * (1 + 2 * y * u_slope * sigmoid(-2 * u))
    else:
        slope = ndtr(y) + y * bell(y)
    return slope.astype(x.dtype)


def other_if_tanh(formula, tanh_version):
    """Return a formula of x that leaves the tanh form to a right version."""

    def both(x, approximate="none"):
        return tanh_version(x, approximate) if approximate == "tanh" else formula(x)

    return both


with_common_mistakes("gelu", gelu)
for name, formula in {
    "sigmoid_form": lambda x: x * sigmoid(1.702 * x),
    "tanh_form_for_the_exact_one": lambda x: gelu(x, "tanh"),
    "leaky_relu_for_gelu": lambda x: np.where(x > 0, x, 0.01 * x).astype(x.dtype),
    "silu_for_gelu": lambda x: x * sigmoid(x),
    "gate_alone": ndtr,
    "density_for_distribution": lambda x: x * bell(x),
    "erf_of_x": lambda x: 0.5 * x * (1 + erf(x)),
    "half_forgotten": lambda x: x * (1 + erf(x / math.sqrt(2))),
    "one_forgotten": lambda x: 0.5 * x * erf(x / math.sqrt(2)),
    "rectifier": lambda x: np.maximum(x, 0),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "one_minus_gate": lambda x: x * ndtr(-x),
}.items():
    wrong_ideas("gelu", **{name: other_if_tanh(formula, gelu)})
wrong_ideas(
    "gelu",
    "tanh_form",
    always_exact=lambda x, approximate="none": gelu(x),
    sigmoid_for_tanh=lambda x, approximate="none": (
        x * sigmoid(1.702 * x) if approximate == "tanh" else gelu(x)
    ),
    cube_forgotten=lambda x, approximate="none": (
        x * sigmoid(2 * A * x) if approximate == "tanh" else gelu(x)
    ),
    square_for_cube=lambda x, approximate="none": (
        x * sigmoid(2 * A * (x + C * x**2)) if approximate == "tanh" else gelu(x)
    ),
    coefficient_of_the_series=lambda x, approximate="none": (
        x * sigmoid(2 * A * (x + (4 - math.pi) / (6 * math.pi) * x**3))
        if approximate == "tanh"
        else gelu(x)
    ),
)
wrong_ideas(
    "gelu",
    "tails",
    one_plus_erf=other_if_tanh(lambda x: 0.5 * low(x, 50) * (1 + erf(low(x, 50) / 2**0.5)), gelu),
    minus_zero_beyond_eight=other_if_tanh(
        lambda x: np.where(x < -8, 0, low(x, 50) * ndtr(low(x, 50))).astype(x.dtype), gelu
    ),
)
wrong_ideas("gelu", "extremes", infinity_times_zero=other_if_tanh(lambda x: x * ndtr(x), gelu))
right_ideas(
    "gelu",
    distribution_function=gelu,
    complementary_error_function=other_if_tanh(
        lambda x: (0.5 * low(x, 50) * erfc(-low(x, 50) / math.sqrt(2))).astype(x.dtype), gelu
    ),
    half_and_tanh=lambda x, approximate="none": (
        gelu(x) if approximate == "none" else 0.5 * x * (1 + np.tanh(tanh_argument(x)))
    ),
    minus_the_other_side=other_if_tanh(
        lambda x: (np.maximum(x, 0) - np.abs(near(x, 50)) * ndtr(-np.abs(near(x, 50)))).astype(
            x.dtype
        ),
        gelu,
    ),
)

with_common_mistakes("gelu_grad", gelu_slope)
for name, formula in {
    "gate_alone": ndtr,
    "function_itself": gelu,
    "second_term_alone": lambda x: x * bell(x),
    "factor_x_forgotten": lambda x: ndtr(x) + bell(x),
    "minus_for_plus": lambda x: ndtr(x) - x * bell(x),
    "density_not_normalized": lambda x: ndtr(x) + x * np.exp(-(x**2) / 2),
    "half_in_exponent_forgotten": lambda x: ndtr(x) + x * np.exp(-(x**2)) / math.sqrt(2 * math.pi),
    "slope_of_the_tanh_form": lambda x: gelu_slope(x, "tanh"),
    "slope_of_the_sigmoid_form": lambda x: swish_slope(x, 1.702),
    "step": lambda x: np.heaviside(x, 0.5),
    "cut_between_zero_and_one": lambda x: np.clip(gelu_slope(x), 0, 1),
    "at_the_output": lambda x: gelu_slope(gelu(x)),
    "neighbours": lambda x: np.gradient(gelu(x)),
}.items():
    wrong_ideas("gelu_grad", **{name: other_if_tanh(formula, gelu_slope)})
wrong_ideas(
    "gelu_grad",
    "tanh_form",
    always_exact=lambda x, approximate="none": gelu_slope(x),
    inner_derivative_forgotten=lambda x, approximate="none": (
        gelu_slope(x)
        if approximate == "none"
        else sigmoid(2 * tanh_argument(x)) + 2 * x * sigmoid_slope(2 * tanh_argument(x))
    ),
    three_forgotten=lambda x, approximate="none": (
        gelu_slope(x)
        if approximate == "none"
        else sigmoid(2 * tanh_argument(x))
        + 2 * x * A * (1 + C * x**2) * sigmoid_slope(2 * tanh_argument(x))
    ),
)
wrong_ideas(
    "gelu_grad",
    "tails",
    one_plus_erf=other_if_tanh(
        lambda x: 0.5 * (1 + erf(near(x, 50) / 2**0.5)) + near(x, 50) * bell(near(x, 50)),
        gelu_slope,
    ),
)
wrong_ideas(
    "gelu_grad",
    "extremes",
    infinity_times_zero=other_if_tanh(lambda x: ndtr(x) + x * bell(x), gelu_slope),
)
right_ideas(
    "gelu_grad",
    two_terms=gelu_slope,
    by_erfc=other_if_tanh(
        lambda x: (0.5 * erfc(-near(x, 50) / 2**0.5) + near(x, 50) * bell(near(x, 50))).astype(
            x.dtype
        ),
        gelu_slope,
    ),
    where_far=other_if_tanh(
        lambda x: np.where(
            np.abs(x) > 40, np.heaviside(x, 0), ndtr(near(x, 40)) + near(x, 40) * bell(near(x, 40))
        ).astype(x.dtype),
        gelu_slope,
    ),
    by_tanh=lambda x, approximate="none": (
        gelu_slope(x)
        if approximate == "none"
        else 0.5 * (1 + np.tanh(tanh_argument(x)))
        + 0.5 * x * (1 - np.tanh(tanh_argument(x)) ** 2) * A * (1 + 3 * C * x**2)
    ),
)

# --- mish ----------------------------------------------------------------------------------------


def mish(x):
    return low(x) * np.tanh(log_sum(low(x)))


def mish_slope(x):
    y = near(x, 400)
    gate = np.tanh(log_sum(y))
    return gate + y * (1 - gate) * (1 + gate) * sigmoid(y)


with_common_mistakes("mish", mish)
wrong_ideas(
    "mish",
    tanh_of_x=lambda x: x * np.tanh(x),
    gate_alone=lambda x: np.tanh(log_sum(x)),
    sigmoid_gate=lambda x: x * sigmoid(x),
    softplus_forgotten=lambda x: x * np.tanh(np.exp(x)),
    tanh_forgotten=lambda x: x * log_sum(x),
    inside_out=lambda x: log_sum(x * np.tanh(x)),
    softplus_alone=log_sum,
    rectifier=lambda x: np.maximum(x, 0),
    rectified_gate=lambda x: x * np.tanh(np.maximum(x, 0)),
    gelu_for_mish=lambda x: x * ndtr(x),
    minus_in_the_exponent=lambda x: x * np.tanh(log_sum(-x)),
    sigmoid_of_softplus=lambda x: x * sigmoid(log_sum(x)),
    product_for_composition=lambda x: np.tanh(x) * log_sum(x),
)
wrong_ideas(
    "mish",
    "tails",
    swallowed=lambda x: low(x) * np.tanh(np.log(1 + np.exp(np.minimum(low(x), 700)))),
)
wrong_ideas(
    "mish",
    "extremes",
    textbook=lambda x: x * np.tanh(np.log1p(np.exp(x))),
    infinity_times_zero=lambda x: x * np.tanh(log_sum(x)),
    rational=lambda x: (
        x
        * (np.exp(2 * np.minimum(x, 340)) + 2 * np.exp(np.minimum(x, 340)))
        / (np.exp(2 * np.minimum(x, 340)) + 2 * np.exp(np.minimum(x, 340)) + 2)
    ),
)
right_ideas(
    "mish",
    tanh_of_softplus=mish,
    logaddexp=lambda x: low(x) * np.tanh(np.logaddexp(0, low(x))),
    fraction=lambda x: (
        low(x)
        * (
            lambda n: np.where(
                x < 5, n * (n + 2) / (n * (n + 2) + 2), np.tanh(log_sum(low(x)))
            ).astype(x.dtype)
        )(np.exp(np.minimum(low(x), 5)))
    ),
    vectorized=by_vectorize(
        lambda v, beta: v * math.tanh(max(v, 0.0) + math.log1p(math.exp(-abs(v))))
    ),
)


def swallowed_gate(x):
    return np.tanh(np.log(1 + np.exp(near(x, 400).astype(np.float64)))).astype(x.dtype)


with_common_mistakes("mish_grad", mish_slope)
wrong_ideas(
    "mish_grad",
    gate_alone=lambda x: np.tanh(log_sum(x)),
    function_itself=mish,
    inner_derivative_forgotten=lambda x: np.tanh(log_sum(x)) + x * (1 - np.tanh(log_sum(x)) ** 2),
    factor_x_forgotten=lambda x: np.tanh(log_sum(x)) + (1 - np.tanh(log_sum(x)) ** 2) * sigmoid(x),
    second_term_alone=lambda x: x * (1 - np.tanh(log_sum(x)) ** 2) * sigmoid(x),
    minus_for_plus=lambda x: np.tanh(log_sum(x)) - x * (1 - np.tanh(log_sum(x)) ** 2) * sigmoid(x),
    square_forgotten=lambda x: np.tanh(log_sum(x)) + x * (1 - np.tanh(log_sum(x))) * sigmoid(x),
    slope_of_silu=swish_slope,
    slope_of_gelu=gelu_slope,
    step=lambda x: np.heaviside(x, 0.5),
    cut_between_zero_and_one=lambda x: np.clip(mish_slope(x), 0, 1),
    at_the_output=lambda x: mish_slope(mish(x)),
    difference_quotient=lambda x: (mish(x + 1e-4) - mish(x)) / 1e-4,
)
wrong_ideas(
    "mish_grad",
    "tails",
    softplus_swallowed=lambda x: (
        swallowed_gate(x) + near(x, 400) * (1 - swallowed_gate(x) ** 2) * sigmoid(near(x, 400))
    ),
)
wrong_ideas(
    "mish_grad",
    "extremes",
    infinity_times_zero=lambda x: (
        np.tanh(log_sum(x)) + x * (1 - np.tanh(log_sum(x)) ** 2) * sigmoid(x)
    ),
)
right_ideas(
    "mish_grad",
    product_rule=mish_slope,
    square_of_tanh=lambda x: (
        np.tanh(log_sum(near(x, 400)))
        + near(x, 400) * (1 - np.tanh(log_sum(near(x, 400))) ** 2) * sigmoid(near(x, 400))
    ),
    by_cosh=lambda x: (
        np.tanh(log_sum(near(x, 350)))
        + near(x, 350) * sigmoid(near(x, 350)) / np.cosh(np.minimum(log_sum(near(x, 350)), 40)) ** 2
        if x.dtype != np.float16
        else mish_slope(x)
    ),
    vectorized=by_vectorize(lambda v, beta: float(mish_slope(np.float64(v)))),
)

# --- accepts_smooth_pair -------------------------------------------------------------------------

POINTS = np.array([-1000.0, -40, -12, -5, -3, -2, -1, -0.5, -0.1, 0, 0.1, 0.5, 1, 2, 3, 5, 12, 40])
H = 1e-5


def mirrored(f, x=POINTS):
    return np.allclose(f(x) - f(-x), x, rtol=1e-9, atol=1e-9)


def vanishes(f):
    return np.allclose(f(np.array([-1000.0, -200.0, -101.0])), 0, atol=1e-6)


def differentiated(f, f_grad, x=POINTS):
    x = np.concatenate([x, x + 1e-7])
    return np.allclose((f(x + H) - f(x - H)) / (2 * H), f_grad(x), rtol=0, atol=1e-6)


def unbroken(f, f_grad):
    x = np.linspace(-10, 10, 200_001)
    return np.abs(np.diff(f_grad(x))).max() < 1e-3 and np.abs(np.diff(f(x))).max() < 1e-3


@wrong("accepts_smooth_pair.caught")
def accepts_everything(f, f_grad):
    return True


@wrong("accepts_smooth_pair.caught")
def rejects_everything(f, f_grad):
    return False


@wrong("accepts_smooth_pair.caught")
def verdict_turned(f, f_grad):
    return not (mirrored(f) and differentiated(f, f_grad))


@wrong("accepts_smooth_pair.caught")
def prints_the_verdict(f, f_grad):
    str(mirrored(f))


@wrong("accepts_smooth_pair.caught")
def answer_for_every_entry(f, f_grad):
    x = np.array([-2.0, 3.0])
    return np.isclose(f(x) - f(-x), x)


@wrong("accepts_smooth_pair.caught")
def mirror_only(f, f_grad):
    return mirrored(f)


@wrong("accepts_smooth_pair.caught")
def derivative_only(f, f_grad):
    return differentiated(f, f_grad)


@wrong("accepts_smooth_pair.caught")
def limit_only(f, f_grad):
    return vanishes(f)


@wrong("accepts_smooth_pair.caught")
def expects_silu(f, f_grad):
    return np.allclose(f(POINTS), POINTS * expit(POINTS))


@wrong("accepts_smooth_pair.caught")
def expects_no_dip(f, f_grad):
    """Wants a function that never falls."""
    return bool(np.all(np.diff(f(np.linspace(-5, 5, 101))) >= 0))


@wrong("accepts_smooth_pair.caught")
def expects_zero_at_zero(f, f_grad):
    return mirrored(f) and differentiated(f, f_grad) and abs(float(f(np.array(0.0)))) < 1e-12


@wrong("accepts_smooth_pair.caught")
def exact_equality(f, f_grad):
    return bool(np.all(f(POINTS) - f(-POINTS) == POINTS))


@wrong("accepts_smooth_pair.caught")
def coarse_differences(f, f_grad):
    x = np.linspace(-3, 3, 13)
    return np.allclose(f(x + 1) - f(x), f_grad(x), atol=1e-6)


@wrong("accepts_smooth_pair.caught")
def right_side_only(f, f_grad):
    x = np.array([0.5, 1.0, 2.0])
    return differentiated(f, f_grad, x) and mirrored(f, x)


@wrong("accepts_smooth_pair.caught")
def too_generous(f, f_grad):
    x = np.linspace(-3, 3, 13)
    return bool(np.abs((f(x + H) - f(x - H)) / (2 * H) - f_grad(x)).max() < 0.5)


@right("accepts_smooth_pair")
def four_properties(f, f_grad):
    return mirrored(f) and vanishes(f) and differentiated(f, f_grad) and unbroken(f, f_grad)


@right("accepts_smooth_pair")
def with_asserts(f, f_grad):
    """An assertion that fails is a rejection."""
    for x in np.split(POINTS, 6):
        np.testing.assert_allclose(f(x) - f(-x), x, rtol=1e-9, atol=1e-9)
    assert vanishes(f)
    assert differentiated(f, f_grad)
    assert unbroken(f, f_grad)
    return True


@right("accepts_smooth_pair")
def slopes_on_both_sides_of_every_point(f, f_grad):
    """A kink shows in the second difference."""
    x = np.linspace(-9.5, 9.5, 1901)
    bend = (f(x + 1e-4) - 2 * f(x) + f(x - 1e-4)) / 1e-4
    if not mirrored(f) or not vanishes(f) or not np.abs(bend).max() < 0.01:
        return False
    return differentiated(f, f_grad) and differentiated(f, f_grad, np.linspace(-20, 20, 401))


@right("accepts_smooth_pair")
def number_by_number(f, f_grad):
    """Calls with plain numbers, one at a time."""
    for v in [*POINTS.tolist(), 3.0 + 1e-6, -3.0 - 1e-6, 200.0]:
        if not math.isclose(float(f(v)) - float(f(-v)), v, rel_tol=1e-9, abs_tol=1e-9):
            return False
        for at in (v, v + 2e-6, v - 2e-6):
            slope = (float(f(at + 1e-6)) - float(f(at - 1e-6))) / 2e-6
            if not abs(slope - float(f_grad(at))) < 1e-5:
                return False
        if not abs(float(f_grad(v + 1e-6)) - float(f_grad(v - 1e-6))) < 1e-4:
            return False
    return vanishes(f) and bool(abs(float(f(-500.0))) < 1e-6)
