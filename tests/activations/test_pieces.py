"""The branch-free building blocks, against the branches that they stand for."""

import numpy as np
import pytest

from rectified.activations.pieces import exp_fraction, finite, finite_below, step, times

ODD_ONES = [0.0, -0.0, 5e-324, -5e-324, 1e308, -1e308, np.inf, -np.inf, 1.0, -1.0, 0.3, -0.3]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_step_is_the_heaviside_function_with_zero_at_zero(dtype):
    with np.errstate(over="ignore", under="ignore"):
        x = np.array([*ODD_ONES, np.nan], dtype)
    np.testing.assert_array_equal(step(x), np.heaviside(x, 0), strict=True)


def test_times_is_the_product_but_for_infinity_times_zero():
    x, weight = np.meshgrid([*ODD_ONES, np.nan], [0.0, 0.5, -2.0, np.inf])
    with np.errstate(all="ignore"):
        product, result = x * weight, times(x, weight)
    np.testing.assert_array_equal(result[weight != 0], product[weight != 0])
    np.testing.assert_array_equal(result[weight == 0], 0)


def test_finite_replaces_infinities_only():
    x = np.array([*ODD_ONES, np.nan])
    top = np.finfo(float).max
    np.testing.assert_array_equal(finite(x), np.where(np.isinf(x), np.copysign(top, x), x))
    np.testing.assert_array_equal(finite_below(x), np.where(x == -np.inf, -top, x))


def test_exp_fraction_is_e_to_the_x_without_overflow():
    with np.errstate(all="raise", under="ignore"):
        rise, fall = exp_fraction(np.array([-np.inf, -800.0, -1.0, 0.0, 1.0, 800.0, np.inf]))
    np.testing.assert_array_equal(np.maximum(rise, fall), 1)
    np.testing.assert_allclose(rise[2:5] / fall[2:5], np.exp([-1.0, 0.0, 1.0]), rtol=4e-16)
    np.testing.assert_array_equal(rise[[0, 1, 5, 6]], [0, 0, 1, 1])
    np.testing.assert_array_equal(fall[[0, 1, 5, 6]], [1, 1, 0, 0])
    assert np.all(np.isnan(exp_fraction(np.array([np.nan]))))
