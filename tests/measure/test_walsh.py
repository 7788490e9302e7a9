"""The fast transform is the Hadamard matrix, and the filter bank keeps lengths at any depth."""

import numpy as np
import pytest
import scipy.linalg

from rectified.measure import walsh
from rectified.measure.gradient_check import check_layer
from rectified.networks import generators


@pytest.mark.parametrize("n", [1, 2, 4, 8, 64, 256])
def test_transform_equals_the_matrix(n):
    x = np.random.default_rng(n).integers(-1000, 1000, (3, 2, n)).astype(float)
    assert np.array_equal(walsh.walsh_hadamard(x, orthonormal=False), x @ scipy.linalg.hadamard(n))


@pytest.mark.parametrize("n", [1, 2, 32, 1024])
def test_orthonormal_transform_undoes_itself_and_keeps_length(n):
    x = np.random.default_rng(n).standard_normal((5, n))
    once = walsh.walsh_hadamard(x)
    assert np.allclose(walsh.walsh_hadamard(once), x, rtol=0, atol=1e-14 * np.abs(x).max() * n**0.5)
    assert np.allclose(np.linalg.norm(once, axis=1), np.linalg.norm(x, axis=1), rtol=1e-13)


def test_input_is_left_alone_and_float32_stays():
    x = np.ones(8, dtype=np.float32)
    assert walsh.walsh_hadamard(x).dtype == np.float32
    assert np.array_equal(x, np.ones(8))
    one = np.ones(1)
    assert not np.shares_memory(walsh.walsh_hadamard(one, orthonormal=False), one)


def test_integers_become_floats():
    assert walsh.walsh_hadamard([1, 1]).tolist() == pytest.approx([2**0.5, 0])


@pytest.mark.parametrize("n", [0, 3, 12])
def test_other_lengths_are_refused(n):
    with pytest.raises(ValueError, match="power of two"):
        walsh.walsh_hadamard(np.zeros(n))


class Counted:
    """A number that counts the additions made with it."""

    total = 0

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        Counted.total += 1
        return Counted(self.value + other.value)

    def __sub__(self, other):
        Counted.total += 1
        return Counted(self.value - other.value)


@pytest.mark.parametrize("n", [2, 16, 256])
def test_the_stated_number_of_additions_is_what_butterflies_need(n):
    # The same recursion on counted numbers: H₂ₙ = [[H, H], [H, −H]].
    def transform(x):
        if len(x) == 1:
            return x
        half = len(x) // 2
        first = transform(x[:half])
        second = transform(x[half:])
        return [a + b for a, b in zip(first, second, strict=True)] + [
            a - b for a, b in zip(first, second, strict=True)
        ]

    Counted.total = 0
    result = transform([Counted(float(value)) for value in range(n)])
    assert Counted.total == walsh.transform_additions(n)
    fast = walsh.walsh_hadamard(np.arange(n), orthonormal=False)
    assert [number.value for number in result] == fast.tolist()


@pytest.mark.parametrize("seed", range(10))
def test_filter_bank_gradients(seed):
    rng = np.random.default_rng(seed)
    layer = walsh.FixedFilterBank(8, rng=rng)
    assert check_layer(layer, rng.standard_normal((3, 8)), rng=rng) <= 1e-7


def test_banks_side_by_side_are_the_banks_alone():
    rng = np.random.default_rng(0)
    x, grad_output = rng.standard_normal((4, 8)), rng.standard_normal((3, 4, 8))
    together = walsh.FixedFilterBank(8, rng=generators(3, seed=0))
    outputs, grad_x = together.forward(x), together.backward(grad_output)
    grads_alone = []
    for net, one in enumerate(generators(3, seed=0)):
        alone = walsh.FixedFilterBank(8, rng=one)
        assert np.array_equal(alone.forward(x), outputs[net])
        grads_alone.append(alone.backward(grad_output[net]))
        for mine, theirs in zip(alone.gradients, together.gradients, strict=True):
            assert np.allclose(mine, theirs[net], rtol=0, atol=1e-14 * np.abs(mine).sum())
    # All banks see one x, so its gradient is the sum of theirs.
    assert np.allclose(grad_x, np.sum(grads_alone, axis=0), rtol=0, atol=1e-13)


def test_filter_bank_keeps_the_squared_length_on_average():
    # One layer: E f(x)² = x²/3 for slopes uniform on (−1, 1), so E‖y‖² = ‖x‖² exactly.
    rng = np.random.default_rng(0)
    growth = np.empty(300)
    for net in range(300):
        x = rng.standard_normal(256)
        start = x @ x
        for _ in range(20):
            x = walsh.FixedFilterBank(256, rng=rng).forward(x)
        growth[net] = x @ x / start
    standard_error = growth.std(ddof=1) / np.sqrt(growth.size)
    assert abs(growth.mean() - 1) < 4 * standard_error
    # A layer's variance is 9 Var(s²) Σx⁴/‖x‖⁴ ≈ 9 (4/45) 3/n = 2.4/n; 20 layers add up to 0.19.
    assert standard_error < 0.04
