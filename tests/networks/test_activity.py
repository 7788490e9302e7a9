"""The L1 penalty on activity: forward changes nothing, backward descends loss plus penalty."""

import numpy as np
import pytest

from rectified.networks import (
    SGD,
    Activation,
    Dense,
    L1Activity,
    Sequential,
    fit,
    generators,
    squared_error,
)


def network(strength, rng):
    return Sequential(Dense(3, 5, rng=rng), Activation("relu"), L1Activity(strength),
                      Dense(5, 2, rng=rng))  # fmt: skip


@pytest.mark.parametrize("strength", [0.7, [0.0, 0.3, 2.0]])
def test_gradient_is_that_of_loss_plus_penalty(strength):
    several = np.ndim(strength)
    rng = generators(3, 0) if several else np.random.default_rng(0)
    net = network(strength, rng)
    x, y = np.random.default_rng(1).normal(size=(2, 6, 3))
    y = y[:, :2]

    def total():
        hidden = net.layers[1].forward(net.layers[0].forward(x))
        value = squared_error(net.forward(x), y)[0]
        return np.sum(value + np.multiply(strength, np.abs(hidden).sum(-1).mean(-1)))

    net.forward(x)
    net.backward(squared_error(net.forward(x), y)[1])
    gradient = net.gradients[0].copy()
    direction = np.random.default_rng(2).normal(size=gradient.shape)
    h = 1e-6
    net.parameters[0] += h * direction
    above = total()
    net.parameters[0] -= 2 * h * direction
    below = total()
    # central difference: error about h² + ε/h = 1e-10, far from any kink
    assert np.isclose(np.sum(gradient * direction), (above - below) / (2 * h), rtol=1e-7, atol=1e-8)


def test_forward_is_the_identity_and_a_silent_unit_is_left_alone():
    layer = L1Activity(2.0)
    x = np.array([[0.0, 3.0]], dtype=np.float32)
    assert np.array_equal(layer.forward(x), x)
    gradient = layer.backward(np.zeros_like(x))
    assert np.array_equal(gradient, [[0.0, 2.0]])
    assert gradient.dtype == np.float32


def test_side_by_side_equals_one_by_one():
    x, y = np.random.default_rng(1).normal(size=(2, 8, 3))
    y = y[:, :2]
    strengths = [0.0, 0.1, 1.0]
    together = network(strengths, generators(3, 0))
    fit(together, squared_error, SGD(together, 0.05), x, y, steps=5)
    for index, strength in enumerate(strengths):
        alone = network(strength, generators(3, 0)[index])
        fit(alone, squared_error, SGD(alone, 0.05), x, y, steps=5)
        assert np.allclose(together.parameters[0][index], alone.parameters[0], rtol=1e-13)


@pytest.mark.parametrize("strength", [-1.0, [0.1, -0.1], [[1.0]], np.nan])
def test_a_strength_that_is_none_is_named(strength):
    with pytest.raises(ValueError, match="strength must be 0 or more"):
        L1Activity(strength)
