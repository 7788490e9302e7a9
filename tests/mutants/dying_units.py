"""Versions of counting the dead, of the chance to be born dead and of a step that revives.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import math
from itertools import pairwise

import numpy as np

from tools.mutants import right, wrong

# --- dead_units, wrong ---------------------------------------------------------------------------


@wrong("dead_units.values")
def the_living(pre_activations):
    return np.any(pre_activations > 0, axis=-2)


@wrong("dead_units.values")
def off_somewhere(pre_activations):
    return np.any(pre_activations <= 0, axis=-2)


@wrong("dead_units.values")
def units_of_an_input(pre_activations):
    return np.all(pre_activations <= 0, axis=-1)


@wrong("dead_units.values")
def negative_mean(pre_activations):
    return np.mean(pre_activations, axis=-2) <= 0


@wrong("dead_units.values")
def count_of_inputs(pre_activations):
    return np.sum(pre_activations <= 0, axis=-2)


@wrong("dead_units.values")
def share_of_inputs(pre_activations):
    return np.mean(pre_activations <= 0, axis=-2)


@wrong("dead_units.values")
def any_dead(pre_activations):
    return np.all(pre_activations <= 0)


@wrong("dead_units.values")
def number_of_dead(pre_activations):
    return np.sum(np.all(pre_activations <= 0, axis=-2))


@wrong("dead_units.values")
def mask_of_everything(pre_activations):
    return pre_activations <= 0


@wrong("dead_units.values")
def first_input(pre_activations):
    return pre_activations[..., 0, :] <= 0


@wrong("dead_units.values")
def exact_zeros(pre_activations):
    """What the outputs would show."""
    return np.all(pre_activations == 0, axis=-2)


@wrong("dead_units.values")
def indices(pre_activations):
    return np.flatnonzero(np.all(pre_activations <= 0, axis=-2))


@wrong("dead_units.values")
def list_of_booleans(pre_activations):
    return [bool(np.all(column <= 0)) for column in pre_activations.T]


@wrong("dead_units.values")
def nothing_returned(pre_activations):
    np.all(pre_activations <= 0, axis=-2)


@wrong("dead_units.zero")
def strictly_negative(pre_activations):
    return np.all(pre_activations < 0, axis=-2)


@wrong("dead_units.zero")
def on_from_zero(pre_activations):
    return ~np.any(pre_activations >= 0, axis=-2)


@wrong("dead_units.networks")
def first_axis(pre_activations):
    return np.all(pre_activations <= 0, axis=0)


@wrong("dead_units.networks")
def second_axis_of_three(pre_activations):
    return np.max(pre_activations, axis=pre_activations.ndim // 3) <= 0


@wrong("dead_units.networks")
def flattened_networks(pre_activations):
    return np.all(pre_activations.reshape(-1, pre_activations.shape[-1]) <= 0, axis=0)


@wrong("dead_units.boolean")
def ones_and_zeros(pre_activations):
    return np.all(pre_activations <= 0, axis=-2).astype(float)


@wrong("dead_units.boolean")
def integer_mask(pre_activations):
    return 1 - np.any(pre_activations > 0, axis=-2)


@wrong("dead_units.untouched")
def rectified_in_place(pre_activations):
    np.maximum(pre_activations, 0, out=pre_activations)
    return ~pre_activations.any(axis=-2)


# --- dead_units, right ---------------------------------------------------------------------------


@right("dead_units")
def all_off(pre_activations):
    return np.all(pre_activations <= 0, axis=-2)


@right("dead_units")
def largest(pre_activations):
    return np.max(pre_activations, axis=-2) <= 0


@right("dead_units")
def never_on(pre_activations):
    return ~(pre_activations > 0).any(axis=-2)


@right("dead_units")
def by_outputs(pre_activations):
    return np.maximum(pre_activations, 0).sum(axis=-2) == 0


@right("dead_units")
def looped(pre_activations):
    dead = np.ones((*pre_activations.shape[:-2], pre_activations.shape[-1]), dtype=bool)
    for row in range(pre_activations.shape[-2]):
        dead &= pre_activations[..., row, :] <= 0
    return dead


# --- born_dead_upper_bound, wrong ----------------------------------------------------------------


def halves(widths):
    return 0.5 ** np.asarray(widths, dtype=float)


@wrong("born_dead_upper_bound.values")
def chance_to_live(widths):
    return np.prod(1 - halves(widths))


@wrong("born_dead_upper_bound.values")
def every_layer_silent(widths):
    return np.prod(halves(widths))


@wrong("born_dead_upper_bound.values")
def not_all_silent(widths):
    return 1 - np.prod(halves(widths))


@wrong("born_dead_upper_bound.values")
def union_bound(widths):
    return np.sum(halves(widths))


@wrong("born_dead_upper_bound.values")
def union_bound_cut(widths):
    return min(1.0, float(np.sum(halves(widths))))


@wrong("born_dead_upper_bound.values")
def last_left_out(widths):
    return 1 - np.prod(1 - halves(widths[:-1]))


@wrong("born_dead_upper_bound.values")
def first_left_out(widths):
    return 1 - np.prod(1 - halves(widths[1:]))


@wrong("born_dead_upper_bound.values")
def narrowest_only(widths):
    return 0.5 ** min(widths)


@wrong("born_dead_upper_bound.values")
def one_over_width(widths):
    return 1 - np.prod([1 - 1 / n for n in widths])


@wrong("born_dead_upper_bound.values")
def base_and_exponent(widths):
    return 1 - np.prod([1 - n**-2.0 for n in widths])


@wrong("born_dead_upper_bound.values")
def all_units_off(widths):
    return 0.5 ** sum(widths)


@wrong("born_dead_upper_bound.values")
def mean_width(widths):
    return 1 - (1 - 0.5 ** np.mean(widths)) ** len(widths)


@wrong("born_dead_upper_bound.values")
def one_width_for_all(widths):
    return 1 - (1 - 0.5 ** widths[0]) ** len(widths)


@wrong("born_dead_upper_bound.values")
def one_for_each_layer(widths):
    return 1 - np.cumprod(1 - halves(widths))


@wrong("born_dead_upper_bound.values")
def in_percent(widths):
    return 100 * (1 - np.prod(1 - halves(widths)))


@wrong("born_dead_upper_bound.few")
def first_taken_apart(widths):
    alive = 1 - 0.5 ** widths[0]
    for width in widths[1:]:
        alive *= 1 - 0.5**width
    return 1 - alive


@wrong("born_dead_upper_bound.few")
def dead_without_layers(widths):
    return 1 - np.prod(1 - halves(widths)) if len(widths) else 1.0


@wrong("born_dead_upper_bound.many")
def ten_layers_at_most(widths):
    return 1 - np.prod(1 - halves(widths[:10]))


@wrong("born_dead_upper_bound.many")
def small_integers(widths):
    return 1 - np.prod(1 - 1 / np.left_shift(1, np.asarray(widths, dtype=np.int32) % 32))


@wrong("born_dead_upper_bound.arrays")
def negative_power_of_integers(widths):
    """Right for a list."""
    if isinstance(widths, list):
        return 1 - np.prod([1 - 2**-n for n in widths])
    return 1 - np.prod(1 - 2 ** -np.asarray(widths))


@wrong("born_dead_upper_bound.arrays")
def truth_of_the_list(widths):
    if not widths:
        return 0.0
    return 1 - np.prod(1 - halves(widths))


# --- born_dead_upper_bound, right ----------------------------------------------------------------


@right("born_dead_upper_bound")
def product(widths):
    return 1 - np.prod(1 - halves(widths))


@right("born_dead_upper_bound")
def step_by_step(widths):
    """The chance to be dead after each layer."""
    dead = 0.0
    for width in widths:
        dead += (1 - dead) * 0.5 ** int(width)
    return dead


@right("born_dead_upper_bound")
def by_logarithms(widths):
    return -np.expm1(np.sum(np.log1p(-halves(widths))))


@right("born_dead_upper_bound")
def products_of_python(widths):
    return 1 - math.prod(1 - 2.0 ** -int(n) for n in widths)


@right("born_dead_upper_bound")
def reduced(widths):
    return 1.0 - np.multiply.reduce([1.0 - 1.0 / 2.0 ** float(n) for n in widths])


# --- simulate_born_dead, wrong -------------------------------------------------------------------


def networks(width, depth, trials, rng, inputs=(1.0, -1.0), act=None):
    """Return the outputs of the last hidden layers: (trials, inputs, width)."""
    act = act or (lambda z: np.maximum(z, 0))
    hidden = np.broadcast_to(np.array(inputs)[:, np.newaxis], (trials, len(inputs), 1))
    for _ in range(depth):
        hidden = act(hidden @ rng.normal(size=(trials, hidden.shape[-1], width)))
    return hidden


def silent(hidden):
    return np.mean(~hidden.any(axis=(-2, -1)))


@wrong("simulate_born_dead.narrow")
def one_input_only(width, depth, trials, rng):
    return silent(networks(width, depth, trials, rng, inputs=(1.0,)))


@wrong("simulate_born_dead.narrow")
def dead_at_either(width, depth, trials, rng):
    hidden = networks(width, depth, trials, rng)
    return np.mean((~hidden.any(axis=-1)).any(axis=-1))


@wrong("simulate_born_dead.narrow")
def the_bound(width, depth, trials, rng):
    return rng.binomial(trials, 1 - (1 - 0.5**width) ** depth) / trials


@wrong("simulate_born_dead.narrow")
def one_layer_more(width, depth, trials, rng):
    return silent(networks(width, depth + 1, trials, rng))


@wrong("simulate_born_dead.narrow")
def one_layer_less(width, depth, trials, rng):
    return silent(networks(width, depth - 1, trials, rng))


@wrong("simulate_born_dead.narrow")
def share_that_lives(width, depth, trials, rng):
    return 1 - silent(networks(width, depth, trials, rng))


@wrong("simulate_born_dead.narrow")
def count_of_dead(width, depth, trials, rng):
    return np.sum(~networks(width, depth, trials, rng).any(axis=(-2, -1)))


@wrong("simulate_born_dead.narrow")
def mask_of_networks(width, depth, trials, rng):
    return ~networks(width, depth, trials, rng).any(axis=(-2, -1))


@wrong("simulate_born_dead.narrow")
def without_rectifier(width, depth, trials, rng):
    return silent(networks(width, depth, trials, rng, act=lambda z: z))


@wrong("simulate_born_dead.narrow")
def positive_weights(width, depth, trials, rng):
    hidden = np.broadcast_to(np.array([[1.0], [-1.0]]), (trials, 2, 1))
    for _ in range(depth):
        hidden = np.maximum(hidden @ rng.random((trials, hidden.shape[-1], width)), 0)
    return silent(hidden)


@wrong("simulate_born_dead.narrow")
def biased(width, depth, trials, rng):
    hidden = np.broadcast_to(np.array([[1.0], [-1.0]]), (trials, 2, 1))
    for _ in range(depth):
        z = hidden @ rng.normal(size=(trials, hidden.shape[-1], width))
        hidden = np.maximum(z + rng.normal(size=(trials, 1, width)), 0)
    return silent(hidden)


@wrong("simulate_born_dead.narrow")
def share_of_dead_units(width, depth, trials, rng):
    return np.mean(~networks(width, depth, trials, rng).any(axis=-2)) / 2


@wrong("simulate_born_dead.narrow")
def same_weights_in_all_layers(width, depth, trials, rng):
    hidden = np.maximum(np.array([[1.0], [-1.0]]) @ rng.normal(size=(trials, 1, width)), 0)
    weights = rng.normal(size=(trials, width, width))
    for _ in range(depth - 1):
        hidden = np.maximum(hidden @ weights, 0)
    return silent(hidden)


@wrong("simulate_born_dead.narrow")
def other_weights_for_each_input(width, depth, trials, rng):
    once, again = (networks(width, depth, trials, rng, inputs=(x,)) for x in (1.0, -1.0))
    return silent(np.concatenate([once, again], axis=-2))


@wrong("simulate_born_dead.values")
def always_one_unit(width, depth, trials, rng):
    return silent(networks(1, depth, trials, rng))


@wrong("simulate_born_dead.values")
def any_unit_dead(width, depth, trials, rng):
    return np.mean((~networks(width, depth, trials, rng).any(axis=-2)).any(axis=-1))


@wrong("simulate_born_dead.values")
def cubed_bound(width, depth, trials, rng):
    """Right for one unit: the bound of all layers but the first."""
    return rng.binomial(trials, 1 - (1 - 0.5**width) ** (depth - 1)) / trials


@wrong("simulate_born_dead.generator")
def global_state(width, depth, trials, rng):
    return silent(networks(width, depth, trials, np.random.default_rng()))


@wrong("simulate_born_dead.generator")
def seed_of_its_own(width, depth, trials, rng):
    return silent(networks(width, depth, trials, np.random.default_rng(0)))


@wrong("simulate_born_dead.trials")
def always_a_thousand(width, depth, trials, rng):
    return silent(networks(width, depth, max(trials, 1000), rng))


@wrong("simulate_born_dead.trials")
def one_too_many(width, depth, trials, rng):
    hidden = networks(width, depth, trials, rng)
    return np.sum(~hidden.any(axis=(-2, -1))) / (trials + 1)


# --- simulate_born_dead, right -------------------------------------------------------------------


@right("simulate_born_dead")
def all_at_once(width, depth, trials, rng):
    return silent(networks(width, depth, trials, rng))


@right("simulate_born_dead")
def one_by_one(width, depth, trials, rng):
    dead = 0
    for _ in range(trials):
        hidden = np.array([[1.0], [-1.0]])
        for _ in range(depth):
            hidden = np.maximum(hidden @ rng.standard_normal((hidden.shape[1], width)), 0)
            if not hidden.any():
                dead += 1
                break
    return dead / trials


@right("simulate_born_dead")
def uniform_weights(width, depth, trials, rng):
    """Any law that is symmetric about 0 will do for layers of few units: the signs decide."""
    hidden = np.broadcast_to(np.array([[2.0], [-2.0]]), (trials, 2, 1))
    for _ in range(depth):
        scale = np.sqrt(6 / hidden.shape[-1])
        weights = scale * rng.normal(size=(trials, hidden.shape[-1], width))
        z = hidden @ weights
        hidden = z * (z > 0)
    return float(np.mean(np.max(hidden, axis=(1, 2)) == 0))


@right("simulate_born_dead")
def two_runs(width, depth, trials, rng):
    """The two inputs go through the same networks, one after the other."""
    sizes = [1] + [width] * depth
    weights = [rng.normal(scale=np.sqrt(2 / n), size=(trials, n, m)) for n, m in pairwise(sizes)]
    alive = np.zeros(trials, dtype=bool)
    for x in (1.0, -1.0):
        signal = np.full((trials, 1), x)
        for weight in weights:
            signal = np.maximum(np.einsum("ti,tij->tj", signal, weight), 0)
        alive |= (signal > 0).any(axis=1)
    return 1 - alive.mean()


# --- revive_step, wrong --------------------------------------------------------------------------


@wrong("revive_step.values")
def both_decay(w, b, bias_decay, learning_rate):
    shrink = 1 - learning_rate * bias_decay
    return w * shrink, b * shrink


@wrong("revive_step.values")
def weights_decay(w, b, bias_decay, learning_rate):
    return w - learning_rate * bias_decay * w, b


@wrong("revive_step.values")
def away_from_zero(w, b, bias_decay, learning_rate):
    return w, b + learning_rate * bias_decay * b


@wrong("revive_step.values")
def rate_forgotten(w, b, bias_decay, learning_rate):
    return w, b - bias_decay * b


@wrong("revive_step.values")
def decay_forgotten(w, b, bias_decay, learning_rate):
    return w, b - learning_rate * b


@wrong("revive_step.values")
def change_alone(w, b, bias_decay, learning_rate):
    return w, -learning_rate * bias_decay * b


@wrong("revive_step.values")
def bias_forgotten(w, b, bias_decay, learning_rate):
    return w, b - learning_rate * bias_decay


@wrong("revive_step.values")
def upwards_by_a_constant(w, b, bias_decay, learning_rate):
    return w, b + learning_rate * bias_decay


@wrong("revive_step.values")
def square_of_the_bias(w, b, bias_decay, learning_rate):
    return w, b - learning_rate * bias_decay * b**2


@wrong("revive_step.values")
def twice_the_step(w, b, bias_decay, learning_rate):
    return w, b - 2 * learning_rate * bias_decay * b


@wrong("revive_step.values")
def straight_to_zero(w, b, bias_decay, learning_rate):
    return w, 0 * b


@wrong("revive_step.values")
def implicit_step(w, b, bias_decay, learning_rate):
    return w, b / (1 + learning_rate * bias_decay)


@wrong("revive_step.values")
def bias_only(w, b, bias_decay, learning_rate):
    return b - learning_rate * bias_decay * b


@wrong("revive_step.values")
def order_turned(w, b, bias_decay, learning_rate):
    return b - learning_rate * bias_decay * b, w


@wrong("revive_step.values")
def nothing_moves(w, b, bias_decay, learning_rate):
    return w, b


@wrong("revive_step.still")
def at_least_a_little(w, b, bias_decay, learning_rate):
    """A fallback for 0, as if it meant that nothing was given."""
    return w, b - (learning_rate or 0.01) * (bias_decay or 0.01) * b


@wrong("revive_step.layer")
def negative_biases_only(w, b, bias_decay, learning_rate):
    return w, np.minimum(b, 0) * (1 - learning_rate * bias_decay) + np.minimum(0, np.abs(b))


@wrong("revive_step.layer")
def one_number(w, b, bias_decay, learning_rate):
    return w, float(np.ravel(b)[0]) * (1 - learning_rate * bias_decay)


@wrong("revive_step.untouched")
def biases_in_place(w, b, bias_decay, learning_rate):
    b -= learning_rate * bias_decay * b
    return w, b


@wrong("revive_step.values")
def penalty_for_its_gradient(w, b, bias_decay, learning_rate):
    return w, b - learning_rate * bias_decay * b**2 / 2


@wrong("simulate_born_dead.narrow")
def below_zero_only(width, depth, trials, rng):
    """A pre-activation of exactly 0, behind a silent layer, counts as on."""
    if depth == 1:
        hidden = np.broadcast_to(np.array([[1.0], [-1.0]]), (trials, 2, 1))
    else:
        hidden = networks(width, depth - 1, trials, rng)
    z = hidden @ rng.normal(size=(trials, hidden.shape[-1], width))
    return np.mean((z < 0).all(axis=(-2, -1)))


@wrong("revive_step.untouched")
def weights_in_place(w, b, bias_decay, learning_rate):
    w *= 0.5
    return 2 * w, b - learning_rate * bias_decay * b


@wrong("revive_step.untouched")
def weights_rounded_in_place(w, b, bias_decay, learning_rate):
    before = np.array(w)
    np.round(w, 1, out=w)
    return before, b * (1 - learning_rate * bias_decay)


# --- revive_step, right --------------------------------------------------------------------------


@right("revive_step")
def step(w, b, bias_decay, learning_rate):
    return w, b - learning_rate * bias_decay * b


@right("revive_step")
def factor(w, b, bias_decay, learning_rate):
    return np.array(w), (1 - bias_decay * learning_rate) * np.asarray(b)


@right("revive_step")
def gradients(w, b, bias_decay, learning_rate):
    grad_w, grad_b = np.zeros_like(w), np.zeros_like(b) + bias_decay * b
    return w - learning_rate * grad_w, b - learning_rate * grad_b


@right("revive_step")
def in_a_list(w, b, bias_decay, learning_rate):
    b = np.array(b, dtype=float)
    b -= learning_rate * (bias_decay * b)
    return [w.copy(), b]
