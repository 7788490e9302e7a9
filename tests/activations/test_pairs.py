"""Squares, doubled units, and the vector–Jacobian products of those that change the shape."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from rectified.activations import (
    STAR_BIAS,
    STAR_SCALE,
    biased_relu,
    biased_relu_vjp,
    crelu,
    crelu_vjp,
    leaky_relu,
    maxout,
    maxout_vjp,
    relu,
    squared_relu,
    star_relu,
)
from rectified.measure.gradient_check import check_vjp

FLOATS = [np.float16, np.float32, np.float64]


def _distinct(shape, rng):
    """Numbers at least 0.1 apart and 0.05 from 0: no kink is within reach of a difference."""
    count = int(np.prod(shape))
    return (rng.permutation(count) - count // 2 + 0.5).reshape(shape) / 10


@pytest.mark.parametrize("factor", [0.5, 2.0, 3.0])
def test_squared_relu_is_homogeneous_of_degree_two(factor):
    x = np.arange(-64, 65) / 8
    np.testing.assert_array_equal(squared_relu(factor * x), factor**2 * squared_relu(x))


def test_star_relu_has_mean_zero_and_variance_one():
    mean = mp.quad(lambda z: (STAR_SCALE * z**2 + STAR_BIAS) * mp.npdf(z), [0, 3, 8, 20])
    mean += STAR_BIAS / 2
    square = mp.quad(lambda z: (STAR_SCALE * z**2 + STAR_BIAS) ** 2 * mp.npdf(z), [0, 3, 8, 20])
    square += STAR_BIAS**2 / 2
    assert abs(mean) < 1e-15
    assert abs(square - 1) < 1e-15


def test_star_relu_does_not_overflow_on_the_way():
    x = np.sqrt(np.finfo(np.float64).max) * 1.05  # x² overflows, 0.894 x² does not
    assert np.isfinite(star_relu(x))


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_crelu_loses_nothing_and_keeps_the_norm(axis):
    x = np.random.default_rng(0).normal(size=(3, 4, 5))
    y = crelu(x, axis)
    positive, negative = np.split(y, 2, axis=axis)
    assert y.shape[axis] == 2 * x.shape[axis]
    np.testing.assert_array_equal(positive - negative, x)
    np.testing.assert_allclose(np.linalg.norm(y), np.linalg.norm(x), rtol=1e-14)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_crelu_vjp(axis):
    rng = np.random.default_rng(1)
    check_vjp(
        lambda x: crelu(x, axis),
        lambda x, g: crelu_vjp(x, g, axis),
        _distinct((3, 4, 5), rng),
        rng=rng,
    )


def test_crelu_vjp_is_zero_at_the_kink():
    np.testing.assert_array_equal(crelu_vjp([0.0], [1.0, 1.0]), [0])


@pytest.mark.parametrize(("pieces", "axis"), [(1, -1), (2, -1), (6, -1), (2, 0), (4, 0), (3, 1)])
def test_maxout_takes_the_largest_of_neighbours(pieces, axis):
    x = np.random.default_rng(2).normal(size=(4, 3, 6))
    groups = np.split(x, x.shape[axis] // pieces, axis=axis)
    expected = np.concatenate([group.max(axis=axis, keepdims=True) for group in groups], axis=axis)
    np.testing.assert_array_equal(maxout(x, pieces, axis), expected)


@pytest.mark.parametrize(("pieces", "axis"), [(1, -1), (2, -1), (6, -1), (2, 0), (4, 0), (3, 1)])
def test_maxout_vjp(pieces, axis):
    rng = np.random.default_rng(3)
    check_vjp(
        lambda x: maxout(x, pieces, axis),
        lambda x, g: maxout_vjp(x, pieces, g, axis),
        _distinct((4, 3, 6), rng),
        rng=rng,
    )


def test_maxout_of_a_line_and_its_leak_is_leaky_relu():
    x = np.linspace(-3, 3, 61)
    both = np.stack([x, 0.25 * x], axis=-1)
    np.testing.assert_array_equal(maxout(both, 2)[..., 0], leaky_relu(x, 0.25))


def test_a_tie_goes_to_the_first_and_nan_wins():
    np.testing.assert_array_equal(maxout_vjp([1.0, 1.0, 0.0], 3, [5.0]), [5, 0, 0])
    np.testing.assert_array_equal(maxout([np.nan, 1.0], 2), [np.nan])


@pytest.mark.parametrize("pieces", [0, -1, 4, 5, 2.0, None])
def test_maxout_refuses_pieces_that_do_not_divide_the_axis(pieces):
    for call in (
        lambda: maxout(np.ones((2, 6)), pieces),
        lambda: maxout_vjp(np.ones(6), pieces, 1),
    ):
        with pytest.raises(ValueError, match="pieces must be a positive divisor of the axis of le"):
            call()


def test_biased_relu_shifts_each_kink_to_its_bias():
    x, biases = np.linspace(-3, 3, 61), np.array([-1.0, 0.0, 2.0])
    y = biased_relu(x, biases)
    assert y.shape == (61, 3)
    for k, bias in enumerate(biases):
        np.testing.assert_array_equal(y[:, k], relu(x - bias))


@pytest.mark.parametrize("shape", [(), (5,), (2, 3)])
def test_biased_relu_vjp(shape):
    rng = np.random.default_rng(4)
    x, biases = _distinct(shape, rng), np.array([-0.21, 0.02, 0.13])
    check_vjp(biased_relu, biased_relu_vjp, x, biases, rng=rng)


def test_biased_relu_refuses_a_table_of_biases():
    with pytest.raises(ValueError, match="biases must be an array with one axis"):
        biased_relu([1.0], [[1.0]])


@pytest.mark.parametrize(
    "call",
    [
        lambda: crelu_vjp(np.ones(3), np.ones(3)),
        lambda: maxout_vjp(np.ones(4), 2, np.ones(4)),
        lambda: biased_relu_vjp(np.ones(2), np.ones(3), np.ones(2)),
    ],
)
def test_a_gradient_of_another_shape_is_refused_by_name(call):
    with pytest.raises(ValueError, match="grad_output must be of shape"):
        call()


@pytest.mark.parametrize("dtype", FLOATS)
def test_float_types_are_kept(dtype):
    x = np.array([[-1, 2, 3, -4]], dtype)
    results = [
        crelu(x),
        crelu_vjp(x, np.ones((1, 8))),
        maxout(x, 2),
        maxout_vjp(x, 2, np.ones((1, 2))),
        biased_relu(x, [0.0, 1.0]),
        *biased_relu_vjp(x, [0.0, 1.0], np.ones((1, 4, 2))),
    ]
    assert {result.dtype for result in results} == {np.dtype(dtype)}


@settings(deadline=None)
@given(rows=st.integers(0, 3), units=st.integers(0, 3), pieces=st.integers(1, 3))
def test_empty_arrays_are_taken(rows, units, pieces):
    x = np.ones((rows, units * pieces))
    assert maxout(x, pieces).shape == (rows, units)
    assert maxout_vjp(x, pieces, np.ones((rows, units))).shape == x.shape
    assert crelu(x).shape == (rows, 2 * units * pieces)
    assert biased_relu(x, []).shape == (*x.shape, 0)
