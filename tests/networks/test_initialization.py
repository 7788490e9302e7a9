"""Start values have the variance of their law, and keep what the law says that they keep."""

import math

import numpy as np
import pytest

from rectified.activations.relu import relu
from rectified.networks import (
    INITIALIZATIONS,
    Dense,
    gaussian,
    glorot,
    he,
    lecun,
    linear_default,
    orthogonal,
    scaled,
    uniform,
)

FAN_IN, FAN_OUT = 300, 100
# initializer, its variance, and "normal" or "uniform"
LAWS = {
    "gaussian": (gaussian(0.2), 0.04, "normal"),
    "uniform": (uniform(0.3), 0.03, "uniform"),
    "he": (he(), 2 / 300, "normal"),
    "he, leaky": (he(0.2), 2 / (1.04 * 300), "normal"),
    "he, uniform": (he(distribution="uniform"), 2 / 300, "uniform"),
    "lecun": (lecun(), 1 / 300, "normal"),
    "lecun, uniform": (lecun("uniform"), 1 / 300, "uniform"),
    "glorot": (glorot(), 2 / 400, "uniform"),
    "glorot, normal": (glorot(distribution="normal"), 2 / 400, "normal"),
    "glorot, gain": (glorot(5 / 3), 25 / 9 * 2 / 400, "uniform"),
    "scaled": (scaled(1.5), 2.25 / 300, "normal"),
    "linear_default": (linear_default(), 1 / (3 * 300), "uniform"),
}


def drawn(initializer, shape=(FAN_IN, FAN_OUT), seed=0):
    return initializer(shape, FAN_IN, FAN_OUT, np.random.default_rng(seed))


@pytest.mark.parametrize(("initializer", "variance", "law"), LAWS.values(), ids=LAWS)
def test_mean_and_variance(initializer, variance, law):
    weights = drawn(initializer)
    count = weights.size
    # Of n draws the mean has standard error σ/√n, and the variance σ²√((κ − 1)/n), with
    # kurtosis κ = 3 (normal) or 9/5 (uniform). Five of each.
    kurtosis = {"normal": 3.0, "uniform": 1.8}[law]
    assert abs(weights.mean()) < 5 * math.sqrt(variance / count)
    assert abs(weights.var() / variance - 1) < 5 * math.sqrt((kurtosis - 1) / count)
    measured_kurtosis = np.mean(weights**4) / np.mean(weights**2) ** 2
    assert abs(measured_kurtosis - kurtosis) < 0.3


@pytest.mark.parametrize(
    ("initializer", "limit"),
    [
        (glorot(), math.sqrt(6 / 400)),
        (he(distribution="uniform"), math.sqrt(6 / 300)),
        (linear_default(), math.sqrt(1 / 300)),
    ],
)
def test_uniform_laws_fill_their_interval(initializer, limit):
    largest = np.abs(drawn(initializer)).max()
    assert 0.999 * limit < largest <= limit


@pytest.mark.parametrize("shape", [(30, 20), (20, 30), (25, 25), (8, 2, 3, 3)])
def test_orthogonal_matrices(shape):
    matrix = drawn(orthogonal(3.0), shape).reshape(shape[0], -1) / 3
    short = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    np.testing.assert_allclose(short @ short.T, np.eye(len(short)), atol=1e-12)


def test_orthogonal_matrices_are_drawn_uniformly():
    # Under Haar's law every entry has mean 0 and variance 1/n; without the sign of R's diagonal
    # the first column would point one way. Five standard errors of a mean of 2,000.
    matrices = np.array([drawn(orthogonal(), (3, 3), seed) for seed in range(2000)])
    assert np.abs(matrices.mean(axis=0)).max() < 5 * math.sqrt(1 / 3 / 2000)


@pytest.mark.parametrize("name", INITIALIZATIONS)
def test_every_name_makes_a_layer(name):
    layer = Dense(FAN_IN, FAN_OUT, initialization=name, rng=np.random.default_rng(0))
    assert layer.weights.shape == (FAN_IN, FAN_OUT)
    assert layer.weights.std() > 0


def test_an_unknown_distribution_is_named():
    with pytest.raises(ValueError, match="distribution"):
        he(distribution="cauchy")


def test_he_keeps_the_norm_through_a_rectified_layer_with_variance_five_over_width():
    # M = |relu(xW)|²/|x|² for He weights: E M = 1 and Var M = 5/n exactly, n the width. A unit
    # contributes y = 2 relu(z)²/n, z ~ N(0, 1); with E relu(z)²ᵏ = (2k − 1)!!/2 its excess
    # kurtosis is 633/25 − 3, so that of M is that over n, which gives the standard errors.
    width, num_networks = 10, 200_000
    rng = np.random.default_rng(0)
    x = rng.normal(size=(1, width))
    layer = Dense(width, width * num_networks, initialization="he", rng=rng)
    units = relu(layer.forward(x)).reshape(num_networks, width)
    ratio = (units**2).sum(axis=1) / (x**2).sum()
    variance = 5 / width
    excess = (633 / 25 - 3) / width
    assert abs(ratio.mean() - 1) < 5 * math.sqrt(variance / num_networks)
    assert abs(ratio.var() / variance - 1) < 5 * math.sqrt((excess + 2) / num_networks)
