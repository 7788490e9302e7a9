"""Softmax, which is not elementwise; sigmoid and tanh are tested with the catalogue."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from mpmath import mp, mpf
from scipy.special import softmax as scipy_softmax

from rectified.activations import sigmoid, sigmoid_grad, softmax, softmax_vjp, tanh, tanh_grad
from rectified.measure.gradient_check import check_vjp

logits = arrays(
    np.float64, st.tuples(st.integers(1, 4), st.integers(1, 5)), elements=st.floats(-1e3, 1e3)
)


@settings(deadline=None)
@given(x=logits)
def test_softmax_is_a_distribution(x):
    p = softmax(x)
    assert np.all(p >= 0)
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-15 * x.shape[-1])


@settings(deadline=None)
@given(x=logits, shift=st.floats(-1e3, 1e3))
def test_softmax_is_blind_to_a_shift(x, shift):
    # the shifted logits are rounded, to eps/2 · 2000, before they meet e^x
    np.testing.assert_allclose(softmax(x + shift), softmax(x), rtol=4000 * np.finfo(float).eps)


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
def test_softmax_agrees_with_scipy_along_every_axis(axis):
    x = 30 * np.random.default_rng(0).normal(size=(3, 4, 5))
    np.testing.assert_allclose(softmax(x, axis), scipy_softmax(x, axis), rtol=1e-13)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_softmax_against_fifty_digits(dtype):
    x = (8 * np.random.default_rng(1).normal(size=12)).astype(dtype)
    powers = [mp.exp(mpf(float(value))) for value in x]
    exact = np.array([float(power / sum(powers)) for power in powers])
    info = np.finfo(dtype)
    # x − max is rounded once, to at most eps/2 · 64, before it meets e^x; float16 is widened
    bound = 40 * info.eps if dtype != np.float16 else info.eps
    p = softmax(x)
    assert p.dtype == dtype
    np.testing.assert_allclose(p, exact, rtol=bound, atol=float(info.smallest_subnormal))


def test_softmax_at_the_extremes():
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(softmax([1e308, -1e308]), [1, 0])
        np.testing.assert_array_equal(softmax([-np.inf, 3.0]), [0, 1])
        np.testing.assert_array_equal(softmax(np.full(4, 1e4)), np.full(4, 0.25))
        assert np.all(np.isnan(softmax([np.nan, 1.0])))
        assert np.all(np.isnan(softmax([-np.inf, -np.inf])))
        assert softmax(np.ones((3, 0))).shape == (3, 0)
        assert softmax(np.ones((0, 3))).shape == (0, 3)


@pytest.mark.parametrize("axis", [0, 1])
def test_softmax_vjp_is_the_slope_along_a_direction(axis):
    rng = np.random.default_rng(2)
    check_vjp(
        lambda x: softmax(x, axis),
        lambda x, grad_output: softmax_vjp(x, grad_output, axis),
        3 * rng.normal(size=(4, 5)),
        rng=rng,
    )


def test_softmax_vjp_has_rank_one_less_than_its_size_and_is_symmetric():
    x = np.random.default_rng(3).normal(size=10)
    jacobian = np.array([softmax_vjp(x, row) for row in np.eye(10)])
    np.testing.assert_allclose(jacobian, jacobian.T, atol=1e-17)
    assert np.linalg.matrix_rank(jacobian) == 9


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_softmax_keeps_the_float_type(dtype):
    x = np.ones((2, 3), dtype)
    assert softmax(x).dtype == dtype
    assert softmax_vjp(x, np.ones((2, 3))).dtype == dtype


def test_softmax_names_what_is_wrong():
    with pytest.raises(ValueError, match="axis 2 is out of bounds"):
        softmax(np.ones((2, 3)), axis=2)
    with pytest.raises(
        ValueError, match=r"grad_output must have the shape of x, \(2,\), not \(3,\)"
    ):
        softmax_vjp(np.ones(2), np.ones(3))
    with pytest.raises(TypeError, match="grad_output must hold real numbers"):
        softmax_vjp(np.ones(2), ["a", "b"])


def test_sigmoid_and_tanh_are_one_function():
    x = np.linspace(-30, 30, 601)
    np.testing.assert_allclose(tanh(x), 2 * sigmoid(2 * x) - 1, atol=1e-15)
    np.testing.assert_allclose(tanh_grad(x), 4 * sigmoid_grad(2 * x), rtol=1e-15)
