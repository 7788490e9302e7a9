"""Interval, test and correction against SciPy, against their definitions, and by simulation."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from rectified.tournament import holm, paired_interval, sign_flip_p_value


@pytest.mark.parametrize("count", [2, 5, 10, 30])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_interval_is_students(count, level):
    differences = np.random.default_rng(count).normal(0.3, 2.0, count)
    expected = stats.ttest_1samp(differences, 0).confidence_interval(level)
    mean, low, high = paired_interval(differences, level)
    assert mean == differences.mean()
    np.testing.assert_allclose([low, high], [expected.low, expected.high], rtol=1e-9)


def test_one_difference_has_no_interval():
    mean, low, high = paired_interval([3.0])
    assert mean == 3.0
    assert np.isnan([low, high]).all()


@pytest.mark.parametrize("count", [1, 2, 5, 8, 11])
def test_the_sign_flips_are_counted_as_if_they_were_written_down(count):
    rng = np.random.default_rng(count)
    for differences in (rng.normal(0.4, 1, count), rng.integers(-3, 4, count).astype(float)):
        signs = np.array(list(product([1, -1], repeat=count)))
        means = np.abs(signs @ differences)
        expected = np.mean(means >= abs(differences.sum()) - 1e-9)
        assert sign_flip_p_value(differences) == pytest.approx(expected, abs=1e-15)


def test_the_smallest_p_is_that_of_two_patterns():
    assert sign_flip_p_value(np.arange(1.0, 31.0)) == 2 / 2**30


def test_no_difference_is_no_evidence():
    assert sign_flip_p_value(np.zeros(12)) == 1.0


@pytest.mark.parametrize("count", [0, 41])
def test_too_few_or_too_many_differences_are_refused(count):
    with pytest.raises(ValueError, match="differences must be"):
        sign_flip_p_value(np.ones(count))


def step_down(p_values, level):
    """Return what Holm's procedure rejects, as he states it."""
    rejected = np.zeros(len(p_values), bool)
    for rank, index in enumerate(np.argsort(p_values)):
        if p_values[index] > level / (len(p_values) - rank):
            break
        rejected[index] = True
    return rejected


def test_adjusted_values_below_the_level_are_what_the_procedure_rejects():
    rng = np.random.default_rng(0)
    for _ in range(200):
        p_values = rng.random(9) ** 4
        for level in (0.01, 0.05, 0.2):
            np.testing.assert_array_equal(holm(p_values) <= level, step_down(p_values, level))


def test_adjusted_values_keep_the_order_and_stay_below_one():
    p_values = np.array([0.5, 0.001, 0.9, 0.001])
    np.testing.assert_allclose(holm(p_values), [1.0, 0.004, 1.0, 0.004])


def test_a_field_of_equals_rarely_has_a_winner():
    """Thirteen against one, all the same: 5% of the fields at most may show a difference.

    Of 400 fields that is 20, with a standard deviation of 4.4: 34 is three of them away. Without
    the correction about 150 fields do.
    """
    rng = np.random.default_rng(1)
    alarms = uncorrected = 0
    for _ in range(400):
        scores = rng.normal(size=(14, 16))
        p_values = [sign_flip_p_value(one - scores[0]) for one in scores[1:]]
        alarms += min(holm(p_values)) < 0.05
        uncorrected += min(p_values) < 0.05
    assert alarms <= 34
    assert uncorrected > 80
