"""The affine map, its start values, and layers in a row."""

import numpy as np
import pytest

from rectified.networks import (
    Activation,
    BatchNorm,
    Dense,
    Dropout,
    Sequential,
    generators,
    linear_default,
    perceptron,
)


def rng(seed=0):
    return np.random.default_rng(seed)


def test_dense_is_the_sum_of_weighted_inputs_and_bias():
    layer = Dense(3, 2, rng=rng(), bias=0.5)
    x = rng(1).normal(size=(4, 3))
    by_hand = [
        [sum(x[n, i] * layer.weights[i, o] for i in range(3)) + layer.bias[o] for o in range(2)]
        for n in range(4)
    ]
    np.testing.assert_allclose(layer.forward(x), by_hand, rtol=1e-13)


def test_bias_starts_as_asked():
    assert Dense(3, 2, rng=rng(), bias=None).bias is None
    np.testing.assert_array_equal(Dense(3, 2, rng=rng(), bias=-2).bias, [-2, -2])
    drawn = Dense(9, 500, rng=rng(), bias=linear_default()).bias
    assert drawn.shape == (500,)
    assert 0.3 < np.abs(drawn).max() <= 1 / 3


def test_each_generator_makes_the_layer_that_it_makes_alone():
    together = Dense(3, 2, rng=generators(5, 1), bias=linear_default())
    for number, one in enumerate(generators(5, 1)):
        alone = Dense(3, 2, rng=one, bias=linear_default())
        np.testing.assert_array_equal(together.weights[number], alone.weights)
        np.testing.assert_array_equal(together.bias[number], alone.bias)


def test_generators_differ_and_are_reproducible():
    first, again = ([one.random() for one in generators(4, 3)] for _ in range(2))
    assert first == again
    assert len(set(first)) == 4


def test_sequential_composes():
    one, two = Dense(3, 4, rng=rng(1)), Dense(4, 2, rng=rng(2))
    network = Sequential(one, Activation("relu"), two)
    x = rng(3).normal(size=(5, 3))
    expected = np.maximum(x @ one.weights, 0) @ two.weights
    np.testing.assert_allclose(network.forward(x), expected, rtol=1e-13)
    outputs = network.outputs(x)
    assert [output.shape for output in outputs] == [(5, 4), (5, 4), (5, 2)]
    np.testing.assert_array_equal(outputs[-1], network.forward(x))


def test_sequential_shares_the_arrays_of_its_layers():
    network = perceptron([3, 4, 2], "relu", rng=rng())
    dense = [layer for layer in network.layers if isinstance(layer, Dense)]
    own = [array for layer in dense for array in layer.parameters]
    assert all(ours is theirs for ours, theirs in zip(network.parameters, own, strict=True))
    assert network.roles == ("weights", "bias") * 2


def test_perceptron_has_an_activation_between_dense_layers_only():
    network = perceptron([3, 5, 4, 2], "relu", rng=rng(), bias=None)
    kinds = [type(layer).__name__ for layer in network.layers]
    assert kinds == ["Dense", "Activation", "Dense", "Activation", "Dense"]
    assert [parameter.shape for parameter in network.parameters] == [(3, 5), (5, 4), (4, 2)]


def test_modes_reach_every_layer():
    network = Sequential(Dropout(0.5, rng()), Sequential(BatchNorm(3)))
    network.eval()
    assert not network.layers[0].training
    assert not network.layers[1].layers[0].training
    network.train()
    assert network.layers[0].training
    assert network.layers[1].layers[0].training


def test_predict_evaluates_and_puts_modes_back():
    dropout, normalization = Dropout(0.5, rng()), BatchNorm(3)
    network = Sequential(dropout, normalization)
    normalization.eval()
    x = np.ones((4, 3))
    # Evaluation: no mask, and running statistics of mean 0 and variance 1.
    np.testing.assert_allclose(network.predict(x), 1 / np.sqrt(1 + 1e-5))
    assert (dropout.training, normalization.training) == (True, False)


def test_predict_puts_modes_back_after_an_error():
    network = Sequential(Dropout(0.5, rng()), Dense(3, 2, rng=rng()))
    with pytest.raises(ValueError, match="x must"):
        network.predict(np.ones((4, 2)))
    assert network.layers[0].training


def test_layers_of_different_numbers_of_networks_are_refused():
    with pytest.raises(ValueError, match="layers"):
        Sequential(Dense(3, 3, rng=generators(2, 0)), Dense(3, 3, rng=generators(3, 0)))


def test_number_of_networks_is_that_of_any_layer():
    assert perceptron([3, 2], "relu", rng=rng()).num_networks is None
    assert Sequential(Activation("relu"), Dense(3, 2, rng=generators(6, 0))).num_networks == 6
