"""Versions of an activation of one's own, of its derivative, of a test for them, of a comparison.

The design that is right here is x for x > 0 and x/(1 − x) elsewhere; tests/checks/test_capstone.py
tries other designs. Wrong ones stand for an idea. See tools/mutants.py for the decorators.
"""

import math

import numpy as np
from scipy import stats

from rectified.activations import gelu
from tools.mutants import right, wrong


def floats(x):
    """Do what the notebook's as_floats does."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def bent(x):
    """Return the design, right."""
    x = floats(x)
    return np.where(x > 0, x, 1 / (1 - np.minimum(x, 0)) - 1)


def bent_grad(x):
    """Return its slope, right."""
    x = floats(x)
    return np.where(np.isnan(x), x, 1 / (1 - np.minimum(x, 0)) ** 2)


# --- activation, wrong ---------------------------------------------------------------------------


@wrong("activation.bends")
def identity(x):
    return floats(x) + 0


@wrong("activation.bends")
def a_line_with_an_offset(x):
    return 0.5 * floats(x) - 1


@wrong("activation.bends")
def constant(x):
    return np.ones_like(floats(x))


@wrong("activation.bends")
def bends_too_late(x):
    """The bend lies where no input comes."""
    return np.minimum(floats(x), 100)


@wrong("activation.bends")
def logarithm(x):
    """Undefined on the left."""
    return np.log(floats(x))


@wrong("activation.bends")
def scalar_if(x):
    return x if x > 0 else x / (1 - x)


@wrong("activation.bends")
def list_out(x):
    return [v if v > 0 else v / (1 - v) for v in np.ravel(x)]


@wrong("activation.bends")
def prints_it(x):
    bent(x)


@wrong("activation.continuous")
def pieces_that_do_not_meet(x):
    x = floats(x)
    return np.where(x > 0, x, 1 / (1 - np.minimum(x, 0)))


@wrong("activation.continuous")
def threshold_that_drops(x):
    """Nothing below the threshold, all above it."""
    x = floats(x)
    return np.where(x > 0.7, x, 0)


@wrong("activation.continuous")
def stairs(x):
    return np.floor(floats(x))


@wrong("activation.continuous")
def sign_times_root(x):
    x = floats(x)
    return np.sign(x) * (1 + np.sqrt(np.abs(x)))


@wrong("activation.elementwise")
def mean_taken_off(x):
    x = floats(x)
    return bent(x - np.mean(x) if x.size else x)


@wrong("activation.elementwise")
def divided_by_the_largest(x):
    x = floats(x)
    return np.tanh(x) / (np.max(np.abs(x)) if x.size else 1)


@wrong("activation.elementwise")
def noisy(x):
    x = floats(x)
    return bent(x) + np.random.default_rng().normal(0, 0.01, x.shape)


@wrong("activation.elementwise")
def softmax_for_a_function(x):
    x = floats(x)
    y = np.exp(x - x.max())
    return y / y.sum()


@wrong("activation.own")
def relu_again(x):
    return np.maximum(floats(x), 0)


@wrong("activation.own")
def gelu_again(x):
    return gelu(x)


@wrong("activation.own")
def silu_by_hand(x):
    x = floats(x)
    return x / (1 + np.exp(-np.clip(x, -500, 500)))


@wrong("activation.own")
def leaky_with_its_default(x):
    x = floats(x)
    return np.maximum(x, 0.01 * x)


@wrong("activation.shapes")
def loop_over_a_row(x):
    x = floats(x)
    return np.array([v if v > 0 else v / (1 - v) for v in x], dtype=x.dtype)


@wrong("activation.shapes")
def flattened(x):
    return np.ravel(bent(x))


@wrong("activation.dtype")
def widened(x):
    return bent(np.asarray(x, dtype=np.float64))


@wrong("activation.lists")
def arrays_only(x):
    y = x.copy()
    y[y < 0] = y[y < 0] / (1 - y[y < 0])
    return y


@wrong("activation.untouched")
def in_place(x):
    x = floats(x)
    x[x < 0] /= 1 - x[x < 0]
    return x


@wrong("activation.nan")
def nan_replaced(x):
    return bent(np.nan_to_num(floats(x), nan=0.0, posinf=np.inf, neginf=-np.inf))


@wrong("activation.extremes")
def infinity_over_infinity(x):
    x = floats(x)
    return np.where(x > 0, x, x / (1 - np.minimum(x, 0)))


@wrong("activation.extremes")
def naive_softplus(x):
    """Overflows for large x."""
    return np.log(1 + np.exp(floats(x))) - 0.5


@wrong("activation.extremes")
def exponential_in_both_branches(x):
    x = floats(x)
    return np.where(x > 0, x, 0.7 * (np.exp(x) - 1))


# --- activation, right ---------------------------------------------------------------------------


@right("activation")
def chosen_with_where(x):
    return bent(x)


@right("activation")
def two_halves(x):
    x = floats(x)
    return np.maximum(x, 0) + (1 / (1 - np.minimum(x, 0)) - 1)


@right("activation")
def masked(x):
    x = floats(x)
    y = np.array(x)
    left = x < 0
    y[left] = 1 / (1 - x[left]) - 1
    return y


@right("activation")
def under_vectorize(x):
    x = floats(x)
    return np.vectorize(lambda v: v if v > 0 else 1 / (1 - v) - 1, otypes=[x.dtype])(x)


@right("activation")
def piecewise(x):
    x = floats(x)
    return np.piecewise(x, [x < 0], [lambda v: 1 / (1 - v) - 1, lambda v: v])


@right("activation")
def as_a_fraction(x):
    """The other form: -inf is handled apart."""
    x = floats(x)
    left = np.minimum(x, 0)
    finite = np.isfinite(left)
    y = np.array(left)
    y[finite] = left[finite] / (1 - left[finite])
    return np.where(x > 0, x, np.where(left == -np.inf, -1, y)).astype(x.dtype)


# --- activation_grad, wrong ----------------------------------------------------------------------


@wrong("activation_grad.values")
def the_function_itself(x):
    return bent(x)


@wrong("activation_grad.values")
def wrong_sign(x):
    return -bent_grad(x)


@wrong("activation_grad.values")
def flat_on_the_left(x):
    return np.heaviside(floats(x), 1)


@wrong("activation_grad.values")
def ones(x):
    return np.ones_like(floats(x))


@wrong("activation_grad.values")
def square_forgotten(x):
    """The chain rule without the outer derivative's square."""
    return 1 / (1 - np.minimum(floats(x), 0))


@wrong("activation_grad.values")
def inner_derivative_forgotten(x):
    x = floats(x)
    return np.where(x > 0, 1, -1 / (1 - np.minimum(x, 0)) ** 2).astype(x.dtype)


@wrong("activation_grad.values")
def slope_at_the_output(x):
    """The slope is taken at f(x), not at x."""
    return bent_grad(bent(x))


@wrong("activation_grad.values")
def of_the_absolute(x):
    x = floats(x)
    return 1 / (1 + np.abs(x)) ** 2


@wrong("activation_grad.values")
def difference_to_the_right(x):
    x = floats(x)
    h = x.dtype.type(1e-3)
    return (bent(x + h) - bent(x)) / h


@wrong("activation_grad.values")
def quotient_with_the_rule_upside_down(x):
    x = floats(x)
    left = np.minimum(x, 0)
    return np.where(x > 0, 1, (1 - 2 * left) / (1 - left) ** 2).astype(x.dtype)


@wrong("activation_grad.values")
def printed(x):
    bent_grad(x)


@wrong("activation_grad.far")
def stops_far_out(x):
    """Large inputs are taken for saturated."""
    x = floats(x)
    return np.where(np.abs(x) > 10, 0, bent_grad(x)).astype(x.dtype)


@wrong("activation_grad.far")
def clipped(x):
    return bent_grad(np.clip(floats(x), -7, 7))


@wrong("activation_grad.kinks")
def nothing_at_zero(x):
    """Both sides written down, and the point between them forgotten."""
    x = floats(x)
    return np.where(x == 0, 0, bent_grad(x)).astype(x.dtype)


@wrong("activation_grad.kinks")
def both_sides_at_zero(x):
    """Two masks that overlap at 0."""
    x = floats(x)
    return (x >= 0) + np.where(x <= 0, bent_grad(x), 0 * bent_grad(x))


@wrong("activation_grad.shapes")
def row_by_row(x):
    x = floats(x)
    return np.array([1 if v > 0 else 1 / (1 - v) ** 2 for v in x], dtype=x.dtype)


@wrong("activation_grad.dtype")
def double_out(x):
    return bent_grad(np.asarray(x, dtype=np.float64))


@wrong("activation_grad.lists")
def without_asarray(x):
    return (1 - x * (x < 0)) ** -2.0


@wrong("activation_grad.untouched")
def input_overwritten(x):
    x = floats(x)
    np.minimum(x, 0, out=x)
    return 1 / (1 - x) ** 2


@wrong("activation_grad.nan")
def nan_is_one(x):
    x = floats(x)
    return np.where(x < 0, bent_grad(x), 1).astype(x.dtype)


@wrong("activation_grad.extremes")
def quotient_rule_at_infinity(x):
    x = floats(x)
    left = np.minimum(x, 0)
    return ((1 - left) + left) / (1 - left) ** 2


# --- activation_grad, right ----------------------------------------------------------------------


@right("activation_grad")
def slope_of_the_left_half(x):
    return bent_grad(x)


@right("activation_grad")
def slope_chosen(x):
    x = floats(x)
    left = np.minimum(x, 0)
    return np.where(x > 0, 1, np.reciprocal(1 - left) ** 2).astype(x.dtype)


@right("activation_grad")
def slope_masked(x):
    x = floats(x)
    y = np.where(np.isnan(x), x, 1).astype(x.dtype)
    y[x < 0] = 1 / np.square(1 - x[x < 0])
    return y


@right("activation_grad")
def slope_under_vectorize(x):
    x = floats(x)

    def one(v):
        return v if math.isnan(v) else 1 if v > 0 else (1 / (1 - v)) ** 2

    return np.vectorize(one, otypes=[x.dtype])(x)


@right("activation_grad")
def from_the_value(x):
    """The slope is the square of the value plus 1."""
    x = floats(x)
    return (bent(np.minimum(x, 0)) + 1) ** 2


# --- accepts_my_activation, wrong ----------------------------------------------------------------

POINTS = np.array([-20.0, -7.0, -3.5, -2.0, -0.5, 0.25, 1.0, 3.0, 4.5, 30.0])


def agrees(f, f_grad, x=POINTS, tolerance=1e-9):
    """Return whether both give what the design says."""
    values = np.where(x > 0, x, x / (1 - x * (x < 0)))
    slopes = np.where(x > 0, 1.0, (1 - x * (x < 0)) ** -2.0)
    return bool(
        np.allclose(f(x), values, rtol=tolerance, atol=tolerance)
        and np.allclose(f_grad(x), slopes, rtol=tolerance, atol=tolerance)
    )


def complete(f, f_grad):
    """Return what a complete test answers."""
    block = POINTS.reshape(2, 5)
    return (
        agrees(f, f_grad)
        and np.shape(f(block)) == (2, 5)
        and np.shape(f_grad(block)) == (2, 5)
        and bool(np.isnan(f(np.array([np.nan])))[0])
    )


@wrong("accepts_my_activation.caught")
def accepts_all(f, f_grad):
    return True


@wrong("accepts_my_activation.caught")
def rejects_all(f, f_grad):
    return False


@wrong("accepts_my_activation.caught")
def values_only(f, f_grad):
    return complete(f, lambda x: np.reshape(bent_grad(x), np.shape(x)))


@wrong("accepts_my_activation.caught")
def slopes_only(f, f_grad):
    return complete(bent, f_grad)


@wrong("accepts_my_activation.caught")
def pair_against_itself(f, f_grad):
    """A gradient check: a pair that agrees with itself may be another function."""
    x = POINTS
    return bool(np.allclose((f(x + 1e-5) - f(x - 1e-5)) / 2e-5, f_grad(x), atol=1e-5))


@wrong("accepts_my_activation.caught")
def nan_not_tried(f, f_grad):
    return agrees(f, f_grad) and np.shape(f(np.zeros((2, 2)))) == (2, 2)


@wrong("accepts_my_activation.caught")
def one_axis_only(f, f_grad):
    return agrees(f, f_grad) and bool(np.isnan(f(np.array([np.nan])))[0])


@wrong("accepts_my_activation.caught")
def one_point(f, f_grad):
    return agrees(f, f_grad, np.array([1.0]))


@wrong("accepts_my_activation.caught")
def positive_numbers_only(f, f_grad):
    return agrees(f, f_grad, np.array([0.5, 1.0, 3.0]))


@wrong("accepts_my_activation.caught")
def near_zero_only(f, f_grad):
    return agrees(f, f_grad, np.linspace(-1, 1, 11))


@wrong("accepts_my_activation.caught")
def rough(f, f_grad):
    return agrees(f, f_grad, tolerance=0.15)


@wrong("accepts_my_activation.caught")
def equal_to_the_bit(f, f_grad):
    x = POINTS
    return bool(np.all(f(x) == bent(x)) and np.all(f_grad(x) == bent_grad(x)))


@wrong("accepts_my_activation.caught")
def answer_for_each_point(f, f_grad):
    return np.isclose(f(POINTS), bent(POINTS))


@wrong("accepts_my_activation.caught")
def asserts_and_returns_nothing(f, f_grad):
    assert agrees(f, f_grad)


@wrong("accepts_my_activation.caught")
def nan_expected_to_equal_itself(f, f_grad):
    x = np.append(POINTS, np.nan)
    return bool(np.allclose(f(x), bent(x)))


# --- accepts_my_activation, right ----------------------------------------------------------------


@right("accepts_my_activation")
def table_of_values(f, f_grad):
    return complete(f, f_grad)


@right("accepts_my_activation")
def by_assertions(f, f_grad):
    x = np.array([-9.0, -5.0, -3.5, -1.0, -0.25, 0.5, 2.0, 4.5, 8.0, np.nan]).reshape(2, 5)
    np.testing.assert_allclose(f(x), bent(x), rtol=1e-9)
    np.testing.assert_allclose(f_grad(x), bent_grad(x), rtol=1e-9)
    return True


@right("accepts_my_activation")
def in_a_loop(f, f_grad):
    for v in (-8.0, -4.5, -3.25, -1.0, -0.125, 0.25, 1.0, 3.0, 5.0, 9.0):
        value = v if v > 0 else v / (1 - v)
        slope = 1.0 if v > 0 else 1 / (1 - v) ** 2
        if not math.isclose(float(f(np.array(v))), value, rel_tol=1e-9):
            return False
        if not math.isclose(float(f_grad(np.array(v))), slope, rel_tol=1e-9):
            return False
    row = f(np.array([[1.0, 2.0], [3.0, np.nan]]))
    return row.shape == (2, 2) and row[1, 0] == f(np.array(3.0)) and bool(np.isnan(row[1, 1]))


@right("accepts_my_activation")
def values_and_differences(f, f_grad):
    """Values from the definition, slopes by differences of the definition."""
    x = np.array([[-6.5, -3.75, -1.5], [0.3, 4.25, 7.0]])
    h = 1e-5
    slopes = (bent(x + h) - bent(x - h)) / (2 * h)
    checks = [
        np.shape(f(x)) == np.shape(f_grad(x)) == x.shape,
        np.allclose(f(x), bent(x)),
        np.allclose(f_grad(x), slopes, atol=1e-6),
        np.isnan(f(np.array([np.nan, 1.0])))[0],
    ]
    return bool(all(checks))


# --- compare, wrong ------------------------------------------------------------------------------


def around(mine, theirs, half):
    """Return the mean difference and an interval of that half width."""
    center = np.mean(np.subtract(mine, theirs))
    return center, center - half, center + half


def standard_error(differences):
    return np.std(differences, ddof=1) / np.sqrt(len(differences))


def quantile(count):
    return stats.t.ppf(0.975, count - 1)


@wrong("compare.values")
def other_way_round(mine, theirs):
    differences = np.subtract(theirs, mine)
    return around(theirs, mine, quantile(len(mine)) * standard_error(differences))


@wrong("compare.values")
def unpaired(mine, theirs):
    """As if the seeds were different ones."""
    error = np.sqrt(standard_error(mine) ** 2 + standard_error(theirs) ** 2)
    return around(mine, theirs, quantile(len(mine)) * error)


@wrong("compare.values")
def spread_of_mine(mine, theirs):
    return around(mine, theirs, quantile(len(mine)) * standard_error(mine))


@wrong("compare.values")
def root_forgotten(mine, theirs):
    half = quantile(len(mine)) * np.std(np.subtract(mine, theirs), ddof=1)
    return around(mine, theirs, half)


@wrong("compare.values")
def divided_by_count(mine, theirs):
    half = quantile(len(mine)) * np.std(np.subtract(mine, theirs), ddof=1) / len(mine)
    return around(mine, theirs, half)


@wrong("compare.values")
def numpy_std(mine, theirs):
    half = quantile(len(mine)) * np.std(np.subtract(mine, theirs)) / np.sqrt(len(mine))
    return around(mine, theirs, half)


@wrong("compare.values")
def normal_quantile(mine, theirs):
    return around(mine, theirs, 1.96 * standard_error(np.subtract(mine, theirs)))


@wrong("compare.values")
def one_standard_error(mine, theirs):
    return around(mine, theirs, standard_error(np.subtract(mine, theirs)))


@wrong("compare.values")
def one_sided(mine, theirs):
    half = stats.t.ppf(0.95, len(mine) - 1) * standard_error(np.subtract(mine, theirs))
    return around(mine, theirs, half)


@wrong("compare.values")
def count_for_degrees(mine, theirs):
    half = stats.t.ppf(0.975, len(mine)) * standard_error(np.subtract(mine, theirs))
    return around(mine, theirs, half)


@wrong("compare.values")
def median_difference(mine, theirs):
    differences = np.subtract(mine, theirs)
    center = np.median(differences)
    half = quantile(len(mine)) * standard_error(differences)
    return center, center - half, center + half


@wrong("compare.values")
def smallest_and_largest(mine, theirs):
    differences = np.subtract(mine, theirs)
    return differences.mean(), differences.min(), differences.max()


@wrong("compare.values")
def middle_of_the_data(mine, theirs):
    differences = np.subtract(mine, theirs)
    return differences.mean(), *np.percentile(differences, [2.5, 97.5])


@wrong("compare.values")
def variance_for_std(mine, theirs):
    half = quantile(len(mine)) * np.var(np.subtract(mine, theirs), ddof=1) / np.sqrt(len(mine))
    return around(mine, theirs, half)


@wrong("compare.values")
def half_width_returned(mine, theirs):
    half = quantile(len(mine)) * standard_error(np.subtract(mine, theirs))
    return np.mean(np.subtract(mine, theirs)), half


@wrong("compare.values")
def ends_swapped(mine, theirs):
    half = quantile(len(mine)) * standard_error(np.subtract(mine, theirs))
    center, low, high = around(mine, theirs, half)
    return center, high, low


@wrong("compare.any_count")
def always_ten(mine, theirs):
    return around(mine, theirs, quantile(10) * standard_error(np.subtract(mine, theirs)))


@wrong("compare.any_count")
def root_of_ten(mine, theirs):
    half = quantile(len(mine)) * np.std(np.subtract(mine, theirs), ddof=1) / np.sqrt(10)
    return around(mine, theirs, half)


@wrong("compare.untouched")
def subtracted_in_place(mine, theirs):
    half = quantile(len(mine)) * standard_error(np.subtract(mine, theirs))
    mine -= theirs
    return mine.mean(), mine.mean() - half, mine.mean() + half


# --- compare, right ------------------------------------------------------------------------------


@right("compare")
def by_hand(mine, theirs):
    half = quantile(len(mine)) * standard_error(np.subtract(mine, theirs))
    return around(mine, theirs, half)


@right("compare")
def by_scipy(mine, theirs):
    test = stats.ttest_rel(mine, theirs)
    interval = test.confidence_interval(0.95)
    return np.mean(mine) - np.mean(theirs), interval.low, interval.high


@right("compare")
def one_sample(mine, theirs):
    differences = [m - t for m, t in zip(mine, theirs, strict=True)]
    center = sum(differences) / len(differences)
    low, high = stats.t.interval(
        0.95, len(differences) - 1, loc=center, scale=stats.sem(differences)
    )
    return [center, low, high]


@right("compare")
def from_sums_of_squares(mine, theirs):
    differences = np.asarray(mine) - np.asarray(theirs)
    count = differences.size
    center = differences.sum() / count
    squares = ((differences - center) ** 2).sum() / (count - 1)
    half = quantile(count) * math.sqrt(squares / count)
    return center, center - half, center + half
