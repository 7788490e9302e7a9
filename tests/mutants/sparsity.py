"""Versions of measures of sparsity, of its penalty and of its step, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import numpy as np

from tools.mutants import right, wrong

# --- active_fraction, wrong ----------------------------------------------------------------------


@wrong("active_fraction.values")
def silent_fraction(a):
    return np.mean(a <= 0)


@wrong("active_fraction.values")
def zeros_count_as_on(a):
    return np.mean(a >= 0)


@wrong("active_fraction.values")
def number_of_entries(a):
    return np.count_nonzero(a > 0)


@wrong("active_fraction.values")
def percent(a):
    return 100 * np.mean(a > 0)


@wrong("active_fraction.values")
def mean_value(a):
    return np.mean(a)


@wrong("active_fraction.values")
def one_for_each_unit(a):
    return np.mean(a > 0, axis=0)


@wrong("active_fraction.values")
def one_for_each_input(a):
    return np.mean(a > 0, axis=1)


@wrong("active_fraction.values")
def units_that_ever_speak(a):
    return np.mean(np.any(a > 0, axis=0))


@wrong("active_fraction.values")
def units_that_always_speak(a):
    return np.mean(np.all(a > 0, axis=0))


@wrong("active_fraction.values")
def over_inputs_only(a):
    return np.sum(a > 0) / len(a)


@wrong("active_fraction.values")
def rounded(a):
    return round(float(np.mean(a > 0)), 1) + 0.01


@wrong("active_fraction.negative")
def not_zero(a):
    return np.mean(a != 0)


@wrong("active_fraction.single")
def first_input_apart(a):
    """The first row is taken for a header."""
    return np.mean(a > 0) if len(a) > 1 else np.mean(a[1:].sum() > 0)


# --- active_fraction, right ----------------------------------------------------------------------


@right("active_fraction")
def mean_of_a_mask(a):
    return np.mean(a > 0)


@right("active_fraction")
def counted(a):
    return np.count_nonzero(a > 0) / a.size


@right("active_fraction")
def mean_of_means(a):
    return np.heaviside(a, 0).mean(axis=0).mean()


@right("active_fraction")
def by_loops(a):
    return sum(value > 0 for row in a for value in row) / (a.shape[0] * a.shape[1])


# --- always_off, wrong ---------------------------------------------------------------------------


@wrong("always_off.values")
def inputs_for_units(a):
    return np.all(a <= 0, axis=1)


@wrong("always_off.values")
def whole_layer(a):
    return np.all(a <= 0)


@wrong("always_off.values")
def once_off(a):
    return np.any(a <= 0, axis=0)


@wrong("always_off.values")
def once_on(a):
    return np.any(a > 0, axis=0)


@wrong("always_off.values")
def always_on_for_off(a):
    return np.all(a > 0, axis=0)


@wrong("always_off.values")
def below_zero(a):
    return np.all(a < 0, axis=0)


@wrong("always_off.values")
def how_many_are_off(a):
    return np.sum(np.all(a <= 0, axis=0))


@wrong("always_off.values")
def numbers_of_units(a):
    return np.flatnonzero(np.all(a <= 0, axis=0))


@wrong("always_off.values")
def off_at_the_second_input(a):
    return a[1] <= 0


@wrong("always_off.values")
def small_on_average(a):
    return a.mean(axis=0) < 1.0


@wrong("always_off.values")
def every_entry(a):
    return a <= 0


@wrong("always_off.negative")
def exactly_zero(a):
    return np.all(a == 0, axis=0)


@wrong("always_off.negative")
def sum_of_the_sizes(a):
    return np.abs(a).sum(axis=0) == 0


@wrong("always_off.single")
def two_inputs_at_least(a):
    return np.all(a <= 0, axis=0) & (len(a) > 1)


# --- always_off, right ---------------------------------------------------------------------------


@right("always_off")
def all_not_above(a):
    return np.all(a <= 0, axis=0)


@right("always_off")
def none_above(a):
    return ~np.any(a > 0, axis=0)


@right("always_off")
def largest_not_above(a):
    return a.max(axis=0) <= 0


@right("always_off")
def counted_units(a):
    return np.array([1 if np.count_nonzero(column > 0) == 0 else 0 for column in a.T])


# --- always_on, wrong ----------------------------------------------------------------------------


@wrong("always_on.values")
def inputs_for_units_on(a):
    return np.all(a > 0, axis=1)


@wrong("always_on.values")
def whole_layer_on(a):
    return np.all(a > 0)


@wrong("always_on.values")
def ever_on(a):
    return np.any(a > 0, axis=0)


@wrong("always_on.values")
def not_always_off(a):
    return ~np.all(a <= 0, axis=0)


@wrong("always_on.values")
def always_off_for_on(a):
    return np.all(a <= 0, axis=0)


@wrong("always_on.values")
def zero_is_on(a):
    return np.all(a >= 0, axis=0)


@wrong("always_on.values")
def ever_off(a):
    return np.any(a <= 0, axis=0)


@wrong("always_on.values")
def on_average(a):
    return a.mean(axis=0) > 0


@wrong("always_on.values")
def how_many_are_on(a):
    return np.sum(np.all(a > 0, axis=0))


@wrong("always_on.values")
def numbers_of_units_on(a):
    return np.flatnonzero(np.all(a > 0, axis=0))


@wrong("always_on.values")
def at_the_first_input(a):
    return a[0] > 0


@wrong("always_on.values")
def every_entry_on(a):
    return a > 0


@wrong("always_on.negative")
def nowhere_zero(a):
    return np.all(a != 0, axis=0)


@wrong("always_on.single")
def two_inputs_at_least_on(a):
    return np.all(a > 0, axis=0) & (len(a) > 1)


# --- always_on, right ----------------------------------------------------------------------------


@right("always_on")
def all_above(a):
    return np.all(a > 0, axis=0)


@right("always_on")
def none_not_above(a):
    return ~np.any(a <= 0, axis=0)


@right("always_on")
def smallest_above(a):
    return a.min(axis=0) > 0


@right("always_on")
def product_of_masks(a):
    return np.prod((a > 0).astype(int), axis=0)


# --- l1_activity, wrong --------------------------------------------------------------------------


def slope(a, strength):
    """Return the gradient, right."""
    return strength * np.sign(a) / len(a)


def cost(a, strength):
    """Return the penalty, right."""
    return strength * np.sum(np.abs(a)) / len(a)


@wrong("l1_activity.values")
def strength_forgotten(a, strength):
    return np.sum(np.abs(a)) / len(a), np.sign(a) / len(a)


@wrong("l1_activity.values")
def strength_missing_in_the_gradient(a, strength):
    return cost(a, strength), np.sign(a) / len(a)


@wrong("l1_activity.values")
def batch_forgotten(a, strength):
    return strength * np.sum(np.abs(a)), strength * np.sign(a)


@wrong("l1_activity.values")
def batch_missing_in_the_gradient(a, strength):
    return cost(a, strength), strength * np.sign(a)


@wrong("l1_activity.values")
def mean_over_all(a, strength):
    return strength * np.mean(np.abs(a)), strength * np.sign(a) / a.size


@wrong("l1_activity.values")
def squares(a, strength):
    return strength * np.sum(a**2) / len(a), 2 * strength * a / len(a)


@wrong("l1_activity.values")
def counted_entries(a, strength):
    return strength * np.count_nonzero(a) / len(a), slope(a, strength)


@wrong("l1_activity.values")
def silent_units_pushed(a, strength):
    """As if every unit were on."""
    return cost(a, strength), np.full(a.shape, strength / len(a))


@wrong("l1_activity.values")
def slope_that_grows(a, strength):
    return cost(a, strength), strength * a / len(a)


@wrong("l1_activity.values")
def downhill(a, strength):
    return cost(a, strength), -slope(a, strength)


@wrong("l1_activity.values")
def gradient_first(a, strength):
    return slope(a, strength), cost(a, strength)


@wrong("l1_activity.values")
def penalty_only(a, strength):
    return cost(a, strength)


@wrong("l1_activity.values")
def one_penalty_for_each_input(a, strength):
    return strength * np.sum(np.abs(a), axis=1), slope(a, strength)


@wrong("l1_activity.values")
def summed_gradient(a, strength):
    return cost(a, strength), np.sum(slope(a, strength))


@wrong("l1_activity.signed")
def sizes_forgotten(a, strength):
    return strength * np.sum(a) / len(a), slope(a, strength)


@wrong("l1_activity.signed")
def negative_ones_left_alone(a, strength):
    return cost(a, strength), strength * (a > 0) / len(a)


@wrong("l1_activity.untouched")
def scaled_in_place(a, strength):
    gradient = slope(a, strength)
    a *= strength
    return np.sum(np.abs(a)) / len(a), gradient


# --- l1_activity, right --------------------------------------------------------------------------


@right("l1_activity")
def by_sign(a, strength):
    return cost(a, strength), slope(a, strength)


@right("l1_activity")
def by_where(a, strength):
    share = strength / a.shape[0]
    return share * np.abs(a).sum(), np.where(a > 0, share, np.where(a < 0, -share, 0.0))


@right("l1_activity")
def mean_of_row_sums(a, strength):
    rows = np.linalg.norm(a, ord=1, axis=1)
    return strength * rows.mean(), ((a > 0) * 1.0 - (a < 0)) * strength / len(rows)


@right("l1_activity")
def from_the_gradient(a, strength):
    gradient = strength / len(a) * np.sign(a)
    return float(np.sum(gradient * a)), gradient


# --- soft_threshold, wrong -----------------------------------------------------------------------


def floats(v):
    """Do what the notebook's as_floats does."""
    v = np.asarray(v)
    return v if np.issubdtype(v.dtype, np.floating) else v.astype(np.float64)


def shrink(v, strength):
    """Return the soft threshold, right."""
    v = floats(v)
    return np.sign(v) * np.maximum(np.abs(v) - strength, 0)


@wrong("soft_threshold.values")
def one_sided(v, strength):
    return np.maximum(floats(v) - strength, 0)


@wrong("soft_threshold.values")
def hard_threshold(v, strength):
    v = floats(v)
    return np.where(np.abs(v) > strength, v, 0)


@wrong("soft_threshold.values")
def subtracted(v, strength):
    return floats(v) - strength


@wrong("soft_threshold.values")
def past_zero(v, strength):
    v = floats(v)
    return v - strength * np.sign(v)


@wrong("soft_threshold.values")
def sign_lost(v, strength):
    return np.maximum(np.abs(floats(v)) - strength, 0)


@wrong("soft_threshold.values")
def scaled(v, strength):
    return floats(v) * strength


@wrong("soft_threshold.values")
def in_proportion(v, strength):
    """The step of the squared penalty."""
    return floats(v) / (1 + strength)


@wrong("soft_threshold.values")
def clipped(v, strength):
    return np.clip(floats(v), -strength, strength)


@wrong("soft_threshold.values")
def plain_rectifier(v, strength):
    return np.maximum(floats(v), 0)


@wrong("soft_threshold.values")
def half_the_strength(v, strength):
    return shrink(v, strength / 2)


@wrong("soft_threshold.values")
def decides_once(v, strength):
    return v - strength if v > strength else v + strength if v < -strength else 0.0


@wrong("soft_threshold.shapes")
def at_least_one_axis(v, strength):
    return shrink(np.atleast_1d(floats(v)), strength)


@wrong("soft_threshold.dtype")
def always_double(v, strength):
    return shrink(np.asarray(v, dtype=float), strength)


@wrong("soft_threshold.lists")
def arrays_only(v, strength):
    return (v - strength) * (v > strength) + (v + strength) * (v < -strength)


@wrong("soft_threshold.untouched")
def small_ones_in_place(v, strength):
    v = floats(v)
    v[np.abs(v) <= strength] = 0
    return shrink(v, strength)


@wrong("soft_threshold.nan")
def nan_left_over(v, strength):
    v = floats(v)
    high, low = v > strength, v < -strength
    return np.where(high, v - strength, np.where(low, v + strength, 0))


# --- soft_threshold, right -----------------------------------------------------------------------


@right("soft_threshold")
def sign_and_size(v, strength):
    return shrink(v, strength)


@right("soft_threshold")
def two_rectifiers(v, strength):
    v = floats(v)
    return np.maximum(v - strength, 0) - np.maximum(-v - strength, 0)


@right("soft_threshold")
def what_clipping_leaves(v, strength):
    v = floats(v)
    return v - np.clip(v, -strength, strength)


@right("soft_threshold")
def by_masks(v, strength):
    v = floats(v)
    shrunk = np.where(np.isnan(v), v, np.zeros_like(v))
    high, low = v > strength, v < -strength
    shrunk[high] = v[high] - strength
    shrunk[low] = v[low] + strength
    return shrunk
