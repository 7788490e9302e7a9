"""Tasks draw what they promise, keep their parts apart, and score what networks say."""

import numpy as np
import pytest

from rectified.data import load_digits, load_penguins
from rectified.tournament import TASKS

each_task = pytest.mark.parametrize("name", TASKS)


def drawn(name, seed=0):
    return TASKS[name].draw(np.random.default_rng([seed, 0]))


@each_task
def test_a_draw_fits_the_task(name):
    task, parts = TASKS[name], drawn(name)
    for x, y in zip(parts[::2], parts[1::2], strict=True):
        assert len(x) == len(y)
        if task.classes:
            assert set(np.unique(y)) == set(range(task.outputs))
        else:
            assert y.shape == (len(x), task.outputs)


@each_task
def test_a_seed_draws_the_same_again_and_another_draws_others(name):
    for one, other in zip(drawn(name), drawn(name), strict=True):
        np.testing.assert_array_equal(one, other)
    assert not np.array_equal(drawn(name)[0], drawn(name, seed=1)[0])


@each_task
def test_inputs_and_targets_have_mean_square_about_one(name):
    """A fifth of it is what few examples, and features that are not standardised, leave open."""
    x, y = drawn(name)[:2]
    assert 0.75 < np.mean(x**2) < 1.25
    if not TASKS[name].classes:
        assert 0.75 < np.mean(y**2) < 1.25


@each_task
def test_no_example_is_in_two_parts(name):
    train, validation, test = (
        {row.tobytes() for row in np.ascontiguousarray(x)} for x in drawn(name)[::2]
    )
    assert not train & validation
    assert not train & test
    assert not validation & test


@pytest.mark.parametrize(
    ("name", "data"), [("digits", load_digits()), ("penguins", load_penguins())]
)
def test_real_tests_are_the_fixed_ones_in_order(name, data):
    x_test, y_test = drawn(name)[4:]
    assert len(x_test) == len(data.x_test)
    assert np.corrcoef(y_test.ravel(), data.y_test.ravel())[0, 1] > 1 - 1e-12


def test_the_score_counts_wrong_labels_in_percent():
    outputs = np.array([[[2.0, 1.0], [0.0, 1.0]], [[0.0, 1.0], [0.0, 1.0]]])
    np.testing.assert_array_equal(TASKS["deep"].score(outputs, np.array([0, 1])), [0.0, 50.0])


def test_the_score_is_the_root_mean_square_in_its_unit():
    outputs = np.array([[[0.0], [0.0]], [[3.0], [4.0]]])
    y = np.array([[3.0], [4.0]])
    np.testing.assert_allclose(TASKS["sine"].score(outputs, y), [100 * np.sqrt(12.5), 0.0])
    kilograms = load_penguins().y_train.std()
    np.testing.assert_allclose(TASKS["penguins"].score(outputs, y)[0], 1000 * kilograms * 12.5**0.5)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_network_that_broke_counts_as_one_that_says_zero(bad):
    outputs = np.array([[[1.0], [bad]]])
    y = np.array([[3.0], [4.0]])
    np.testing.assert_allclose(TASKS["sine"].score(outputs, y), [100 * np.sqrt(12.5)])
    labels = np.array([0, 1])
    broken = np.array([[[0.0, 1.0], [bad, 0.0]]])
    np.testing.assert_array_equal(TASKS["deep"].score(broken, labels), [50.0])
