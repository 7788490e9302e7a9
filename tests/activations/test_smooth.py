"""How the smooth units relate to the kinked one, to one another, and to their parameters."""

import math

import numpy as np
import pytest
from scipy.differentiate import derivative
from scipy.optimize import minimize_scalar
from scipy.special import lambertw

from rectified.activations import (
    CATALOGUE,
    gelu,
    gelu_grad,
    hardsigmoid,
    hardswish,
    relu,
    sigmoid,
    silu,
    silu_grad,
    softplus,
    softplus_grad,
    sum_to_shape,
    swish,
    swish_beta_grad,
    swish_grad,
)

X = np.linspace(-20, 20, 4001)


def _largest_gap(f, g, around):
    found = minimize_scalar(
        lambda x: -abs(float(f(x)) - float(g(x))),
        bounds=(around - 0.2, around + 0.2),
        options={"xatol": 1e-9},
    )
    return found.x, -found.fun


@pytest.mark.parametrize("beta", [0.5, 1.0, 4.0])
def test_softplus_is_above_relu_by_at_most_ln2_over_beta(beta):
    gap = softplus(X, beta) - relu(X)
    assert np.all(gap >= 0)
    assert gap.max() == pytest.approx(math.log(2) / beta, rel=1e-14)
    assert X[gap.argmax()] == pytest.approx(0, abs=1e-12)


def test_softplus_has_no_jump_at_twenty():
    # PyTorch switches to x beyond βx = 20, where ln(1 + e^{−20}) is still 2.06e−9
    below, above = np.nextafter(20.0, 0), np.nextafter(20.0, 100)
    assert softplus(above) - softplus(below) < 1e-14
    assert softplus(above) - above == pytest.approx(2.061153620e-9, abs=4e-15)


def test_the_tanh_form_of_gelu_is_off_by_at_most_5e4():
    at, gap = _largest_gap(gelu, lambda x: gelu(x, approximate="tanh"), 2.7)
    assert gap == pytest.approx(4.7323552e-4, rel=1e-7)
    assert at == pytest.approx(2.69894, abs=1e-4)
    assert np.abs(gelu(X) - gelu(X, approximate="tanh")).max() <= gap


def test_the_sigmoid_form_of_gelu_is_off_by_forty_times_as_much():
    at, gap = _largest_gap(gelu, lambda x: swish(x, 1.702), 2.27)
    assert gap == pytest.approx(0.0203348722, rel=1e-8)
    assert at == pytest.approx(2.27040, abs=1e-4)


def test_the_hard_forms_are_as_close_as_they_are_said_to_be():
    assert _largest_gap(silu, hardswish, 2.95)[1] <= 0.14228
    assert abs(silu(3.0) - hardswish(3.0)) == pytest.approx(0.14228, abs=1e-5)
    at, gap = _largest_gap(sigmoid, hardsigmoid, 1.3)
    assert gap == pytest.approx(0.06918, abs=1e-5)
    assert at == pytest.approx(1.317, abs=1e-3)


def test_the_minimum_of_silu_is_lamberts():
    w = float(lambertw(1 / math.e).real)
    assert CATALOGUE["silu"].minimum.at == pytest.approx(-1 - w, abs=1e-15)
    assert CATALOGUE["silu"].minimum.value == pytest.approx(-w, abs=1e-15)


@pytest.mark.parametrize("name", ["gelu", "gelu_tanh", "silu", "swish", "softplus"])
def test_slopes_at_x_and_minus_x_add_up_to_one(name):
    slope = CATALOGUE[name].derivative
    np.testing.assert_allclose(slope(X) + slope(-X), 1, atol=1e-14)


def test_mish_does_not():
    slope = CATALOGUE["mish"].derivative
    assert np.abs(slope(X) + slope(-X) - 1).max() > 0.1


def test_swish_runs_from_half_of_x_to_relu():
    np.testing.assert_array_equal(swish(X, 0.0), X / 2)
    np.testing.assert_allclose(swish(X, 1e6), relu(X), atol=1e-15)
    np.testing.assert_array_equal(swish(X, 1.0), silu(X))
    np.testing.assert_array_equal(swish_grad(X, 1.0), silu_grad(X))
    np.testing.assert_allclose(swish(X, -1.5), -swish(-X, 1.5), atol=0)


@pytest.mark.parametrize(
    ("beta", "values", "slopes"),
    [
        (2.0, (0, np.inf), (0, 1)),
        (0.0, (-np.inf, np.inf), (0.5, 0.5)),
        (-2.0, (-np.inf, 0), (1, 0)),
    ],
)
def test_swish_has_its_limits_for_every_sign_of_beta(beta, values, slopes):
    ends = np.array([-np.inf, np.inf])
    np.testing.assert_array_equal(swish(ends, beta), values)
    np.testing.assert_array_equal(swish_grad(ends, beta), slopes)
    np.testing.assert_array_equal(swish_beta_grad(ends, beta), [0, 0] if beta else [np.inf] * 2)


@pytest.mark.parametrize("beta", [-1.5, 0.0, 0.3, 1.0, 4.0])
def test_the_beta_gradient_is_the_slope_in_beta(beta):
    x = np.linspace(-5, 5, 41)
    slope = derivative(
        lambda b, x: swish(np.broadcast_to(x, b.shape), b),
        np.full(x.shape, beta),
        args=(x,),
        initial_step=0.05,
    )
    np.testing.assert_allclose(swish_beta_grad(x, beta), slope.df, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("shape", [(), (3, 1), (4,), (2, 3, 4)])
def test_the_beta_gradient_is_summed_over_what_shares_beta(shape):
    rng = np.random.default_rng(0)
    x, grad_output = rng.normal(size=(2, 2, 3, 4))
    beta, direction = rng.uniform(0.5, 2, size=shape), rng.normal(size=shape)
    gradient = sum_to_shape(grad_output * swish_beta_grad(x, beta), shape)
    h = 1e-5
    change = np.vdot(grad_output, swish(x, beta + h * direction) - swish(x, beta - h * direction))
    assert np.vdot(gradient, direction) == pytest.approx(change / (2 * h), rel=1e-7)


def test_second_order_start_of_gelu():
    # f(x) = x/2 + x²/√(2π) + O(x⁴)
    x = np.logspace(-3, -1, 20)
    rest = gelu(x) - x / 2 - x**2 / np.sqrt(2 * np.pi)
    assert np.all(np.abs(rest) <= x**4 / np.sqrt(72 * np.pi) + 4 * np.spacing(x))


@pytest.mark.parametrize("bad", ["Tanh", "exact", "", None, True])
def test_gelu_refuses_an_unknown_approximation(bad):
    for function in (gelu, gelu_grad):
        with pytest.raises(ValueError, match='approximate must be "none" or "tanh"'):
            function(X, approximate=bad)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan])
def test_softplus_refuses_a_beta_that_is_not_positive(bad):
    for function in (softplus, softplus_grad):
        with pytest.raises(ValueError, match="beta must be greater than 0"):
            function(X, bad)
