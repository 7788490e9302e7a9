"""Versions of one layer for many, and of functions from ramps, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import numpy as np

from tools.mutants import right, wrong


def floats(x):
    """Do what the notebook's as_floats does."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def ramp(x):
    return np.maximum(x, 0)


def product(matrices):
    """Return the matrix product of a list, right."""
    result = matrices[0]
    for matrix in matrices[1:]:
        result = result @ matrix
    return result


def one_layer(weights, biases):
    """Return the collapsed layer, right."""
    weight, bias = weights[0], biases[0]
    for next_weight, next_bias in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight @ next_weight, bias @ next_weight + next_bias
    return weight, bias


# --- collapse, wrong -----------------------------------------------------------------------------


@wrong("collapse.weights")
def added_up(weights, biases):
    return sum(weights), sum(biases)


@wrong("collapse.weights")
def elementwise_product(weights, biases):
    weight, bias = weights[0], biases[0]
    for next_weight, next_bias in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight * next_weight, bias * next_weight + next_bias
    return weight, bias


@wrong("collapse.weights")
def column_vectors(weights, biases):
    """The convention of W x + b."""
    weight, bias = one_layer(weights, biases)
    return weight.T, bias


@wrong("collapse.weights")
def last_layer_first(weights, biases):
    return one_layer(weights[::-1], biases[::-1])


@wrong("collapse.weights")
def results_swapped(weights, biases):
    return one_layer(weights, biases)[::-1]


@wrong("collapse.weights")
def weight_only(weights, biases):
    return product(weights)


@wrong("collapse.weights")
def prints_only(weights, biases):
    one_layer(weights, biases)


@wrong("collapse.weights")
def bias_as_an_extra_row(weights, biases):
    weight, bias = one_layer(weights, biases)
    return np.vstack([weight, bias])


@wrong("collapse.weights")
def rectified_on_the_way(weights, biases):
    weight, bias = weights[0], biases[0]
    for next_weight, next_bias in zip(weights[1:], biases[1:], strict=True):
        weight, bias = ramp(weight) @ next_weight, ramp(bias) @ next_weight + next_bias
    return weight, bias


@wrong("collapse.weights")
def last_layer_only(weights, biases):
    return weights[-1], biases[-1]


@wrong("collapse.biases")
def biases_forgotten(weights, biases):
    return product(weights), np.zeros_like(biases[-1])


@wrong("collapse.biases")
def only_the_last_bias(weights, biases):
    return product(weights), biases[-1]


@wrong("collapse.biases")
def last_bias_forgotten(weights, biases):
    return one_layer(weights, [*biases[:-1], np.zeros_like(biases[-1])])


@wrong("collapse.biases")
def only_the_first_bias(weights, biases):
    return one_layer(weights, [biases[0], *(np.zeros_like(b) for b in biases[1:])])


@wrong("collapse.biases")
def biases_simply_added(weights, biases):
    """As if no bias met another matrix."""
    return product(weights), sum(biases)


@wrong("collapse.biases")
def one_later_layer_only(weights, biases):
    """The bias of the layer just before, in place of what was collected."""
    bias = biases[0]
    for k in range(1, len(weights)):
        bias = biases[k - 1] @ weights[k] + biases[k]
    return product(weights), bias


@wrong("collapse.biases")
def bias_before_its_own_weights(weights, biases):
    """(x + b) W in place of x W + b."""
    bias = np.zeros(weights[0].shape[0])
    for weight, own in zip(weights, biases, strict=True):
        bias = (bias + own) @ weight
    return product(weights), bias


@wrong("collapse.depth")
def two_layers_at_least(weights, biases):
    weight = product(weights[:-1]) @ weights[-1]
    return weight, one_layer(weights, biases)[1]


@wrong("collapse.depth")
def ten_layers_at_most(weights, biases):
    return one_layer(weights[:10], biases[:10])


@wrong("collapse.untouched")
def popped_from_the_lists(weights, biases):
    weight, bias = weights.pop(0), biases.pop(0)
    while weights:
        following = weights.pop(0)
        weight, bias = weight @ following, bias @ following + biases.pop(0)
    return weight, bias


@wrong("collapse.untouched")
def collected_in_the_last_bias(weights, biases):
    carried = biases[0]
    for k in range(1, len(weights)):
        biases[k] += carried @ weights[k]
        carried = biases[k]
    return product(weights), carried


# --- collapse, right -----------------------------------------------------------------------------


@right("collapse")
def from_first_to_last(weights, biases):
    return one_layer(weights, biases)


@right("collapse")
def from_last_to_first(weights, biases):
    """The same product, bracketed from the right."""
    weight, bias = weights[-1], biases[-1]
    for before, own in zip(weights[-2::-1], biases[-2::-1], strict=True):
        weight, bias = before @ weight, own @ weight + bias
    return weight, bias


@right("collapse")
def from_unit_vectors(weights, biases):
    """What the layers do to 0 is the bias; what they do to unit vectors, the rest."""

    def through(x):
        for weight, bias in zip(weights, biases, strict=True):
            x = x @ weight + bias
        return x

    bias = through(np.zeros(weights[0].shape[0]))
    return through(np.eye(weights[0].shape[0])) - bias, bias


@right("collapse")
def with_an_extra_row(weights, biases):
    """Affine maps as matrices with one more row and column."""
    total = np.eye(weights[0].shape[0] + 1)
    for weight, bias in zip(weights, biases, strict=True):
        rows, columns = weight.shape
        block = np.zeros((rows + 1, columns + 1))
        block[:rows, :columns], block[rows, :columns], block[rows, columns] = weight, bias, 1
        total = total @ block
    return total[:-1, :-1], total[-1, :-1]


@right("collapse")
def recursive(weights, biases):
    if len(weights) == 1:
        return [weights[0], biases[0]]
    weight, bias = recursive(weights[:-1], biases[:-1])
    return np.einsum("ij,jk->ik", weight, weights[-1]), bias.dot(weights[-1]) + biases[-1]


# --- hat, wrong ----------------------------------------------------------------------------------


def three_ramps(x, left, centre, right, weights):
    """Return the weighted sum of the ramps that start at the corners."""
    corners = (left, centre, right)
    return sum(w * ramp(x - c) for w, c in zip(weights, corners, strict=True))


def tent(x, left, centre, right):
    """Return the hat, right."""
    x = floats(x)
    return np.maximum(np.minimum((x - left) / (centre - left), (right - x) / (right - centre)), 0)


@wrong("hat.values")
def first_ramp_only(x, left, centre, right):
    return three_ramps(floats(x), left, centre, right, (1 / (centre - left), 0, 0))


@wrong("hat.values")
def level_after_centre(x, left, centre, right):
    up = 1 / (centre - left)
    return three_ramps(floats(x), left, centre, right, (up, -up, 0))


@wrong("hat.values")
def never_level_again(x, left, centre, right):
    up, down = 1 / (centre - left), 1 / (right - centre)
    return three_ramps(floats(x), left, centre, right, (up, -(up + down), 0))


@wrong("hat.values")
def new_slope_for_change_of_slope(x, left, centre, right):
    up, down = 1 / (centre - left), 1 / (right - centre)
    return three_ramps(floats(x), left, centre, right, (up, -down, down))


@wrong("hat.values")
def symmetric_whatever_the_corners(x, left, centre, right):
    up = 1 / (centre - left)
    return three_ramps(floats(x), left, centre, right, (up, -2 * up, up))


@wrong("hat.values")
def one_minus_two_one(x, left, centre, right):
    return three_ramps(floats(x), left, centre, right, (1, -2, 1))


@wrong("hat.values")
def of_the_unit_interval(x, left, centre, right):
    """The weights of the chapter's T."""
    return three_ramps(floats(x), left, centre, right, (2, -4, 2))


@wrong("hat.values")
def run_over_rise(x, left, centre, right):
    up, down = centre - left, right - centre
    return three_ramps(floats(x), left, centre, right, (up, -(up + down), down))


@wrong("hat.values")
def slopes_swapped(x, left, centre, right):
    up, down = 1 / (right - centre), 1 / (centre - left)
    return three_ramps(floats(x), left, centre, right, (up, -(up + down), down))


@wrong("hat.values")
def upside_down(x, left, centre, right):
    return -tent(x, left, centre, right)


@wrong("hat.values")
def box(x, left, centre, right):
    x = floats(x)
    return ((x > left) & (x < right)).astype(x.dtype)


@wrong("hat.values")
def below_zero_outside(x, left, centre, right):
    x = floats(x)
    return np.minimum((x - left) / (centre - left), (right - x) / (right - centre))


@wrong("hat.values")
def bell(x, left, centre, right):
    return np.exp(-((floats(x) - centre) ** 2))


@wrong("hat.values")
def decides_once(x, left, centre, right):
    x = floats(x)
    if left < x < centre:
        return (x - left) / (centre - left)
    if centre <= x < right:
        return (right - x) / (right - centre)
    return 0.0


@wrong("hat.outside")
def repeated(x, left, centre, right):
    """A wave of hats, with a gap of 1 on each side."""
    x = floats(x)
    period = right - left + 2 * 0.999
    return tent(left - 0.999 + np.mod(x - left + 0.999, period), left, centre, right)


@wrong("hat.corners")
def tip_in_no_case(x, left, centre, right):
    x = floats(x)
    rising = np.where((x > left) & (x < centre), (x - left) / (centre - left), 0)
    falling = np.where((x > centre) & (x < right), (right - x) / (right - centre), 0)
    return (np.where(np.isnan(x), x, rising + falling)).astype(x.dtype)


@wrong("hat.corners")
def tip_in_both_cases(x, left, centre, right):
    x = floats(x)
    rising = np.where((x > left) & (x <= centre), (x - left) / (centre - left), 0)
    falling = np.where((x >= centre) & (x < right), (right - x) / (right - centre), 0)
    return (np.where(np.isnan(x), x, rising + falling)).astype(x.dtype)


@wrong("hat.shapes")
def number_by_number(x, left, centre, right):
    x = floats(x)
    y = np.empty_like(x)
    for i in range(len(x)):
        y[i] = tent(x[i], left, centre, right)
    return y


@wrong("hat.dtype")
def by_interp(x, left, centre, right):
    """np.interp computes in double precision, whatever it is given."""
    return np.interp(x, [left, centre, right], [0.0, 1.0, 0.0])


@wrong("hat.lists")
def arrays_only(x, left, centre, right):
    up, down = 1 / (centre - left), 1 / (right - centre)
    return up * ramp(x - left) - (up + down) * ramp(x - centre) + down * ramp(x - right)


@wrong("hat.untouched")
def shifted_in_place(x, left, centre, right):
    x = floats(x)
    x -= left
    return tent(x, 0.0, centre - left, right - left)


@wrong("hat.nan")
def nan_left_over(x, left, centre, right):
    x = floats(x)
    inside = (x > left) & (x < right)
    return np.where(inside, tent(x, left, centre, right), 0).astype(x.dtype)


# --- hat, right ----------------------------------------------------------------------------------


@right("hat")
def sum_of_three_ramps(x, left, centre, right):
    x = floats(x)
    up, down = 1 / (centre - left), 1 / (right - centre)
    return three_ramps(x, left, centre, right, (up, -(up + down), down))


@right("hat")
def smaller_of_two_lines(x, left, centre, right):
    return tent(x, left, centre, right)


@right("hat")
def chosen_by_side(x, left, centre, right):
    x = floats(x)
    y = np.where(x < centre, (x - left) / (centre - left), (right - x) / (right - centre))
    return np.where((x <= left) | (x >= right), 0, y).astype(x.dtype)


@right("hat")
def clipped_lines(x, left, centre, right):
    x = floats(x)
    up = np.clip((x - left) / (centre - left), 0, 1)
    return up - np.clip((x - centre) / (right - centre), 0, 1)


@right("hat")
def pieces_of_masks(x, left, centre, right):
    x = floats(x)
    y = np.where(np.isnan(x), x, np.zeros_like(x))
    rising, falling = (x > left) & (x <= centre), (x > centre) & (x < right)
    y[rising] = (x[rising] - left) / (centre - left)
    y[falling] = (right - x[falling]) / (right - centre)
    return y


@right("hat")
def interpolated(x, left, centre, right):
    x = floats(x)
    return np.asarray(np.interp(x, [left, centre, right], [0.0, 1.0, 0.0])).astype(x.dtype)


# --- ramp_coefficients, wrong --------------------------------------------------------------------


def slopes(knots, values):
    """Return the slopes of the pieces, right."""
    return np.diff(values) / np.diff(knots)


@wrong("ramp_coefficients.even")
def slopes_themselves(knots, values):
    return slopes(knots, values)


@wrong("ramp_coefficients.even")
def first_one_missing(knots, values):
    return np.diff(slopes(knots, values))


@wrong("ramp_coefficients.even")
def differences_of_values(knots, values):
    return np.diff(values)


@wrong("ramp_coefficients.even")
def signs_turned(knots, values):
    found = slopes(knots, values)
    return np.concatenate([[0.0], found[:-1]]) - found


@wrong("ramp_coefficients.even")
def added_up_slopes(knots, values):
    return np.cumsum(slopes(knots, values))


@wrong("ramp_coefficients.even")
def one_too_many(knots, values):
    return np.diff(slopes(knots, values), prepend=0, append=0)


@wrong("ramp_coefficients.even")
def start_value_as_first_slope(knots, values):
    return np.diff(slopes(knots, values), prepend=values[0])


@wrong("ramp_coefficients.even")
def start_value_in_front(knots, values):
    return np.concatenate([[values[0]], np.diff(slopes(knots, values), prepend=0)])


@wrong("ramp_coefficients.even")
def upside_down_fraction(knots, values):
    with np.errstate(divide="ignore"):
        return np.diff(np.diff(knots) / np.diff(values), prepend=0)


@wrong("ramp_coefficients.even")
def shifted_by_one(knots, values):
    return np.diff(slopes(knots, values), append=0)


@wrong("ramp_coefficients.even")
def averaged_slopes(knots, values):
    return np.gradient(values, knots)


@wrong("ramp_coefficients.even")
def reversed_order(knots, values):
    return np.diff(slopes(knots, values), prepend=0)[::-1]


@wrong("ramp_coefficients.even")
def list_of_coefficients(knots, values):
    return [float(c) for c in np.diff(slopes(knots, values), prepend=0)]


@wrong("ramp_coefficients.even")
def second_difference_only(knots, values):
    """As if every step had the length 1."""
    return np.diff(np.diff(values), prepend=0)


@wrong("ramp_coefficients.uneven")
def first_step_for_all(knots, values):
    return np.diff(np.diff(values) / (knots[1] - knots[0]), prepend=0)


@wrong("ramp_coefficients.uneven")
def mean_step_for_all(knots, values):
    step = (knots[-1] - knots[0]) / (len(knots) - 1)
    return np.diff(np.diff(values) / step, prepend=0)


@wrong("ramp_coefficients.short")
def three_knots_at_least(knots, values):
    found = slopes(knots, values)
    first, second = found[0], found[1]
    return np.concatenate([[first, second - first], np.diff(found[1:])])


@wrong("ramp_coefficients.short")
def inner_knots_in_a_loop(knots, values):
    """Two knots leave nothing for the loop, and the first coefficient is set in it."""
    found, result = slopes(knots, values), []
    for k in range(1, len(found)):
        if k == 1:
            result.append(found[0])
        result.append(found[k] - found[k - 1])
    return np.array(result)


@wrong("ramp_coefficients.untouched")
def differences_in_place(knots, values):
    values[1:] -= values[:-1].copy()
    return np.diff(values[1:] / np.diff(knots), prepend=0)


# --- ramp_coefficients, right --------------------------------------------------------------------


@right("ramp_coefficients")
def two_diffs(knots, values):
    return np.diff(slopes(knots, values), prepend=0.0)


@right("ramp_coefficients")
def loop_over_knots(knots, values):
    before, found = 0.0, np.zeros(len(knots) - 1)
    for k in range(len(knots) - 1):
        slope = (values[k + 1] - values[k]) / (knots[k + 1] - knots[k])
        found[k], before = slope - before, slope
    return found


@right("ramp_coefficients")
def solved_as_equations(knots, values):
    """The ramps at the knots are a triangular matrix."""
    ramps = ramp(np.subtract.outer(knots[1:], knots[:-1]))
    return np.linalg.solve(ramps, values[1:] - values[0])


@right("ramp_coefficients")
def what_is_still_missing(knots, values):
    """Each ramp corrects what the earlier ones give at the next knot."""
    found = []
    for k in range(len(knots) - 1):
        so_far = values[0] + sum(
            c * (knots[k + 1] - t) for c, t in zip(found, knots[:k], strict=True)
        )
        found.append((values[k + 1] - so_far) / (knots[k + 1] - knots[k]))
    return np.array(found)


@right("ramp_coefficients")
def first_and_rest(knots, values):
    found = slopes(knots, values)
    return np.concatenate([found[:1], found[1:] - found[:-1]])


# --- sawtooth, wrong -----------------------------------------------------------------------------


def teeth(x, depth):
    """Return the hat of the unit interval, applied depth times, right."""
    x = floats(x)
    for _ in range(depth):
        x = tent(x, 0.0, 0.5, 1.0)
    return x


@wrong("sawtooth.values")
def one_hat_only(x, depth):
    return teeth(x, 1)


@wrong("sawtooth.values")
def input_in_each_round(x, depth):
    """The loop applies the hat to x again and again, not to the last result."""
    x = floats(x)
    for _ in range(depth):
        y = tent(x, 0.0, 0.5, 1.0)
    return y


@wrong("sawtooth.values")
def once_too_often(x, depth):
    return teeth(x, depth + 1)


@wrong("sawtooth.values")
def once_too_few(x, depth):
    return teeth(x, max(depth - 1, 0))


@wrong("sawtooth.values")
def multiplied_by_depth(x, depth):
    return depth * teeth(x, 1)


@wrong("sawtooth.values")
def power_of_the_hat(x, depth):
    return teeth(x, 1) ** depth


@wrong("sawtooth.values")
def sum_of_layers(x, depth):
    return sum(teeth(x, n) for n in range(1, depth + 1)) + 0 * floats(x)


@wrong("sawtooth.values")
def one_narrow_tooth(x, depth):
    return teeth(2.0 ** (depth - 1) * floats(x), 1)


@wrong("sawtooth.values")
def rising_and_jumping(x, depth):
    x = floats(x)
    return np.where(x < 1, np.mod(2.0**depth * x, 1), 0).astype(x.dtype)


@wrong("sawtooth.values")
def smooth_waves(x, depth):
    return np.sin(2.0 ** (depth - 1) * np.pi * floats(x)) ** 2


@wrong("sawtooth.values")
def upside_down_teeth(x, depth):
    return 1 - teeth(x, depth)


@wrong("sawtooth.values")
def hat_around_one(x, depth):
    """The corners 0, 1, 2 of the example in place of 0, 1/2, 1."""
    x = floats(x)
    for _ in range(depth):
        x = tent(x, 0.0, 1.0, 2.0)
    return x


@wrong("sawtooth.depth")
def at_least_one_layer(x, depth):
    x = tent(x, 0.0, 0.5, 1.0)
    for _ in range(1, depth):
        x = tent(x, 0.0, 0.5, 1.0)
    return x


@wrong("sawtooth.depth")
def three_layers_at_most(x, depth):
    return teeth(x, min(depth, 3))


@wrong("sawtooth.outside")
def by_the_fraction(x, depth):
    """A triangle wave, which goes on outside the interval."""
    x = floats(x)
    if depth == 0:
        return x
    return 1 - np.abs(2 * np.mod(2.0 ** (depth - 1) * x, 1) - 1)


@wrong("sawtooth.outside")
def absolute_value_hats(x, depth):
    """1 - |2x - 1| is the hat between 0 and 1, and negative elsewhere."""
    x = floats(x)
    for _ in range(depth):
        x = 1 - np.abs(2 * x - 1)
    return x


@wrong("sawtooth.shapes")
def flattened(x, depth):
    return teeth(floats(x).ravel(), depth)


@wrong("sawtooth.dtype")
def always_double(x, depth):
    return teeth(np.asarray(x, dtype=float), depth)


@wrong("sawtooth.lists")
def whole_numbers_stay(x, depth):
    x = np.array(x)
    y = np.array(x)
    y[...] = teeth(x, depth)
    return y


@wrong("sawtooth.untouched")
def folded_in_place(x, depth):
    x = floats(x)
    for _ in range(depth):
        x[...] = tent(x, 0.0, 0.5, 1.0)
    return x


@wrong("sawtooth.nan")
def nan_as_zero(x, depth):
    return np.nan_to_num(teeth(x, depth))


# --- sawtooth, right -----------------------------------------------------------------------------


@right("sawtooth")
def hats_in_a_loop(x, depth):
    return teeth(x, depth)


@right("sawtooth")
def recursion(x, depth):
    if depth == 0:
        return floats(x)
    return tent(recursion(x, depth - 1), 0.0, 0.5, 1.0)


@right("sawtooth")
def ramps_in_a_loop(x, depth):
    x = np.array(floats(x))
    for _ in range(depth):
        x = 2 * ramp(x) - 4 * ramp(x - 0.5) + 2 * ramp(x - 1)
    return x


@right("sawtooth")
def clipped_and_folded(x, depth):
    x = floats(x)
    if depth == 0:
        return x
    x = np.clip(x, 0, 1)
    for _ in range(depth):
        x = 1 - np.abs(2 * x - 1)
    return x


@right("sawtooth")
def triangle_wave(x, depth):
    x = floats(x)
    if depth == 0:
        return x
    phase = np.mod(2.0 ** (depth - 1) * np.clip(x, 0, 1), 1)
    return np.minimum(2 * phase, 2 - 2 * phase)
