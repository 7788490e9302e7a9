"""Versions of a network's switches, its map, its pieces and its scale, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

from itertools import pairwise

import numpy as np

from tools.mutants import right, wrong


def relu(z):
    return np.maximum(z, 0)


def hidden_values(weights, biases, x):
    """Return the pre-activations of all layers, right; x may have several rows."""
    found = []
    for weight, bias in zip(weights, biases, strict=True):
        found.append(x @ weight + bias)
        x = relu(found[-1])
    return found


def switches(weights, biases, x):
    """Return the pattern, right."""
    found = [z > 0 for z in hidden_values(weights, biases, x)[:-1]]
    return np.concatenate([np.zeros(0, dtype=bool), *found])


# --- activation_pattern, wrong -------------------------------------------------------------------


@wrong("activation_pattern.values")
def output_included(weights, biases, x):
    return np.concatenate([z > 0 for z in hidden_values(weights, biases, x)])


@wrong("activation_pattern.values")
def without_rectifiers_between(weights, biases, x):
    found = []
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        x = x @ weight + bias
        found.append(x > 0)
    return np.concatenate([np.zeros(0, dtype=bool), *found])


@wrong("activation_pattern.values")
def switches_handed_on(weights, biases, x):
    found = []
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        x = (x @ weight + bias > 0) * 1.0
        found.append(x)
    return np.concatenate([np.zeros(0), *found])


@wrong("activation_pattern.values")
def sizes_handed_on(weights, biases, x):
    found = []
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        z = x @ weight + bias
        found.append(z > 0)
        x = np.abs(z)
    return np.concatenate([np.zeros(0, dtype=bool), *found])


@wrong("activation_pattern.values")
def off_for_on(weights, biases, x):
    return ~switches(weights, biases, x)


@wrong("activation_pattern.values")
def values_for_switches(weights, biases, x):
    return np.concatenate([relu(z) for z in hidden_values(weights, biases, x)[:-1]])


@wrong("activation_pattern.values")
def pre_activations_for_switches(weights, biases, x):
    return np.concatenate(hidden_values(weights, biases, x)[:-1])


@wrong("activation_pattern.values")
def biases_forgotten(weights, biases, x):
    return switches(weights, [0 * b for b in biases], x)


@wrong("activation_pattern.values")
def first_layer_only(weights, biases, x):
    return x @ weights[0] + biases[0] > 0


@wrong("activation_pattern.values")
def last_layer_first(weights, biases, x):
    return np.concatenate([z > 0 for z in hidden_values(weights, biases, x)[-2::-1]])


@wrong("activation_pattern.values")
def how_many(weights, biases, x):
    return switches(weights, biases, x).sum()


@wrong("activation_pattern.values")
def list_of_layers(weights, biases, x):
    return [z > 0 for z in hidden_values(weights, biases, x)[:-1]]


@wrong("activation_pattern.values")
def column_convention(weights, biases, x):
    found = []
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        z = weight @ x + bias
        found.append(z > 0)
        x = relu(z)
    return np.concatenate(found)


@wrong("activation_pattern.depth")
def a_hidden_layer_for_granted(weights, biases, x):
    return np.concatenate([z > 0 for z in hidden_values(weights, biases, x)[:-1]])


@wrong("activation_pattern.depth")
def three_layers_at_most(weights, biases, x):
    return switches(weights[:4], biases[:4], x)


@wrong("activation_pattern.edge")
def zero_counts_as_on(weights, biases, x):
    found = [z >= 0 for z in hidden_values(weights, biases, x)[:-1]]
    return np.concatenate([np.zeros(0, dtype=bool), *found])


@wrong("activation_pattern.edge")
def half_open_at_zero(weights, biases, x):
    found = [np.heaviside(z, 0.5) for z in hidden_values(weights, biases, x)[:-1]]
    return np.concatenate([np.zeros(0), *found])


@wrong("activation_pattern.untouched")
def gates_written_into_biases(weights, biases, x):
    for k, z in enumerate(hidden_values(weights, biases, x)[:-1]):
        biases[k] = (z > 0) * 1.0
    return np.concatenate([np.zeros(0), *biases[:-1]])


# --- activation_pattern, right -------------------------------------------------------------------


@right("activation_pattern")
def collected(weights, biases, x):
    return switches(weights, biases, x)


@right("activation_pattern")
def ones_and_zeros(weights, biases, x):
    found = []
    for k in range(len(weights) - 1):
        z = x @ weights[k] + biases[k]
        found.extend(1 if value > 0 else 0 for value in z)
        x = np.where(z > 0, z, 0)
    return np.array(found)


@right("activation_pattern")
def by_heaviside(weights, biases, x):
    found = np.array([])
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        z = np.dot(x, weight) + bias
        gate = np.heaviside(z, 0)
        found, x = np.append(found, gate), z * gate
    return found


@right("activation_pattern")
def unit_by_unit(weights, biases, x):
    found, hidden = [], list(x)
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        z = [
            sum(h * w for h, w in zip(hidden, column, strict=True)) + b
            for column, b in zip(weight.T, bias, strict=True)
        ]
        found += [value > 1e-12 for value in z]
        hidden = [max(value, 0.0) for value in z]
    return np.array(found, dtype=bool)


# --- effective_affine, wrong ---------------------------------------------------------------------


def affine(weights, biases, x):
    """Return the matrix and the offset, right."""
    matrix, offset = np.eye(len(x)), np.zeros(len(x))
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        matrix, offset = matrix @ weight, offset @ weight + bias
        gates = x @ matrix + offset > 0
        matrix, offset = matrix * gates, offset * gates
    return matrix @ weights[-1], offset @ weights[-1] + biases[-1]


@wrong("effective_affine.matrix")
def switches_left_out(weights, biases, x):
    matrix, offset = np.eye(len(x)), np.zeros(len(x))
    for weight, bias in zip(weights, biases, strict=True):
        matrix, offset = matrix @ weight, offset @ weight + bias
    return matrix, offset


@wrong("effective_affine.matrix")
def switches_on_rows(weights, biases, x):
    """The gates meet the inputs of the next layer on the wrong side."""
    zs = hidden_values(weights, biases, x)
    matrix = weights[0]
    for weight, z in zip(weights[1:], zs[:-1], strict=True):
        matrix = matrix @ (weight.T * (z <= 0)).T
    return matrix, affine(weights, biases, x)[1]


@wrong("effective_affine.matrix")
def transposed_matrix(weights, biases, x):
    matrix, offset = affine(weights, biases, x)
    return matrix.T, offset


@wrong("effective_affine.matrix")
def offset_first(weights, biases, x):
    return affine(weights, biases, x)[::-1]


@wrong("effective_affine.matrix")
def matrix_only(weights, biases, x):
    return affine(weights, biases, x)[0]


@wrong("effective_affine.matrix")
def values_for_gates(weights, biases, x):
    matrix = np.eye(len(x))
    for weight, z in zip(weights[:-1], hidden_values(weights, biases, x)[:-1], strict=True):
        matrix = matrix @ weight * relu(z)
    return matrix @ weights[-1], affine(weights, biases, x)[1]


@wrong("effective_affine.matrix")
def rectified_matrices(weights, biases, x):
    """The rectifier is applied to the matrix instead of to the values."""
    matrix, offset = np.eye(len(x)), np.zeros(len(x))
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        matrix, offset = relu(matrix @ weight), relu(offset @ weight + bias)
    return matrix @ weights[-1], offset @ weights[-1] + biases[-1]


@wrong("effective_affine.matrix")
def first_switches_for_all(weights, biases, x):
    """Pre-activations without the switches before them."""
    matrix, offset, plain = np.eye(len(x)), np.zeros(len(x)), x
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        plain = plain @ weight + bias
        gates = plain < 0
        matrix, offset = matrix @ weight * gates, (offset @ weight + bias) * gates
    return matrix @ weights[-1], offset @ weights[-1] + biases[-1]


@wrong("effective_affine.matrix")
def last_layer_gated(weights, biases, x):
    matrix, offset = affine(weights, biases, x)
    return matrix * 0, offset


@wrong("effective_affine.offset")
def offset_of_zero(weights, biases, x):
    matrix, offset = affine(weights, biases, x)
    return matrix, np.zeros_like(offset)


@wrong("effective_affine.offset")
def last_bias_only(weights, biases, x):
    return affine(weights, biases, x)[0], biases[-1]


@wrong("effective_affine.offset")
def output_for_offset(weights, biases, x):
    return affine(weights, biases, x)[0], hidden_values(weights, biases, x)[-1]


@wrong("effective_affine.offset")
def value_at_zero(weights, biases, x):
    """The network at 0: its map there is another one."""
    found = hidden_values(weights, biases, np.zeros_like(x))[-1]
    return affine(weights, biases, x)[0], found


@wrong("effective_affine.offset")
def offset_not_gated(weights, biases, x):
    matrix, offset = np.eye(len(x)), np.zeros(len(x))
    for weight, bias, z in zip(
        weights[:-1], biases[:-1], hidden_values(weights, biases, x)[:-1], strict=True
    ):
        matrix, offset = matrix @ weight * (z > 0), offset @ weight + bias
    return matrix @ weights[-1], offset @ weights[-1] + biases[-1]


@wrong("effective_affine.offset")
def last_bias_forgotten(weights, biases, x):
    matrix, offset = affine(weights, biases, x)
    return matrix, offset - biases[-1]


@wrong("effective_affine.depth")
def hidden_layer_for_granted(weights, biases, x):
    gates = x @ weights[0] + biases[0] > 0
    matrix, offset = weights[0] * gates, biases[0] * gates
    inner = np.where(gates, x @ weights[0] + biases[0], 0)
    further, rest = affine(weights[1:], biases[1:], inner)
    return matrix @ further, offset @ further + rest


@wrong("effective_affine.depth")
def four_layers_at_most(weights, biases, x):
    return affine(weights[:4], biases[:4], x)


@wrong("effective_affine.untouched")
def weights_gated_in_place(weights, biases, x):
    zs = hidden_values(weights, biases, x)
    for k, z in enumerate(zs[:-1]):
        weights[k] *= z > 0
        biases[k] *= z > 0
    return switches_left_out(weights, biases, x)


# --- effective_affine, right ---------------------------------------------------------------------


@right("effective_affine")
def layer_by_layer(weights, biases, x):
    return affine(weights, biases, x)


@right("effective_affine")
def with_diagonal_matrices(weights, biases, x):
    hidden, matrix = x, weights[0]
    for k in range(len(weights) - 1):
        z = hidden @ weights[k] + biases[k]
        gate = np.diag(np.where(z > 0, 1.0, 0.0))
        hidden = z @ gate
        matrix = matrix @ gate @ weights[k + 1]
    value = hidden @ weights[-1] + biases[-1]
    return matrix, value - x @ matrix


@right("effective_affine")
def from_the_output_back(weights, biases, x):
    zs = hidden_values(weights, biases, x)
    matrix, offset = weights[-1], biases[-1]
    for k in range(len(weights) - 2, -1, -1):
        open_only = matrix * (zs[k] > 0)[:, None]
        matrix, offset = weights[k] @ open_only, biases[k] @ open_only + offset
    return matrix, offset


@right("effective_affine")
def unit_vectors_through_the_gates(weights, biases, x):
    gates = [z > 0 for z in hidden_values(weights, biases, x)[:-1]]

    def through(rows):
        for weight, bias, gate in zip(weights[:-1], biases[:-1], gates, strict=True):
            rows = (rows @ weight + bias) * gate
        return rows @ weights[-1] + biases[-1]

    offset = through(np.zeros((1, len(x))))
    return through(np.eye(len(x))) - offset, offset[0]


# --- count_pieces, wrong -------------------------------------------------------------------------


def flips(weights, biases, lo, hi):
    """Return where a hidden unit flips, right: layer after layer, by interpolation."""
    points = np.array([lo, hi], dtype=float)
    for layer in range(len(weights) - 1):
        z = hidden_values(weights, biases, points[:, None])[layer]
        left, right_ = z[:-1], z[1:]
        segment, unit = np.nonzero(left * right_ < 0)
        share = left[segment, unit] / (left[segment, unit] - right_[segment, unit])
        crossing = points[segment] + share * (points[segment + 1] - points[segment])
        points = np.unique(np.concatenate([points, crossing]))
    return points[1:-1]


@wrong("count_pieces.one_layer")
def flips_for_pieces(weights, biases, lo, hi):
    return len(flips(weights, biases, lo, hi))


@wrong("count_pieces.one_layer")
def ends_counted(weights, biases, lo, hi):
    return len(flips(weights, biases, lo, hi)) + 2


@wrong("count_pieces.one_layer")
def the_whole_line(weights, biases, lo, hi):
    return len(flips(weights, biases, -1e6, 1e6)) + 1


@wrong("count_pieces.one_layer")
def units_plus_one(weights, biases, lo, hi):
    return sum(len(b) for b in biases[:-1]) + 1


@wrong("count_pieces.one_layer")
def all_settings(weights, biases, lo, hi):
    return 2 ** sum(len(b) for b in biases[:-1])


@wrong("count_pieces.one_layer")
def output_counted_too(weights, biases, lo, hi):
    return sum(len(b) for b in biases) + 1


@wrong("count_pieces.one_layer")
def hinges_with_the_wrong_sign(weights, biases, lo, hi):
    hinges = biases[0] / weights[0][0]
    return int(np.sum((hinges > lo) & (hinges < hi))) + 1


@wrong("count_pieces.one_layer")
def hinges_upside_down(weights, biases, lo, hi):
    hinges = -weights[0][0] / biases[0]
    return int(np.sum((hinges > lo) & (hinges < hi))) + 1


@wrong("count_pieces.one_layer")
def settings_at_the_ends(weights, biases, lo, hi):
    first, last = (switches(weights, biases, np.array([t])) for t in (lo, hi))
    return 1 + int(np.any(first != last))


@wrong("count_pieces.one_layer")
def places_for_number(weights, biases, lo, hi):
    return flips(weights, biases, lo, hi)


@wrong("count_pieces.one_layer")
def five_points(weights, biases, lo, hi):
    """A grid that is far too coarse."""
    found = [switches(weights, biases, np.array([t])) for t in np.linspace(lo, hi, 5)]
    return 1 + sum(bool(np.any(a != b)) for a, b in pairwise(found))


@wrong("count_pieces.deep")
def first_layer_alone(weights, biases, lo, hi):
    hinges = -biases[0] / weights[0][0]
    return int(np.sum((hinges > lo) & (hinges < hi))) + 1


@wrong("count_pieces.deep")
def product_over_layers(weights, biases, lo, hi):
    """As if each layer multiplied the pieces."""
    count = 1
    for layer in range(1, len(weights)):
        count *= len(flips(weights[:layer], biases[:layer], lo, hi)) + 1
    return count * (len(flips(weights[:2], biases[:2], lo, hi)) + 1)


@wrong("count_pieces.deep")
def every_unit_flips_once(weights, biases, lo, hi):
    first = len(flips(weights[:2], biases[:2], lo, hi)) + 1
    return first + sum(len(b) for b in biases[1:-1])


@wrong("count_pieces.deep")
def only_flips_between_the_ends(weights, biases, lo, hi):
    """Units whose setting differs at both ends: those that flip back are missed."""
    first, last = (switches(weights, biases, np.array([t])) for t in (lo, hi))
    if len(weights) == 2:
        return 1 + int(np.sum(first != last))
    return int(np.sum(first != last)) // 2 + 1


@wrong("count_pieces.none")
def a_flip_for_granted(weights, biases, lo, hi):
    return max(2, len(flips(weights, biases, lo, hi)) + 1)


@wrong("count_pieces.none")
def hidden_units_for_granted(weights, biases, lo, hi):
    biases[-2].any()
    return len(flips(weights, biases, lo, hi)) + 1


@wrong("count_pieces.untouched")
def biases_moved(weights, biases, lo, hi):
    """The interval is moved to begin at 0, in the network that was given."""
    biases[0] += lo * weights[0][0]
    return len(flips(weights, biases, 0.0, hi - lo)) + 1


# --- count_pieces, right -------------------------------------------------------------------------


@right("count_pieces")
def crossings(weights, biases, lo, hi):
    return len(flips(weights, biases, lo, hi)) + 1


@right("count_pieces")
def fine_grid(weights, biases, lo, hi):
    """Enough points for flips that lie apart."""
    t = np.linspace(lo, hi, 20_001)[:, None]
    settings = [z > 0 for z in hidden_values(weights, biases, t)[:-1]]
    settings = np.concatenate([np.zeros((t.size, 0), dtype=bool), *settings], axis=1)
    return 1 + int(np.count_nonzero(np.any(settings[1:] != settings[:-1], axis=1)))


@right("count_pieces")
def halving(weights, biases, lo, hi):
    """Where the settings at both ends differ, or may, look at the halves."""

    def setting(t):
        return switches(weights, biases, np.array([t])).tobytes()

    t = np.linspace(lo, hi, 4001)
    count, before = 1.0, setting(t[0])
    for value in t[1:]:
        now = setting(value)
        count, before = count + (now != before), now
    return count


@right("count_pieces")
def walking_along(weights, biases, lo, hi):
    """From flip to flip: the next zero of the units' own lines."""
    count, t = 1, lo + 1e-9
    while True:
        slope, value, nearest = np.ones(1), np.array([t]), hi
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            slope, value = slope @ weight, value @ weight + bias
            for s, v in zip(slope, value, strict=True):
                if s * v < 0 and t - v / s < nearest:
                    nearest = t - v / s
            slope, value = slope * (value > 0), relu(value)
        if nearest >= hi:
            return count
        count, t = count + 1, nearest + 1e-6


# --- rescale_unit, wrong -------------------------------------------------------------------------


def positive(factor):
    if not factor > 0:
        raise ValueError("factor must be positive")


@wrong("rescale_unit.values")
def bias_left_alone(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b, w_out / factor


@wrong("rescale_unit.values")
def only_inwards(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b * factor, w_out


@wrong("rescale_unit.values")
def all_multiplied(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b * factor, w_out * factor


@wrong("rescale_unit.values")
def the_other_way_round(w_in, b, w_out, factor):
    positive(factor)
    return w_in / factor, b / factor, w_out * factor


@wrong("rescale_unit.values")
def bias_divided(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b / factor, w_out / factor


@wrong("rescale_unit.values")
def factor_squared(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b * factor, w_out / factor**2


@wrong("rescale_unit.values")
def root_of_the_factor(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b * factor, w_out / np.sqrt(factor)


@wrong("rescale_unit.values")
def subtracted(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b * factor, w_out - factor


@wrong("rescale_unit.values")
def results_reversed(w_in, b, w_out, factor):
    positive(factor)
    return w_out / factor, b * factor, w_in * factor


@wrong("rescale_unit.values")
def bias_missing(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, w_out / factor


@wrong("rescale_unit.values")
def one_long_array(w_in, b, w_out, factor):
    positive(factor)
    return np.concatenate([w_in * factor, [b * factor], w_out / factor])


@wrong("rescale_unit.values")
def normalized(w_in, b, w_out, factor):
    """Brought to length 1, whatever the factor."""
    positive(factor)
    size = np.linalg.norm(w_in)
    return w_in / size, b / size, w_out * size


@wrong("rescale_unit.values")
def prints_only(w_in, b, w_out, factor):
    positive(factor)


@wrong("rescale_unit.refuses")
def takes_any_factor(w_in, b, w_out, factor):
    with np.errstate(all="ignore"):
        return w_in * factor, b * factor, w_out / np.float64(factor)


@wrong("rescale_unit.refuses")
def zero_refused_alone(w_in, b, w_out, factor):
    if factor == 0:
        raise ValueError("no zero")
    return w_in * factor, b * factor, w_out / factor


@wrong("rescale_unit.refuses")
def size_of_the_factor(w_in, b, w_out, factor):
    factor = abs(factor)
    positive(factor)
    return w_in * factor, b * factor, w_out / factor


@wrong("rescale_unit.refuses")
def none_for_an_exception(w_in, b, w_out, factor):
    if factor <= 0:
        return None
    return w_in * factor, b * factor, w_out / factor


@wrong("rescale_unit.refuses")
def another_exception(w_in, b, w_out, factor):
    if factor <= 0:
        raise ZeroDivisionError("factor must be positive")
    return w_in * factor, b * factor, w_out / factor


@wrong("rescale_unit.untouched")
def scaled_in_place(w_in, b, w_out, factor):
    positive(factor)
    w_in *= factor
    w_out /= factor
    return w_in, b * factor, w_out


# --- rescale_unit, right -------------------------------------------------------------------------


@right("rescale_unit")
def multiplied_and_divided(w_in, b, w_out, factor):
    positive(factor)
    return w_in * factor, b * factor, w_out / factor


@right("rescale_unit")
def with_the_reciprocal(w_in, b, w_out, factor):
    if factor <= 0:
        raise ValueError(f"factor must be positive, not {factor}")
    return factor * w_in, factor * b, (1 / factor) * w_out


@right("rescale_unit")
def by_loops(w_in, b, w_out, factor):
    positive(factor)
    incoming, outgoing = np.zeros(len(w_in)), np.zeros(len(w_out))
    for i in range(len(w_in)):
        incoming[i] = w_in[i] * factor
    for i in range(len(w_out)):
        outgoing[i] = w_out[i] / factor
    return incoming, float(b * factor), outgoing


@right("rescale_unit")
def as_one_array(w_in, b, w_out, factor):
    positive(factor)
    enters = np.append(w_in, b) * factor
    return enters[:-1], enters[-1], np.divide(w_out, factor)
