"""The two layers that behave differently in training and in evaluation."""

import numpy as np
import pytest

from rectified.networks import BatchNorm, Dropout, generators


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("shape", "channel_axis", "axes"), [((50, 3), -1, 0), ((8, 3, 5, 4), -3, (0, 2, 3))]
)
def test_training_standardises_each_channel(shape, channel_axis, axes):
    layer = BatchNorm(3, channel_axis=channel_axis, epsilon=1e-12)
    output = layer.forward(5 + 2 * rng().normal(size=shape))
    np.testing.assert_allclose(output.mean(axis=axes), 0, atol=1e-12)
    np.testing.assert_allclose(output.std(axis=axes), 1, rtol=1e-10)


def test_scale_and_shift_are_applied():
    layer, plain = BatchNorm(3), BatchNorm(3)
    layer.scale[...] = [1, 2, 3]
    layer.shift[...] = [4, 5, 6]
    x = rng().normal(size=(20, 3))
    expected = plain.forward(x) * [1, 2, 3] + [4, 5, 6]
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-13)


def test_epsilon_is_added_to_the_biased_variance():
    x = np.array([[0.0], [2.0]])
    np.testing.assert_allclose(BatchNorm(1, epsilon=3.0).forward(x), [[-0.5], [0.5]])


def test_running_averages_follow_the_batches():
    layer = BatchNorm(2, momentum=0.25)
    x = rng().normal(3, 2, size=(10, 2))
    layer.forward(x)
    np.testing.assert_allclose(layer.running_mean, 0.25 * x.mean(axis=0))
    np.testing.assert_allclose(layer.running_variance, 0.75 + 0.25 * x.var(axis=0, ddof=1))
    for _ in range(200):
        layer.forward(x)
    np.testing.assert_allclose(layer.running_mean, x.mean(axis=0))
    np.testing.assert_allclose(layer.running_variance, x.var(axis=0, ddof=1))


def test_evaluation_uses_running_averages_and_changes_nothing():
    layer = BatchNorm(2)
    layer.running_mean[...], layer.running_variance[...] = [1, 2], [4, 9]
    layer.eval()
    x = rng().normal(size=(1, 2))
    expected = (x - [1, 2]) / np.sqrt(np.array([4, 9]) + 1e-5)
    np.testing.assert_allclose(layer.forward(x), expected, rtol=1e-14)
    np.testing.assert_array_equal(layer.running_mean, [1, 2])
    np.testing.assert_array_equal(layer.running_variance, [4, 9])


def test_training_ignores_scale_and_shift_of_x():
    layer, x = BatchNorm(3, epsilon=1e-14), rng().normal(size=(20, 3))
    np.testing.assert_allclose(layer.forward(7 * x + 4), layer.forward(x), rtol=1e-9, atol=1e-9)


def test_networks_are_normalised_apart():
    together = BatchNorm(3, num_networks=4)
    x = rng().normal(size=(4, 20, 3)) * np.arange(1, 5)[:, np.newaxis, np.newaxis]
    output = together.forward(x)
    for number in range(4):
        alone = BatchNorm(3)
        np.testing.assert_allclose(output[number], alone.forward(x[number]), rtol=1e-12)
        np.testing.assert_allclose(together.running_variance[number], alone.running_variance)


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5, 0.9])
def test_dropout_keeps_the_expectation(rate):
    num_entries = 200_000
    output = Dropout(rate, rng()).forward(np.ones((num_entries, 1)))
    # An entry is 0 or 1/(1 − rate), of variance rate/(1 − rate); five standard errors.
    margin = 5 * np.sqrt(rate / (1 - rate) / num_entries)
    assert abs(output.mean() - 1) <= margin
    assert set(np.unique(output)) == ({1.0} if rate == 0 else {0.0, 1 / (1 - rate)})


def test_dropout_backward_uses_the_mask_of_forward():
    layer, x = Dropout(0.5, rng()), np.ones((40, 30))
    output = layer.forward(x)
    np.testing.assert_array_equal(layer.backward(np.ones_like(x)), output)
    assert not np.array_equal(layer.forward(x), output)


def test_dropout_does_nothing_in_evaluation():
    layer, x = Dropout(0.9, rng()), rng(1).normal(size=(5, 4))
    layer.eval()
    np.testing.assert_array_equal(layer.forward(x), x)
    np.testing.assert_array_equal(layer.backward(x), x)


@pytest.mark.parametrize("shape", [(6, 5), (3, 6, 5)])
def test_each_network_draws_its_own_masks(shape):
    x = rng().normal(size=shape)
    output = Dropout(0.5, generators(3, 0)).forward(x)
    assert output.shape == (3, 6, 5)
    for number, one in enumerate(generators(3, 0)):
        alone = Dropout(0.5, one).forward(x if x.ndim == 2 else x[number])
        np.testing.assert_array_equal(output[number], alone)


def test_dropout_of_a_shared_x_sums_over_networks():
    layer, x = Dropout(0.5, generators(3, 0)), np.ones((6, 5))
    output = layer.forward(x)
    np.testing.assert_array_equal(layer.backward(np.ones((3, 6, 5))), output.sum(axis=0))
