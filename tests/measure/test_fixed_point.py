"""The grid of a fixed-point number: its levels, its largest error, and its ends."""

import numpy as np
import pytest

from rectified.measure.fixed_point import quantize

X = np.linspace(-2, 9, 2201)


@pytest.mark.parametrize("bits", [1, 3, 8])
@pytest.mark.parametrize("top", [0.5, 6.0, 100.0])
def test_the_levels_are_evenly_spaced_and_the_error_is_at_most_half_a_step(top, bits):
    inside = np.linspace(0, top, 4001)
    found = quantize(inside, top, bits)
    step = top / (2**bits - 1)
    np.testing.assert_allclose(np.unique(found), np.arange(2**bits) * step, rtol=1e-14)
    # a few roundings of numbers up to top on the way
    assert np.abs(found - inside).max() <= step / 2 + 4 * np.spacing(top)


def test_the_ends_hold_what_lies_beyond():
    np.testing.assert_array_equal(quantize([-np.inf, -3.0, 7.0, np.inf], 6.0, 4), [0, 0, 6, 6])
    assert np.isnan(quantize(np.nan, 6.0, 4))


def test_what_is_on_the_grid_stays():
    once = quantize(X, 6.0, 5)
    np.testing.assert_array_equal(quantize(once, 6.0, 5), once)


def test_every_network_may_have_its_own_top():
    x = np.stack([X, X])
    tops = np.array([[1.0], [6.0]])
    np.testing.assert_array_equal(quantize(x, tops, 3), [quantize(X, 1.0, 3), quantize(X, 6.0, 3)])


@pytest.mark.parametrize(
    ("top", "bits", "name"), [(0.0, 3, "top"), (-1.0, 3, "top"), (6, 0, "bits")]
)
def test_a_grid_without_levels_is_refused(top, bits, name):
    with pytest.raises(ValueError, match=f"{name} must be"):
        quantize(X, top, bits)
