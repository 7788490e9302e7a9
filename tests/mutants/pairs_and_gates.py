"""Versions of squares, pairs, groups and gates, and of their way back, as students write them.

Wrong ones stand for an idea, not for a typing error. Most are short, so they stand in tables: the
check that must catch each (or None if it is right), its name, and what is written. See
tools/mutants.py.
"""

import numpy as np
from scipy.special import expit

from tools.mutants import right, wrong


def floats(x):
    """Do what the notebook's as_floats does."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def enter(asked, table):
    """Register the versions of a function that stand in a table."""
    for check, name, function in table:
        function.__name__ = name
        (wrong(f"{asked}.{check}") if check else right(asked))(function)


def r(x):
    return np.maximum(x, 0)


# --- squared_relu --------------------------------------------------------------------------------


def square_in_place(x):
    x = floats(x)
    np.maximum(x, 0, out=x)
    return x * x


def square_by_loop(x):
    x = floats(x)
    y = np.empty_like(x)
    for place in np.ndindex(x.shape):
        y[place] = x[place] * x[place] if not x[place] <= 0 else 0
    return y


def square_by_mask(x):
    x = floats(x)
    y = np.zeros_like(x)
    kept = ~(x <= 0)
    y[kept] = x[kept] ** 2
    return y


enter(
    "squared_relu",
    [
        ("values", "square_forgotten", lambda x: r(floats(x))),
        ("values", "rectifier_forgotten", lambda x: floats(x) ** 2),
        ("values", "squared_first", lambda x: r(floats(x) ** 2)),
        ("values", "sign_kept", lambda x: floats(x) * np.abs(floats(x))),
        ("values", "doubled", lambda x: 2 * r(floats(x))),
        ("values", "halved", lambda x: r(floats(x)) ** 2 / 2),
        ("values", "cubed", lambda x: r(floats(x)) ** 3),
        ("values", "other_side", lambda x: r(-floats(x)) ** 2),
        ("values", "truth_of_array", lambda x: x**2 if x > 0 else 0),
        ("shapes", "flattened", lambda x: r(floats(x)).ravel() ** 2),
        ("shapes", "at_least_one_axis", lambda x: np.atleast_1d(r(floats(x))) ** 2),
        ("dtype", "always_double", lambda x: r(np.asarray(x, dtype=float)) ** 2),
        ("lists", "arrays_only", lambda x: r(x * 1.0) ** 2),
        ("lists", "integers_stay", lambda x: r(np.asarray(x)) ** 2),
        ("untouched", "square_in_place", square_in_place),
        ("nan", "nan_lost", lambda x: np.fmax(floats(x), 0) ** 2),
        ("nan", "where_loses_nan", lambda x: np.where(floats(x) > 0, floats(x), 0) ** 2),
        ("ends", "mask_times_square", lambda x: floats(x) * floats(x) * (floats(x) > 0)),
        (None, "maximum_squared", lambda x: r(floats(x)) ** 2),
        (None, "maximum_times_itself", lambda x: r(floats(x)) * r(floats(x))),
        (None, "maximum_times_x", lambda x: np.clip(floats(x), 0, None) ** 2),
        (None, "square_by_loop", square_by_loop),
        (None, "square_by_mask", square_by_mask),
    ],
)

# --- squared_relu_grad ---------------------------------------------------------------------------


def slope_in_place(x):
    x = floats(x)
    np.maximum(x, 0, out=x)
    x *= 2
    return x


def slope_by_mask(x):
    x = floats(x)
    y = 2 * x
    y[x < 0] = 0
    return y


enter(
    "squared_relu_grad",
    [
        ("values", "mask_of_relu", lambda x: np.sign(r(floats(x)))),
        ("values", "factor_forgotten", lambda x: r(floats(x))),
        ("values", "the_function", lambda x: r(floats(x)) ** 2),
        ("values", "rectifier_forgotten", lambda x: 2 * floats(x)),
        ("values", "of_absolute_value", lambda x: 2 * np.abs(floats(x))),
        ("values", "constant", lambda x: 2 * np.sign(r(floats(x)))),
        ("values", "of_the_cube", lambda x: 3 * r(floats(x)) ** 2),
        ("values", "sign_turned", lambda x: -2 * r(floats(x))),
        ("values", "output_expected", lambda x: 2 * np.sqrt(r(floats(x)))),
        ("shapes", "flattened", lambda x: 2 * r(floats(x)).ravel()),
        ("dtype", "always_double", lambda x: 2 * r(np.asarray(x, dtype=float))),
        ("dtype", "double_constant", lambda x: np.float64(2) * r(np.asarray(x, dtype=float))),
        ("lists", "arrays_only", lambda x: 2 * r(x * 1.0)),
        ("lists", "integers_stay", lambda x: 2 * r(np.asarray(x))),
        ("untouched", "slope_in_place", slope_in_place),
        ("nan", "nan_lost", lambda x: 2 * np.fmax(floats(x), 0)),
        ("ends", "mask_times_slope", lambda x: 2 * floats(x) * (floats(x) > 0)),
        (None, "twice_the_rectifier", lambda x: 2 * r(floats(x))),
        (None, "sum_with_size", lambda x: r(floats(x)) + r(floats(x))),
        (None, "clipped", lambda x: 2.0 * np.clip(floats(x), 0, None)),
        (
            None,
            "where",
            lambda x: np.where(floats(x) < 0, 0, 2 * floats(x)).astype(floats(x).dtype),
        ),
    ],
)

# --- crelu ---------------------------------------------------------------------------------------


def pair(first, second):
    return lambda x, axis=-1: np.concatenate([first(floats(x)), second(floats(x))], axis=axis)


def pair_in_place(x, axis=-1):
    x = floats(x)
    plus = r(x)
    np.minimum(x, 0, out=x)
    return np.concatenate([plus, -x], axis=axis)


def pair_filled(x, axis=-1):
    x = np.moveaxis(floats(x), axis, 0)
    y = np.zeros((2 * len(x), *x.shape[1:]), x.dtype)
    y[: len(x)] = r(x)
    y[len(x) :] = r(-x)
    return np.moveaxis(y, 0, axis)


enter(
    "crelu",
    [
        ("values", "halves_swapped", pair(lambda x: r(-x), r)),
        ("values", "minus_outside", pair(r, lambda x: -r(x))),
        ("values", "minimum_kept", pair(r, lambda x: np.minimum(x, 0))),
        ("values", "same_twice", pair(r, r)),
        ("values", "not_rectified", pair(lambda x: x, lambda x: -x)),
        ("values", "with_size", pair(r, np.abs)),
        ("values", "one_half", lambda x, axis=-1: r(floats(x))),
        ("values", "added_up", lambda x, axis=-1: r(floats(x)) + r(-floats(x))),
        ("values", "stacked", lambda x, axis=-1: np.stack([r(x), r(-x)], axis=axis)),
        (
            "values",
            "interleaved",
            lambda x, axis=-1: np.stack([r(x), r(-x)], -1).reshape(*np.shape(x)[:-1], -1),
        ),
        ("values", "first_axis", lambda x, axis=-1: np.concatenate([r(x), r(-x)], axis=0)),
        ("values", "a_pair", lambda x, axis=-1: (r(floats(x)), r(-floats(x)))),
        ("axis", "last_axis_always", lambda x, axis=-1: np.concatenate([r(x), r(-x)], axis=-1)),
        ("axis", "hstacked", lambda x, axis=-1: np.hstack([r(floats(x)), r(-floats(x))])),
        (
            "dtype",
            "always_double",
            lambda x, axis=-1: pair(r, lambda x: r(-x))(np.asarray(x, float), axis),
        ),
        ("untouched", "pair_in_place", pair_in_place),
        (None, "joined", pair(r, lambda x: r(-x))),
        (None, "by_minimum", pair(r, lambda x: -np.minimum(x, 0))),
        (None, "rectified_last", lambda x, axis=-1: r(np.concatenate([x, -floats(x)], axis=axis))),
        (None, "pair_filled", pair_filled),
    ],
)

# --- crelu_vjp -----------------------------------------------------------------------------------


def halves(combine):
    def returned(x, grad_output, axis=-1):
        x, g = floats(x), floats(grad_output)
        plus, minus = np.split(g, 2, axis=axis)
        return combine(x, plus, minus)

    return returned


def back_in_place(x, grad_output, axis=-1):
    x, g = floats(x), floats(grad_output)
    g *= np.concatenate([x > 0, x < 0], axis=axis)
    plus, minus = np.split(g, 2, axis=axis)
    return plus - minus


def back_by_rolling(x, grad_output, axis=-1):
    x, g = floats(x), floats(grad_output)
    n = x.shape[axis]
    plus = np.take(g, range(n), axis=axis)
    minus = np.take(g, range(n, 2 * n), axis=axis)
    return np.where(x > 0, plus, -minus)


enter(
    "crelu_vjp",
    [
        ("values", "minus_forgotten", halves(lambda x, p, m: p * (x > 0) + m * (x < 0))),
        ("values", "first_half_only", halves(lambda x, p, m: p * (x > 0))),
        ("values", "second_half_only", halves(lambda x, p, m: -m * (x < 0))),
        ("values", "masks_swapped", halves(lambda x, p, m: p * (x < 0) - m * (x > 0))),
        ("values", "halves_swapped", halves(lambda x, p, m: m * (x > 0) - p * (x < 0))),
        ("values", "no_mask", halves(lambda x, p, m: p - m)),
        ("values", "sum_of_halves", halves(lambda x, p, m: p + m)),
        ("values", "upstream_forgotten", lambda x, grad_output, axis=-1: np.sign(floats(x))),
        ("values", "sign_turned", halves(lambda x, p, m: m * (x < 0) - p * (x > 0))),
        ("values", "times_values", halves(lambda x, p, m: p * r(x) - m * r(-x))),
        (
            "values",
            "not_folded",
            lambda x, grad_output, axis=-1: grad_output * np.concatenate([x > 0, x < 0], axis=axis),
        ),
        (
            "values",
            "every_second",
            lambda x, grad_output, axis=-1: (
                grad_output[..., ::2] * (x > 0) - grad_output[..., 1::2] * (x < 0)
            ),
        ),
        ("values", "sign_of_gradient", halves(lambda x, p, m: p * (p > 0) - m * (m > 0))),
        (
            "axis",
            "last_axis_always",
            lambda x, grad_output, axis=-1: halves(lambda x, p, m: np.where(x > 0, p, -m))(
                x, grad_output
            ),
        ),
        ("dtype", "always_double", halves(lambda x, p, m: np.where(x > 0, p, -m).astype(float))),
        ("untouched", "back_in_place", back_in_place),
        (None, "masked", halves(lambda x, p, m: p * (x > 0) - m * (x < 0))),
        (None, "chosen", halves(lambda x, p, m: np.where(x > 0, p, -m))),
        (
            None,
            "selected",
            halves(lambda x, p, m: np.select([x > 0, x < 0], [p, -m]).astype(x.dtype)),
        ),
        (None, "back_by_rolling", back_by_rolling),
    ],
)

# --- maxout --------------------------------------------------------------------------------------


def rows_of(x, pieces, axis):
    last = np.moveaxis(floats(x), axis, -1)
    return last.reshape(*last.shape[:-1], -1, pieces)


def reduced(function):
    return lambda x, pieces, axis=-1: np.moveaxis(function(rows_of(x, pieces, axis)), -1, axis)


def strided(x, pieces, axis=-1):
    last = np.moveaxis(floats(x), axis, -1)
    rows = last.reshape(*last.shape[:-1], pieces, -1)
    return np.moveaxis(rows.max(axis=-2), -1, axis)


def sorted_in_place(x, pieces, axis=-1):
    x = floats(x)
    rows = np.moveaxis(x, axis, -1)
    for k in range(0, rows.shape[-1], pieces):
        rows[..., k : k + pieces].sort(axis=-1)
    return np.moveaxis(rows[..., pieces - 1 :: pieces], -1, axis)


def slices_compared(x, pieces, axis=-1):
    x = np.moveaxis(floats(x), axis, -1)
    best = x[..., ::pieces]
    for k in range(1, pieces):
        best = np.maximum(best, x[..., k::pieces])
    return np.moveaxis(best, -1, axis)


def listed(x, pieces, axis=-1):
    x = np.moveaxis(floats(x), axis, 0)
    found = [x[k : k + pieces].max(axis=0) for k in range(0, len(x), pieces)]
    return np.moveaxis(np.stack(found), 0, axis)


def two_at_a_time(x, pieces, axis=-1):
    return reduced(lambda rows: np.maximum(rows[..., 0], rows[..., -1]))(x, pieces, axis)


enter(
    "maxout",
    [
        ("values", "strided", strided),
        ("values", "smallest", reduced(lambda rows: rows.min(axis=-1))),
        ("values", "averaged", reduced(lambda rows: rows.mean(axis=-1))),
        ("values", "added_up", reduced(lambda rows: rows.sum(axis=-1))),
        ("values", "positions", reduced(lambda rows: rows.argmax(axis=-1))),
        ("values", "largest_in_size", reduced(lambda rows: np.abs(rows).max(axis=-1))),
        ("values", "zero_competes", reduced(lambda rows: r(rows.max(axis=-1)))),
        ("values", "first_of_each", reduced(lambda rows: rows[..., 0])),
        ("values", "last_of_each", reduced(lambda rows: rows[..., -1])),
        ("values", "one_group", lambda x, pieces, axis=-1: floats(x).max(axis=axis)),
        ("values", "kept_axis", lambda x, pieces, axis=-1: floats(x).max(axis=axis, keepdims=True)),
        ("values", "overlapping", lambda x, pieces, axis=-1: np.maximum(x[..., 1:], x[..., :-1])),
        ("values", "not_reduced", reduced(lambda rows: rows.reshape(*rows.shape[:-2], -1))),
        (
            "pieces",
            "always_pairs",
            lambda x, pieces, axis=-1: reduced(lambda q: q.max(-1))(x, 2, axis),
        ),
        ("pieces", "two_at_a_time", two_at_a_time),
        ("axis", "last_axis_always", lambda x, pieces, axis=-1: rows_of(x, pieces, -1).max(-1)),
        (
            "axis",
            "two_axes_only",
            lambda x, pieces, axis=-1: floats(x).reshape(len(x), -1, pieces).max(-1),
        ),
        ("dtype", "always_double", reduced(lambda rows: rows.max(axis=-1).astype(float))),
        ("untouched", "sorted_in_place", sorted_in_place),
        (None, "largest", reduced(lambda rows: rows.max(axis=-1))),
        (None, "sorted_copy", reduced(lambda rows: np.sort(rows, axis=-1)[..., -1])),
        (None, "slices_compared", slices_compared),
        (None, "listed", listed),
    ],
)

# --- maxout_vjp ----------------------------------------------------------------------------------


def routed(weigh):
    def returned(x, pieces, grad_output, axis=-1):
        rows = rows_of(x, pieces, axis)
        g = np.moveaxis(floats(grad_output), axis, -1)[..., np.newaxis]
        shape = np.moveaxis(floats(x), axis, -1).shape
        return np.moveaxis(weigh(rows, g).reshape(shape), -1, axis)

    return returned


def won(rows):
    return rows == rows.max(axis=-1, keepdims=True)


def put_along(rows, g):
    y = np.zeros_like(rows)
    np.put_along_axis(y, rows.argmax(axis=-1)[..., None], g.astype(rows.dtype), axis=-1)
    return y


def counted(rows, g):
    return np.where(np.arange(rows.shape[-1]) == rows.argmax(axis=-1)[..., None], g, 0).astype(
        rows.dtype
    )


def repeated(x, pieces, grad_output, axis=-1):
    x, g = floats(x), floats(grad_output)
    best = np.repeat(listed(x, pieces, axis), pieces, axis=axis)
    return np.where(x == best, np.repeat(g, pieces, axis=axis), 0).astype(x.dtype)


def written_into_x(x, pieces, grad_output, axis=-1):
    x = floats(x)
    x[...] = repeated(x, pieces, grad_output, axis)
    return x


enter(
    "maxout_vjp",
    [
        ("values", "to_all", routed(lambda rows, g: g + 0 * rows)),
        ("values", "shared_out", routed(lambda rows, g: g / rows.shape[-1] + 0 * rows)),
        ("values", "upstream_forgotten", routed(lambda rows, g: won(rows) * 1.0)),
        (
            "values",
            "to_the_smallest",
            routed(lambda rows, g: g * (rows == rows.min(-1)[..., None])),
        ),
        ("values", "times_value", routed(lambda rows, g: g * won(rows) * rows)),
        ("values", "to_the_first", routed(lambda rows, g: g * (np.arange(rows.shape[-1]) == 0))),
        ("values", "rectified_too", routed(lambda rows, g: g * won(rows) * (rows > 0))),
        ("values", "sign_turned", routed(lambda rows, g: -g * won(rows))),
        ("values", "as_it_came", lambda x, pieces, grad_output, axis=-1: floats(grad_output)),
        ("values", "to_the_losers", routed(lambda rows, g: g * ~won(rows))),
        ("values", "best_of_all", routed(lambda rows, g: g * (rows == rows.max()))),
        ("values", "size_decides", routed(lambda rows, g: g * won(np.abs(rows)))),
        (
            "pieces",
            "always_pairs",
            lambda x, pieces, grad_output, axis=-1: repeated(x, 2, grad_output, axis),
        ),
        (
            "axis",
            "last_axis_always",
            lambda x, pieces, grad_output, axis=-1: repeated(x, pieces, grad_output),
        ),
        ("dtype", "always_double", routed(lambda rows, g: (g * won(rows)).astype(float))),
        ("untouched", "written_into_x", written_into_x),
        (None, "masked", routed(lambda rows, g: g * won(rows))),
        (None, "put_along", routed(put_along)),
        (None, "counted", routed(counted)),
        (None, "repeated", repeated),
    ],
)

# --- swiglu --------------------------------------------------------------------------------------


def gate(b):
    """Return the sigmoid, right."""
    decay = np.exp(-np.abs(b))
    return np.where(b < 0, decay, 1).astype(b.dtype) / (1 + decay)


def both(function):
    return lambda a, b: function(floats(a), floats(b))


def gated_in_place(a, b):
    a, b = floats(a), floats(b)
    a *= b
    return a * gate(b)


enter(
    "swiglu",
    [
        ("values", "sigmoid_gate", both(lambda a, b: a * gate(b))),
        ("values", "swapped", both(lambda a, b: b * a * gate(a))),
        ("values", "relu_gate", both(lambda a, b: a * r(b))),
        ("values", "plain_product", both(lambda a, b: a * b)),
        ("values", "both_gated", both(lambda a, b: a * gate(a) * b * gate(b))),
        ("values", "added", both(lambda a, b: a + b * gate(b))),
        ("values", "gate_only", both(lambda a, b: b * gate(b))),
        ("values", "of_the_product", both(lambda a, b: a * b * gate(a * b))),
        ("values", "opens_the_wrong_way", both(lambda a, b: a * b * gate(-b))),
        ("values", "tanh_gate", both(lambda a, b: a * b * np.tanh(b))),
        ("values", "gelu_gate", both(lambda a, b: a * b * gate(1.702 * b))),
        ("values", "matrix_product", both(lambda a, b: a @ (b * gate(b)))),
        ("shapes", "flattened", both(lambda a, b: (a * b * gate(b)).ravel())),
        (
            "dtype",
            "always_double",
            lambda a, b: both(lambda a, b: a * b * gate(b))(
                np.asarray(a, float), np.asarray(b, float)
            ),
        ),
        ("lists", "arrays_only", lambda a, b: a * b / (1 + np.exp(-b))),
        ("untouched", "gated_in_place", gated_in_place),
        ("far", "textbook", both(lambda a, b: a * b / (1 + np.exp(-b)))),
        ("far", "through_tanh", both(lambda a, b: a * b * 0.5 * (1 + np.tanh(b / 2)))),
        ("far", "clipped", both(lambda a, b: a * b * gate(np.clip(b, -30, 30)))),
        (None, "stable", both(lambda a, b: a * b * gate(b))),
        (None, "by_scipy", both(lambda a, b: a * (b * expit(b).astype(b.dtype)))),
        (None, "by_decay", both(lambda a, b: a * b * np.exp(-np.logaddexp(0, -b)).astype(b.dtype))),
        (
            None,
            "two_sides",
            both(
                lambda a, b: (
                    (a * b * np.where(b < 0, np.exp(-np.abs(b)), 1).astype(b.dtype))
                    / (1 + np.exp(-np.abs(b)))
                )
            ),
        ),
    ],
)

# --- swiglu_vjp ----------------------------------------------------------------------------------


def slope(b):
    """Return the slope of silu, right."""
    return gate(b) * (1 + b * gate(-b))


def three(function):
    return lambda a, b, grad_output: function(floats(a), floats(b), floats(grad_output))


def back_into_gradient(a, b, grad_output):
    a, b, g = floats(a), floats(b), floats(grad_output)
    first = g * b * gate(b)
    g *= a * slope(b)
    return first, g


enter(
    "swiglu_vjp",
    [
        ("values", "swapped", three(lambda a, b, g: (g * a * slope(b), g * b * gate(b)))),
        ("values", "upstream_forgotten", three(lambda a, b, g: (b * gate(b), a * slope(b)))),
        ("values", "factor_a_forgotten", three(lambda a, b, g: (g * b * gate(b), g * slope(b)))),
        ("values", "gate_for_slope", three(lambda a, b, g: (g * b * gate(b), g * a * b * gate(b)))),
        ("values", "sigmoid_for_slope", three(lambda a, b, g: (g * b * gate(b), g * a * gate(b)))),
        (
            "values",
            "slope_of_sigmoid",
            three(lambda a, b, g: (g * b * gate(b), g * a * gate(b) * gate(-b))),
        ),
        (
            "values",
            "second_term_only",
            three(lambda a, b, g: (g * b * gate(b), g * a * b * gate(b) * gate(-b))),
        ),
        ("values", "sigmoid_for_a", three(lambda a, b, g: (g * gate(b), g * a * slope(b)))),
        ("values", "a_kept", three(lambda a, b, g: (g * a * b * gate(b), g * a * slope(b)))),
        ("values", "sign_turned", three(lambda a, b, g: (-g * b * gate(b), -g * a * slope(b)))),
        ("values", "plain_product", three(lambda a, b, g: (g * b, g * a))),
        ("values", "of_reglu", three(lambda a, b, g: (g * r(b), g * a * (b > 0)))),
        ("values", "of_glu", three(lambda a, b, g: (g * gate(b), g * a * gate(b) * gate(-b)))),
        ("values", "one_array", three(lambda a, b, g: g * b * gate(b) + g * a * slope(b))),
        (
            "values",
            "sign_inside",
            three(lambda a, b, g: (g * b * gate(b), g * a * gate(b) * (1 - b * gate(-b)))),
        ),
        (
            "far",
            "textbook",
            three(
                lambda a, b, g: (
                    g * b / (1 + np.exp(-b)),
                    g * a * (1 + np.exp(-b) + b * np.exp(-b)) / (1 + np.exp(-b)) ** 2,
                )
            ),
        ),
        ("untouched", "back_into_gradient", back_into_gradient),
        (None, "product_rule", three(lambda a, b, g: (g * b * gate(b), g * a * slope(b)))),
        (
            None,
            "a_list",
            three(
                lambda a, b, g: (g * (b * expit(b)), g * a * expit(b) * (1 + b * (1 - expit(b))))
            ),
        ),
        (
            None,
            "two_terms",
            three(
                lambda a, b, g: (g * b * gate(b), g * a * (gate(b) + b * gate(b) * (1 - gate(b))))
            ),
        ),
        (
            None,
            "through_silu",
            three(
                lambda a, b, g: (
                    g * (b * gate(b)),
                    g * (a * (b * gate(b) + gate(b) * (1 - b * gate(b)))),
                )
            ),
        ),
    ],
)
