"""Gaussian moments and gains against 30-digit integrals of independent formulas."""

import math

import mpmath
import numpy as np
import pytest

import rectified.activations as activations
from rectified.networks import backward_gain, forward_gain, gaussian_moment

LAMBDA = mpmath.mpf("1.0507009873554804934193349853")
ALPHA = mpmath.mpf("1.6732632423543772848170429917")


def sigma(z):
    return 1 / (1 + mpmath.exp(-z))


def softplus(z):
    return mpmath.log(1 + mpmath.exp(z))


def mish_grad(z):
    t = mpmath.tanh(softplus(z))
    return t + z * (1 - t**2) * sigma(z)


# name: (function, derivative, kinks, settings)
REFERENCES = {
    "relu": (lambda z: max(z, 0), lambda z: int(z > 0), [0], {}),
    "leaky_relu": (
        lambda z: z if z > 0 else z / 5,
        lambda z: 1 if z > 0 else mpmath.mpf(1) / 5,
        [0],
        {"negative_slope": 0.2},
    ),
    "elu": (
        lambda z: z if z > 0 else mpmath.expm1(z),
        lambda z: 1 if z > 0 else mpmath.exp(z),
        [0],
        {},
    ),
    "selu": (
        lambda z: LAMBDA * (z if z > 0 else ALPHA * mpmath.expm1(z)),
        lambda z: LAMBDA * (1 if z > 0 else ALPHA * mpmath.exp(z)),
        [0],
        {},
    ),
    "gelu": (
        lambda z: z * mpmath.ncdf(z),
        lambda z: mpmath.ncdf(z) + z * mpmath.npdf(z),
        [],
        {},
    ),
    "silu": (
        lambda z: z * sigma(z),
        lambda z: sigma(z) * (1 + z * (1 - sigma(z))),
        [],
        {},
    ),
    "mish": (lambda z: z * mpmath.tanh(softplus(z)), mish_grad, [], {}),
    "tanh": (mpmath.tanh, lambda z: mpmath.sech(z) ** 2, [], {}),
    "sigmoid": (sigma, lambda z: sigma(z) * (1 - sigma(z)), [], {}),
    "softplus": (softplus, sigma, [], {}),
    "hardswish": (
        lambda z: z * min(max(z + 3, 0), 6) / 6,
        lambda z: 0 if z <= -3 else 1 if z >= 3 else (2 * z + 3) / 6,
        [-3, 3],
        {},
    ),
    "squared_relu": (lambda z: max(z, 0) ** 2, lambda z: 2 * max(z, 0), [0], {}),
}
# The same, as published to ten digits: mean, second moment, second moment of the derivative.
PUBLISHED = {
    "relu": (0.3989422804, 0.5, 0.5),
    "leaky_relu": (0.3191538243, 0.52, 0.52),
    "elu": (0.1605205723, 0.644945417, None),
    "selu": (0, 1, 1.0715749925),
    "gelu": (0.2820947918, 0.425221483, None),
    "silu": (0.2066209641, 0.355775520, None),
    "mish": (0.2404038884, 0.452342192, None),
    "tanh": (0, 0.394294490, None),
    "sigmoid": (0.5, 0.293379036, None),
    "softplus": (0.8060591833, 0.921245909, None),
    "hardswish": (0.1662167007, 0.331567375, None),
    "squared_relu": (0.5, 1.5, 2),
}
each_function = pytest.mark.parametrize("name", REFERENCES)


def ours(name):
    settings = REFERENCES[name][3]
    f, f_grad = getattr(activations, name), getattr(activations, f"{name}_grad")
    return (lambda z: f(z, **settings)), (lambda z: f_grad(z, **settings))


def integral(f, power, kinks):
    with mpmath.workdps(30):
        cuts = sorted({-40, -10, -2, 0, 2, 10, 40, *kinks})
        return float(mpmath.quad(lambda z: f(z) ** power * mpmath.npdf(z), cuts))


@each_function
def test_moments_agree_with_the_reference(name):
    f, f_grad, kinks, _ = REFERENCES[name]
    our_f, our_grad = ours(name)
    measured = [
        gaussian_moment(our_f, 1, kinks),
        gaussian_moment(our_f, 2, kinks),
        gaussian_moment(our_grad, 2, kinks),
    ]
    expected = [integral(f, 1, kinks), integral(f, 2, kinks), integral(f_grad, 2, kinks)]
    np.testing.assert_allclose(measured, expected, rtol=1e-9, atol=1e-12)


@each_function
def test_moments_are_the_published_ones(name):
    our_f, our_grad = ours(name)
    kinks = REFERENCES[name][2]
    measured = (
        gaussian_moment(our_f, 1, kinks),
        gaussian_moment(our_f, 2, kinks),
        gaussian_moment(our_grad, 2, kinks),
    )
    for value, published in zip(measured, PUBLISHED[name], strict=True):
        assert published is None or value == pytest.approx(published, abs=1e-9)


@each_function
def test_gains_invert_the_second_moments(name):
    our_f, our_grad = ours(name)
    kinks = REFERENCES[name][2]
    for gain, moment in (
        (forward_gain(our_f, kinks), gaussian_moment(our_f, 2, kinks)),
        (backward_gain(our_grad, kinks), gaussian_moment(our_grad, 2, kinks)),
    ):
        assert gain**2 * moment == pytest.approx(1, rel=1e-14)


def test_closed_forms():
    relu, relu_grad = ours("relu")
    assert forward_gain(relu) == pytest.approx(math.sqrt(2), rel=1e-12)
    assert backward_gain(relu_grad) == pytest.approx(math.sqrt(2), rel=1e-12)
    leaky, _ = ours("leaky_relu")
    assert forward_gain(leaky) == pytest.approx(math.sqrt(2 / 1.04), rel=1e-12)
    gelu, _ = ours("gelu")
    assert gaussian_moment(gelu) == pytest.approx(1 / (2 * math.sqrt(math.pi)), rel=1e-12)
    assert gaussian_moment(lambda z: z, 8) == pytest.approx(105, rel=1e-12)


def test_forward_and_backward_gain_differ_for_smooth_functions_only():
    for name in REFERENCES:
        f, f_grad = ours(name)
        kinks = REFERENCES[name][2]
        ratio = forward_gain(f, kinks) / backward_gain(f_grad, kinks)
        assert (abs(ratio - 1) < 1e-9) == (name in ("relu", "leaky_relu"))


@pytest.mark.parametrize("kink", [-7.3, -1.1, 0.4, 5.5])
@pytest.mark.parametrize("named", [True, False])
def test_a_kink_anywhere_is_integrated(kink, named):
    # E relu(z − k) = φ(k) − k (1 − Φ(k))
    with mpmath.workdps(30):
        exact = float(mpmath.npdf(kink) - kink * (1 - mpmath.ncdf(kink)))
    measured = gaussian_moment(lambda z: max(z - kink, 0), kinks=[kink] if named else [])
    # The integrator is asked for an absolute error of 1e-13, beside which E itself can be small.
    assert measured == pytest.approx(exact, rel=1e-12, abs=1e-13)


def test_a_named_kink_is_not_searched_for():
    evaluations = {True: 0, False: 0}
    for named in evaluations:

        def counted(z, named=named):
            evaluations[named] += 1
            return max(z - 0.4, 0)

        gaussian_moment(counted, kinks=[0.4] if named else [])
    assert evaluations[True] < evaluations[False] / 3
