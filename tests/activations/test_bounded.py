"""How the bounded units are put together from ramps, and where the textbook form breaks."""

import numpy as np
import pytest

from rectified.activations import hardsigmoid, hardswish, hardswish_grad, hardtanh, relu, relu6

X = np.arange(-1000, 1001) / 128  # sums with 3 and 6 are exact


def test_each_is_a_sum_of_ramps():
    np.testing.assert_array_equal(relu6(X), relu(X) - relu(X - 6))
    np.testing.assert_array_equal(hardtanh(X), relu(X + 1) - relu(X - 1) - 1)
    np.testing.assert_array_equal(hardsigmoid(X), relu6(X + 3) / 6)


def test_hardswish_is_a_parabola_between_its_kinks():
    x = np.linspace(-3, 3, 601)
    h = x[1] - x[0]
    # six values of up to 3, each within 2 units
    np.testing.assert_allclose(
        np.diff(hardswish(x), 2), h**2 / 3, atol=6 * 2 * 3 * np.finfo(float).eps
    )


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_hardswish_does_not_overflow(dtype):
    top = np.finfo(dtype).max
    np.testing.assert_array_equal(hardswish(np.array([-top, top])), [0, top])
    assert hardswish_grad(top) == 1


def test_hardswish_is_exactly_zero_and_exactly_x_outside():
    outside = X[np.abs(X) >= 3]
    np.testing.assert_array_equal(hardswish(outside), relu(outside))


@pytest.mark.parametrize(("side", "slope"), [(-3.0, -0.5), (3.0, 1.5)])
def test_the_inner_slopes_of_hardswish_at_its_kinks(side, slope):
    assert hardswish_grad(np.nextafter(side, 0)) == pytest.approx(slope, rel=1e-15)


def test_the_textbook_form_of_hardswish_breaks_where_ours_does_not():
    with np.errstate(all="ignore"):
        textbook = np.array([-np.inf, 1e308]) * np.minimum(relu(np.array([-np.inf, 1e308])), 6) / 6
    assert not np.all(np.isfinite(textbook))
    np.testing.assert_array_equal(hardswish([-np.inf, 1e308]), [0, 1e308])
