"""What the slopes of the leaky family are: which side, which parameter, drawn when and how."""

import numpy as np
import pytest

from rectified.activations import (
    leaky_relu,
    leaky_relu_grad,
    prelu,
    prelu_grad,
    prelu_slope_grad,
    relu,
    rrelu,
    rrelu_grad,
    sum_to_shape,
)

X = np.random.default_rng(0).normal(size=(2, 3, 4, 5))


def test_up_to_slope_one_it_is_the_larger_line_and_beyond_the_smaller():
    np.testing.assert_array_equal(leaky_relu(X, 0.5), np.maximum(X, 0.5 * X))
    np.testing.assert_array_equal(leaky_relu(X, 2.0), np.minimum(X, 2 * X))
    np.testing.assert_array_equal(leaky_relu(X, 1.0), X)
    np.testing.assert_array_equal(leaky_relu(X, -1.0), np.abs(X))
    np.testing.assert_array_equal(leaky_relu(X, 0.0), relu(X))


def test_slope_zero_is_relu_at_minus_infinity_too():
    for slope in (0.0, np.zeros(2)):
        np.testing.assert_array_equal(leaky_relu([-np.inf, np.nan], slope), [0, np.nan])
        np.testing.assert_array_equal(prelu([-np.inf, np.nan], slope), [0, np.nan])


def test_only_two_slopes_occur():
    assert set(np.unique(leaky_relu_grad(X, 0.3))) == {0.3, 1.0}
    assert set(np.unique(prelu_grad(X, 1.1))) == {1.1, 1.0}


@pytest.mark.parametrize("shape", [(), (1,), (3, 1, 1), (4, 5), (2, 3, 4, 5)])
def test_the_slope_gradient_is_summed_over_what_shares_the_slope(shape):
    rng = np.random.default_rng(1)
    slope, grad_output = rng.uniform(0.1, 0.4, size=shape), rng.normal(size=X.shape)
    gradient = sum_to_shape(grad_output * prelu_slope_grad(X, slope), shape)
    assert gradient.shape == shape
    # prelu is linear in its slope, so that a difference over any step is exact
    direction = rng.normal(size=shape)
    change = np.vdot(grad_output, prelu(X, slope + direction) - prelu(X, slope))
    assert np.vdot(gradient, direction) == pytest.approx(change, rel=1e-10)


def test_rrelu_at_test_time_is_the_mean_slope_and_needs_no_generator():
    np.testing.assert_array_equal(rrelu(X), prelu(X, (1 / 8 + 1 / 3) / 2))
    np.testing.assert_array_equal(rrelu(X, rng=np.random.default_rng(0)), rrelu(X))


def test_rrelu_in_training_draws_one_slope_for_every_entry():
    x = np.full(20_000, -1.0)
    slopes = -rrelu(x, 0.2, 0.6, training=True, rng=np.random.default_rng(0))
    assert len(np.unique(slopes)) > 19_990
    assert slopes.min() >= 0.2
    assert slopes.max() <= 0.6
    # uniform: the mean of 20,000 has standard error 0.4/√12/141 = 0.0008, its variance 1% or less
    assert slopes.mean() == pytest.approx(0.4, abs=0.004)
    assert slopes.var() == pytest.approx(0.4**2 / 12, rel=0.05)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_rrelu_and_its_derivative_draw_the_same_slopes_from_the_same_state(dtype):
    x = X.astype(dtype)
    y = rrelu(x, training=True, rng=np.random.default_rng(7))
    slope = rrelu_grad(x, training=True, rng=np.random.default_rng(7))
    assert y.dtype == slope.dtype == dtype
    np.testing.assert_allclose(y, x * slope, rtol=2 * np.finfo(dtype).eps)
    assert np.all(slope[x > 0] == 1)


def test_rrelu_advances_the_generator():
    rng = np.random.default_rng(0)
    assert np.any(rrelu(X, training=True, rng=rng) != rrelu(X, training=True, rng=rng))


@pytest.mark.parametrize("function", [rrelu, rrelu_grad])
def test_rrelu_names_what_is_wrong(function):
    with pytest.raises(ValueError, match="lower must not exceed upper"):
        function(X, lower=0.5, upper=0.25)
    with pytest.raises(ValueError, match="lower must not exceed upper"):
        function(X, lower=np.nan)
    with pytest.raises(ValueError, match="rng must be a numpy"):
        function(X, training=True)
