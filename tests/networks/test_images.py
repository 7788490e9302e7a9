"""Convolution and pooling against direct loops and SciPy."""

import numpy as np
import pytest
from scipy.signal import correlate

from rectified.networks import AveragePool2d, Conv2d, Flatten, MaxPool2d

SHAPE = (2, 3, 7, 9)


def rng(seed=0):
    return np.random.default_rng(seed)


def slide(x, window, stride, reduce):
    """``reduce`` of every window of every image, in plain loops."""
    height, width = x.shape[-2:]
    rows = range(0, height - window[0] + 1, stride[0])
    columns = range(0, width - window[1] + 1, stride[1])
    cut = [[reduce(x[..., r : r + window[0], c : c + window[1]]) for c in columns] for r in rows]
    return np.moveaxis(np.array(cut), (0, 1), (-2, -1))


GEOMETRIES = [((3, 3), (1, 1), 0), ((3, 2), (2, 3), 1), ((1, 1), (2, 2), 0), ((5, 4), (1, 2), 2)]


@pytest.mark.parametrize(("kernel", "stride", "padding"), GEOMETRIES)
def test_convolution_is_the_direct_sum(kernel, stride, padding):
    layer = Conv2d(3, 4, kernel, stride=stride, padding=padding, bias=0.7, rng=rng())
    x = rng(1).normal(size=SHAPE)
    padded = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    direct = slide(
        padded, kernel, stride, lambda cut: np.einsum("ncij,ocij->no", cut, layer.weights) + 0.7
    )
    np.testing.assert_allclose(layer.forward(x), direct, rtol=1e-12, atol=1e-12)


def test_convolution_is_scipys_correlation():
    layer = Conv2d(3, 4, (3, 4), bias=None, rng=rng())
    x = rng(1).normal(size=SHAPE)
    reference = [
        [correlate(image, kernel, mode="valid")[0] for kernel in layer.weights] for image in x
    ]
    np.testing.assert_allclose(layer.forward(x), reference, rtol=1e-12, atol=1e-12)


def test_same_padding_keeps_the_size():
    layer = Conv2d(3, 5, 3, padding=1, rng=rng())
    assert layer.forward(np.zeros(SHAPE)).shape == (2, 5, 7, 9)


def test_convolution_commutes_with_shifts():
    layer = Conv2d(1, 2, 3, rng=rng())
    x = np.zeros((1, 1, 12, 12))
    x[..., 4:7, 4:7] = rng(1).normal(size=(3, 3))
    shifted = np.roll(x, (2, 1), axis=(2, 3))
    moved = np.roll(layer.forward(x), (2, 1), axis=(2, 3))
    np.testing.assert_allclose(layer.forward(shifted), moved, atol=1e-13)


def test_convolution_of_one_window_is_a_dense_layer():
    layer = Conv2d(3, 4, (7, 9), rng=rng(), bias=0.1)
    x = rng(1).normal(size=SHAPE)
    dense = x.reshape(2, -1) @ layer.weights.reshape(4, -1).T + 0.1
    np.testing.assert_allclose(layer.forward(x)[:, :, 0, 0], dense, rtol=1e-12)


def test_fans_count_the_window():
    seen = []

    def spy(shape, fan_in, fan_out, rng):
        seen.append((shape, fan_in, fan_out))
        return np.zeros(shape)

    Conv2d(3, 4, (5, 2), initialization=spy, bias=spy, rng=rng())
    assert seen == [((4, 3, 5, 2), 30, 40), ((4,), 30, 40)]


POOLS = [((2, 2), None), ((3, 2), (1, 2)), ((3, 3), (2, 2))]


@pytest.mark.parametrize(("size", "stride"), POOLS)
@pytest.mark.parametrize(("layer", "reduce"), [(MaxPool2d, np.max), (AveragePool2d, np.mean)])
def test_pooling_is_the_loop(layer, reduce, size, stride):
    x = rng().normal(size=SHAPE)
    direct = slide(x, size, stride or size, lambda cut: reduce(cut, axis=(-2, -1)))
    np.testing.assert_allclose(layer(size, stride).forward(x), direct, rtol=1e-14)


def test_max_pool_gives_a_tie_to_the_first():
    layer = MaxPool2d(2)
    layer.forward(np.ones((1, 1, 2, 2)))
    np.testing.assert_array_equal(layer.backward(np.ones((1, 1, 1, 1)))[0, 0], [[1, 0], [0, 0]])


def test_max_pool_gradient_goes_to_maxima_and_adds_up():
    x = np.array([[0.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 0.0]])[np.newaxis, np.newaxis]
    layer = MaxPool2d(2, 1)
    layer.forward(x)
    expected = np.zeros((3, 3))
    expected[1, 1] = 1 + 2 + 3 + 4
    grad_output = np.array([[1.0, 2.0], [3.0, 4.0]])[np.newaxis, np.newaxis]
    np.testing.assert_array_equal(layer.backward(grad_output)[0, 0], expected)


def test_max_pool_passes_nan_on():
    x = np.zeros((1, 1, 2, 2))
    x[0, 0, 1, 0] = np.nan
    assert np.isnan(MaxPool2d(2).forward(x)).all()


def test_average_pool_conserves_the_total_gradient():
    layer = AveragePool2d(3, 1)
    output = layer.forward(rng().normal(size=SHAPE))
    grad_output = rng(1).normal(size=output.shape)
    assert layer.backward(grad_output).sum() == pytest.approx(grad_output.sum(), rel=1e-12)


def test_flatten_keeps_the_order_and_returns_the_shape():
    x = rng().normal(size=SHAPE)
    layer = Flatten()
    np.testing.assert_array_equal(layer.forward(x)[1], x[1].ravel())
    np.testing.assert_array_equal(layer.backward(layer.forward(x)), x)
