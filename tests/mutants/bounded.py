"""Versions of units with a ceiling, of their slopes, and of a grid, as students write them.

Wrong ones stand for an idea, not for a typing error. What goes wrong with every function over
arrays, whatever it computes, is in tools/manners.py. See tools/mutants.py for the decorators.
"""

import math

import numpy as np

from tools.manners import floats, right_ideas, with_bad_manners, wrong_ideas
from tools.mutants import right, wrong


def keep_nan(x, y):
    """Return y in the dtype of x, and NaN where x is NaN."""
    return np.where(np.isnan(x), x, y).astype(x.dtype)


def inside(x, low, high):
    return (x > low) & (x < high)


def ramp(x):
    return np.maximum(x, 0)


def logistic(x):
    return 1 / (1 + np.exp(-x))


# --- relu6 and hardtanh --------------------------------------------------------------------------


def cuts(asked, low, high, soft):
    """Register versions of x cut at ``low`` and ``high``."""

    def cut(x):
        return np.clip(x, low, high)

    with_bad_manners(asked, cut)
    wrong_ideas(
        asked,
        no_ceiling=lambda x: np.maximum(x, low),
        no_floor=lambda x: np.minimum(x, high),
        mixed_up=lambda x: np.maximum(np.minimum(x, low), high),
        zero_beyond=lambda x: keep_nan(x, np.where(inside(x, low, high), x, 0)),
        smooth_model=soft,
        plain_rectifier=ramp,
        wider_range=lambda x: np.clip(x, low - 1, high + 1),
        narrower_range=lambda x: np.clip(x, 0, 0.5 * high),
        other_floor=lambda x: np.clip(x, high, None),
        sign_turned=lambda x: -cut(x),
        side_turned=lambda x: cut(-x),
        squeezed=lambda x: cut(x) / high * 0.5,
        step=lambda x: np.where(x > low, high, low) + 0 * x,
    )
    wrong_ideas(
        asked,
        "extremes",
        two_ramps=lambda x: ramp(x - low) - ramp(x - high) + low,
        masks_multiplied=lambda x: x * inside(x, low, high) + high * (x >= high) + low * (x <= low),
    )
    wrong_ideas(
        asked,
        "nan",
        nan_to_the_floor=lambda x: np.fmax(np.fmin(x, high), low),
        nan_in_the_last_branch=lambda x: np.where(x < low, low, np.where(x < high, x, high)).astype(
            x.dtype
        ),
    )
    right_ideas(
        asked,
        clip=cut,
        maximum_minimum=lambda x: np.minimum(np.maximum(x, low), high),
        wheres=lambda x: np.where(x < low, low, np.where(x > high, high, x)).astype(x.dtype),
        piecewise=lambda x: np.piecewise(x, [x < low, x > high], [low, high, lambda v: v]),
        vectorized=lambda x: np.vectorize(
            lambda v: low if v < low else high if v > high else v, otypes=[x.dtype]
        )(x),
    )


cuts("relu6", 0.0, 6.0, lambda x: 6 * logistic(x - 3))
cuts("hardtanh", -1.0, 1.0, np.tanh)


@right("relu6")
def masked_copy(x):
    y = np.array(floats(x))
    y[y < 0] = 0
    y[y > 6] = 6
    return y


# --- the slopes of straight pieces ---------------------------------------------------------------


def slopes(asked, low, high, steep, f, soft):
    """Register versions of a slope that is ``steep`` between ``low`` and ``high``, and 0 beyond."""
    lists = asked != "hardtanh_grad"

    def slope(x):
        return keep_nan(x, np.where(inside(x, low, high), steep, 0))

    with_bad_manners(asked, slope, lists)
    wrong_ideas(
        asked,
        no_end=lambda x: keep_nan(x, np.where(x > low, steep, 0)),
        no_beginning=lambda x: keep_nan(x, np.where(x < high, steep, 0)),
        swapped=lambda x: keep_nan(x, np.where(inside(x, low, high), 0, steep)),
        everywhere=lambda x: np.full_like(x, steep),
        function_itself=f,
        height_on_the_steep_piece=lambda x: keep_nan(x, np.where(inside(x, low, high), x, 0)),
        slope_of_the_smooth_model=soft,
        sign_turned=lambda x: -slope(x),
        neighbours=lambda x: np.gradient(f(x)),
        difference_quotient=lambda x: (f(x + 1e-3) - f(x - 1e-3)) / 1.9e-3,
        twice_as_steep=lambda x: 2 * slope(x),
        edges_moved=lambda x: keep_nan(x, np.where(inside(x, low + 1, high + 1), steep, 0)),
        output_tested=lambda x: keep_nan(x, np.where(f(x) > 0, steep, 0)),
    )
    wrong_ideas(
        asked,
        "kinks",
        both_edges_inside=lambda x: keep_nan(x, np.where((x >= low) & (x <= high), steep, 0)),
        left_edge_inside=lambda x: keep_nan(x, np.where((x >= low) & (x < high), steep, 0)),
        right_edge_inside=lambda x: keep_nan(x, np.where((x > low) & (x <= high), steep, 0)),
        half_at_the_edges=lambda x: (
            steep * (np.heaviside(x - low, 0.5) - np.heaviside(x - high, 0.5))
        ),
    )
    wrong_ideas(
        asked,
        "extremes",
        nothing_times_infinity=lambda x: keep_nan(
            x, 0 * x + np.where(inside(x, low, high), steep, 0)
        ),
    )
    wrong_ideas(
        asked,
        "nan",
        comparison_of_nan=lambda x: np.where(inside(x, low, high), steep, 0).astype(x.dtype),
        nan_counts_as_steep=lambda x: np.where((x <= low) | (x >= high), 0, steep).astype(x.dtype),
    )
    right_ideas(
        asked,
        where=slope,
        two_steps=lambda x: steep * (np.heaviside(x - low, 0) * np.heaviside(high - x, 0)),
        select=lambda x: np.select(
            [np.isnan(x), inside(x, low, high)], [np.nan, steep], 0.0
        ).astype(x.dtype),
        piecewise=lambda x: np.piecewise(
            x, [inside(x, low, high), np.isnan(x)], [steep, lambda v: v, 0]
        ),
        vectorized=lambda x: np.vectorize(
            lambda v: v if v != v else steep if low < v < high else 0.0, otypes=[x.dtype]
        )(x),
    )


slopes("relu6_grad", 0.0, 6.0, 1.0, lambda x: np.clip(x, 0, 6), logistic)
slopes("hardtanh_grad", -1.0, 1.0, 1.0, lambda x: np.clip(x, -1, 1), lambda x: 1 - np.tanh(x) ** 2)
slopes(
    "hardsigmoid_grad",
    -3.0,
    3.0,
    1 / 6,
    lambda x: np.clip(x + 3, 0, 6) / 6,
    lambda x: logistic(x) * logistic(-x),
)
wrong_ideas(
    "hardsigmoid_grad",
    slope_one=lambda x: keep_nan(x, inside(x, -3, 3)),
    slope_of_another_hard_sigmoid=lambda x: keep_nan(x, 0.2 * inside(x, -2.5, 2.5)),
    product_rule_of_the_sigmoid=lambda x: (
        np.clip(x / 6 + 0.5, 0, 1) * (1 - np.clip(x / 6 + 0.5, 0, 1))
    ),
)

# --- hardsigmoid ---------------------------------------------------------------------------------


def hard_sigmoid(x):
    return np.clip(x + 3, 0, 6) / 6


with_bad_manners("hardsigmoid", hard_sigmoid)
wrong_ideas(
    "hardsigmoid",
    smooth_sigmoid=logistic,
    older_slope=lambda x: np.clip(0.2 * x + 0.5, 0, 1),
    tangent_at_zero=lambda x: np.clip(0.25 * x + 0.5, 0, 1),
    shift_forgotten=lambda x: np.clip(x, 0, 6) / 6,
    division_forgotten=lambda x: np.clip(x + 3, 0, 6),
    never_cut=lambda x: (x + 3) / 6,
    no_ceiling=lambda x: ramp(x + 3) / 6,
    cut_before_the_shift=lambda x: (np.clip(x, 0, 6) + 3) / 6,
    hard_tanh=lambda x: np.clip(x, -1, 1),
    from_minus_one=lambda x: np.clip(x / 3, -1, 1),
    falling=lambda x: np.clip(3 - x, 0, 6) / 6,
    shift_to_the_wrong_side=lambda x: np.clip(x - 3, 0, 6) / 6,
    bracket_forgotten=lambda x: np.clip(x + 3 / 6, 0, 1),
    single_precision_sixth=lambda x: np.clip(x + 3, 0, 6) * float(np.float32(1 / 6)),
)
wrong_ideas(
    "hardsigmoid",
    "extremes",
    two_ramps=lambda x: (ramp(x + 3) - ramp(x - 3)) / 6,
    masks_multiplied=lambda x: (x + 3) / 6 * inside(x, -3, 3) + (x >= 3),
)
wrong_ideas(
    "hardsigmoid",
    "nan",
    nan_ignored=lambda x: np.fmin(np.fmax(x + 3, 0), 6) / 6,
)
right_ideas(
    "hardsigmoid",
    clip=hard_sigmoid,
    clip_of_a_line=lambda x: np.clip(x / 6 + 0.5, 0, 1),
    maximum_minimum=lambda x: np.minimum(np.maximum(x + 3, 0), 6) * (1 / 6),
    wheres=lambda x: np.where(x < -3, 0, np.where(x > 3, 1, (x + 3) / 6)).astype(x.dtype),
    vectorized=lambda x: np.vectorize(
        lambda v: 0.0 if v < -3 else 1.0 if v > 3 else v / 6 + 0.5, otypes=[x.dtype]
    )(x),
)

# --- hardswish -----------------------------------------------------------------------------------


def hard_swish(x):
    return np.maximum(x, -3) * hard_sigmoid(x)


with_bad_manners("hardswish", hard_swish)
wrong_ideas(
    "hardswish",
    smooth_model=lambda x: x * logistic(x),
    gate_alone=hard_sigmoid,
    division_forgotten=lambda x: x * np.clip(x + 3, 0, 6),
    shift_forgotten=lambda x: x * np.clip(x, 0, 6) / 6,
    older_gate=lambda x: x * np.clip(0.2 * x + 0.5, 0, 1),
    product_cut=lambda x: np.clip(x * (x + 3) / 6, 0, 6),
    parabola_everywhere=lambda x: x * (x + 3) / 6,
    zero_beyond=lambda x: keep_nan(x, np.where(inside(x, -3, 3), x * (x + 3) / 6, 0)),
    shifted_twice=lambda x: (x + 3) * np.clip(x + 3, 0, 6) / 6,
    no_ceiling=lambda x: x * ramp(x + 3) / 6,
    plain_rectifier=ramp,
    capped_at_six=lambda x: np.minimum(x, 6) * hard_sigmoid(x),
    gate_added=lambda x: ramp(x) + hard_sigmoid(x),
    single_precision_sixth=lambda x: x * (np.clip(x + 3, 0, 6) * float(np.float32(1 / 6))),
)
wrong_ideas(
    "hardswish",
    "extremes",
    textbook=lambda x: x * np.clip(x + 3, 0, 6) / 6,
    gate_of_infinity=lambda x: x * hard_sigmoid(x),
)
wrong_ideas(
    "hardswish",
    "nan",
    nan_in_the_gate_only=lambda x: np.where(
        inside(x, -3, 3), x * (x + 3) / 6, np.where(x >= 3, x, 0)
    ).astype(x.dtype),
)


def middle(x, rule):
    """Return rule(x) between the kinks, 0 to the left and x to the right; x there is finite."""
    within = np.clip(x, -3, 3)
    return np.where(x <= -3, 0, np.where(x >= 3, x, rule(within))).astype(x.dtype)


right_ideas(
    "hardswish",
    no_infinity_times_zero=hard_swish,
    three_pieces=lambda x: middle(x, lambda v: v * (v + 3) / 6),
    with_a_line_for_the_gate=lambda x: middle(x, lambda v: v * (v / 6 + 0.5)),
    vectorized=lambda x: np.vectorize(
        lambda v: 0.0 if v <= -3 else v if v >= 3 else v * (v + 3) * (1 / 6), otypes=[x.dtype]
    )(x),
    piecewise=lambda x: np.piecewise(
        x, [x <= -3, x >= 3], [0, lambda v: v, lambda v: v**2 / 6 + v / 2]
    ),
)

# --- hardswish_grad ------------------------------------------------------------------------------


def swish_slope(x, rule=lambda v: (2 * v + 3) / 6, right_piece=1.0):
    """Return rule(x) between the kinks, 0 to the left and ``right_piece`` to the right."""
    within = np.clip(x, -3, 3)
    return keep_nan(x, np.where(x <= -3, 0, np.where(x >= 3, right_piece, rule(within))))


def one_swish_slope(v):
    return 0.0 if v <= -3 else 1.0 if v >= 3 else (2 * v + 3) / 6


with_bad_manners("hardswish_grad", swish_slope)
wrong_ideas(
    "hardswish_grad",
    slope_of_the_gate_forgotten=hard_sigmoid,
    gate_forgotten=lambda x: swish_slope(x, lambda v: v / 6),
    slope_of_the_gate_alone=lambda x: swish_slope(x, lambda v: np.full_like(v, 1 / 6), 0.0),
    product_of_slopes=lambda x: keep_nan(x, inside(x, -3, 3) / 6),
    division_forgotten=lambda x: swish_slope(x, lambda v: 2 * v + 3),
    two_forgotten=lambda x: swish_slope(x, lambda v: (v + 3) / 6),
    line_everywhere=lambda x: (2 * x + 3) / 6,
    zero_on_the_right=lambda x: swish_slope(x, right_piece=0.0),
    steep_to_the_end=lambda x: swish_slope(x, right_piece=1.5),
    slope_cut=lambda x: np.clip((2 * x + 3) / 6, 0, 1),
    function_itself=hard_swish,
    slope_of_the_smooth_model=lambda x: logistic(x) * (1 + x * logistic(-x)),
    slope_of_relu=lambda x: np.heaviside(x, 0),
    sign_turned=lambda x: -swish_slope(x),
    neighbours=lambda x: np.gradient(hard_swish(x)),
)
wrong_ideas(
    "hardswish_grad",
    "kinks",
    inner_slopes=lambda x: keep_nan(
        x, np.where(x < -3, 0, np.where(x > 3, 1, (2 * np.clip(x, -3, 3) + 3) / 6))
    ),
    inner_slope_on_the_right=lambda x: keep_nan(
        x, np.where(x <= -3, 0, np.where(x > 3, 1, (2 * np.clip(x, -3, 3) + 3) / 6))
    ),
    means_of_both_sides=lambda x: np.where(
        x == 3, 1.25, np.where(x == -3, -0.25, swish_slope(x))
    ).astype(x.dtype),
)
wrong_ideas(
    "hardswish_grad",
    "extremes",
    product_rule_with_infinity=lambda x: (
        hard_sigmoid(x) + x * (inside(x, -3, 3) / 6).astype(x.dtype)
    ),
)
wrong_ideas(
    "hardswish_grad",
    "nan",
    nan_falls_to_the_right=lambda x: np.where(
        x <= -3, 0, np.where(inside(x, -3, 3), (2 * np.clip(x, -3, 3) + 3) / 6, 1)
    ).astype(x.dtype),
)
right_ideas(
    "hardswish_grad",
    three_pieces=swish_slope,
    line_with_third=lambda x: swish_slope(x, lambda v: v / 3 + 0.5),
    product_rule=lambda x: swish_slope(x, lambda v: (v + 3) / 6 + v * (1 / 6)),
    vectorized=lambda x: np.vectorize(one_swish_slope, otypes=[x.dtype])(x),
    select=lambda x: np.select(
        [np.isnan(x), x <= -3, x >= 3], [np.nan, 0.0, 1.0], (2 * np.clip(x, -3, 3) + 3) / 6
    ).astype(x.dtype),
)

# --- quantize ------------------------------------------------------------------------------------


def on_grid(x, top, bits, rounding=np.round, steps=None):
    """Return the grid, right, unless another rounding or number of steps is given."""
    steps = 2**bits - 1 if steps is None else steps
    return rounding(np.clip(x / top, 0, 1) * steps) / steps * top


@wrong("quantize.values")
def a_step_too_many(x, top, bits):
    """2^b steps in place of 2^b levels."""
    return on_grid(floats(x), top, bits, steps=2**bits)


@wrong("quantize.values")
def rounded_down(x, top, bits):
    return on_grid(floats(x), top, bits, np.floor)


@wrong("quantize.values")
def rounded_up(x, top, bits):
    return on_grid(floats(x), top, bits, np.ceil)


@wrong("quantize.values")
def number_of_the_level(x, top, bits):
    """The integer that is stored, not the value that it stands for."""
    return np.round(np.clip(floats(x) / top, 0, 1) * (2**bits - 1))


@wrong("quantize.values")
def between_zero_and_one(x, top, bits):
    return on_grid(floats(x), top, bits) / top


@wrong("quantize.values")
def no_ends(x, top, bits):
    step = top / (2**bits - 1)
    return np.round(floats(x) / step) * step


@wrong("quantize.values")
def no_lower_end(x, top, bits):
    step = top / (2**bits - 1)
    return np.minimum(np.round(floats(x) / step) * step, top)


@wrong("quantize.values")
def cut_and_not_rounded(x, top, bits):
    return np.clip(floats(x), 0, top)


@wrong("quantize.values")
def whole_numbers(x, top, bits):
    return np.round(np.clip(floats(x), 0, top))


@wrong("quantize.values")
def bits_as_decimals(x, top, bits):
    return np.round(np.clip(floats(x), 0, top), bits)


@wrong("quantize.values")
def bits_as_levels(x, top, bits):
    return on_grid(floats(x), top, bits, steps=max(bits - 1, 1))


@wrong("quantize.values")
def bits_squared(x, top, bits):
    return on_grid(floats(x), top, bits, steps=bits**2 - 1)


@wrong("quantize.values")
def a_bit_for_the_sign(x, top, bits):
    return on_grid(floats(x), top, bits, steps=2 ** (bits - 1))


@wrong("quantize.values")
def wraps_around(x, top, bits):
    """As integers do that overflow."""
    x = floats(x)
    levels = np.round(x / top * (2**bits - 1)) % 2**bits
    return levels / (2**bits - 1) * top


@wrong("quantize.values")
def zero_beyond(x, top, bits):
    x = floats(x)
    return np.where((x > 0) & (x <= top), on_grid(x, top, bits), 0 * x)


@wrong("quantize.values")
def one_number_only(x, top, bits):
    step = top / (2**bits - 1)
    return round(min(max(x, 0), top) / step) * step


@wrong("quantize.grids")
def top_of_the_example(x, top, bits):
    return on_grid(floats(x), 3.5, bits)


@wrong("quantize.grids")
def bits_of_the_example(x, top, bits):
    return on_grid(floats(x), top, 3)


@wrong("quantize.grids")
def step_of_the_example(x, top, bits):
    return np.clip(np.round(floats(x) / 0.5) * 0.5, 0, top)


@wrong("quantize.shapes")
def grid_row_by_row(x, top, bits):
    x = floats(x)
    return np.array([on_grid(row, top, bits) for row in x], dtype=x.dtype)


@wrong("quantize.dtype")
def grid_in_double(x, top, bits):
    return on_grid(np.asarray(x, dtype=float), top, bits)


@wrong("quantize.dtype")
def levels_looked_up(x, top, bits):
    """Picks from an array of levels, which has a dtype of its own."""
    x = floats(x)
    levels = np.linspace(0, top, 2**bits)
    nearest = np.abs(np.clip(x, 0, top)[..., None] - levels).argmin(axis=-1)
    return np.where(np.isnan(x), np.nan, levels[nearest])


@wrong("quantize.lists")
def grid_of_arrays_only(x, top, bits):
    return on_grid(x.astype(x.dtype), top, bits)


@wrong("quantize.untouched")
def grid_in_place(x, top, bits):
    x = floats(x)
    if x.ndim:
        np.clip(x, 0, top, out=x)
    return on_grid(x, top, bits)


@wrong("quantize.nan")
def grid_without_nan(x, top, bits):
    return on_grid(np.nan_to_num(floats(x)), top, bits)


@right("quantize")
def share_of_the_range(x, top, bits):
    return on_grid(floats(x), top, bits)


@right("quantize")
def in_steps(x, top, bits):
    step = top / (2**bits - 1)
    return np.round(np.clip(floats(x), 0, top) / step) * step


@right("quantize")
def half_up(x, top, bits):
    steps = 2**bits - 1
    return np.floor(np.clip(floats(x), 0, top) * (steps / top) + 0.5) * (top / steps)


@right("quantize")
def cut_at_the_end(x, top, bits):
    step = top / (2**bits - 1)
    return np.clip(np.rint(floats(x) / step) * step, 0, top)


@right("quantize")
def number_by_number(x, top, bits):
    x = floats(x)
    step = top / (2**bits - 1)

    def one(v):
        if math.isnan(v):
            return v
        return round(min(max(float(v), 0.0), top) / step) * step

    return np.vectorize(one, otypes=[x.dtype])(x)
