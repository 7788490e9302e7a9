"""Functions from ramps, right, and the wrong ideas that are written in their place."""

from collections.abc import Callable

import numpy as np

from rectified.activations import relu
from rectified.activations.contract import as_float_array
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL
from rectified.measure import approximation


def hat(x, left, centre, right):
    """Return 0 up to left, 1 at centre, 0 from right on, and straight lines between."""
    x = as_float_array(x)
    up, down = 1 / (centre - left), 1 / (right - centre)
    wide = x.astype(np.float64)
    ramps = up * relu(wide - left) - (up + down) * relu(wide - centre) + down * relu(wide - right)
    return np.where(wide >= right, wide * 0, ramps).astype(x.dtype)


def sawtooth(x, depth):
    """Return the hat on [0, 1], applied ``depth`` times, in the dtype of x."""
    x = as_float_array(x)
    return approximation.sawtooth(x, int(depth)).astype(x.dtype)


def coefficients(knots, values):
    """Return the change of slope at every knot but the last."""
    return approximation.ramp_coefficients(knots, values)


def of_hat() -> tuple[Misconception, ...]:
    """Return what is written in place of ``hat``."""

    def combined(*factors: Callable) -> Callable:
        """Return the sum of three ramps with these factors of the two slopes."""

        def ramps(x, left, centre, right):
            up, down = 1 / (centre - left), 1 / (right - centre)
            corners = (left, centre, right)
            return sum(f(up, down) * relu(x - c) for f, c in zip(factors, corners, strict=True))

        return ramps

    def up_only(up, down):
        return up

    def down_only(up, down):
        return down

    def turn(up, down):
        return -(up + down)

    def none(up, down):
        return 0.0

    return (
        Misconception(
            combined(up_only, none, none),
            "It climbs for ever: only the first ramp is there. What has to happen at centre?",
        ),
        Misconception(
            combined(up_only, lambda up, down: -up, none),
            "It stays at 1 behind centre. To go down, the slope has to change by more.",
        ),
        Misconception(
            combined(up_only, turn, none),
            "It falls for ever: at right the slope has to become 0 again.",
        ),
        Misconception(
            combined(up_only, lambda up, down: -down, down_only),
            "At centre the slope changes from up to down: by both of them together.",
        ),
        Misconception(
            combined(up_only, lambda up, down: -2 * up, up_only),
            "This hat has the same slope on both sides. Here the two sides may differ in length.",
        ),
        Misconception(
            combined(lambda *s: 1.0, lambda *s: -2.0, lambda *s: 1.0),
            "The ramps have the weights 1, -2, 1. How high does that climb between left and "
            "centre, and how high should it?",
        ),
        Misconception(
            combined(lambda *s: 2.0, lambda *s: -4.0, lambda *s: 2.0),
            "The weights are those of the hat with the corners 0, 1/2 and 1. Here they depend on "
            "the corners.",
        ),
        Misconception(
            combined(lambda u, d: 1 / u, lambda u, d: -(1 / u + 1 / d), lambda u, d: 1 / d),
            "The lengths were taken for the slopes. A climb of 1 over a short way is steep.",
        ),
        Misconception(
            combined(down_only, turn, up_only),
            "The two slopes are swapped: which of them is on the left?",
        ),
        Misconception(
            lambda x, left, centre, right: -hat(x, left, centre, right),
            "It is upside down. Look at the signs.",
        ),
        Misconception(
            lambda x, left, centre, right: 1 - hat(x, left, centre, right),
            "This is 1 minus the hat: 1 outside and 0 at the centre.",
        ),
        Misconception(
            lambda x, left, centre, right: ((x > left) & (x < right)) * 1.0,
            "This is a box: 1 inside, 0 outside. A hat has slopes.",
        ),
        Misconception(
            lambda x, left, centre, right: np.minimum(
                (x - left) / (centre - left), (right - x) / (right - centre)
            ),
            "The lines go on below 0. Outside the hat is 0.",
        ),
        Misconception(
            lambda x, left, centre, right: np.where(
                np.isin(x, (left, centre, right)), 0, hat(x, left, centre, right)
            ),
            "A corner belongs to none of the cases that are told apart, so that it gets what is "
            "left over. Look at < and <=.",
        ),
        Misconception(
            lambda x, left, centre, right: np.where(x == centre, 2.0, hat(x, left, centre, right)),
            "The tip is counted twice: it belongs to both sides. Look at < and <=.",
        ),
        Misconception(
            lambda x, left, centre, right: np.exp(-((x - centre) ** 2)),
            "This is a bell curve. A hat is made of straight lines.",
        ),
        Misconception(
            lambda x, left, centre, right: np.where(np.isnan(x), 0, hat(x, left, centre, right)),
            NAN_FELL,
        ),
    )


def of_coefficients() -> tuple[Misconception, ...]:
    """Return what is written in place of ``coefficients``."""

    def slopes(knots, values):
        return np.diff(values) / np.diff(knots)

    return (
        Misconception(
            slopes,
            "These are the slopes themselves. A ramp goes on for ever, so the next one need only "
            "add what changes.",
        ),
        Misconception(
            lambda knots, values: np.diff(slopes(knots, values)),
            "The first coefficient is missing: at the first knot the slope changes from 0.",
        ),
        Misconception(
            lambda knots, values: np.diff(values),
            "These are differences of the values, without the lengths of the steps.",
        ),
        Misconception(
            lambda knots, values: np.diff(np.diff(values), prepend=0.0),
            "The differences were not divided by the distances of the knots: rise over run.",
        ),
        Misconception(
            lambda knots, values: np.diff(np.diff(values) / (knots[1] - knots[0]), prepend=0.0),
            "All steps were taken to be as long as the first one.",
        ),
        Misconception(
            lambda knots, values: np.diff(
                np.diff(values) / ((knots[-1] - knots[0]) / (len(knots) - 1)), prepend=0.0
            ),
            "All steps were taken to have the mean length.",
        ),
        Misconception(
            lambda knots, values: np.diff(np.diff(knots) / np.diff(values), prepend=0.0),
            "The fraction is upside down: a slope is rise over run.",
        ),
        Misconception(
            lambda knots, values: -coefficients(knots, values),
            "The signs are turned: new slope minus old slope.",
        ),
        Misconception(
            lambda knots, values: np.cumsum(slopes(knots, values)),
            "The slopes were added up. Asked for is what makes them when it is added up.",
        ),
        Misconception(
            lambda knots, values: np.diff(slopes(knots, values), prepend=0.0, append=0.0),
            "There is one coefficient too many. Behind the last knot nothing is asked for, so "
            "that no ramp starts there.",
        ),
        Misconception(
            lambda knots, values: np.diff(slopes(knots, values), prepend=values[0]),
            "Only the first coefficient is off. Left of the first knot the slope is 0, whatever "
            "the value there is.",
        ),
        Misconception(
            lambda knots, values: np.concatenate([[values[0]], coefficients(knots, values)]),
            "The start value came along. Only the coefficients of the ramps are asked for.",
        ),
        Misconception(
            lambda knots, values: coefficients(knots, values)[::-1],
            "The numbers are right and their order is reversed.",
        ),
        Misconception(
            lambda knots, values: np.diff(slopes(knots, values), append=0.0),
            "The coefficients are shifted by one: the first belongs to the first knot, where the "
            "slope changes from 0.",
        ),
        Misconception(
            lambda knots, values: np.gradient(values, knots),
            "np.gradient averages the slopes on both sides of a knot. Which slopes do the pieces "
            "have?",
        ),
        Misconception(
            lambda knots, values: np.asarray(values)[:-1],
            "These are the values. A coefficient says how the slope changes.",
        ),
    )


def of_sawtooth() -> tuple[Misconception, ...]:
    """Return what is written in place of ``sawtooth``."""

    def summed(x, depth):
        return sum((sawtooth(x, n) for n in range(1, depth + 1)), np.zeros(np.shape(x)))

    def around_one(x, depth):
        return hat(around_one(x, depth - 1), 0.0, 1.0, 2.0) if depth else x

    def below_zero(x, depth):
        return 1 - abs(2 * below_zero(x, depth - 1) - 1) if depth else x

    return (
        Misconception(
            lambda x, depth: sawtooth(x, max(depth, 1)),
            "For depth 0 there is no layer at all. What comes out then?",
        ),
        Misconception(
            lambda x, depth: sawtooth(x, 1),
            "This is a single hat, whatever the depth. It is to be applied to its own output.",
        ),
        Misconception(
            lambda x, depth: sawtooth(x, depth + 1),
            "The hat was applied once too often. How often does your loop run?",
        ),
        Misconception(
            lambda x, depth: sawtooth(x, max(depth - 1, 0)),
            "The hat was applied once too few. How often does your loop run?",
        ),
        Misconception(
            lambda x, depth: depth * sawtooth(x, 1),
            "The hat was multiplied by the depth. Depth means hat(hat(x)).",
        ),
        Misconception(
            lambda x, depth: sawtooth(x, 1) ** depth,
            "This is a power of the hat. Depth means hat(hat(x)), not hat(x) times hat(x).",
        ),
        Misconception(
            summed, "The layers were added up. Each takes the output of the one before instead."
        ),
        *(
            Misconception(
                lambda x, depth, n=n: sawtooth(x, n),
                f"This is the sawtooth of depth {n}. Does the number of rounds follow depth?",
            )
            for n in range(2, 7)
        ),
        Misconception(
            around_one,
            "These are hats with the corners 0, 1 and 2. Which corners does the definition name?",
        ),
        Misconception(
            below_zero,
            "It is negative outside 0 to 1. A hat is 0 there, and so is what it makes of 0.",
        ),
        Misconception(
            lambda x, depth: sawtooth(np.mod(x, 1.0), depth) if depth else x,
            "The teeth go on outside 0 to 1. What does the first hat make of such an x?",
        ),
        Misconception(
            lambda x, depth: 1 - sawtooth(x, depth),
            "It is upside down: 0 and 1 are to be mapped to 0.",
        ),
        Misconception(
            lambda x, depth: sawtooth(2 ** (depth - 1) * np.asarray(x), 1),
            "There is one narrow tooth, at the left. Each further layer makes twice as many.",
        ),
        Misconception(
            lambda x, depth: np.where(np.asarray(x) < 1, np.mod(2.0**depth * np.asarray(x), 1), 0),
            "These teeth rise and then jump. A hat comes down as it went up.",
        ),
        Misconception(
            lambda x, depth: (np.sin(np.pi * 2.0 ** (depth - 1) * np.asarray(x))) ** 2,
            "These are waves. The teeth are made of straight lines.",
        ),
        Misconception(lambda x, depth: np.nan_to_num(sawtooth(x, depth)), NAN_FELL),
    )
