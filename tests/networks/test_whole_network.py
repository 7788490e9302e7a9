"""LSUV reaches unit variance; RAI draws what it says and leaves fewer networks born dead."""

import math

import numpy as np
import pytest

from rectified.networks import (
    Activation,
    Conv2d,
    Dense,
    Flatten,
    Sequential,
    generators,
    linear_default,
    lsuv,
    perceptron,
    randomize_asymmetrically,
)


def rng(seed=0):
    return np.random.default_rng(seed)


def pre_activations(network, x):
    pairs = zip(network.layers, network.outputs(x), strict=True)
    return [output for layer, output in pairs if isinstance(layer, Dense | Conv2d)]


def test_lsuv_gives_every_pre_activation_unit_variance():
    network = perceptron([10, 50, 50, 50, 3], "relu", initialization="orthogonal", rng=rng())
    x = 7 * rng(1).normal(size=(200, 10))
    lsuv(network, x)
    for output in pre_activations(network, x):
        assert output.var() == pytest.approx(1, abs=1e-12)


def test_lsuv_reaches_its_tolerance_with_random_biases():
    network = perceptron([10, 50, 50, 3], "relu", bias=linear_default(), rng=rng())
    x = 5 * rng(1).normal(size=(200, 10))
    lsuv(network, x, tolerance=1e-4)
    for output in pre_activations(network, x):
        assert output.var() == pytest.approx(1, abs=1e-4)


def test_lsuv_scales_convolutions():
    network = Sequential(
        Conv2d(2, 4, 3, rng=rng()), Activation("relu"), Flatten(), Dense(64, 3, rng=rng())
    )
    x = rng(1).normal(size=(50, 2, 6, 6)) / 3
    lsuv(network, x)
    for output in pre_activations(network, x):
        assert output.var() == pytest.approx(1, abs=1e-12)


def test_lsuv_treats_networks_apart():
    x = rng(1).normal(size=(100, 5))
    together = perceptron([5, 8, 2], "relu", rng=generators(3, 0))
    lsuv(together, x)
    for number, one in enumerate(generators(3, 0)):
        alone = perceptron([5, 8, 2], "relu", rng=one)
        lsuv(alone, x)
        for ours, theirs in zip(together.parameters, alone.parameters, strict=True):
            np.testing.assert_allclose(ours[number], theirs, rtol=1e-12)


def test_lsuv_changes_only_the_scale_of_weights():
    network = perceptron([5, 8, 2], "relu", bias=0.3, rng=rng())
    before = [parameter.copy() for parameter in network.parameters]
    lsuv(network, rng(1).normal(size=(100, 5)))
    for role, now, then in zip(network.roles, network.parameters, before, strict=True):
        if role == "bias":
            np.testing.assert_array_equal(now, then)
        else:
            np.testing.assert_allclose(now / then, (now / then).flat[0], rtol=1e-12)


def test_lsuv_names_what_stands_in_its_way():
    network = perceptron([5, 8, 2], "relu", rng=rng())
    with pytest.raises(ValueError, match="x must"):
        lsuv(network, np.zeros((10, 5)))
    network = perceptron([5, 8, 2], "relu", bias=lambda *_: 9 * rng().normal(size=_[0]), rng=rng())
    with pytest.raises(ValueError, match="layer 0"):
        lsuv(network, rng(1).normal(size=(100, 5)))


def test_rai_has_the_moments_of_its_mixture():
    fan_in, fan_out = 4, 50_000
    network = Sequential(Dense(fan_in, fan_out, rng=rng()))
    randomize_asymmetrically(network, rng(1))
    entries = np.vstack([network.parameters[0], network.parameters[1]])
    # One of five entries is Beta(2, 1), with mean 2/3 and mean square 1/2; the others are Gaussian.
    mean = 2 / 3 / 5
    mean_square = 1 / 2 / 5 + 0.6007**2 / fan_in * 4 / 5
    error = math.sqrt(1 / entries.size)  # every entry has a variance below 1, its square too
    assert abs(entries.mean() - mean) < 5 * error
    assert abs((entries**2).mean() - mean_square) < 5 * error
    # Every row has its share of the Beta entries, the bias (last) as well.
    row_error = math.sqrt(1 / fan_out)
    np.testing.assert_allclose(entries.mean(axis=1), mean, atol=5 * row_error)
    # A unit has at least one positive entry: its Beta one.
    assert (entries.max(axis=0) > 0).all()


def constant_fraction(width, depth, asymmetric, num_networks=1000):
    """Of ReLU networks on the interval, the fraction that are constant when they are born."""
    rngs = generators(num_networks, 100 * width + depth)
    network = perceptron([1] + [width] * (depth - 1) + [1], "relu", rng=rngs)
    if asymmetric:
        randomize_asymmetrically(network, rngs)
    output = network.forward(np.linspace(-math.sqrt(3), math.sqrt(3), 64)[:, np.newaxis])
    # The range of a live network can be tiny, but not beside its values.
    return np.mean(np.ptp(output, axis=(1, 2)) <= 1e-12 * np.abs(output).max(axis=(1, 2)))


@pytest.mark.parametrize(
    ("width", "depth", "he", "rai"),
    [(2, 10, 0.884, 0.235), (3, 20, 0.882, 0.187), (4, 20, 0.619, 0.058)],
)
def test_rai_leaves_the_known_fraction_born_dead(width, depth, he, rai):
    # Known from other runs of some 1,000 networks: five standard errors of a difference.
    for known, asymmetric in ((he, False), (rai, True)):
        margin = 5 * math.sqrt(2 * known * (1 - known) / 1000)
        assert abs(constant_fraction(width, depth, asymmetric) - known) < margin


def test_rai_draws_each_network_from_its_own_generator():
    together = perceptron([3, 4, 2], "relu", rng=generators(3, 0))
    randomize_asymmetrically(together, generators(3, 1))
    for number, one in enumerate(generators(3, 1)):
        alone = perceptron([3, 4, 2], "relu", rng=rng())
        randomize_asymmetrically(alone, one)
        for ours, theirs in zip(together.parameters, alone.parameters, strict=True):
            np.testing.assert_array_equal(ours[number], theirs)


def test_rai_names_what_it_cannot_work_with():
    with pytest.raises(ValueError, match="network must"):
        randomize_asymmetrically(perceptron([3, 2], "relu", bias=None, rng=rng()), rng())
    with pytest.raises(ValueError, match="rng must"):
        randomize_asymmetrically(perceptron([3, 2], "relu", rng=rng()), generators(2, 0))
