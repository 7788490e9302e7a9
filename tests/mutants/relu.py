"""Versions of relu, relu_grad and relu_backward as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import numpy as np

from tools.mutants import right, wrong


def floats(x):
    """Do what the notebook's as_floats does."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


# --- relu, wrong ---------------------------------------------------------------------------------


@wrong("relu.values")
def heaviside_step(x):
    """Whether, instead of how much."""
    return np.heaviside(floats(x), 0)


@wrong("relu.values")
def heaviside_by_comparison(x):
    return (floats(x) > 0).astype(float)


@wrong("relu.values")
def absolute_value(x):
    """Negative means: turn it over."""
    return np.abs(floats(x))


@wrong("relu.values")
def identity(x):
    return floats(x).copy()


@wrong("relu.values")
def wrong_half(x):
    """Minimum for maximum."""
    return np.minimum(floats(x), 0)


@wrong("relu.values")
def mirrored(x):
    return np.maximum(-floats(x), 0)


@wrong("relu.values")
def leaky(x):
    x = floats(x)
    return np.where(x > 0, x, 0.01 * x)


@wrong("relu.values")
def absolute_leak(x):
    """A leak whose sign got lost."""
    x = floats(x)
    return np.where(x > 0, x, 0.01 * np.abs(x))


@wrong("relu.values")
def softplus(x):
    """The smooth relative."""
    return np.logaddexp(0, floats(x))


@wrong("relu.values")
def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-floats(x)))


@wrong("relu.values")
def elu(x):
    x = floats(x)
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


@wrong("relu.values")
def capped_at_six(x):
    return np.clip(floats(x), 0, 6)


@wrong("relu.values")
def capped_at_one(x):
    return np.clip(floats(x), 0, 1)


@wrong("relu.values")
def squared(x):
    return np.maximum(floats(x), 0) ** 2


@wrong("relu.values")
def scalar_if(x):
    """An if for a whole array."""
    if x > 0:
        return x
    return 0.0


@wrong("relu.values")
def builtin_max(x):
    return max(x, 0)


@wrong("relu.values")
def largest_entry(x):
    """np.max for np.maximum: the second argument is an axis."""
    return np.max(floats(x), 0)


@wrong("relu.values")
def largest_entry_or_zero(x):
    return max(np.max(floats(x)), 0.0)


@wrong("relu.values")
def list_out(x):
    """A list comprehension, and the result stays a list."""
    return [max(0.0, v) for v in x]


@wrong("relu.values")
def filtered(x):
    """A mask that drops entries."""
    x = floats(x)
    return x[x > 0]


@wrong("relu.values")
def prints_only(x):
    """Shown rather than returned."""
    y = np.maximum(floats(x), 0)
    str(y)


@wrong("relu.values")
def threshold_one(x):
    x = floats(x)
    return np.where(x > 1, x, 0)


@wrong("relu.values")
def rounded(x):
    """Integers truncated: the result is made as integers."""
    return np.maximum(np.asarray(x, dtype=int), 0).astype(float)


@wrong("relu.values")
def two_arguments(x, out):
    return np.maximum(x, 0, out=out)


@wrong("relu.values")
def builtin_max_zero_first(x):
    return max(0, x)


@wrong("relu.shapes")
def one_axis_only(x):
    """List-only: a loop over the first axis."""
    x = floats(x)
    return np.array([v if v > 0 or v != v else 0.0 for v in x], dtype=x.dtype)


@wrong("relu.shapes")
def loop_over_indices(x):
    x = floats(x)
    y = np.zeros_like(x)
    for i in range(len(x)):
        y[i] = max(x[i], 0)
    return y


@wrong("relu.shapes")
def flattened(x):
    return np.maximum(floats(x).ravel(), 0)


@wrong("relu.shapes")
def at_least_one_axis(x):
    return np.maximum(np.atleast_1d(floats(x)), 0)


@wrong("relu.dtype")
def widened(x):
    """float32 widened: zeros have a dtype of their own."""
    x = np.asarray(x)
    return np.where(x < 0, np.zeros(x.shape), x)


@wrong("relu.dtype")
def always_float64(x):
    return np.maximum(np.asarray(x, dtype=float), 0)


@wrong("relu.dtype")
def always_float32(x):
    return np.maximum(np.asarray(x, dtype=np.float32), 0)


@wrong("relu.lists")
def arrays_only(x):
    return x.clip(0)


@wrong("relu.lists")
def integers_stay(x):
    return np.maximum(x, 0)


@wrong("relu.untouched")
def in_place(x):
    x = floats(x)
    x[x < 0] = 0
    return x


@wrong("relu.untouched")
def written_out(x):
    x = floats(x)
    return np.maximum(x, 0, out=x)


@wrong("relu.extremes")
def mask_product(x):
    x = floats(x)
    return x * (x > 0)


@wrong("relu.extremes")
def half_sum(x):
    x = floats(x)
    return (x + np.abs(x)) / 2


@wrong("relu.extremes")
def minus_negative_part(x):
    x = floats(x)
    return x - np.minimum(x, 0)


@wrong("relu.nan")
def nan_swallowed(x):
    x = floats(x)
    return np.where(x > 0, x, 0)


@wrong("relu.nan")
def nan_ignoring_maximum(x):
    return np.fmax(floats(x), 0)


@wrong("relu.nan")
def nan_replaced(x):
    return np.nan_to_num(np.maximum(floats(x), 0))


# --- relu, right ---------------------------------------------------------------------------------


@right("relu")
def maximum(x):
    return np.maximum(floats(x), 0)


@right("relu")
def where_negative(x):
    x = floats(x)
    return np.where(x < 0, 0, x)


@right("relu")
def copy_then_mask(x):
    x = floats(x)
    y = np.array(x)
    y[x < 0] = 0
    return y


@right("relu")
def clipped(x):
    return np.clip(floats(x), 0, None)


@right("relu")
def branches_under_vectorize(x):
    x = floats(x)

    def one(v):
        if v < 0:
            return 0.0
        return v

    return np.vectorize(one, otypes=[x.dtype])(x)


@right("relu")
def piecewise(x):
    x = floats(x)
    return np.piecewise(x, [x < 0], [0, lambda v: v])


@right("relu")
def loop_over_all(x):
    x = floats(x)
    y = [v if not v <= 0 else 0 for v in x.ravel()]
    return np.array(y, dtype=x.dtype).reshape(x.shape)


@right("relu")
def stacked_maximum(x):
    x = floats(x)
    return np.max(np.stack([x, np.zeros_like(x)]), axis=0)


# --- relu_grad, wrong ----------------------------------------------------------------------------


@wrong("relu_grad.values")
def tested_on_output(x):
    """The sign of the output, which is never negative."""
    y = np.maximum(floats(x), 0)
    return np.where(y >= 0, 1.0, 0.0)


@wrong("relu_grad.values")
def relu_itself(x):
    return np.maximum(floats(x), 0)


@wrong("relu_grad.values")
def input_itself(x):
    return floats(x).copy()


@wrong("relu_grad.values")
def sign(x):
    """The slope of the absolute value."""
    return np.sign(floats(x))


@wrong("relu_grad.values")
def swapped_sides(x):
    return np.heaviside(-floats(x), 0)


@wrong("relu_grad.values")
def always_zero(x):
    """The derivative of a constant."""
    return np.zeros_like(floats(x))


@wrong("relu_grad.values")
def leaky_grad(x):
    x = floats(x)
    return np.where(x > 0, 1.0, 0.01)


@wrong("relu_grad.values")
def sigmoid_grad(x):
    e = np.exp(-np.abs(floats(x)))
    return e / (1 + e) ** 2


@wrong("relu_grad.values")
def softplus_grad(x):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-floats(x)))


@wrong("relu_grad.values")
def neighbours(x):
    """np.gradient, which takes the array for a sampled curve."""
    return np.gradient(np.maximum(floats(x), 0))


@wrong("relu_grad.values")
def neighbour_differences(x):
    return np.diff(np.maximum(floats(x), 0))


@wrong("relu_grad.values")
def counted(x):
    """Summed over the array."""
    return np.sum(floats(x) > 0)


@wrong("relu_grad.values")
def difference_quotient(x):
    x = floats(x)
    return (np.maximum(x + 1e-6, 0) - np.maximum(x, 0)) / 1e-6


@wrong("relu_grad.values")
def scalar_if_grad(x):
    return 1.0 if x > 0 else 0.0


@wrong("relu_grad.values")
def list_grad(x):
    return [1.0 if v > 0 else 0.0 for v in x]


@wrong("relu_grad.values")
def needs_upstream(x, grad_output):
    return grad_output * (x > 0)


@wrong("relu_grad.values")
def half_at_the_output(x):
    """One half at 0, but asked at relu(x), which is 0 all over the left side."""
    return np.heaviside(np.maximum(floats(x), 0), 0.5)


@wrong("relu_grad.values")
def slope_of_the_largest(x):
    """np.max for np.maximum in relu, and relu_grad built on it."""
    return np.where(np.max(floats(x), 0) > 0, 1.0, 0.0)


@wrong("relu_grad.kink")
def one_at_zero(x):
    return np.heaviside(floats(x), 1)


@wrong("relu_grad.kink")
def half_at_zero(x):
    return np.heaviside(floats(x), 0.5)


@wrong("relu_grad.kink")
def nan_at_zero(x):
    """There is no derivative, so NaN."""
    x = floats(x)
    return np.where(x == 0, np.nan, np.heaviside(x, 0)).astype(x.dtype)


@wrong("relu_grad.shapes")
def loop_grad(x):
    x = floats(x)
    return np.array([np.heaviside(v, 0) for v in x], dtype=x.dtype)


@wrong("relu_grad.dtype")
def booleans(x):
    return floats(x) > 0


@wrong("relu_grad.dtype")
def integers(x):
    return (floats(x) > 0).astype(int)


@wrong("relu_grad.dtype")
def where_with_floats(x):
    """float32 widened: np.where of two Python numbers is float64."""
    x = floats(x)
    return np.where(np.isnan(x), np.nan, np.where(x > 0, 1.0, 0.0))


@wrong("relu_grad.lists")
def arrays_only_grad(x):
    return np.where(np.isnan(x), x, x > 0).astype(x.dtype)


@wrong("relu_grad.untouched")
def in_place_grad(x):
    x = floats(x)
    x[x > 0] = 1
    x[x < 0] = 0
    return x


@wrong("relu_grad.untouched")
def negatives_zeroed_first(x):
    """The old trick: relu in place, then compare."""
    x = floats(x)
    np.maximum(x, 0, out=x)
    return np.sign(x)


@wrong("relu_grad.extremes")
def divided(x):
    x = floats(x)
    return np.divide(np.maximum(x, 0), x, out=np.zeros_like(x), where=x != 0)


@wrong("relu_grad.extremes")
def warns_at_zero(x):
    """Right in the end, but 0/0 is evaluated on the way."""
    x = floats(x)
    return np.where((x == 0) | np.isinf(x), np.heaviside(x, 0), np.maximum(x, 0) / x)


@wrong("relu_grad.nan")
def nan_swallowed_grad(x):
    x = floats(x)
    return (x > 0).astype(x.dtype)


@wrong("relu_grad.nan")
def nan_becomes_one(x):
    x = floats(x)
    return np.where(x <= 0, 0, 1).astype(x.dtype)


# --- relu_grad, right ----------------------------------------------------------------------------


@right("relu_grad")
def heaviside(x):
    return np.heaviside(floats(x), 0)


@right("relu_grad")
def nan_by_hand(x):
    x = floats(x)
    return np.where(np.isnan(x), x, x > 0).astype(x.dtype)


@right("relu_grad")
def positive_sign(x):
    return np.maximum(np.sign(floats(x)), 0)


@right("relu_grad")
def sign_of_output(x):
    """Tested on the output, but strictly."""
    return np.sign(np.maximum(floats(x), 0))


@right("relu_grad")
def piecewise_grad(x):
    x = floats(x)
    return np.piecewise(x, [x > 0, x <= 0], [1, 0, np.nan])


@right("relu_grad")
def vectorized_grad(x):
    x = floats(x)
    branch = np.vectorize(lambda v: 1 if v > 0 else 0 if v <= 0 else v, otypes=[x.dtype])
    return branch(x)


# --- relu_backward, wrong ------------------------------------------------------------------------


def mask(x):
    """Return the derivative, right."""
    return np.heaviside(floats(x), 0)


@wrong("relu_backward.ones")
def all_passes(grad_output, x):
    """The mask is made from the output with >=, so it is 1 everywhere."""
    return np.where(np.maximum(floats(x), 0) >= 0, floats(grad_output), 0)


@wrong("relu_backward.ones")
def times_height(grad_output, x):
    """relu(x) for its derivative."""
    return floats(grad_output) * np.maximum(floats(x), 0)


@wrong("relu_backward.ones")
def times_input(grad_output, x):
    return floats(grad_output) * floats(x)


@wrong("relu_backward.upstream")
def sign_of_upstream(grad_output, x):
    """relu applied to the gradient."""
    return np.maximum(floats(grad_output), 0)


@wrong("relu_backward.upstream")
def arguments_swapped(grad_output, x):
    return floats(x) * mask(grad_output)


@wrong("relu_backward.ones")
def swapped_sides_backward(grad_output, x):
    return np.where(floats(x) < 0, floats(grad_output), 0)


@wrong("relu_backward.ones")
def leaky_backward(grad_output, x):
    return floats(grad_output) * np.where(floats(x) > 0, 1.0, 0.01)


@wrong("relu_backward.ones")
def outer_product(grad_output, x):
    return np.outer(grad_output, mask(x))


@wrong("relu_backward.ones")
def jacobian(grad_output, x):
    return np.diag(mask(x))


@wrong("relu_backward.ones")
def scalar_if_backward(grad_output, x):
    return grad_output if x > 0 else 0.0


@wrong("relu_backward.ones")
def dot_product(grad_output, x):
    """Upstream summed: a dot product for an elementwise one."""
    return np.dot(floats(grad_output), mask(x))


@wrong("relu_backward.ones")
def one_argument(x):
    return mask(x)


@wrong("relu_backward.upstream")
def upstream_ignored(grad_output, x):
    return mask(x)


@wrong("relu_backward.upstream")
def upstream_summed(grad_output, x):
    """Every entry gets the sum; with ones it even scales the mask."""
    return np.sum(floats(grad_output)) * mask(x)


@wrong("relu_backward.upstream")
def upstream_averaged(grad_output, x):
    """With ones the mean is 1, and nothing shows."""
    return np.mean(floats(grad_output)) * mask(x)


@wrong("relu_backward.upstream")
def both_signs(grad_output, x):
    """Negative gradients are blocked as well."""
    return np.maximum(floats(grad_output), 0) * mask(x)


@wrong("relu_backward.upstream")
def absolute_gradient(grad_output, x):
    return np.abs(floats(grad_output)) * mask(x)


@wrong("relu_backward.upstream")
def only_its_sign(grad_output, x):
    return np.sign(floats(grad_output)) * mask(x)


@wrong("relu_backward.upstream")
def sign_turned(grad_output, x):
    return -floats(grad_output) * mask(x)


@wrong("relu_backward.upstream")
def reversed_order(grad_output, x):
    """Backward taken literally."""
    return floats(grad_output)[..., ::-1] * mask(x)


@wrong("relu_backward.kink")
def passes_at_zero(grad_output, x):
    return np.where(floats(x) >= 0, floats(grad_output), 0)


@wrong("relu_backward.kink")
def half_passes_at_zero(grad_output, x):
    return floats(grad_output) * np.heaviside(floats(x), 0.5)


@wrong("relu_backward.shapes")
def loop_backward(grad_output, x):
    pairs = zip(floats(grad_output), floats(x), strict=True)
    return np.array([g if v > 0 else 0.0 for g, v in pairs], dtype=floats(x).dtype)


@wrong("relu_backward.shapes")
def batch_only(grad_output, x):
    g, x = floats(grad_output), floats(x)
    y = np.zeros_like(x)
    for i in range(x.shape[0]):
        y[i] = g[i] * mask(x[i])
    return y


@wrong("relu_backward.dtype")
def widened_backward(grad_output, x):
    return floats(grad_output) * np.where(floats(x) > 0, 1.0, 0.0)


@wrong("relu_backward.lists")
def integers_truncate(grad_output, x):
    """The result is made like x, and x may hold integers."""
    x = np.asarray(x)
    y = np.zeros_like(x)
    y[x > 0] = np.asarray(grad_output)[x > 0]
    return y


@wrong("relu_backward.lists")
def arrays_only_backward(grad_output, x):
    return grad_output * (x > 0)


@wrong("relu_backward.untouched")
def gradient_overwritten(grad_output, x):
    g = floats(grad_output)
    g[floats(x) <= 0] = 0
    return g


@wrong("relu_backward.untouched")
def input_overwritten(grad_output, x):
    x = floats(x)
    x[x <= 0] = 0
    x[x > 0] = 1
    return floats(grad_output) * x


@wrong("relu_backward.extremes")
def quotient(grad_output, x):
    """The derivative as height over distance."""
    x = floats(x)
    slope = np.divide(np.maximum(x, 0), x, out=np.zeros_like(x), where=x != 0)
    return floats(grad_output) * slope


@wrong("relu_backward.nan")
def where_positive(grad_output, x):
    """Choosing by comparison: NaN falls to the other side."""
    return np.where(floats(x) > 0, floats(grad_output), 0)


@wrong("relu_backward.nan")
def where_not_negative(grad_output, x):
    return np.where(floats(x) <= 0, 0, floats(grad_output))


@wrong("relu_backward.nan")
def filled_where_positive(grad_output, x):
    g, x = floats(grad_output), floats(x)
    y = np.zeros_like(g)
    y[x > 0] = g[x > 0]
    return y


@wrong("relu_backward.ones")
def half_mask_of_the_output(grad_output, x):
    """A slope of one half at 0, asked at relu(x), which is 0 for all dry hours."""
    return floats(grad_output) * np.heaviside(np.maximum(floats(x), 0), 0.5)


@wrong("relu_backward.upstream")
def both_rectified(grad_output, x):
    return np.maximum(floats(grad_output), 0) * np.maximum(floats(x), 0)


@wrong("relu_backward.upstream")
def rectified_times_input(grad_output, x):
    return np.maximum(floats(grad_output), 0) * floats(x)


# --- relu_backward, right ------------------------------------------------------------------------


@right("relu_backward")
def product(grad_output, x):
    return floats(grad_output) * mask(x)


@right("relu_backward")
def nan_by_hand_backward(grad_output, x):
    g, x = floats(grad_output), floats(x)
    return np.where(np.isnan(x), x, np.where(x > 0, g, 0))


@right("relu_backward")
def copied_then_blocked(grad_output, x):
    x = floats(x)
    y = np.array(floats(grad_output))
    y[x <= 0] = 0
    y[np.isnan(x)] = np.nan
    return y


@right("relu_backward")
def from_the_output(grad_output, x):
    """The output is enough, tested strictly."""
    return floats(grad_output) * np.sign(np.maximum(floats(x), 0))


@right("relu_backward")
def vectorized_backward(grad_output, x):
    g = floats(grad_output)
    branch = np.vectorize(lambda a, b: a if b > 0 else 0.0 if b <= 0 else b, otypes=[g.dtype])
    return branch(g, floats(x))
