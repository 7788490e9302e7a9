"""Versions of the leaky family, and of a test for it, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import numpy as np

from tools.mutants import right, wrong


def floats(x):
    """Do what the notebook's as_floats does."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def leak(x, slope):
    """Return the leaky rectifier, right."""
    return np.where(x > 0, x, slope * x)


def one_or(x, slope):
    """Return 1 on the right and the slope elsewhere, in the dtype of x; NaN stays NaN."""
    return np.where(np.isnan(x), x, np.where(x > 0, 1, slope)).astype(x.dtype)


# --- leaky_relu, wrong ---------------------------------------------------------------------------


@wrong("leaky_relu.values")
def plain_relu(x, negative_slope=0.01):
    return np.maximum(floats(x), 0)


@wrong("leaky_relu.values")
def slope_on_absolute(x, negative_slope=0.01):
    """Slope applied to |x|."""
    x = floats(x)
    return np.where(x > 0, x, negative_slope * np.abs(x))


@wrong("leaky_relu.values")
def constant_on_the_left(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, x, negative_slope).astype(x.dtype)


@wrong("leaky_relu.values")
def slope_as_floor(x, negative_slope=0.01):
    return np.maximum(floats(x), negative_slope)


@wrong("leaky_relu.values")
def divided_by_slope(x, negative_slope=0.01):
    """As the paper on randomized rectifiers writes it."""
    x = floats(x)
    return np.where(x > 0, x, x / negative_slope)


@wrong("leaky_relu.values")
def slope_subtracted(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, x, x - negative_slope)


@wrong("leaky_relu.values")
def sides_swapped(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, negative_slope * x, x)


@wrong("leaky_relu.values")
def both_sides_scaled(x, negative_slope=0.01):
    return negative_slope * floats(x)


@wrong("leaky_relu.values")
def leak_added_everywhere(x, negative_slope=0.01):
    x = floats(x)
    return np.maximum(x, 0) + negative_slope * x


@wrong("leaky_relu.values")
def slope_ignored(x, negative_slope=0.01):
    return leak(floats(x), 0.01)


@wrong("leaky_relu.values")
def another_default(x, negative_slope=0.2):
    """The default of another library."""
    return leak(floats(x), negative_slope)


@wrong("leaky_relu.values")
def single_precision_slope(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, x, float(np.float32(negative_slope)) * x)


@wrong("leaky_relu.values")
def curved_like_elu(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, x, negative_slope * np.expm1(np.minimum(x, 0)))


@wrong("leaky_relu.values")
def scalar_if(x, negative_slope=0.01):
    return x if x > 0 else negative_slope * x


@wrong("leaky_relu.values")
def scalar_max(x, negative_slope=0.01):
    return max(negative_slope * x, x)


@wrong("leaky_relu.values")
def list_out(x, negative_slope=0.01):
    return [v if v > 0 else negative_slope * v for v in x]


@wrong("leaky_relu.any_slope")
def larger_line(x, negative_slope=0.01):
    """Right up to slope 1."""
    x = floats(x)
    return np.maximum(x, negative_slope * x)


@wrong("leaky_relu.any_slope")
def slope_clipped(x, negative_slope=0.01):
    return leak(floats(x), min(max(negative_slope, 0.0), 1.0))


@wrong("leaky_relu.any_slope")
def zero_for_default(x, negative_slope=0.01):
    """A slope of 0 is taken for no slope."""
    return leak(floats(x), negative_slope or 0.01)


@wrong("leaky_relu.shapes")
def loop_over_entries(x, negative_slope=0.01):
    x = floats(x)
    return np.array([v if v > 0 else negative_slope * v for v in x], dtype=x.dtype)


@wrong("leaky_relu.dtype")
def widened(x, negative_slope=0.01):
    """The slope as an array has a dtype of its own."""
    x = floats(x)
    return np.where(x > 0, x, np.full(x.shape, negative_slope) * x)


@wrong("leaky_relu.lists")
def arrays_only(x, negative_slope=0.01):
    return x * np.where(x > 0, 1, x.dtype.type(negative_slope))


@wrong("leaky_relu.lists")
def integers_truncate(x, negative_slope=0.01):
    x = np.array(x)
    x[x < 0] = negative_slope * x[x < 0]
    return x


@wrong("leaky_relu.untouched")
def in_place(x, negative_slope=0.01):
    x = floats(x)
    x[x < 0] *= negative_slope
    return x


@wrong("leaky_relu.extremes")
def two_absolute_values(x, negative_slope=0.01):
    """One formula without a branch: infinity minus infinity at -inf."""
    x = floats(x)
    return 0.5 * (1 + negative_slope) * x + 0.5 * (1 - negative_slope) * np.abs(x)


@wrong("leaky_relu.extremes")
def masks_added(x, negative_slope=0.01):
    x = floats(x)
    return x * (x > 0) + negative_slope * x * (x <= 0)


@wrong("leaky_relu.nan")
def nan_replaced(x, negative_slope=0.01):
    x = floats(x)
    return leak(np.where(np.isnan(x), 0, x), negative_slope)


# --- leaky_relu, right ---------------------------------------------------------------------------


@right("leaky_relu")
def where(x, negative_slope=0.01):
    return leak(floats(x), negative_slope)


@right("leaky_relu")
def two_halves(x, negative_slope=0.01):
    x = floats(x)
    return np.maximum(x, 0) + negative_slope * np.minimum(x, 0)


@right("leaky_relu")
def masked_copy(x, negative_slope=0.01):
    y = np.array(floats(x))
    y[y < 0] *= negative_slope
    return y


@right("leaky_relu")
def times_the_slope(x, negative_slope=0.01):
    x = floats(x)
    return x * np.where(x > 0, 1, negative_slope).astype(x.dtype)


@right("leaky_relu")
def under_vectorize(x, negative_slope=0.01):
    x = floats(x)
    one = np.vectorize(lambda v: v if v > 0 else negative_slope * v, otypes=[x.dtype])
    return one(x)


@right("leaky_relu")
def piecewise(x, negative_slope=0.01):
    x = floats(x)
    return np.piecewise(x, [x > 0], [lambda v: v, lambda v: negative_slope * v])


@right("leaky_relu")
def line_minus_a_part(x, negative_slope=0.01):
    """One multiplication more, for a rounding more."""
    x = floats(x)
    finite = np.isfinite(x)
    y = np.array(x)
    y[finite] = x[finite] - (1 - negative_slope) * np.minimum(x[finite], 0)
    return y


# --- leaky_relu_grad, wrong ----------------------------------------------------------------------


@wrong("leaky_relu_grad.values")
def step(x, negative_slope=0.01):
    return np.heaviside(floats(x), 0)


@wrong("leaky_relu_grad.values")
def ones(x, negative_slope=0.01):
    return np.ones_like(floats(x))


@wrong("leaky_relu_grad.values")
def function_itself(x, negative_slope=0.01):
    return leak(floats(x), negative_slope)


@wrong("leaky_relu_grad.values")
def height_on_the_left(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, 1, negative_slope * x).astype(x.dtype)


@wrong("leaky_relu_grad.values")
def height_on_the_right(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, x, negative_slope)


@wrong("leaky_relu_grad.values")
def slope_negated(x, negative_slope=0.01):
    return one_or(floats(x), -negative_slope)


@wrong("leaky_relu_grad.values")
def slopes_swapped(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, negative_slope, 1.0)


@wrong("leaky_relu_grad.values")
def sign(x, negative_slope=0.01):
    return np.sign(floats(x))


@wrong("leaky_relu_grad.values")
def slope_everywhere(x, negative_slope=0.01):
    return np.full_like(floats(x), negative_slope)


@wrong("leaky_relu_grad.values")
def one_minus_slope(x, negative_slope=0.01):
    return one_or(floats(x), 1 - negative_slope)


@wrong("leaky_relu_grad.values")
def slope_ignored_grad(x, negative_slope=0.01):
    return one_or(floats(x), 0.01)


@wrong("leaky_relu_grad.values")
def output_tested(x, negative_slope=0.01):
    """Right while the slope is not negative."""
    x = floats(x)
    return one_or(leak(x, negative_slope), negative_slope)


@wrong("leaky_relu_grad.values")
def difference_quotient(x, negative_slope=0.01):
    x = floats(x)
    return (leak(x + 1e-6, negative_slope) - leak(x, negative_slope)) / 1e-6


@wrong("leaky_relu_grad.values")
def scalar_if_grad(x, negative_slope=0.01):
    return 1.0 if x > 0 else negative_slope


@wrong("leaky_relu_grad.values")
def needs_upstream(grad_output, x, negative_slope=0.01):
    return grad_output * one_or(x, negative_slope)


@wrong("leaky_relu_grad.kink")
def zero_at_the_kink(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x == 0, 0, one_or(x, negative_slope)).astype(x.dtype)


@wrong("leaky_relu_grad.kink")
def both_at_the_kink(x, negative_slope=0.01):
    """Two cases that both hold at 0."""
    x = floats(x)
    return np.heaviside(x, 1) + negative_slope * np.heaviside(-x, 1)


@wrong("leaky_relu_grad.kink")
def nan_at_the_kink(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x == 0, np.nan, one_or(x, negative_slope)).astype(x.dtype)


@wrong("leaky_relu_grad.shapes")
def loop_grad(x, negative_slope=0.01):
    x = floats(x)
    one = [1 if v > 0 else v if v != v else negative_slope for v in x]
    return np.array(one, dtype=x.dtype)


@wrong("leaky_relu_grad.dtype")
def widened_grad(x, negative_slope=0.01):
    x = floats(x)
    return np.where(np.isnan(x), np.nan, np.where(x > 0, 1.0, negative_slope))


@wrong("leaky_relu_grad.lists")
def made_like_x(x, negative_slope=0.01):
    """Integers cannot hold a slope."""
    x = np.asarray(x)
    y = np.ones_like(x)
    y[x < 0] = negative_slope
    y[np.isnan(x)] = np.nan
    return y


@wrong("leaky_relu_grad.untouched")
def in_place_grad(x, negative_slope=0.01):
    x = floats(x)
    positive, negative = x > 0, x <= 0
    x[positive] = 1
    x[negative] = negative_slope
    return x


@wrong("leaky_relu_grad.extremes")
def quotient(x, negative_slope=0.01):
    """Height over distance."""
    x = floats(x)
    slope = np.full_like(x, negative_slope)
    return np.divide(leak(x, negative_slope), x, out=slope, where=x != 0)


@wrong("leaky_relu_grad.nan")
def nan_falls_left(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x > 0, 1, negative_slope).astype(x.dtype)


@wrong("leaky_relu_grad.nan")
def nan_falls_right(x, negative_slope=0.01):
    x = floats(x)
    return np.where(x < 0, negative_slope, 1).astype(x.dtype)


# --- leaky_relu_grad, right ----------------------------------------------------------------------


@right("leaky_relu_grad")
def where_grad(x, negative_slope=0.01):
    return one_or(floats(x), negative_slope)


@right("leaky_relu_grad")
def two_steps(x, negative_slope=0.01):
    x = floats(x)
    return np.heaviside(x, 0) + negative_slope * np.heaviside(-x, 1)


@right("leaky_relu_grad")
def one_at_the_kink(x, negative_slope=0.01):
    """As JAX has it."""
    x = floats(x)
    return np.where(x == 0, 1, one_or(x, negative_slope)).astype(x.dtype)


@right("leaky_relu_grad")
def middle_at_the_kink(x, negative_slope=0.01):
    x = floats(x)
    between = (1 + negative_slope) / 2
    return np.where(x == 0, between, one_or(x, negative_slope)).astype(x.dtype)


@right("leaky_relu_grad")
def select_grad(x, negative_slope=0.01):
    x = floats(x)
    return np.select([x > 0, x <= 0], [1, negative_slope], np.nan).astype(x.dtype)


@right("leaky_relu_grad")
def line_between(x, negative_slope=0.01):
    """One rounding more."""
    return negative_slope + (1 - negative_slope) * np.heaviside(floats(x), 0)


# --- prelu, wrong --------------------------------------------------------------------------------


@wrong("prelu.values")
def plain_relu_again(x, slope):
    return np.maximum(floats(x), 0)


@wrong("prelu.values")
def absolute_again(x, slope):
    """Slope applied to |x|."""
    x = floats(x)
    return np.where(x > 0, x, slope * np.abs(x))


@wrong("prelu.values")
def swapped_again(x, slope):
    x = floats(x)
    return np.where(x > 0, slope * x, x)


@wrong("prelu.values")
def slope_of_the_library(x, slope):
    """The initial slope, whatever was learned."""
    return leak(floats(x), 0.25)


@wrong("prelu.values")
def hundredth(x, slope):
    """A call of leaky_relu that does not hand the slope on."""
    return leak(floats(x), 0.01)


@wrong("prelu.values")
def both_scaled(x, slope):
    return slope * floats(x)


@wrong("prelu.values")
def constant_left(x, slope):
    x = floats(x)
    return np.where(x > 0, x, slope)


@wrong("prelu.values")
def divided(x, slope):
    x = floats(x)
    return np.where(x > 0, x, x / slope)


@wrong("prelu.values")
def one_argument(x):
    return leak(floats(x), 0.25)


@wrong("prelu.values")
def scalar_if_prelu(x, slope):
    return x if x > 0 else slope * x


@wrong("prelu.values")
def slope_must_be_an_array(x, slope):
    return leak(floats(x), slope[:, None])


@wrong("prelu.channels")
def first_slope_only(x, slope):
    return leak(floats(x), np.ravel(slope)[0].item())


@wrong("prelu.channels")
def mean_slope(x, slope):
    return leak(floats(x), float(np.mean(slope)))


@wrong("prelu.channels")
def number_only(x, slope):
    return leak(floats(x), float(slope))


@wrong("prelu.channels")
def slopes_along_the_last_axis(x, slope):
    return leak(floats(x), np.ravel(slope) if np.ndim(slope) else slope)


@wrong("prelu.channels")
def masked_by_slope(x, slope):
    """A mask over x meets an array that has not its shape."""
    y = np.array(floats(x))
    y[y < 0] = slope * y[y < 0]
    return y


@wrong("prelu.channels")
def if_on_slope(x, slope):
    """A question with a single answer, asked of many slopes."""
    x = floats(x)
    return np.maximum(x, slope * x) if slope <= 1 else np.minimum(x, slope * x)


@wrong("prelu.dtype")
def widened_prelu(x, slope):
    """The slope becomes an array of float64."""
    return leak(floats(x), np.asarray(slope, dtype=float))


@wrong("prelu.untouched")
def in_place_prelu(x, slope):
    x = floats(x)
    x *= np.where(x > 0, 1, slope).astype(x.dtype)
    return x


# --- prelu, right --------------------------------------------------------------------------------


@right("prelu")
def where_prelu(x, slope):
    return leak(floats(x), slope)


@right("prelu")
def halves_prelu(x, slope):
    x = floats(x)
    return np.maximum(x, 0) + slope * np.minimum(x, 0)


@right("prelu")
def broadcast_first(x, slope):
    x = floats(x)
    y, slopes = x.copy(), np.broadcast_to(np.asarray(slope, dtype=x.dtype), x.shape)
    y[x < 0] *= slopes[x < 0]
    return y


@right("prelu")
def factor_prelu(x, slope):
    x = floats(x)
    return x * np.where(x > 0, 1, slope).astype(x.dtype)


@right("prelu")
def vectorized_prelu(x, slope):
    x = floats(x)
    return np.vectorize(lambda v, s: v if v > 0 else s * v, otypes=[x.dtype])(x, slope)


# --- prelu_grad, wrong ---------------------------------------------------------------------------


@wrong("prelu_grad.values")
def step_again(x, slope):
    return np.heaviside(floats(x), 0)


@wrong("prelu_grad.values")
def ones_again(x, slope):
    return np.ones_like(floats(x))


@wrong("prelu_grad.values")
def gradient_of_the_slope(x, slope):
    """The derivative with respect to the other argument."""
    return np.minimum(floats(x), 0)


@wrong("prelu_grad.values")
def function_again(x, slope):
    return leak(floats(x), slope)


@wrong("prelu_grad.values")
def left_height(x, slope):
    x = floats(x)
    return np.where(x > 0, 1, slope * x)


@wrong("prelu_grad.values")
def right_height(x, slope):
    x = floats(x)
    return np.where(x > 0, x, slope)


@wrong("prelu_grad.values")
def negated_again(x, slope):
    return one_or(floats(x), -slope)


@wrong("prelu_grad.values")
def swapped_slopes_again(x, slope):
    x = floats(x)
    return np.where(x > 0, slope, 1.0)


@wrong("prelu_grad.values")
def hundredth_grad(x, slope):
    return one_or(floats(x), 0.01)


@wrong("prelu_grad.values")
def summed_over_entries(x, slope):
    return np.sum(one_or(floats(x), slope))


@wrong("prelu_grad.values")
def scalar_if_prelu_grad(x, slope):
    return 1.0 if x > 0 else slope


@wrong("prelu_grad.channels")
def first_slope_grad(x, slope):
    return one_or(floats(x), np.ravel(slope)[0].item())


@wrong("prelu_grad.channels")
def number_only_grad(x, slope):
    return one_or(floats(x), float(slope))


@wrong("prelu_grad.channels")
def last_axis_grad(x, slope):
    return one_or(floats(x), np.ravel(slope) if np.ndim(slope) else slope)


@wrong("prelu_grad.channels")
def assigned_by_mask(x, slope):
    x = floats(x)
    y = np.ones_like(x)
    y[x < 0] = slope
    return y


@wrong("prelu_grad.kink")
def zero_at_kink(x, slope):
    x = floats(x)
    return np.where(x == 0, 0, one_or(x, slope)).astype(x.dtype)


@wrong("prelu_grad.kink")
def sum_at_kink(x, slope):
    x = floats(x)
    return np.heaviside(x, 1) + slope * np.heaviside(-x, 1)


@wrong("prelu_grad.dtype")
def widened_prelu_grad(x, slope):
    return np.where(floats(x) > 0, 1.0, slope)


# --- prelu_grad, right ---------------------------------------------------------------------------


@right("prelu_grad")
def where_prelu_grad(x, slope):
    return one_or(floats(x), slope)


@right("prelu_grad")
def steps_prelu_grad(x, slope):
    x = floats(x)
    return np.heaviside(x, 0) + slope * np.heaviside(-x, 1)


@right("prelu_grad")
def ones_then_slopes(x, slope):
    x = floats(x)
    y = np.ones_like(x)
    slopes = np.broadcast_to(np.asarray(slope, x.dtype), x.shape)
    y[x <= 0] = slopes[x <= 0]
    return y


@right("prelu_grad")
def one_at_kink(x, slope):
    x = floats(x)
    return np.where(x >= 0, 1, slope).astype(x.dtype)


# --- prelu_slope_grad, wrong ---------------------------------------------------------------------


def gathered(entries, slope):
    """Return entries added up to the shape of slope, right."""
    shape = np.shape(slope)
    added = np.ndim(entries) - len(shape)
    ones = tuple(added + i for i, n in enumerate(shape) if n == 1)
    return np.sum(entries, axis=(*range(added), *ones)).reshape(shape)


@wrong("prelu_slope_grad.shared")
def not_summed(grad_output, x, slope):
    return floats(grad_output) * np.minimum(floats(x), 0)


@wrong("prelu_slope_grad.shared")
def neither_summed_nor_upstream(grad_output, x, slope):
    return np.minimum(floats(x), 0)


@wrong("prelu_slope_grad.shared")
def upstream_forgotten(grad_output, x, slope):
    return gathered(np.minimum(floats(x), 0), slope)


@wrong("prelu_slope_grad.shared")
def positive_ones_too(grad_output, x, slope):
    return gathered(floats(grad_output) * floats(x), slope)


@wrong("prelu_slope_grad.shared")
def wrong_side(grad_output, x, slope):
    return gathered(floats(grad_output) * np.maximum(floats(x), 0), slope)


@wrong("prelu_slope_grad.shared")
def absolute_of_x(grad_output, x, slope):
    return gathered(floats(grad_output) * np.maximum(-floats(x), 0), slope)


@wrong("prelu_slope_grad.shared")
def only_whether_negative(grad_output, x, slope):
    return gathered(floats(grad_output) * (floats(x) < 0), slope)


@wrong("prelu_slope_grad.shared")
def derivative_in_x(grad_output, x, slope):
    return gathered(floats(grad_output) * np.where(floats(x) > 0, 1, slope), slope)


@wrong("prelu_slope_grad.shared")
def slope_still_a_factor(grad_output, x, slope):
    return gathered(floats(grad_output) * slope * np.minimum(floats(x), 0), slope)


@wrong("prelu_slope_grad.shared")
def value_for_derivative(grad_output, x, slope):
    return gathered(floats(grad_output) * leak(floats(x), slope), slope)


@wrong("prelu_slope_grad.shared")
def averaged(grad_output, x, slope):
    entries = floats(grad_output) * np.minimum(floats(x), 0)
    return gathered(entries, slope) / (entries.size / np.size(slope))


@wrong("prelu_slope_grad.shared")
def summed_before_multiplied(grad_output, x, slope):
    return np.sum(floats(grad_output)) * gathered(np.minimum(floats(x), 0), slope)


@wrong("prelu_slope_grad.shared")
def arguments_in_another_order(x, slope, grad_output):
    return gathered(grad_output * np.minimum(floats(x), 0), slope)


@wrong("prelu_slope_grad.channels")
def one_sum_for_all(grad_output, x, slope):
    return np.sum(floats(grad_output) * np.minimum(floats(x), 0))


@wrong("prelu_slope_grad.channels")
def one_sum_in_every_place(grad_output, x, slope):
    return np.full(np.shape(slope), np.sum(floats(grad_output) * np.minimum(floats(x), 0)))


@wrong("prelu_slope_grad.channels")
def summed_over_the_batch_alone(grad_output, x, slope):
    """Summed over the wrong axis."""
    entries = floats(grad_output) * np.minimum(floats(x), 0)
    return np.sum(entries, axis=0) if np.ndim(slope) else np.sum(entries)


@wrong("prelu_slope_grad.channels")
def channels_summed_away(grad_output, x, slope):
    """Summed over the wrong axis."""
    entries = floats(grad_output) * np.minimum(floats(x), 0)
    return np.sum(entries, axis=(0, 1)) if np.ndim(slope) == 2 else gathered(entries, slope)


@wrong("prelu_slope_grad.channels")
def axis_lost(grad_output, x, slope):
    """Right numbers, without the axis of length 1."""
    return gathered(floats(grad_output) * np.minimum(floats(x), 0), slope).squeeze()


@wrong("prelu_slope_grad.channels")
def batch_axis_assumed(grad_output, x, slope):
    """All axes but the last."""
    entries = floats(grad_output) * np.minimum(floats(x), 0)
    return np.sum(entries, axis=tuple(range(entries.ndim - 1))) if np.ndim(slope) else entries.sum()


@wrong("prelu_slope_grad.features")
def second_axis_is_the_channel(grad_output, x, slope):
    """Right for images of shape (batch, channel, length)."""
    entries = floats(grad_output) * np.minimum(floats(x), 0)
    if np.ndim(slope) == 0:
        return entries.sum()
    return (
        entries.sum(axis=(0, 2)).reshape(np.shape(slope)) if entries.ndim == 3 else entries.sum(1)
    )


@wrong("prelu_slope_grad.features")
def stretched_axes_only(grad_output, x, slope):
    """Axes of length 1 are summed, missing ones are not."""
    entries = floats(grad_output) * np.minimum(floats(x), 0)
    if np.ndim(slope) == 1:
        return entries
    return gathered(entries, slope)


@wrong("prelu_slope_grad.nan")
def nan_left_out(grad_output, x, slope):
    x = floats(x)
    return gathered(floats(grad_output) * np.where(x < 0, x, 0), slope)


@wrong("prelu_slope_grad.nan")
def nansum(grad_output, x, slope):
    entries = floats(grad_output) * np.minimum(floats(x), 0)
    return gathered(np.nan_to_num(entries), slope)


@wrong("prelu_slope_grad.untouched")
def x_overwritten(grad_output, x, slope):
    x = floats(x)
    np.minimum(x, 0, out=x)
    return gathered(floats(grad_output) * x, slope)


# --- prelu_slope_grad, right ---------------------------------------------------------------------


@right("prelu_slope_grad")
def gathered_product(grad_output, x, slope):
    return gathered(floats(grad_output) * np.minimum(floats(x), 0), slope)


@right("prelu_slope_grad")
def axis_by_axis(grad_output, x, slope):
    total = floats(grad_output) * np.minimum(floats(x), 0)
    while total.ndim > np.ndim(slope):
        total = total.sum(axis=0)
    for axis, length in enumerate(np.shape(slope)):
        if length == 1:
            total = total.sum(axis=axis, keepdims=True)
    return total


@right("prelu_slope_grad")
def added_at_places(grad_output, x, slope):
    """Every slope knows its number, and the entries are added up by it."""
    x = floats(x)
    numbers = np.arange(np.size(slope)).reshape(np.shape(slope))
    places = np.broadcast_to(numbers, x.shape).ravel()
    weights = (floats(grad_output) * np.minimum(x, 0)).ravel()
    return np.bincount(places, weights, minlength=np.size(slope)).reshape(np.shape(slope))


@right("prelu_slope_grad")
def slope_by_slope(grad_output, x, slope):
    g, x = floats(grad_output), floats(x)
    result = np.zeros(np.shape(slope))
    for place in np.ndindex(np.shape(slope)):
        chosen = np.zeros(np.shape(slope))
        chosen[place] = 1
        result[place] = np.sum(g * np.minimum(x, 0) * chosen)
    return result


# --- rrelu, wrong --------------------------------------------------------------------------------


def drawn(x, lower, upper, rng):
    """Return one slope for each entry, right."""
    return rng.uniform(lower, upper, np.shape(x))


@wrong("rrelu.values")
def random_at_test_time(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    """RReLU random at test time."""
    rng = rng or np.random.default_rng(0)
    return leak(floats(x), drawn(x, lower, upper, rng))


@wrong("rrelu.values")
def lower_at_test_time(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    return leak(floats(x), drawn(x, lower, upper, rng) if training else lower)


@wrong("rrelu.values")
def upper_at_test_time(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    return leak(floats(x), drawn(x, lower, upper, rng) if training else upper)


@wrong("rrelu.values")
def geometric_mean(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    return leak(floats(x), drawn(x, lower, upper, rng) if training else np.sqrt(lower * upper))


@wrong("rrelu.values")
def half_the_width(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    return leak(floats(x), drawn(x, lower, upper, rng) if training else (upper - lower) / 2)


@wrong("rrelu.values")
def slope_of_the_paper(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    """Divided by the mean divisor, as the paper has it."""
    mean = 2 / (1 / lower + 1 / upper)
    return leak(floats(x), drawn(x, lower, upper, rng) if training else mean)


@wrong("rrelu.values")
def plain_relu_at_test_time(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    return leak(x, drawn(x, lower, upper, rng)) if training else np.maximum(x, 0)


@wrong("rrelu.values")
def bounds_fixed(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    return leak(floats(x), drawn(x, lower, upper, rng) if training else 11 / 48)


@wrong("rrelu.values")
def always_needs_a_generator(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    slopes = rng.uniform(lower, upper, x.shape)
    return leak(x, slopes if training else (lower + upper) / 2)


@wrong("rrelu.shapes")
def one_row_of_slopes(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = np.atleast_1d(floats(x))
    return leak(x, drawn(x, lower, upper, rng) if training else (lower + upper) / 2)


@wrong("rrelu.training")
def mean_in_training_too(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    return leak(floats(x), (lower + upper) / 2)


@wrong("rrelu.training")
def one_slope_for_all(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    return leak(floats(x), rng.uniform(lower, upper) if training else (lower + upper) / 2)


@wrong("rrelu.training")
def one_slope_a_column(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    columns = x.shape[-1:] if x.ndim else ()
    return leak(x, rng.uniform(lower, upper, columns) if training else (lower + upper) / 2)


@wrong("rrelu.training")
def divides_in_training(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    if training:
        return np.where(x > 0, x, x / drawn(x, lower, upper, rng))
    return leak(x, (lower + upper) / 2)


@wrong("rrelu.training")
def noise_on_both_sides(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    return x * drawn(x, lower, upper, rng) if training else leak(x, (lower + upper) / 2)


@wrong("rrelu.training")
def unit_interval(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    return leak(x, rng.random(x.shape) if training else (lower + upper) / 2)


@wrong("rrelu.training")
def width_left_out(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    """Stretched by the upper end instead of the width."""
    x = floats(x)
    return leak(x, lower + upper * rng.random(x.shape) if training else (lower + upper) / 2)


@wrong("rrelu.training")
def one_of_the_two_ends(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    return leak(x, rng.choice([lower, upper], x.shape) if training else (lower + upper) / 2)


@wrong("rrelu.uniform")
def divisors_uniform(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    """Draws the divisor uniformly, as the paper does."""
    x = floats(x)
    slopes = 1 / rng.uniform(1 / upper, 1 / lower, x.shape) if training else (lower + upper) / 2
    return leak(x, slopes)


@wrong("rrelu.uniform")
def bell_shaped(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    if not training:
        return leak(x, (lower + upper) / 2)
    slopes = rng.normal((lower + upper) / 2, (upper - lower) / 6, x.shape)
    return leak(x, np.clip(slopes, lower + 1e-3 * rng.random(x.shape), upper))


@wrong("rrelu.rng")
def global_generator(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    slopes = np.random.default_rng().uniform(lower, upper, x.shape)
    return leak(x, slopes if training else (lower + upper) / 2)


@wrong("rrelu.rng")
def seed_of_its_own(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    slopes = np.random.default_rng(0).uniform(lower, upper, x.shape)
    return leak(x, slopes if training else (lower + upper) / 2)


@wrong("rrelu.rng")
def random_whenever_possible(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    """A generator is taken for the sign of training."""
    x = floats(x)
    return leak(x, drawn(x, lower, upper, rng) if rng else (lower + upper) / 2)


@wrong("rrelu.untouched")
def in_place_rrelu(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    slopes = drawn(x, lower, upper, rng) if training else (lower + upper) / 2
    np.multiply(x, slopes, out=x, where=x < 0)
    return x


# --- rrelu, right --------------------------------------------------------------------------------


@right("rrelu")
def where_rrelu(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    return leak(x, drawn(x, lower, upper, rng) if training else (lower + upper) / 2)


@right("rrelu")
def stretched_random(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    middle = (lower + upper) / 2
    slopes = lower + (upper - lower) * rng.random(x.shape) if training else middle
    return np.maximum(x, 0) + slopes * np.minimum(x, 0)


@right("rrelu")
def slopes_where_needed(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    """Draws only as many slopes as there are negative numbers."""
    y = np.array(floats(x))
    negative = y < 0
    middle = lower + (upper - lower) / 2
    y[negative] *= rng.uniform(lower, upper, negative.sum()) if training else middle
    return y


@right("rrelu")
def entry_by_entry(x, lower=1 / 8, upper=1 / 3, training=False, rng=None):
    x = floats(x)
    y = [
        v if v > 0 else v * (rng.uniform(lower, upper) if training else 0.5 * (lower + upper))
        for v in x.ravel()
    ]
    return np.array(y, dtype=x.dtype).reshape(x.shape)


# --- accepts_leaky_pair, wrong -------------------------------------------------------------------

POINTS = np.array([-np.inf, -300.0, -30, -2, -0.5, -0.03, 0, 0.03, 0.5, 3, 30, 300, np.inf, np.nan])


def right_values(f, s, x=POINTS, rtol=1e-9):
    return np.allclose(f(x), leak(x, s), rtol=rtol, atol=1e-12, equal_nan=True)


def right_slopes(f_grad, s, x=POINTS):
    x = x[x != 0]
    return np.allclose(f_grad(x), one_or(x, s), equal_nan=True)


def right_at_zero(f_grad, s):
    return bool(s - 1e-9 <= f_grad(np.array([0.0]))[0] <= 1 + 1e-9)


@wrong("accepts_leaky_pair.caught")
def accepts_everything(f, f_grad, negative_slope):
    return True


@wrong("accepts_leaky_pair.caught")
def rejects_everything(f, f_grad, negative_slope):
    return False


@wrong("accepts_leaky_pair.caught")
def verdict_turned(f, f_grad, negative_slope):
    return not (right_values(f, negative_slope) and right_slopes(f_grad, negative_slope))


@wrong("accepts_leaky_pair.caught")
def prints_the_verdict(f, f_grad, negative_slope):
    str(right_values(f, negative_slope))


@wrong("accepts_leaky_pair.caught")
def answer_for_every_entry(f, f_grad, negative_slope):
    x = np.array([-2.0, 3.0])
    return np.isclose(f(x), leak(x, negative_slope))


@wrong("accepts_leaky_pair.caught")
def function_only(f, f_grad, negative_slope):
    return right_values(f, negative_slope) and right_at_zero(f_grad, negative_slope)


@wrong("accepts_leaky_pair.caught")
def derivative_only(f, f_grad, negative_slope):
    return right_slopes(f_grad, negative_slope) and right_at_zero(f_grad, negative_slope)


@wrong("accepts_leaky_pair.caught")
def only_whether_they_agree(f, f_grad, negative_slope):
    """Compares the derivative with differences, and neither with the definition."""
    x = np.array([-30.0, -2, -0.5, 0.5, 3, 30])
    return np.allclose((f(x + 1e-6) - f(x - 1e-6)) / 2e-6, f_grad(x), atol=1e-6)


@wrong("accepts_leaky_pair.caught")
def difference_across_the_kink(f, f_grad, negative_slope):
    """A central difference at 0 is a slope that nobody has to return."""
    x = np.array([-2.0, 0.0, 3.0])
    return np.allclose((f(x + 1e-6) - f(x - 1e-6)) / 2e-6, f_grad(x), atol=1e-6)


@wrong("accepts_leaky_pair.caught")
def exact_equality(f, f_grad, negative_slope):
    """A rounding counts as a mistake."""
    x = np.linspace(-5, 5, 101)
    return np.array_equal(f(x), leak(x, negative_slope))


@wrong("accepts_leaky_pair.caught")
def one_value_at_the_kink(f, f_grad, negative_slope):
    return right_slopes(f_grad, negative_slope) and f_grad(np.array([0.0]))[0] == negative_slope


@wrong("accepts_leaky_pair.caught")
def positive_numbers_only(f, f_grad, negative_slope):
    x = np.array([0.5, 3.0, 300.0])
    return np.array_equal(f(x), x) and np.array_equal(f_grad(x), np.ones(3))


@wrong("accepts_leaky_pair.caught")
def small_numbers_only(f, f_grad, negative_slope):
    x = np.array([-2.0, -1.0, 1.0, 2.0])
    return right_values(f, negative_slope, x) and right_slopes(f_grad, negative_slope, x)


@wrong("accepts_leaky_pair.caught")
def slope_not_used(f, f_grad, negative_slope):
    """Expects one slope for all."""
    return right_values(f, 0.01) and right_slopes(f_grad, 0.01)


@wrong("accepts_leaky_pair.caught")
def nan_never_equal(f, f_grad, negative_slope):
    """NaN is compared with ==, and rejects everything."""
    return bool(np.all(np.abs(f(POINTS) - leak(POINTS, negative_slope)) < 1e-9))


@wrong("accepts_leaky_pair.caught")
def too_generous(f, f_grad, negative_slope):
    x = POINTS[np.isfinite(POINTS)]
    return bool(np.all(np.abs(f(x) - leak(x, negative_slope)) <= 0.6 + 0.6 * np.abs(x)))


@wrong("accepts_leaky_pair.caught")
def calls_with_the_slope(f, f_grad, negative_slope):
    return np.allclose(f(POINTS, negative_slope), leak(POINTS, negative_slope))


# --- accepts_leaky_pair, right -------------------------------------------------------------------


@right("accepts_leaky_pair")
def against_the_definition(f, f_grad, negative_slope):
    return (
        right_values(f, negative_slope)
        and right_slopes(f_grad, negative_slope)
        and right_at_zero(f_grad, negative_slope)
    )


@right("accepts_leaky_pair")
def with_asserts(f, f_grad, negative_slope):
    """An assertion that fails is a rejection."""
    np.testing.assert_allclose(f(POINTS), leak(POINTS, negative_slope), rtol=1e-9, atol=1e-12)
    nonzero = POINTS[POINTS != 0]
    np.testing.assert_allclose(f_grad(nonzero), one_or(nonzero, negative_slope), rtol=1e-9)
    assert right_at_zero(f_grad, negative_slope)
    return True


@right("accepts_leaky_pair")
def by_properties(f, f_grad, negative_slope):
    """Pieces: straight on each side, through the origin, with the right slopes."""
    x = np.array([0.02, 0.5, 3.0, 30.0, 3000.0])
    for side, slope in ((x, 1.0), (-x, negative_slope)):
        if not np.allclose(f(side) / side, slope) or not np.allclose(f_grad(side), slope):
            return False
    strange = f(np.array([0.0, np.inf, -np.inf, np.nan]))
    if strange[0] != 0 or list(strange[1:3]) != [np.inf, -np.inf] or not np.isnan(strange[3]):
        return False
    return right_at_zero(f_grad, negative_slope)


@right("accepts_leaky_pair")
def number_by_number(f, f_grad, negative_slope):
    """Calls with plain numbers, one at a time."""
    for v in POINTS.tolist():
        expected = v if v > 0 else negative_slope * v
        if not np.isclose(float(f(v)), expected, rtol=1e-9, atol=1e-12, equal_nan=True):
            return False
        if np.isnan(v):
            continue
        low, high = (1, 1) if v > 0 else (negative_slope, negative_slope if v < 0 else 1)
        if not low - 1e-9 <= float(f_grad(v)) <= high + 1e-9:
            return False
    return True
