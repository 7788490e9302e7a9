"""Permuting and rescaling leave the function alone; training by small steps leaves the balance."""

import numpy as np
import pytest

from rectified.activations import relu, relu_grad
from rectified.measure import stacks, symmetry
from rectified.networks import gaussian, perceptron

RELU = (relu, relu_grad)
TANH = (np.tanh, lambda x: 1 - np.tanh(x) ** 2)
SEEDS = range(10)


def random_stack(seed, widths=(4, 8, 6, 3)):
    rng = np.random.default_rng(seed)
    return stacks.affine_stack(perceptron(list(widths), RELU, bias=gaussian(0.5), rng=rng)), rng


def sum_of_squares(stack):
    return sum(np.sum(weights**2) + np.sum(bias**2) for weights, bias in stack)


@pytest.mark.parametrize("seed", SEEDS)
def test_permuting_and_rescaling_keep_the_function_and_the_path_norm(seed):
    stack, rng = random_stack(seed)
    changed = stack
    for layer, width in enumerate((8, 6)):
        changed = symmetry.permute(changed, layer, rng.permutation(width))
        changed = symmetry.rescale(changed, layer, rng.lognormal(0, 1, width))
    x = rng.standard_normal((50, 4))
    before, after = stacks.evaluate(stack, x), stacks.evaluate(changed, x)
    # Terms of up to a few units, each rounded once more per rescaling.
    assert np.abs(after - before).max() < 1e-13
    assert symmetry.path_norm(changed) == pytest.approx(symmetry.path_norm(stack), rel=1e-14)
    assert sum_of_squares(changed) > 1.2 * sum_of_squares(stack)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_permutation_undone_is_the_same_array(seed):
    stack, rng = random_stack(seed)
    order = rng.permutation(8)
    back = symmetry.permute(symmetry.permute(stack, 0, order), 0, np.argsort(order))
    assert all(
        np.array_equal(a, b)
        for one, two in zip(stack, back, strict=True)
        for a, b in zip(one, two, strict=True)
    )


def test_path_norm_is_the_sum_over_paths():
    stack, _ = random_stack(0, (2, 3, 2, 1))
    (w1, b1), (w2, b2), (w3, b3) = stack
    total = sum(b3**2)
    for k in range(2):
        total += b2[k] ** 2 * w3[k, 0] ** 2
        for j in range(3):
            total += b1[j] ** 2 * w2[j, k] ** 2 * w3[k, 0] ** 2
            total += sum(w1[i, j] ** 2 * w2[j, k] ** 2 * w3[k, 0] ** 2 for i in range(2))
    assert symmetry.path_norm(stack) == pytest.approx(np.sqrt(total), rel=1e-14)


@pytest.mark.parametrize("seed", SEEDS)
def test_balance_keeps_the_function_and_no_rescaling_is_smaller(seed):
    stack, rng = random_stack(seed)
    balanced = symmetry.balance(stack)
    x = rng.standard_normal((50, 4))
    assert np.abs(stacks.evaluate(balanced, x) - stacks.evaluate(stack, x)).max() < 1e-13
    assert all(np.abs(units).max() < 1e-11 for units in symmetry.balancedness(balanced))
    smallest = sum_of_squares(balanced)
    assert smallest < sum_of_squares(stack)
    for layer, width in ((0, 8), (1, 6)):
        for size in (1e-3, 0.3):
            other = symmetry.rescale(balanced, layer, rng.lognormal(0, size, width))
            assert sum_of_squares(other) > smallest


def test_no_input_is_written_to():
    stack, rng = random_stack(1)
    copies = [(weights.copy(), bias.copy()) for weights, bias in stack]
    for changed in (
        symmetry.permute(stack, 1, rng.permutation(6)),
        symmetry.rescale(stack, 1, np.full(6, 2.0)),
        symmetry.balance(stack),
    ):
        for weights, bias in changed:
            weights += 1
            bias += 1
    assert all(
        np.array_equal(a, b)
        for one, two in zip(stack, copies, strict=True)
        for a, b in zip(one, two, strict=True)
    )


def test_what_is_no_symmetry_is_refused():
    stack, _ = random_stack(0)
    with pytest.raises(ValueError, match="permutation"):
        symmetry.permute(stack, 0, [0, 0, 1, 2, 3, 4, 5, 6])
    for factors in (np.full(8, -1.0), np.ones(7)):
        with pytest.raises(ValueError, match="positive"):
            symmetry.rescale(stack, 0, factors)
    stack[1][0][3] = 0
    with pytest.raises(ValueError, match="incoming and outgoing"):
        symmetry.balance(stack)


def data(seed):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((64, 3))
    return x, np.sin(2 * x[:, :1]) + x[:, 1:2] * x[:, 2:]


def network(seed, activation=RELU, widths=(3, 16, 1)):
    rng = np.random.default_rng(100 + seed)
    return perceptron(list(widths), activation, bias=gaussian(0.1), rng=rng)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_step_of_descent_changes_balancedness_by_the_stated_amount(seed):
    x, y = data(seed)
    trained = network(seed, widths=(3, 16, 8, 1))
    stack = stacks.affine_stack(trained)
    before = symmetry.balancedness(stack)
    trained.backward((trained.forward(x) - y) / len(x))
    gradients = list(zip(trained.gradients[::2], trained.gradients[1::2], strict=True))
    second_order = symmetry.balancedness(gradients)
    learning_rate = 0.03
    for parameter, gradient in zip(trained.parameters, trained.gradients, strict=True):
        parameter -= learning_rate * gradient
    for start, end, predicted in zip(
        before, symmetry.balancedness(stack), second_order, strict=True
    ):
        assert np.abs(end - start - learning_rate**2 * predicted).max() < 1e-13


@pytest.mark.parametrize("seed", SEEDS)
def test_drift_of_relu_halves_with_the_learning_rate_and_that_of_tanh_does_not(seed):
    def drifts(activation):
        return [
            symmetry.balancedness_drift(
                network(seed, activation), *data(seed), learning_rate=learning_rate, time=5.0
            )
            for learning_rate in (0.02, 0.01, 0.005)
        ]

    ratios = np.divide(drifts(RELU)[:-1], drifts(RELU)[1:])
    # Drift = a·lr + b·lr²: the ratio is 2 + O(lr), and nearer to 2 for the smaller rates.
    assert np.all(np.abs(ratios - 2) < [0.2, 0.1])
    control = drifts(TANH)
    assert np.ptp(control) < 0.02 * control[0]
    assert control[-1] > 10 * drifts(RELU)[-1]


def test_drift_without_bias_halves_too():
    def drift(learning_rate):
        trained = perceptron([3, 16, 1], RELU, bias=None, rng=np.random.default_rng(0))
        return symmetry.balancedness_drift(trained, *data(0), learning_rate=learning_rate, time=5.0)

    assert drift(0.01) / drift(0.005) == pytest.approx(2, abs=0.1)
