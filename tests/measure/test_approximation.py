"""Ramps interpolate, sawteeth double, and depth reaches x² at exactly the stated rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectified.measure import approximation as ap


@pytest.mark.parametrize("depth", range(1, 9))
def test_square_approximation_errs_by_exactly_the_stated_power_of_two(depth):
    # Multiples of 2^-(depth+3) and everything computed from them are exact in float64.
    x = np.arange(2 ** (depth + 3) + 1) / 2 ** (depth + 3)
    error = ap.square_approximation(x, depth) - x**2
    assert error.max() == 2.0 ** (-2 * depth - 2)
    assert error.min() == 0
    knots, middles = x[::8], x[4::8]
    assert np.array_equal(x[error == 0], knots)
    assert np.array_equal(x[error == error.max()], middles)


@pytest.mark.parametrize("depth", range(1, 9))
def test_no_point_exceeds_the_error_at_the_middles(depth):
    x = np.random.default_rng(depth).random(20_000)
    error = ap.square_approximation(x, depth) - x**2
    rounding = 8 * depth * np.finfo(float).eps
    assert np.all((error >= -rounding) & (error <= 2.0 ** (-2 * depth - 2) + rounding))


@pytest.mark.parametrize("depth", range(1, 11))
def test_sawtooth_has_two_to_the_depth_pieces(depth):
    x = np.arange(2**depth + 1) / 2**depth
    assert np.array_equal(ap.sawtooth(x, depth), np.arange(2**depth + 1) % 2)
    between = (x[:-1] + x[1:]) / 2
    assert np.array_equal(ap.sawtooth(between, depth), np.full(2**depth, 0.5))


def test_depth_zero_is_the_identity_and_negative_depth_an_error():
    assert ap.sawtooth(0.3, 0) == 0.3
    assert ap.square_approximation(0.3, 0) == 0.3
    with pytest.raises(ValueError, match="depth"):
        ap.sawtooth(0.3, -1)


@given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=12, unique_by=lambda k: round(k, 1)),
    st.integers(0, 2**32 - 1),
)
def test_ramps_equal_linear_interpolation(knots, seed):
    knots = np.sort(knots)
    rng = np.random.default_rng(seed)
    values = rng.uniform(-5, 5, len(knots))
    x = rng.uniform(knots[0], knots[-1], 50)
    coefficients = ap.ramp_coefficients(knots, values)
    ramps = ap.ramp_sum(x, knots[:-1], coefficients, values[0])
    # Ramps cancel: the rounding is that of the sum of their sizes.
    rounding = 64 * np.finfo(float).eps * (5 + np.abs(coefficients).sum() * np.ptp(knots))
    assert np.allclose(ramps, np.interp(x, knots, values), rtol=0, atol=rounding)


@pytest.mark.parametrize("num_hidden", [8, 16, 32, 64, 128])
def test_interpolant_of_sine_meets_its_bound_and_nearly_reaches_it(num_hidden):
    x = np.linspace(0, 2 * np.pi, 64 * num_hidden + 1)
    error = np.abs(ap.interpolate(np.sin, x, 0, 2 * np.pi, num_hidden) - np.sin(x)).max()
    h = 2 * np.pi / num_hidden
    # The worst piece has its middle within h/2 of a crest, where |sin| is 1 − h²/8 or more; the
    # chord error there is at least h²/8 times that, less the fourth-order term of 5h⁴/384.
    assert h**2 / 8 * (1 - h**2 / 4) <= error <= h**2 / 8


def test_bad_knots_are_named():
    with pytest.raises(ValueError, match="increase"):
        ap.ramp_coefficients([0, 0], [1, 2])
    with pytest.raises(ValueError, match="same length"):
        ap.ramp_coefficients([0, 1], [1, 2, 3])
