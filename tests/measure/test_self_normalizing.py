"""SELU has mean 0 and variance 1 as a stable fixed point, and fifty layers stay there."""

import numpy as np
import pytest

from rectified.activations import relu, selu, selu_grad
from rectified.measure import mean_field
from rectified.measure import self_normalizing as sn
from rectified.networks import Activation, Dense, Sequential, generators


def test_zero_and_one_are_the_fixed_point_of_selu():
    mean, variance = sn.moment_map(selu, 0.0, 1.0)
    assert abs(mean) < 1e-12
    assert variance == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("weight_sum", [-0.1, 0.0, 0.1])
@pytest.mark.parametrize("weight_square_sum", [0.95, 1.0, 1.1])
def test_the_fixed_point_attracts(weight_sum, weight_square_sum):
    settings = {"weight_sum": weight_sum, "weight_square_sum": weight_square_sum}
    settled = sn.iterate(selu, 0.0, 1.0, 300, **settings)[-1]
    assert np.allclose(sn.moment_map(selu, *settled, **settings), settled, rtol=0, atol=1e-10)
    eigenvalues = np.linalg.eigvals(sn.jacobian(selu, *settled, **settings))
    assert np.abs(eigenvalues).max() < 1


def test_jacobian_at_the_fixed_point_is_the_derivative_under_the_integral():
    # d/dν E g(√ν z) = ½ E g''(z) = ½ E g(z)(z² − 1) at ν = 1; the mean moves nothing when ω = 0.
    by_parts = [
        sn.gaussian_moment(lambda z, p=power: selu(z) ** p * (z**2 - 1)) / 2 for power in (1, 2)
    ]
    expected = [[0, by_parts[0]], [0, by_parts[1]]]
    assert np.allclose(sn.jacobian(selu, 0.0, 1.0), expected, rtol=0, atol=1e-7)


@pytest.mark.parametrize("start", [(0.5, 2.0), (-1.0, 0.5), (0.0, 3.0)])
def test_twenty_layers_bring_moments_home(start):
    path = sn.iterate(selu, *start, 20)
    distance = np.abs(path - [0, 1]).max(axis=1)
    assert np.all(np.diff(distance[1:]) < 0)
    assert distance[-1] < 0.01
    if start == (0.5, 2.0):
        assert path[-1] == pytest.approx([0.000567, 1.004992], abs=1e-6)


def test_relu_is_not_self_normalizing():
    eigenvalues = np.linalg.eigvals(sn.jacobian(relu, 0.0, 1.0))
    mean, variance = sn.moment_map(relu, 0.0, 1.0)
    assert mean == pytest.approx((2 * np.pi) ** -0.5)
    assert variance == pytest.approx(0.5 - 0.5 / np.pi)
    assert np.abs(eigenvalues).max() < 1  # it pulls too: to variance 0
    assert sn.iterate(relu, 0.0, 1.0, 40)[-1, 1] < 1e-12


def test_a_constant_input_has_no_spread():
    assert sn.moment_map(selu, 2.0, 0.0, weight_sum=1.0) == (float(selu(2.0)), 0.0)


def fifty_layers(initialization, width, networks):
    """Return mean and variance of the last layer's output, for each of the networks."""
    found = []
    for rng in generators(networks, seed=0):
        layers = [
            (
                Dense(width, width, initialization=initialization, bias=None, rng=rng),
                Activation((selu, selu_grad)),
            )
            for _ in range(50)
        ]
        network = Sequential(*[layer for pair in layers for layer in pair])
        output = network.forward(rng.standard_normal((64, width)))
        found.append((output.mean(), output.var()))
    return np.array(found).T


def test_fifty_layers_of_selu_stay_at_zero_and_one():
    width, networks = 256, 10
    mean, variance = fifty_layers("lecun", width, networks)
    # At width n the second moment m of a layer is the mean of n draws of selu(√m' z)², a random
    # walk pulled to 1 with slope s; the curvature c of the pull moves its mean by c·Var m/2(1 − s).
    step = 1e-3
    below, slope_at, above = (mean_field.moment_at(selu, 1 + h) for h in (-step, 0, step))
    slope, curvature = (above - below) / (2 * step), (above - 2 * slope_at + below) / step**2
    spread = (mean_field.moment_at(selu, 1.0, power=4) - 1) / width / (1 - slope**2)
    predicted = 1 + curvature * spread / (2 * (1 - slope))
    assert 0.9 < predicted < 1
    for sample, expected in ((mean, 0), (variance, predicted)):
        assert sample.mean() == pytest.approx(expected, abs=4 * sample.std(ddof=1) / networks**0.5)


def test_he_weights_break_self_normalization():
    _, variance = fifty_layers("he", 256, 10)
    second_moment = 1.0
    for _ in range(50):
        q = 2 * second_moment
        second_moment = mean_field.moment_at(selu, q)
    predicted = second_moment - mean_field.moment_at(selu, q, power=1) ** 2
    assert 1000 < predicted < 1300
    error = variance.std(ddof=1) / 10**0.5
    assert abs(variance.mean() - predicted) < 4 * error
    assert variance.min() > 100
