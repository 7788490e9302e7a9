"""Inputs for checks: never near a kink, never without a case that tells right from wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectified.checks import inputs

seeds = st.integers(0, 2**32 - 1)


@given(seeds, st.sampled_from([np.float16, np.float32, np.float64]))
def test_numbers_keep_their_distance_and_reach_every_piece(seed, dtype):
    kinks = (-3.0, 0.0, 3.0)
    x = inputs.between_kinks(np.random.default_rng(seed), (12,), dtype, kinks, margin=0.25)
    assert x.dtype == dtype
    distance = np.abs(x.astype(float)[:, None] - np.array(kinks))
    # Rounding to three decimals and to float16 near 11 moves a number by at most 0.0045.
    assert distance.min() >= 0.25 - 0.0045
    assert set(np.searchsorted(kinks, x.astype(float))) == {0, 1, 2, 3}


@given(seeds)
def test_both_signs_are_there_from_two_numbers_on(seed):
    x = inputs.between_kinks(np.random.default_rng(seed), (2,), np.float64)
    assert sorted(np.sign(x)) == [-1, 1]


@given(seeds)
def test_tails_reach_both_sides_and_keep_their_bounds(seed):
    x = inputs.tails(np.random.default_rng(seed), (4, 3), np.float64, near=20.0, far=700.0)
    assert x.shape == (4, 3)
    assert (np.sign(x) == 1).sum() == 6
    assert np.all((np.abs(x) >= 20 - 0.0005) & (np.abs(x) <= 700 + 0.0005))


@given(seeds)
def test_upstream_gradients_are_never_what_a_mask_could_hide(seed):
    g = inputs.upstream(np.random.default_rng(seed), (8,), np.float64)
    assert not np.isin(g, [-1.0, 0.0, 1.0]).any()
    assert {-1, 1} == set(np.sign(g))


@pytest.mark.parametrize("shape", [(), (0,), (3, 0), (2, 3, 4)])
def test_every_shape_can_be_drawn(shape):
    assert inputs.between_kinks(np.random.default_rng(0), shape, np.float64).shape == shape


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_extremes_are_those_of_the_dtype(dtype):
    x = inputs.extremes(dtype)
    info = np.finfo(dtype)
    assert x.dtype == dtype
    assert {np.inf, -np.inf, float(info.max), float(info.smallest_subnormal)} <= set(x.tolist())
