"""Versions of weight sizes, gains and second moments, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import math

import numpy as np
from scipy import integrate

from tools.mutants import right, wrong

# --- he_std, wrong -------------------------------------------------------------------------------


@wrong("he_std.values")
def variance(fan_in, negative_slope=0.0):
    return 2 / ((1 + negative_slope**2) * fan_in)


@wrong("he_std.values")
def without_the_two(fan_in, negative_slope=0.0):
    return math.sqrt(1 / ((1 + negative_slope**2) * fan_in))


@wrong("he_std.values")
def limit_of_a_uniform_draw(fan_in, negative_slope=0.0):
    return math.sqrt(6 / ((1 + negative_slope**2) * fan_in))


@wrong("he_std.values")
def default_of_a_library(fan_in, negative_slope=0.0):
    return math.sqrt(1 / (3 * fan_in))


@wrong("he_std.values")
def gain_alone(fan_in, negative_slope=0.0):
    return math.sqrt(2 / (1 + negative_slope**2))


@wrong("he_std.values")
def root_of_the_two_alone(fan_in, negative_slope=0.0):
    return math.sqrt(2 / (1 + negative_slope**2)) / fan_in


@wrong("he_std.values")
def upside_down(fan_in, negative_slope=0.0):
    return math.sqrt((1 + negative_slope**2) * fan_in / 2)


@wrong("he_std.values")
def fan_above(fan_in, negative_slope=0.0):
    return math.sqrt(2 / (1 + negative_slope**2) * fan_in)


@wrong("he_std.values")
def leaky_by_default(fan_in, negative_slope=0.01):
    return math.sqrt(2 / ((1 + negative_slope**2) * fan_in))


@wrong("he_std.values")
def a_draw_of_weights(fan_in, negative_slope=0.0):
    return np.random.default_rng(0).normal(0, math.sqrt(2 / fan_in), fan_in)


@wrong("he_std.values")
def whole_quotient(fan_in, negative_slope=0.0):
    return math.sqrt(2 // fan_in)


@wrong("he_std.slope")
def slope_ignored(fan_in, negative_slope=0.0):
    return math.sqrt(2 / fan_in)


@wrong("he_std.slope")
def slope_not_squared(fan_in, negative_slope=0.0):
    return math.sqrt(2 / ((1 + abs(negative_slope)) * fan_in))


@wrong("he_std.slope")
def bracket_squared(fan_in, negative_slope=0.0):
    return math.sqrt(2 / fan_in) / abs(1 + negative_slope)


@wrong("he_std.slope")
def slope_multiplied(fan_in, negative_slope=0.0):
    return math.sqrt(2 * (1 + negative_slope**2) / fan_in)


@wrong("he_std.slope")
def negative_slopes_cut_off(fan_in, negative_slope=0.0):
    return math.sqrt(2 / ((1 + max(negative_slope, 0) ** 2) * fan_in))


# --- he_std, right -------------------------------------------------------------------------------


@right("he_std")
def by_formula(fan_in, negative_slope=0.0):
    return math.sqrt(2 / ((1 + negative_slope**2) * fan_in))


@right("he_std")
def gain_over_root(fan_in, negative_slope=0.0):
    return np.sqrt(2 / (1 + np.square(negative_slope))) / np.sqrt(fan_in)


@right("he_std")
def as_a_power(fan_in, negative_slope=0.0):
    return ((1 + negative_slope * negative_slope) * fan_in / 2) ** -0.5


@right("he_std")
def from_the_mean_square(fan_in, negative_slope=0.0):
    kept = 0.5 + 0.5 * negative_slope**2
    return 1 / np.sqrt(kept * fan_in)


# --- glorot_limit, wrong -------------------------------------------------------------------------


@wrong("glorot_limit.square")
def standard_deviation(fan_in, fan_out):
    return math.sqrt(2 / (fan_in + fan_out))


@wrong("glorot_limit.square")
def variance_of_the_weights(fan_in, fan_out):
    return 2 / (fan_in + fan_out)


@wrong("glorot_limit.square")
def root_forgotten(fan_in, fan_out):
    return 6 / (fan_in + fan_out)


@wrong("glorot_limit.square")
def three_for_six(fan_in, fan_out):
    return math.sqrt(3 / (fan_in + fan_out))


@wrong("glorot_limit.square")
def mean_for_sum(fan_in, fan_out):
    return math.sqrt(6 / ((fan_in + fan_out) / 2))


@wrong("glorot_limit.square")
def width_of_the_interval(fan_in, fan_out):
    return 2 * math.sqrt(6 / (fan_in + fan_out))


@wrong("glorot_limit.square")
def root_of_the_six_alone(fan_in, fan_out):
    return math.sqrt(6) / (fan_in + fan_out)


@wrong("glorot_limit.square")
def product_of_fans(fan_in, fan_out):
    return math.sqrt(6 / (fan_in * fan_out))


@wrong("glorot_limit.square")
def inputs_only(fan_in, fan_out):
    return math.sqrt(6 / fan_in)


@wrong("glorot_limit.square")
def brackets_forgotten(fan_in, fan_out):
    return math.sqrt(6 / fan_in + fan_out)


@wrong("glorot_limit.values")
def inputs_twice(fan_in, fan_out):
    return math.sqrt(3 / fan_in)


@wrong("glorot_limit.values")
def outputs_twice(fan_in, fan_out):
    return math.sqrt(3 / fan_out)


@wrong("glorot_limit.values")
def geometric_mean(fan_in, fan_out):
    return math.sqrt(3 / math.sqrt(fan_in * fan_out))


@wrong("glorot_limit.values")
def larger_fan(fan_in, fan_out):
    return math.sqrt(3 / max(fan_in, fan_out))


@wrong("glorot_limit.values")
def mean_of_limits(fan_in, fan_out):
    return (math.sqrt(3 / fan_in) + math.sqrt(3 / fan_out)) / 2


# --- glorot_limit, right -------------------------------------------------------------------------


@right("glorot_limit")
def by_formula_of_glorot(fan_in, fan_out):
    return math.sqrt(6 / (fan_in + fan_out))


@right("glorot_limit")
def from_the_standard_deviation(fan_in, fan_out):
    return np.sqrt(3) * np.sqrt(2 / (fan_in + fan_out))


@right("glorot_limit")
def from_the_mean_fan(fan_in, fan_out):
    return (3 / ((fan_in + fan_out) / 2)) ** 0.5


@right("glorot_limit")
def two_roots(fan_in, fan_out):
    return np.float64(6) ** 0.5 / (fan_in + fan_out) ** 0.5


# --- gain, wrong ---------------------------------------------------------------------------------

Z = np.linspace(-15, 15, 30_001)
STEP = Z[1] - Z[0]
BELL = np.exp(-(Z**2) / 2) / np.sqrt(2 * np.pi)


def mean(values):
    """Return the mean of values at Z under the bell, right."""
    return np.sum(values * BELL) * STEP


@wrong("gain.kinked")
def mean_square(f):
    return mean(f(Z) ** 2)


@wrong("gain.kinked")
def root_mean_square(f):
    return np.sqrt(mean(f(Z) ** 2))


@wrong("gain.kinked")
def squared_gain(f):
    return 1 / mean(f(Z) ** 2)


@wrong("gain.kinked")
def from_the_variance(f):
    return 1 / np.sqrt(mean(f(Z) ** 2) - mean(f(Z)) ** 2)


@wrong("gain.kinked")
def from_the_mean(f):
    return 1 / mean(f(Z))


@wrong("gain.kinked")
def from_the_mean_size(f):
    return 1 / mean(np.abs(f(Z)))


@wrong("gain.kinked")
def bell_without_its_factor(f):
    return 1 / np.sqrt(mean(f(Z) ** 2) * np.sqrt(2 * np.pi))


@wrong("gain.kinked")
def bell_without_a_square(f):
    return 1 / np.sqrt(np.sum(f(Z) ** 2 * np.exp(-np.abs(Z) / 2)) * STEP / np.sqrt(2 * np.pi))


@wrong("gain.kinked")
def without_a_bell(f):
    return 1 / np.sqrt(np.mean(f(np.linspace(-1, 1, 2001)) ** 2))


@wrong("gain.kinked")
def by_sampling(f):
    """A hundred thousand draws keep two or three digits."""
    z = np.random.default_rng(0).normal(size=100_000)
    return 1 / np.sqrt(np.mean(f(z) ** 2))


@wrong("gain.kinked")
def cut_off_at_three(f):
    inside = np.abs(Z) <= 3
    return 1 / np.sqrt(np.sum((f(Z) ** 2 * BELL)[inside]) * STEP)


@wrong("gain.kinked")
def step_forgotten(f):
    return 1 / np.sqrt(np.sum(f(Z) ** 2 * BELL))


@wrong("gain.kinked")
def of_relu_always(f):
    return math.sqrt(2)


@wrong("gain.smooth")
def from_three_numbers(f):
    """Right for straight pieces that meet at 0."""
    return 1 / math.sqrt((float(f(1.0)) ** 2 + float(f(-1.0)) ** 2) / 2)


@wrong("gain.smooth")
def from_the_slope(f):
    """Forward and backward gain agree for ReLU and its kind."""
    slope = (f(Z + 1e-5) - f(Z - 1e-5)) / 2e-5
    slope[Z == 0] = np.sqrt((slope[0] ** 2 + slope[-1] ** 2) / 2)
    return 1 / np.sqrt(mean(slope**2))


@wrong("gain.digits")
def few_nodes(f):
    """Gauss and Hermite's rule, which kinks disturb."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    return 1 / np.sqrt(np.sum(weights * f(nodes) ** 2) / np.sqrt(2 * np.pi))


@wrong("gain.digits")
def cut_off_at_five(f):
    """Far enough for what does not grow."""
    inside = np.abs(Z) <= 5
    return 1 / np.sqrt(np.sum((f(Z) ** 2 * BELL)[inside]) * STEP)


# --- gain, right ---------------------------------------------------------------------------------


@right("gain")
def by_a_sum(f):
    return 1 / np.sqrt(mean(f(Z) ** 2))


@right("gain")
def by_trapezoids(f):
    z = np.linspace(-12, 12, 24_001)
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return integrate.trapezoid(f(z) ** 2 * density, z) ** -0.5


@right("gain")
def by_quad(f):
    def integrand(z):
        return float(f(z)) ** 2 * math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)

    halves = [integrate.quad(integrand, *ends, limit=200)[0] for ends in ((-30, 0), (0, 30))]
    return 1 / math.sqrt(sum(halves))


@right("gain")
def by_simpson(f):
    z = np.linspace(-14, 14, 20_001)
    density = np.exp(-0.5 * z * z)
    top = integrate.simpson(np.square(f(z)) * density, x=z)
    return np.sqrt(integrate.simpson(density, x=z) / top)


# --- propagate_second_moment, wrong --------------------------------------------------------------


def layers(rule, q0, depth):
    """Return q0 and what a rule makes of it, again and again."""
    found = [q0]
    for _ in range(depth):
        found.append(rule(found[-1]))
    return np.array(found)


def chain(f, v, q0, depth):
    """Return the second moments, right."""
    return layers(lambda q: v * mean(f(np.sqrt(q) * Z) ** 2), q0, depth)


@wrong("propagate_second_moment.kinked")
def last_only(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n, q0, depth)[-1]


@wrong("propagate_second_moment.kinked")
def start_left_out(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n, q0, depth)[1:]


@wrong("propagate_second_moment.kinked")
def one_layer_less(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n, q0, depth)[:-1]


@wrong("propagate_second_moment.kinked")
def list_of_moments(f, weight_variance_times_n, q0, depth):
    return list(chain(f, weight_variance_times_n, q0, depth))


@wrong("propagate_second_moment.kinked")
def root_mean_squares(f, weight_variance_times_n, q0, depth):
    return np.sqrt(chain(f, weight_variance_times_n, q0, depth))


@wrong("propagate_second_moment.kinked")
def times_q_for_root(f, weight_variance_times_n, q0, depth):
    return layers(lambda q: weight_variance_times_n * mean(f(q * Z) ** 2), q0, depth)


@wrong("propagate_second_moment.kinked")
def linear_layers(f, weight_variance_times_n, q0, depth):
    return layers(lambda q: weight_variance_times_n * q, q0, depth)


@wrong("propagate_second_moment.kinked")
def square_of_the_mean(f, weight_variance_times_n, q0, depth):
    return layers(lambda q: weight_variance_times_n * mean(f(np.sqrt(q) * Z)) ** 2, q0, depth)


@wrong("propagate_second_moment.kinked")
def variances(f, weight_variance_times_n, q0, depth):
    def rule(q):
        y = f(np.sqrt(q) * Z)
        return weight_variance_times_n * (mean(y**2) - mean(y) ** 2)

    return layers(rule, q0, depth)


@wrong("propagate_second_moment.kinked")
def at_one_number(f, weight_variance_times_n, q0, depth):
    return layers(lambda q: weight_variance_times_n * float(f(np.sqrt(q))) ** 2, q0, depth)


@wrong("propagate_second_moment.kinked")
def begins_at_one(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n, 1.0, depth)


@wrong("propagate_second_moment.kinked")
def weights_squared(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n**2, q0, depth)


@wrong("propagate_second_moment.kinked")
def weights_after_he(f, weight_variance_times_n, q0, depth):
    return chain(f, 2.0, q0, depth)


@wrong("propagate_second_moment.kinked")
def weights_left_out(f, weight_variance_times_n, q0, depth):
    return chain(f, 1.0, q0, depth)


@wrong("propagate_second_moment.smooth")
def constant_factor(f, weight_variance_times_n, q0, depth):
    """Right for ReLU, where q comes out of f as a factor."""
    return layers(lambda q: weight_variance_times_n * q * mean(f(Z) ** 2), q0, depth)


@wrong("propagate_second_moment.smooth")
def factor_of_the_first_layer(f, weight_variance_times_n, q0, depth):
    factor = weight_variance_times_n * mean(f(np.sqrt(q0) * Z) ** 2) / q0
    return layers(lambda q: factor * q, q0, depth)


@wrong("propagate_second_moment.depth")
def a_layer_for_granted(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n, q0, max(depth, 1))


@wrong("propagate_second_moment.depth")
def ten_layers_at_most(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n, q0, min(depth, 10))


# --- propagate_second_moment, right --------------------------------------------------------------


@right("propagate_second_moment")
def layer_by_layer(f, weight_variance_times_n, q0, depth):
    return chain(f, weight_variance_times_n, q0, depth)


@right("propagate_second_moment")
def filled_array(f, weight_variance_times_n, q0, depth):
    z = np.linspace(-12, 12, 24_001)
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    q = np.zeros(depth + 1)
    q[0] = q0
    for k in range(depth):
        squares = f(math.sqrt(q[k]) * z) ** 2
        q[k + 1] = weight_variance_times_n * integrate.trapezoid(squares * density, z)
    return q


@right("propagate_second_moment")
def through_the_gain(f, weight_variance_times_n, q0, depth):
    """The gain of f at another scale tells the mean square."""
    return layers(
        lambda q: weight_variance_times_n / by_simpson(lambda z: f(np.sqrt(q) * z)) ** 2, q0, depth
    )


@right("propagate_second_moment")
def recursive(f, weight_variance_times_n, q0, depth):
    if depth == 0:
        return np.array([q0])
    density = np.exp(-(Z**2) / (2 * q0)) / math.sqrt(2 * math.pi * q0)
    x = Z * math.sqrt(q0)
    density = np.exp(-(x**2) / (2 * q0)) / math.sqrt(2 * math.pi * q0)
    after = weight_variance_times_n * integrate.trapezoid(f(x) ** 2 * density, x)
    return np.concatenate([[q0], recursive(f, weight_variance_times_n, after, depth - 1)])
