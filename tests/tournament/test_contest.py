"""Everybody starts at the right scale, on the same seeds, and trains alone among the others."""

from dataclasses import replace

import numpy as np
import pytest

from rectified.networks import Dense
from rectified.tournament import CONTESTANTS, TASKS, train, tune
from rectified.tournament.contest import RATES, SCALES, build

SHORT = replace(TASKS["penguins"], steps=15)


def pre_activations(network, x):
    """Return the mean square of what each Dense layer puts out, one for each network."""
    found = []
    for layer in network.layers:
        x = layer.forward(x)
        if isinstance(layer, Dense):
            found.append(np.mean(x**2, axis=(-2, -1)))
    return np.array(found)


@pytest.mark.parametrize("name", CONTESTANTS)
def test_pre_activations_start_at_mean_square_one(name):
    """Width 400: a layer's factor has standard deviation √(5/400) = 0.11 for ReLU, and √(35/400)
    = 0.3 for its square; the mean over 8 networks keeps three layers within 0.35.
    """
    wide = replace(TASKS["sine"], hidden=(400, 400, 400))
    rngs = [np.random.default_rng([7, index]) for index in range(8)]
    network = build(wide, CONTESTANTS[name], 64, np.ones(8), rngs)
    x = np.random.default_rng(0).standard_normal((8, 50, 64))
    mean_squares = pre_activations(network, x).mean(axis=1)[:-1]
    assert np.all(np.abs(mean_squares - 1) < 0.35)


def test_a_scale_multiplies_the_weights_and_nothing_else():
    rngs = [[np.random.default_rng(3) for _ in range(2)] for _ in range(2)]
    plain = build(SHORT, CONTESTANTS["tanh"], 7, np.ones(2), rngs[0])
    scaled = build(SHORT, CONTESTANTS["tanh"], 7, np.array([1.0, 2.0]), rngs[1])
    for one, other in zip(plain.layers[::2], scaled.layers[::2], strict=True):
        np.testing.assert_array_equal(other.weights, one.weights * [[[1.0]], [[2.0]]])
        np.testing.assert_array_equal(other.bias, one.bias)


def test_contestants_start_from_the_same_draw_up_to_a_factor():
    starts = []
    for name in ("relu", "gelu"):
        rngs = [np.random.default_rng([5, 1])]
        starts.append(build(SHORT, CONTESTANTS[name], 7, np.ones(1), rngs).layers[2].weights)
    ratio = starts[0] / starts[1]
    np.testing.assert_allclose(ratio, CONTESTANTS["relu"].gain / CONTESTANTS["gelu"].gain)


@pytest.mark.parametrize("name", ["relu", "prelu"])
def test_a_network_does_not_know_its_neighbours(name):
    rates, scales = np.array([0.01, 0.02, 0.05]), np.array([1.0, 0.5, 2.0])
    together = train(SHORT, CONTESTANTS[name], [3, 4, 5], rates, scales)
    alone = train(SHORT, CONTESTANTS[name], [4], rates[1:2], scales[1:2])
    # the same sums, perhaps in another order: 15 steps leave of it what a few roundings are
    np.testing.assert_allclose([part[1] for part in together], np.ravel(alone), rtol=1e-9)


def test_training_learns():
    scores = [
        train(replace(SHORT, steps=steps), CONTESTANTS["relu"], [0], [0.01], [1.0])[1][0]
        for steps in (1, 150)
    ]
    assert scores[1] < scores[0] / 2


def test_tuning_tries_every_setting_on_every_seed():
    grid = tune(SHORT, CONTESTANTS["relu"], seeds=[8, 9])
    assert grid.shape == (len(SCALES), len(RATES))
    validation, _ = train(
        SHORT, CONTESTANTS["relu"], [8, 9], np.full(2, RATES[4]), np.full(2, SCALES[1])
    )
    np.testing.assert_allclose(grid[1, 4], validation.mean(), rtol=1e-9)
