"""The squared length of a signal has the stated law, one layer's variance exactly 5/n."""

import numpy as np
import pytest

from rectified.activations import relu
from rectified.measure import born_dead
from rectified.measure import width_fluctuations as wf
from rectified.networks import Dense


def four_errors_of_variance(sample):
    fourth = np.mean((sample - sample.mean()) ** 4)
    return 4 * np.sqrt((fourth - sample.var() ** 2) / sample.size)


@pytest.mark.parametrize("width", [2, 5, 10, 40])
def test_one_he_layer_has_variance_five_over_n(width):
    # One wide layer is many independent layers of n units that see the same input.
    networks = 200_000 // width
    rng = np.random.default_rng(width)
    x = rng.standard_normal(width)
    layer = Dense(width, width * networks, initialization="he", bias=None, rng=rng)
    outputs = relu(layer.forward(x[None])).reshape(networks, width)
    growth = np.sum(outputs**2, axis=1) / (x @ x)
    assert growth.mean() == pytest.approx(1, abs=4 * np.sqrt(5 / width / networks))
    assert growth.var() == pytest.approx(5 / width, abs=four_errors_of_variance(growth))


@pytest.mark.parametrize(("width", "depth"), [(10, 1), (20, 2), (50, 5)])
def test_length_growth_has_the_stated_moments(width, depth):
    growth = wf.length_growth(width, depth, 40_000, np.random.default_rng(0))
    mean, second = wf.growth_moments(width, depth)
    assert growth.mean() == pytest.approx(mean, abs=4 * growth.std() / 200)
    assert growth.var() == pytest.approx(second - mean**2, abs=four_errors_of_variance(growth))


def test_length_growth_is_the_law_of_real_networks():
    # Quantiles against 3000 networks of matrices, by the binomial law of counts. A third of these
    # networks is dead, so the lower quantiles are all 0.
    width, depth, networks = 4, 6, 3000
    rng = np.random.default_rng(0)
    hidden = np.ones((networks, 1, width))
    for _ in range(depth):
        weights = rng.normal(0, np.sqrt(2 / width), (networks, width, width))
        hidden = relu(hidden @ weights)
    real = np.sum(hidden**2, axis=(1, 2)) / width
    drawn = wf.length_growth(width, depth, 40 * networks, rng)
    for level in (0.5, 0.7, 0.85, 0.95):
        below = np.mean(real <= np.quantile(drawn, level))
        assert below == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / networks) * 1.02)


@pytest.mark.parametrize(("width", "depth"), [(100, 50), (200, 20)])
def test_wide_networks_have_the_stated_median(width, depth):
    growth = wf.length_growth(width, depth, 10_000, np.random.default_rng(1))
    log_growth = np.log(growth)
    # The median of N draws has standard error √(π/2N) std; the third cumulant of log M, of relative
    # order 1/n, moves it by a few 1/n per unit of 5L/n.
    slack = 4 * np.sqrt(np.pi / 2 / growth.size) * log_growth.std() + 5 * depth / width * 4 / width
    assert np.median(log_growth) == pytest.approx(np.log(wf.wide_median(width, depth)), abs=slack)


def test_narrow_networks_die_as_often_as_one_input_kills_them():
    growth = wf.length_growth(5, 10, 40_000, np.random.default_rng(2))
    exact = born_dead.upper_bound([5] * 10)
    assert np.mean(growth == 0) == pytest.approx(exact, abs=4 * np.sqrt(exact / growth.size))
