"""Curves are the functions of their names; samples lie on them."""

import numpy as np
import pytest

from rectified.data import CURVES, absolute_value, sample_curve, sawtooth, sine, step

X = np.linspace(-1, 1, 2001)


@pytest.mark.parametrize("periods", [1, 2, 5])
def test_sine_runs_through_its_periods(periods):
    crossings = np.count_nonzero(np.diff(np.sign(sine(X + 1e-6, periods))))
    # The left end, −1, is the 0 from which counting starts.
    assert crossings == 2 * periods


@pytest.mark.parametrize("teeth", [1, 2, 4, 8])
def test_sawtooth_has_two_pieces_a_tooth(teeth):
    # Kinks at multiples of 1/teeth, which all lie on a grid of 16 steps to the left of 0.
    grid = np.linspace(-1, 1, 32 * teeth + 1)
    slopes = np.diff(sawtooth(grid, teeth)) * 16 * teeth
    np.testing.assert_allclose(np.abs(slopes), teeth, rtol=1e-9)
    assert np.count_nonzero(np.diff(np.sign(slopes))) + 1 == 2 * teeth
    assert sawtooth(X, teeth).min() >= 0
    assert sawtooth(X, teeth).max() <= 1


def test_step_jumps_once_and_takes_the_upper_value():
    assert step(np.nextafter(0, -1)) == 0
    assert step(0.0) == 1
    assert np.count_nonzero(np.diff(step(X))) == 1


def test_absolute_value_is_two_rectifiers():
    np.testing.assert_array_equal(absolute_value(X), np.maximum(X, 0) + np.maximum(-X, 0))


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_noiseless_samples_lie_on_the_curve(curve):
    x, y = sample_curve(curve, 100, low=-2.0, high=0.5, rng=np.random.default_rng(0))
    assert x.shape == y.shape == (100, 1)
    assert x.min() >= -2
    assert x.max() < 0.5
    np.testing.assert_array_equal(y, curve(x))


def test_noise_has_its_standard_deviation():
    x, y = sample_curve(sine, 20_000, noise=0.3, rng=np.random.default_rng(0))
    # Five standard errors of a standard deviation: σ/√(2n) each.
    assert abs((y - sine(x)).std() - 0.3) < 5 * 0.3 / np.sqrt(40_000)


def test_the_generator_alone_decides():
    first, again, other = (
        sample_curve(sine, 20, noise=0.1, rng=np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("settings", "name"),
    [({"num_examples": 0}, "num_examples"), ({"low": 1.0}, "low"), ({"noise": -1.0}, "noise")],
)
def test_bad_arguments_are_named(settings, name):
    settings = {"num_examples": 10, **settings}
    with pytest.raises(ValueError, match=name):
        sample_curve(sine, **settings, rng=np.random.default_rng(0))
