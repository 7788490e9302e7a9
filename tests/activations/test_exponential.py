"""The constants of SELU, the families in alpha, and what alpha may be."""

import numpy as np
import pytest
from mpmath import mp, mpf

from rectified.activations import (
    SELU_ALPHA,
    SELU_SCALE,
    celu,
    celu_grad,
    elu,
    elu_grad,
    relu,
    selu,
)
from tools import reference

X = np.linspace(-20, 5, 2501)


def test_selu_constants_to_the_last_place():
    assert pytest.approx(1.673263242354377284817042991672, rel=3e-16) == SELU_ALPHA
    assert pytest.approx(1.050700987355480493419334985295, rel=3e-16) == SELU_SCALE


def test_the_thirty_digits_come_from_the_two_equations():
    thirty = mpf(10) ** -29
    assert abs(reference.SELU_ALPHA - mpf("1.673263242354377284817042991672")) < thirty
    assert abs(reference.SELU_SCALE - mpf("1.050700987355480493419334985295")) < thirty


def test_selu_keeps_mean_zero_and_variance_one():
    nodes = [-12, -6, -3, -1, 0, 1, 3, 6, 12]  # φ(12) is 2e−32

    def moment(power):
        with mp.workdps(20):
            return mp.quad(lambda z: mpf(float(selu(float(z)))) ** power * mp.npdf(z), nodes)

    assert abs(moment(1)) < 1e-13
    assert abs(moment(2) - 1) < 1e-13


def test_log1p_undoes_elu():
    x = np.linspace(-8, 0, 801)
    # the inverse divides a rounding error by e^x
    np.testing.assert_allclose(np.log1p(elu(x)), x, atol=np.finfo(float).eps * np.exp(8))


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_celu_is_elu_stretched(alpha):
    np.testing.assert_allclose(celu(X, alpha), alpha * elu(X / alpha), rtol=1e-15)
    np.testing.assert_allclose(celu_grad(X, alpha), elu_grad(X / alpha), rtol=1e-15)


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_the_floor_is_minus_alpha(alpha):
    assert elu(-np.inf, alpha) == -alpha
    assert celu(-np.inf, alpha) == -alpha


def test_alpha_zero_turns_elu_into_relu():
    np.testing.assert_array_equal(elu(X, 0.0), relu(X))


def test_elu_is_convex_up_to_alpha_one_only():
    assert np.all(np.diff(elu_grad(X, 1.0)) >= 0)
    assert np.diff(elu_grad(X, 2.0)).min() < -0.9


def test_celu_has_no_kink_and_elu_has_one_unless_alpha_is_one():
    beside = np.nextafter(0.0, [-1, 1])
    np.testing.assert_array_equal(celu_grad(beside, 2.0), [1, 1])
    np.testing.assert_array_equal(elu_grad(beside, 1.0), [1, 1])
    np.testing.assert_array_equal(elu_grad(beside, 2.0), [2, 1])


@pytest.mark.parametrize(("function", "bad"), [(elu, -1.0), (elu_grad, -0.5), (elu, np.nan)])
def test_elu_refuses_a_negative_alpha(function, bad):
    with pytest.raises(ValueError, match="alpha must be at least 0"):
        function(X, bad)


@pytest.mark.parametrize("function", [celu, celu_grad])
@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, [1.0, 0.0]])
def test_celu_refuses_an_alpha_that_is_not_positive(function, bad):
    with pytest.raises(ValueError, match="alpha must be greater than 0"):
        function([1.0, 2.0], bad)
    with pytest.raises(ValueError, match="alpha must be greater than 0"):
        function([], 0.0)
