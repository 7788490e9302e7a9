"""Masks are counted right, and deep random networks show the same mask to every input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rectified.activations import relu, relu_grad
from rectified.measure import sparsity
from rectified.networks import generators, perceptron

VALUES = hnp.arrays(
    float, st.tuples(st.integers(1, 12), st.integers(1, 6)), elements=st.floats(-2, 2)
)


@given(VALUES)
def test_masks_are_those_of_a_count_by_hand(values):
    inputs, units = values.shape
    on = [[values[i, j] > 0 for i in range(inputs)] for j in range(units)]
    assert sparsity.active_fraction(values) == pytest.approx(
        sum(map(sum, on)) / (inputs * units), abs=1e-15
    )
    assert sparsity.always_off(values).tolist() == [not any(mask) for mask in on]
    assert sparsity.always_on(values).tolist() == [all(mask) for mask in on]


@given(VALUES)
def test_relu_does_not_change_who_is_on(values):
    for measure in (sparsity.active_fraction, sparsity.always_off, sparsity.always_on):
        assert np.array_equal(measure(values), measure(relu(values)))


@given(VALUES)
def test_entropies_bound_one_another(values):
    single = sparsity.mask_entropy(values)
    joint = sparsity.pattern_entropy(values)
    constant = sparsity.always_off(values) | sparsity.always_on(values)
    assert np.array_equal(single == 0, constant)
    assert np.all(single <= 1)
    assert single.max() - 1e-12 <= joint <= min(single.sum(), np.log2(len(values))) + 1e-12


def test_entropy_of_independent_units_adds_up():
    bits = (np.arange(16)[:, None] >> np.arange(4)) % 2
    assert sparsity.pattern_entropy(bits) == pytest.approx(4, abs=1e-12)
    assert sparsity.mask_entropy(bits).tolist() == [1, 1, 1, 1]


def test_leading_axes_are_kept():
    values = np.random.default_rng(0).standard_normal((3, 2, 9, 5))
    assert sparsity.active_fraction(values).shape == (3, 2)
    for measure in (sparsity.always_off, sparsity.always_on, sparsity.mask_entropy):
        assert measure(values).shape == (3, 2, 5)
        assert np.array_equal(measure(values)[1, 1], measure(values[1, 1]))


def test_only_exact_zeros_count():
    assert sparsity.exact_zero_fraction([np.eye(3), np.full(3, 1e-320)]) == 6 / 12


def test_depth_keeps_half_of_the_units_on_but_makes_the_mask_the_same_for_all_inputs():
    width, num_networks, depth = 64, 10, 50
    rngs = generators(num_networks, seed=0)
    network = perceptron([width] * (depth + 1), (relu, relu_grad), bias=None, rng=rngs)
    x = np.stack([rng.standard_normal((200, width)) for rng in rngs])
    z = network.outputs(x)[::2]
    # Inputs of one network share its mask in the end, so units × networks are the sample.
    sampling = 4 * 0.5 / np.sqrt(width * num_networks)
    for layer in (0, 9, 29, 49):
        assert sparsity.active_fraction(z[layer]).mean() == pytest.approx(0.5, abs=sampling)
    off = [sparsity.always_off(z[layer]).mean() for layer in (0, 4, 14, 49)]
    assert off[0] == 0  # chance of a unit: 2^-200
    assert off[0] < off[1] < off[2] < off[3]
    assert 0.25 < off[3] < 0.5 + sampling
    entropy = [sparsity.mask_entropy(z[layer]).mean() for layer in (0, 4, 14, 49)]
    assert entropy[0] > 0.98
    assert entropy[3] < entropy[2] < entropy[1] < entropy[0]
