"""Versions of the sigmoid, of two slopes, and of gradients through layers, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import math

import numpy as np

from tools.mutants import right, wrong


def floats(x):
    """Do what the notebook's as_floats does."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def stable(x):
    """Return the sigmoid, right."""
    decay = np.exp(-np.abs(x))
    return np.where(x < 0, decay, np.where(np.isnan(x), x, 1)).astype(x.dtype) / (1 + decay)


def stable_grad(x):
    """Return the slope of the sigmoid, right."""
    decay = np.exp(-np.abs(x))
    return decay / (1 + decay) ** 2


# --- sigmoid, wrong ------------------------------------------------------------------------------


@wrong("sigmoid.values")
def falling(x):
    """The sign in the exponent."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(floats(x)))


@wrong("sigmoid.values")
def denominator_only(x):
    return 1 + np.exp(-floats(x))


@wrong("sigmoid.values")
def bracket_forgotten(x):
    return 1 / 1 + np.exp(-floats(x))


@wrong("sigmoid.values")
def minus_in_denominator(x):
    return 1 / (1 - np.exp(-floats(x)))


@wrong("sigmoid.values")
def hyperbolic_tangent(x):
    return np.tanh(floats(x))


@wrong("sigmoid.values")
def twice_as_steep(x):
    return stable(2 * floats(x))


@wrong("sigmoid.values")
def step(x):
    return np.heaviside(floats(x), 0.5)


@wrong("sigmoid.values")
def softmax(x):
    """The relative that couples its inputs."""
    weights = np.exp(floats(x))
    return weights / weights.sum()


@wrong("sigmoid.values")
def hard_sigmoid(x):
    return np.clip(0.2 * floats(x) + 0.5, 0, 1)


@wrong("sigmoid.values")
def slope_for_value(x):
    return stable_grad(floats(x))


@wrong("sigmoid.values")
def softplus(x):
    return np.logaddexp(0, floats(x))


@wrong("sigmoid.values")
def one_number_only(x):
    return 1 / (1 + math.exp(-x))


@wrong("sigmoid.values")
def list_of_numbers(x):
    return [1 / (1 + math.exp(-v)) for v in x]


@wrong("sigmoid.tails")
def through_tanh(x):
    """Stable against overflow, and 0 from x = -37 on."""
    return 0.5 * (1 + np.tanh(0.5 * floats(x)))


@wrong("sigmoid.tails")
def one_minus_the_other_side(x):
    x = floats(x)
    decay = np.exp(-np.abs(x))
    positive = 1 / (1 + decay)
    return np.where(x < 0, 1 - positive, positive)


@wrong("sigmoid.tails")
def clipped(x):
    """Against overflow, at the price of the tail."""
    return stable(np.clip(floats(x), -30, 30))


@wrong("sigmoid.extremes")
def textbook(x):
    return 1 / (1 + np.exp(-floats(x)))


@wrong("sigmoid.extremes")
def other_textbook(x):
    x = floats(x)
    return np.exp(x) / (1 + np.exp(x))


@wrong("sigmoid.extremes")
def both_branches_evaluated(x):
    """np.where computes both of its arguments everywhere."""
    x = floats(x)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


@wrong("sigmoid.shapes")
def mask_and_index(x):
    """A single number cannot be indexed by position."""
    x = floats(x)
    y = np.empty_like(x)
    for i in range(len(x)):
        y[i] = stable(x[i])
    return y


@wrong("sigmoid.dtype")
def always_double(x):
    return stable(np.asarray(x, dtype=float))


@wrong("sigmoid.lists")
def arrays_only(x):
    return stable(x)


@wrong("sigmoid.untouched")
def in_place(x):
    x = floats(x)
    negative = x < 0
    np.exp(-np.abs(x), out=x)
    return np.where(negative, x, np.where(np.isnan(x), x, 1)) / (1 + x)


@wrong("sigmoid.nan")
def nan_replaced(x):
    return stable(np.nan_to_num(floats(x)))


# --- sigmoid, right ------------------------------------------------------------------------------


@right("sigmoid")
def one_exponential(x):
    return stable(floats(x))


@right("sigmoid")
def by_logaddexp(x):
    return np.exp(-np.logaddexp(0, -floats(x)))


@right("sigmoid")
def two_masks(x):
    x = floats(x)
    y = np.array(x)
    low, high = x < 0, x >= 0
    rise = np.exp(x[low])
    y[low] = rise / (1 + rise)
    y[high] = 1 / (1 + np.exp(-x[high]))
    return y


@right("sigmoid")
def branches_under_vectorize(x):
    x = floats(x)

    def one(v):
        if v < 0:
            return math.exp(v) / (1 + math.exp(v))
        return 1 / (1 + math.exp(-v))

    return np.vectorize(one, otypes=[x.dtype])(x)


@right("sigmoid")
def piecewise(x):
    x = floats(x)
    return np.piecewise(
        x,
        [x < 0],
        [lambda v: np.exp(v) / (1 + np.exp(v)), lambda v: 1 / (1 + np.exp(-v))],
    )


# --- sigmoid_grad, wrong -------------------------------------------------------------------------


@wrong("sigmoid_grad.values")
def output_expected(x):
    """x taken for the value of the sigmoid."""
    x = floats(x)
    return x * (1 - x)


@wrong("sigmoid_grad.values")
def sigmoid_itself(x):
    return stable(floats(x))


@wrong("sigmoid_grad.values")
def one_factor(x):
    return 1 - stable(floats(x))


@wrong("sigmoid_grad.values")
def plus_in_bracket(x):
    s = stable(floats(x))
    return s * (1 + s)


@wrong("sigmoid_grad.values")
def squared_value(x):
    return stable(floats(x)) ** 2


@wrong("sigmoid_grad.values")
def sign_turned(x):
    return -stable_grad(floats(x))


@wrong("sigmoid_grad.values")
def slope_of_tanh(x):
    return 1 - np.tanh(floats(x)) ** 2


@wrong("sigmoid_grad.values")
def normalized_to_one(x):
    return 4 * stable_grad(floats(x))


@wrong("sigmoid_grad.values")
def numerator_only(x):
    return np.exp(-np.abs(floats(x)))


@wrong("sigmoid_grad.values")
def square_missing(x):
    decay = np.exp(-np.abs(floats(x)))
    return decay / (1 + decay)


@wrong("sigmoid_grad.values")
def neighbours(x):
    return np.gradient(stable(floats(x)))


@wrong("sigmoid_grad.values")
def difference_quotient(x):
    x = floats(x)
    return (stable(x + 1e-5) - stable(x - 1e-5)) / 2e-5


@wrong("sigmoid_grad.values")
def one_number_only_grad(x):
    s = 1 / (1 + math.exp(-x))
    return s * (1 - s)


@wrong("sigmoid_grad.tails")
def value_times_rest(x):
    """s (1 - s), whose second factor loses its digits."""
    s = stable(floats(x))
    return s * (1 - s)


@wrong("sigmoid_grad.tails")
def value_minus_square(x):
    s = stable(floats(x))
    return s - s**2


@wrong("sigmoid_grad.tails")
def clipped_grad(x):
    return stable_grad(np.clip(floats(x), -30, 30))


@wrong("sigmoid_grad.extremes")
def one_sided(x):
    """Right as far as e^{-x} does not overflow."""
    x = floats(x)
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


@wrong("sigmoid_grad.extremes")
def by_cosh(x):
    return 0.25 / np.cosh(0.5 * floats(x)) ** 2


@wrong("sigmoid_grad.shapes")
def at_least_one_axis(x):
    return stable_grad(np.atleast_1d(floats(x)))


@wrong("sigmoid_grad.dtype")
def double_grad(x):
    return stable_grad(np.asarray(x, dtype=float))


@wrong("sigmoid_grad.lists")
def arrays_only_grad(x):
    return stable_grad(-x)


@wrong("sigmoid_grad.untouched")
def in_place_grad(x):
    x = floats(x)
    np.exp(-np.abs(x), out=x)
    return x / (1 + x) ** 2


@wrong("sigmoid_grad.nan")
def nan_flat(x):
    return np.nan_to_num(stable_grad(floats(x)))


# --- sigmoid_grad, right -------------------------------------------------------------------------


@right("sigmoid_grad")
def one_decay(x):
    return stable_grad(floats(x))


@right("sigmoid_grad")
def both_sides(x):
    """The sigmoid on the left times the sigmoid on the right."""
    x = floats(x)
    return stable(x) * stable(-x)


@right("sigmoid_grad")
def by_logarithms(x):
    x = floats(x)
    return np.exp(-np.logaddexp(0, x) - np.logaddexp(0, -x))


@right("sigmoid_grad")
def reciprocal(x):
    decay = np.exp(-np.abs(floats(x)))
    return decay / (1 + 2 * decay + decay * decay)


# --- tanh_grad, wrong ----------------------------------------------------------------------------


def sech_squared(x):
    """Return the slope of tanh, right."""
    decay = np.exp(-2 * np.abs(x))
    return 4 * decay / (1 + decay) ** 2


@wrong("tanh_grad.values")
def output_expected_tanh(x):
    return 1 - floats(x) ** 2


@wrong("tanh_grad.values")
def tanh_itself(x):
    return np.tanh(floats(x))


@wrong("tanh_grad.values")
def square_forgotten(x):
    return 1 - np.tanh(floats(x))


@wrong("tanh_grad.values")
def plus_square(x):
    return 1 + np.tanh(floats(x)) ** 2


@wrong("tanh_grad.values")
def square_alone(x):
    return np.tanh(floats(x)) ** 2


@wrong("tanh_grad.values")
def square_inside(x):
    return 1 - np.tanh(floats(x) ** 2)


@wrong("tanh_grad.values")
def one_cosh(x):
    with np.errstate(over="ignore"):
        return 1 / np.cosh(floats(x))


@wrong("tanh_grad.values")
def slope_of_sigmoid(x):
    return stable_grad(floats(x))


@wrong("tanh_grad.values")
def inner_factor_forgotten(x):
    """tanh is 2 sigmoid(2x) - 1, and the chain rule asks for a 2 more."""
    return sech_squared(floats(x)) / 2


@wrong("tanh_grad.values")
def factor_four_forgotten(x):
    decay = np.exp(-2 * np.abs(floats(x)))
    return decay / (1 + decay) ** 2


@wrong("tanh_grad.values")
def two_inside_forgotten(x):
    return 4 * stable_grad(floats(x))


@wrong("tanh_grad.values")
def sign_turned_tanh(x):
    return -sech_squared(floats(x))


@wrong("tanh_grad.values")
def neighbours_tanh(x):
    return np.gradient(np.tanh(floats(x)))


@wrong("tanh_grad.tails")
def one_minus_square(x):
    """The formula of every textbook."""
    return 1 - np.tanh(floats(x)) ** 2


@wrong("tanh_grad.tails")
def two_brackets(x):
    t = np.tanh(floats(x))
    return (1 - t) * (1 + t)


@wrong("tanh_grad.tails")
def clipped_tanh(x):
    return sech_squared(np.clip(floats(x), -15, 15))


@wrong("tanh_grad.extremes")
def by_cosh_tanh(x):
    return 1 / np.cosh(floats(x)) ** 2


@wrong("tanh_grad.extremes")
def four_over_sum(x):
    x = floats(x)
    return 4 / (np.exp(x) + np.exp(-x)) ** 2


@wrong("tanh_grad.shapes")
def flattened(x):
    return sech_squared(floats(x).ravel())


@wrong("tanh_grad.dtype")
def double_tanh(x):
    return sech_squared(np.asarray(x, dtype=float))


@wrong("tanh_grad.lists")
def arrays_only_tanh(x):
    return sech_squared(x * 1.0)


@wrong("tanh_grad.untouched")
def in_place_tanh(x):
    x = floats(x)
    x *= 2
    return 4 * stable_grad(x)


@wrong("tanh_grad.nan")
def nan_flat_tanh(x):
    return sech_squared(np.nan_to_num(floats(x)))


# --- tanh_grad, right ----------------------------------------------------------------------------


@right("tanh_grad")
def decay_tanh(x):
    return sech_squared(floats(x))


@right("tanh_grad")
def from_two_sigmoids(x):
    """tanh is 2 sigmoid(2x) - 1."""
    half = np.exp(-np.abs(floats(x)))
    decay = half * half
    return 4 * (1 / (1 + decay)) * (decay / (1 + decay))


@right("tanh_grad")
def cosh_of_what_fits(x):
    x = floats(x)
    size = np.abs(x)
    y = np.array(x)
    near, far = size < 5, size >= 5
    y[near] = 1 / np.cosh(x[near]) ** 2
    y[far] = sech_squared(size[far])
    return y


@right("tanh_grad")
def by_logarithms_tanh(x):
    x = floats(x)
    with np.errstate(over="ignore"):
        return 4 * np.exp(-np.logaddexp(0, 2 * x) - np.logaddexp(0, -2 * x))


# --- backward_norms, wrong -----------------------------------------------------------------------


def back(weights, pre_activations, activation_grad, grad_output):
    """Return the gradients from the output to the input, right."""
    gradients = [grad_output]
    for weight, z in zip(weights[::-1], pre_activations[::-1], strict=True):
        gradients.append((gradients[-1] * activation_grad(z)) @ weight.T)
    return gradients


@wrong("backward_norms.linear")
def output_first(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)
    return np.array([np.linalg.norm(g) for g in found])


@wrong("backward_norms.linear")
def input_left_out(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)
    return np.array([np.linalg.norm(g) for g in found[:-1]])[::-1]


@wrong("backward_norms.linear")
def output_left_out(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)
    return np.array([np.linalg.norm(g) for g in found[1:]])[::-1]


@wrong("backward_norms.linear")
def input_only(weights, pre_activations, activation_grad, grad_output):
    return np.linalg.norm(back(weights, pre_activations, activation_grad, grad_output)[-1])


@wrong("backward_norms.linear")
def squared_norms(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.sum(g**2) for g in found])


@wrong("backward_norms.linear")
def root_mean_squares(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.sqrt(np.mean(g**2)) for g in found])


@wrong("backward_norms.linear")
def sums_of_sizes(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.abs(g).sum() for g in found])


@wrong("backward_norms.linear")
def largest_entries(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.abs(g).max() for g in found])


@wrong("backward_norms.linear")
def spectral_norms(weights, pre_activations, activation_grad, grad_output):
    """The 2 that np.linalg.norm takes means another norm for matrices."""
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.linalg.norm(g, 2) for g in found])


@wrong("backward_norms.linear")
def averaged_over_examples(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.linalg.norm(g, axis=1).mean() for g in found])


@wrong("backward_norms.linear")
def divided_by_batch(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.linalg.norm(g) / len(g) for g in found])


@wrong("backward_norms.linear")
def not_transposed(weights, pre_activations, activation_grad, grad_output):
    return back([w.T for w in weights], pre_activations, activation_grad, grad_output)


@wrong("backward_norms.linear")
def forwards(weights, pre_activations, activation_grad, grad_output):
    """Layers in the order of the forward pass."""
    gradient, found = grad_output, [np.linalg.norm(grad_output)]
    for weight, z in zip(weights, pre_activations, strict=True):
        gradient = (gradient * activation_grad(z)) @ weight.T
        found.append(np.linalg.norm(gradient))
    return np.array(found)


@wrong("backward_norms.linear")
def list_of_norms(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return [float(np.linalg.norm(g)) for g in found]


@wrong("backward_norms.linear")
def gradients_for_norms(weights, pre_activations, activation_grad, grad_output):
    return back(weights, pre_activations, activation_grad, grad_output)


@wrong("backward_norms.linear")
def upstream_of_ones(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, np.ones_like(grad_output))[::-1]
    return np.array([np.linalg.norm(g) for g in found])


@wrong("backward_norms.linear")
def weights_forgotten(weights, pre_activations, activation_grad, grad_output):
    norms = [np.linalg.norm(activation_grad(z)) for z in pre_activations]
    return np.array([np.linalg.norm(grad_output), *norms])


@wrong("backward_norms.slopes")
def slopes_forgotten(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, np.ones_like, grad_output)[::-1]
    return np.array([np.linalg.norm(g) for g in found])


@wrong("backward_norms.slopes")
def of_the_pre_activations(weights, pre_activations, activation_grad, grad_output):
    """The gradient just before each activation, rather than behind it."""
    gradient, found = grad_output, [np.linalg.norm(grad_output)]
    for weight, z in zip(weights[::-1], pre_activations[::-1], strict=True):
        gradient = gradient @ weight.T
        found.append(np.linalg.norm(gradient))
        gradient = gradient * np.mean(activation_grad(z))
    return np.array(found[::-1])


@wrong("backward_norms.slopes")
def slope_of_the_gradient(weights, pre_activations, activation_grad, grad_output):
    """The slope is taken at what comes back, not at what went forward."""
    gradient, found = grad_output, [np.linalg.norm(grad_output)]
    for weight in weights[::-1]:
        gradient = (gradient * activation_grad(gradient)) @ weight.T
        found.append(np.linalg.norm(gradient))
    return np.array(found[::-1])


@wrong("backward_norms.slopes")
def slopes_averaged(weights, pre_activations, activation_grad, grad_output):
    """One factor a layer, as on the back of an envelope."""
    gradient, found = grad_output, [np.linalg.norm(grad_output)]
    for weight, z in zip(weights[::-1], pre_activations[::-1], strict=True):
        gradient = np.mean(activation_grad(z)) * gradient @ weight.T
        found.append(np.linalg.norm(gradient))
    return np.array(found[::-1])


@wrong("backward_norms.slopes")
def always_the_sigmoid(weights, pre_activations, activation_grad, grad_output):
    """One activation for all networks, whatever is passed; right where the slopes are 1."""
    flat = np.array_equal(activation_grad(np.zeros(1)), activation_grad(np.ones(1)))
    slope = np.ones_like if flat else stable_grad
    found = back(weights, pre_activations, slope, grad_output)[::-1]
    return np.array([np.linalg.norm(g) for g in found])


@wrong("backward_norms.depth")
def two_layers_at_least(weights, pre_activations, activation_grad, grad_output):
    """The last layer is treated apart, and taken for granted."""
    last = (grad_output * activation_grad(pre_activations[-1])) @ weights[-1].T
    found = back(weights[:-1], pre_activations[:-1], activation_grad, last)[::-1]
    return np.array([*(np.linalg.norm(g) for g in found), np.linalg.norm(grad_output)])


@wrong("backward_norms.depth")
def ten_layers_at_most(weights, pre_activations, activation_grad, grad_output):
    weights, pre_activations = weights[-10:], pre_activations[-10:]
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.linalg.norm(g) for g in found])


@wrong("backward_norms.untouched")
def lists_reversed_in_place(weights, pre_activations, activation_grad, grad_output):
    weights.reverse()
    pre_activations.reverse()
    found = back(weights[::-1], pre_activations[::-1], activation_grad, grad_output)[::-1]
    return np.array([np.linalg.norm(g) for g in found])


@wrong("backward_norms.untouched")
def gradient_multiplied_in_place(weights, pre_activations, activation_grad, grad_output):
    gradient, found = grad_output, [np.linalg.norm(grad_output)]
    for weight, z in zip(weights[::-1], pre_activations[::-1], strict=True):
        gradient *= 0.5 * activation_grad(z)
        gradient = 2 * gradient @ weight.T
        found.append(np.linalg.norm(gradient))
    return np.array(found[::-1])


# --- backward_norms, right -----------------------------------------------------------------------


@right("backward_norms")
def reversed_lists(weights, pre_activations, activation_grad, grad_output):
    found = back(weights, pre_activations, activation_grad, grad_output)[::-1]
    return np.array([np.linalg.norm(g) for g in found])


@right("backward_norms")
def filled_from_the_end(weights, pre_activations, activation_grad, grad_output):
    norms = np.empty(len(weights) + 1)
    gradient = np.array(grad_output)
    norms[-1] = np.sqrt(np.sum(gradient**2))
    for k in range(len(weights) - 1, -1, -1):
        gradient = np.einsum(
            "bo,io->bi", gradient * activation_grad(pre_activations[k]), weights[k]
        )
        norms[k] = np.sqrt(np.sum(gradient**2))
    return norms


@right("backward_norms")
def popped_from_copies(weights, pre_activations, activation_grad, grad_output):
    weights, pre_activations = list(weights), list(pre_activations)
    gradient, norms = grad_output, [np.linalg.norm(grad_output)]
    while weights:
        gradient = np.dot(gradient * activation_grad(pre_activations.pop()), weights.pop().T)
        norms.insert(0, np.linalg.norm(gradient))
    return np.array(norms)


@right("backward_norms")
def recursive(weights, pre_activations, activation_grad, grad_output):
    here = [np.linalg.norm(grad_output)]
    if not len(weights):
        return np.array(here)
    below = (weights[-1] @ (grad_output * activation_grad(pre_activations[-1])).T).T
    rest = recursive(weights[:-1], pre_activations[:-1], activation_grad, below)
    return np.concatenate([rest, here])
