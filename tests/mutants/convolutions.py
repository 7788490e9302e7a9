"""Versions of a convolution with ReLU and of its gradients, as students write them.

Wrong ones stand for an idea, not for a typing error. See tools/mutants.py for the decorators.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.signal import convolve, correlate

from tools.mutants import right, wrong


def planes(bias):
    """Return biases so that they meet the channels of maps."""
    return bias[:, np.newaxis, np.newaxis]


def sums(x, weights, bias):
    """Return the maps before ReLU, right."""
    windows = sliding_window_view(x, weights.shape[2:], axis=(2, 3))
    return np.einsum("nkrcij,okij->norc", windows, weights) + planes(bias)


def relu(z):
    return np.maximum(z, 0)


def places(x, weights):
    """Return how many rows and columns of places there are."""
    return x.shape[2] - weights.shape[2] + 1, x.shape[3] - weights.shape[3] + 1


def zeros(x, weights):
    """Return empty maps of the right shape and dtype."""
    return np.zeros((len(x), len(weights), *places(x, weights)), x.dtype)


# --- conv2d_relu, wrong --------------------------------------------------------------------------


@wrong("conv2d_relu.values")
def relu_forgotten(x, weights, bias):
    return sums(x, weights, bias)


@wrong("conv2d_relu.values")
def kernel_turned(x, weights, bias):
    """The convolution of mathematics."""
    return relu(sums(x, weights[:, :, ::-1, ::-1], bias))


@wrong("conv2d_relu.values")
def bias_forgotten(x, weights, bias):
    return relu(sums(x, weights, 0 * bias))


@wrong("conv2d_relu.values")
def bias_after_relu(x, weights, bias):
    return relu(sums(x, weights, 0 * bias)) + planes(bias)


@wrong("conv2d_relu.values")
def bias_subtracted(x, weights, bias):
    return relu(sums(x, weights, -bias))


@wrong("conv2d_relu.values")
def heaviside_for_relu(x, weights, bias):
    return np.heaviside(sums(x, weights, bias), 0)


@wrong("conv2d_relu.values")
def absolute_for_relu(x, weights, bias):
    return np.abs(sums(x, weights, bias))


@wrong("conv2d_relu.values")
def leaky_for_relu(x, weights, bias):
    z = sums(x, weights, bias)
    return np.where(z > 0, z, 0.01 * z)


@wrong("conv2d_relu.values")
def relu_of_the_image(x, weights, bias):
    return sums(relu(x), weights, bias)


@wrong("conv2d_relu.values")
def relu_of_each_product(x, weights, bias):
    """Rectified before it is summed."""
    windows = sliding_window_view(x, weights.shape[2:], axis=(2, 3))
    return relu(np.einsum("nkrcij,okij->norckij", windows, weights)).sum((4, 5, 6)) + planes(bias)


@wrong("conv2d_relu.values")
def mean_of_the_window(x, weights, bias):
    return relu(sums(x, weights / weights[0].size, bias))


@wrong("conv2d_relu.values")
def last_place_left_out(x, weights, bias):
    """One place too few in each direction: size minus window."""
    return relu(sums(x, weights, bias))[:, :, :-1, :-1]


@wrong("conv2d_relu.values")
def padded(x, weights, bias):
    return relu(sums(np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1))), weights, bias))


@wrong("conv2d_relu.values")
def tiles(x, weights, bias):
    """Windows side by side, as in pooling."""
    height, width = weights.shape[2:]
    return relu(sums(x, weights, bias))[:, :, ::height, ::width]


@wrong("conv2d_relu.values")
def channels_last(x, weights, bias):
    """The maps in another order of axes."""
    return relu(sums(x, weights, bias)).transpose(0, 2, 3, 1)


@wrong("conv2d_relu.channels")
def first_channel_only(x, weights, bias):
    return relu(sums(x[:, :1], weights[:, :1], bias))


@wrong("conv2d_relu.channels")
def last_channel_overwrites(x, weights, bias):
    y = zeros(x, weights)
    for k in range(x.shape[1]):
        y = sums(x[:, k : k + 1], weights[:, k : k + 1], bias)
    return relu(y)


@wrong("conv2d_relu.channels")
def first_kernel_only(x, weights, bias):
    return relu(sums(x, np.repeat(weights[:1], len(weights), axis=0), bias))


@wrong("conv2d_relu.channels")
def kernels_added_up(x, weights, bias):
    """One map, as if all kernels were one."""
    return relu(sums(x, weights.sum(axis=0, keepdims=True), bias.sum(keepdims=True)))


@wrong("conv2d_relu.channels")
def relu_of_each_channel(x, weights, bias):
    rectified = [
        relu(sums(x[:, k : k + 1], weights[:, k : k + 1], bias / x.shape[1]))
        for k in range(x.shape[1])
    ]
    return sum(rectified)


@wrong("conv2d_relu.batch")
def first_image_only(x, weights, bias):
    return np.repeat(relu(sums(x[:1], weights, bias)), len(x), axis=0)


@wrong("conv2d_relu.batch")
def images_added_up(x, weights, bias):
    return relu(sums(x.sum(axis=0, keepdims=True), weights, bias))


@wrong("conv2d_relu.batch")
def image_axis_dropped(x, weights, bias):
    """As if there were a single image."""
    return relu(sums(x[:1], weights, bias))


@wrong("conv2d_relu.geometry")
def square_windows_only(x, weights, bias):
    """Right unless the window is higher than wide."""
    size = weights.shape[2:]
    y = relu(sums(x, weights, bias))
    return y[:, :, : places(x, weights)[0] - max(0, size[0] - size[1])]


@wrong("conv2d_relu.geometry")
def at_least_two_places(x, weights, bias):
    return np.squeeze(
        relu(sums(x, weights, bias)), axis=None if places(x, weights) == (1, 1) else ()
    )


@wrong("conv2d_relu.dtype")
def always_double(x, weights, bias):
    y = np.zeros((len(x), len(weights), *places(x, weights)))
    y += relu(sums(x, weights, bias))
    return y


@wrong("conv2d_relu.untouched")
def bias_reset(x, weights, bias):
    y = relu(sums(x, weights, bias))
    bias[...] = 0
    return y


@wrong("conv2d_relu.untouched")
def image_rectified_in_place(x, weights, bias):
    y = relu(sums(x, weights, bias))
    np.maximum(x, 0, out=x)
    return y


# --- conv2d_relu, right --------------------------------------------------------------------------


@right("conv2d_relu")
def windows_and_einsum(x, weights, bias):
    return relu(sums(x, weights, bias))


@right("conv2d_relu")
def loop_over_places(x, weights, bias):
    y = zeros(x, weights)
    height, width = weights.shape[2:]
    for r in range(y.shape[2]):
        for c in range(y.shape[3]):
            window = x[:, np.newaxis, :, r : r + height, c : c + width]
            y[:, :, r, c] = np.sum(window * weights, axis=(2, 3, 4)) + bias
    return np.where(y > 0, y, 0)


@right("conv2d_relu")
def loop_over_the_window(x, weights, bias):
    """Shifted images, one for each weight."""
    y = zeros(x, weights) + planes(bias)
    rows, columns = places(x, weights)
    for i in range(weights.shape[2]):
        for j in range(weights.shape[3]):
            shifted = x[:, :, i : i + rows, j : j + columns]
            y = y + np.tensordot(shifted, weights[:, :, i, j], (1, 1)).transpose(0, 3, 1, 2)
    return y * (y > 0)


@right("conv2d_relu")
def every_loop(x, weights, bias):
    y = zeros(x, weights)
    for n, o, r, c in np.ndindex(y.shape):
        total = bias[o]
        for k, i, j in np.ndindex(weights.shape[1:]):
            total += weights[o, k, i, j] * x[n, k, r + i, c + j]
        y[n, o, r, c] = max(total, 0)
    return y


@right("conv2d_relu")
def matrix_of_windows(x, weights, bias):
    windows = sliding_window_view(x, weights.shape[2:], axis=(2, 3)).transpose(0, 2, 3, 1, 4, 5)
    rows = windows.reshape(*windows.shape[:3], -1)
    return relu(rows @ weights.reshape(len(weights), -1).T + bias).transpose(0, 3, 1, 2)


@right("conv2d_relu")
def by_scipy(x, weights, bias):
    kernels = weights.astype(float)  # SciPy knows no float16
    maps = [[correlate(image, kernel, mode="valid")[0] for kernel in kernels] for image in x]
    return relu(np.array(maps, x.dtype) + planes(bias))


@right("conv2d_relu")
def by_fourier_transform(x, weights, bias):
    turned = weights[:, ::-1, ::-1, ::-1]
    maps = [[convolve(image, k, mode="valid", method="fft")[0] for k in turned] for image in x]
    return relu(np.array(maps, x.dtype) + planes(bias)).astype(x.dtype)


# --- conv2d_relu_vjp, wrong ----------------------------------------------------------------------


def back(x, weights, g):
    """Return the three gradients for a gradient of the maps before ReLU, right."""
    height, width = weights.shape[2:]
    rows, columns = g.shape[2:]
    grad_x, grad_weights = np.zeros_like(x), np.zeros_like(weights)
    for i in range(height):
        for j in range(width):
            window = x[:, :, i : i + rows, j : j + columns]
            grad_weights[:, :, i, j] = np.einsum("norc,nkrc->ok", g, window)
            grad_x[:, :, i : i + rows, j : j + columns] += np.einsum(
                "norc,ok->nkrc", g, weights[:, :, i, j]
            )
    return grad_x, grad_weights, g.sum(axis=(0, 2, 3))


def gated(x, weights, bias, grad_output):
    """Return the gradient of the maps before ReLU, right."""
    return grad_output * (sums(x, weights, bias) > 0)


@wrong("conv2d_relu_vjp.bias")
def bias_averaged(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    return (*back(x, weights, g)[:2], g.mean(axis=(0, 2, 3)))


@wrong("conv2d_relu_vjp.bias")
def bias_of_one_image(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    return (*back(x, weights, g)[:2], g[0].sum(axis=(1, 2)))


@wrong("conv2d_relu_vjp.bias")
def bias_at_every_place(x, weights, bias, grad_output):
    """Not summed."""
    g = gated(x, weights, bias, grad_output)
    return (*back(x, weights, g)[:2], g)


@wrong("conv2d_relu_vjp.bias")
def bias_of_all_kernels(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    return (*back(x, weights, g)[:2], np.full_like(bias, g.sum()))


@wrong("conv2d_relu_vjp.kernels")
def kernels_averaged_over_places(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    grad_x, grad_weights, grad_bias = back(x, weights, g)
    return grad_x, grad_weights / g[0, 0].size, grad_bias


@wrong("conv2d_relu_vjp.kernels")
def divided_by_batch(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    grad_x, grad_weights, grad_bias = back(x, weights, g)
    return grad_x, grad_weights / len(x), grad_bias


@wrong("conv2d_relu_vjp.kernels")
def kernels_turned(x, weights, bias, grad_output):
    grad_x, grad_weights, grad_bias = back(x, weights, gated(x, weights, bias, grad_output))
    return grad_x, grad_weights[:, :, ::-1, ::-1], grad_bias


@wrong("conv2d_relu_vjp.kernels")
def last_image_overwrites(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    grad_x, _, grad_bias = back(x, weights, g)
    return grad_x, back(x[-1:], weights, g[-1:])[1], grad_bias


@wrong("conv2d_relu_vjp.kernels")
def kernels_of_the_outputs(x, weights, bias, grad_output):
    """The local derivative without what arrives."""
    g = gated(x, weights, bias, grad_output)
    grad_x, _, grad_bias = back(x, weights, g)
    return grad_x, back(x, weights, np.ones_like(g))[1], grad_bias


@wrong("conv2d_relu_vjp.image")
def kernel_not_turned(x, weights, bias, grad_output):
    """A full correlation with the kernel as it lies."""
    g = gated(x, weights, bias, grad_output)
    height, width = weights.shape[2:]
    spread = np.pad(g, ((0, 0), (0, 0), (height - 1,) * 2, (width - 1,) * 2))
    grad_x = sums(spread, weights.swapaxes(0, 1), np.zeros(x.shape[1], x.dtype))
    return (grad_x, *back(x, weights, g)[1:])


@wrong("conv2d_relu_vjp.image")
def windows_overwrite(x, weights, bias, grad_output):
    """Assigned where it should be added: only the last window counts for a pixel."""
    g = gated(x, weights, bias, grad_output)
    grad_x = np.zeros_like(x)
    height, width = weights.shape[2:]
    for r in range(g.shape[2]):
        for c in range(g.shape[3]):
            grad_x[:, :, r : r + height, c : c + width] = np.einsum(
                "no,okij->nkij", g[:, :, r, c], weights
            )
    return (grad_x, *back(x, weights, g)[1:])


@wrong("conv2d_relu_vjp.image")
def image_of_places_only(x, weights, bias, grad_output):
    """Only the windows' first pixels, so in the shape of the maps."""
    g = gated(x, weights, bias, grad_output)
    return (np.einsum("norc,ok->nkrc", g, weights[:, :, 0, 0]), *back(x, weights, g)[1:])


@wrong("conv2d_relu_vjp.image")
def relu_of_the_pixels(x, weights, bias, grad_output):
    """ReLU's slope taken at the image."""
    grad_x, grad_weights, grad_bias = back(x, weights, gated(x, weights, bias, grad_output))
    return grad_x * (x > 0), grad_weights, grad_bias


@wrong("conv2d_relu_vjp.image")
def order_of_the_results(x, weights, bias, grad_output):
    return back(x, weights, gated(x, weights, bias, grad_output))[::-1]


@wrong("conv2d_relu_vjp.image")
def image_left_out(x, weights, bias, grad_output):
    return back(x, weights, gated(x, weights, bias, grad_output))[1:]


@wrong("conv2d_relu_vjp.gate")
def gate_forgotten(x, weights, bias, grad_output):
    return back(x, weights, grad_output)


@wrong("conv2d_relu_vjp.gate")
def gate_without_bias(x, weights, bias, grad_output):
    return back(x, weights, grad_output * (sums(x, weights, np.abs(bias)) > 0))


@wrong("conv2d_relu_vjp.gate")
def gate_for_the_image_only(x, weights, bias, grad_output):
    grad_x = back(x, weights, gated(x, weights, bias, grad_output))[0]
    return (grad_x, *back(x, weights, grad_output)[1:])


@wrong("conv2d_relu_vjp.gate")
def gate_for_the_kernels_only(x, weights, bias, grad_output):
    right = back(x, weights, gated(x, weights, bias, grad_output))
    return back(x, weights, grad_output)[0], right[1], right[2]


@wrong("conv2d_relu_vjp.gate")
def leaky_gate(x, weights, bias, grad_output):
    z = sums(x, weights, bias)
    return back(x, weights, grad_output * np.where(z > 0, 1, np.where(z < 0, 0.01, 0)))


@wrong("conv2d_relu_vjp.gate")
def gradient_rectified(x, weights, bias, grad_output):
    """Right where all units are on, and all gradients positive where they are not."""
    z = sums(x, weights, bias)
    return back(
        x, weights, np.where((z < 0) & (grad_output < 0), grad_output, grad_output * (z > 0))
    )


@wrong("conv2d_relu_vjp.kink")
def kink_counts_as_on(x, weights, bias, grad_output):
    return back(x, weights, grad_output * (sums(x, weights, bias) >= 0))


@wrong("conv2d_relu_vjp.kink")
def kink_counts_half(x, weights, bias, grad_output):
    return back(x, weights, grad_output * np.heaviside(sums(x, weights, bias), 0.5))


@wrong("conv2d_relu_vjp.geometry")
def square_kernels_only(x, weights, bias, grad_output):
    """Rows and columns of the window taken for equal."""
    if weights.shape[2] > weights.shape[3] + 1 or weights.shape[3] > weights.shape[2] + 1:
        weights = weights[:, :, : weights.shape[3], : weights.shape[2]]
    return back(x, weights, grad_output * (sums(x, weights, bias) > 0))


@wrong("conv2d_relu_vjp.dtype")
def double_gradients(x, weights, bias, grad_output):
    found = back(x, weights, gated(x, weights, bias, grad_output))
    return tuple(np.asarray(each, float) for each in found)


@wrong("conv2d_relu_vjp.dtype")
def one_double_gradient(x, weights, bias, grad_output):
    grad_x, *others = back(x, weights, gated(x, weights, bias, grad_output))
    return np.zeros(x.shape) + grad_x, *others


@wrong("conv2d_relu_vjp.untouched")
def gated_in_place(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    grad_output *= sums(x, weights, bias) > 0
    return back(x, weights, g)


@wrong("conv2d_relu_vjp.untouched")
def gradient_stored_in_the_image(x, weights, bias, grad_output):
    grad_x, *others = back(x, weights, gated(x, weights, bias, grad_output))
    x[...] = grad_x
    return x, *others


# --- conv2d_relu_vjp, right ----------------------------------------------------------------------


@right("conv2d_relu_vjp")
def loop_over_window_entries(x, weights, bias, grad_output):
    return back(x, weights, gated(x, weights, bias, grad_output))


@right("conv2d_relu_vjp")
def loop_over_map_places(x, weights, bias, grad_output):
    g = np.where(sums(x, weights, bias) > 0, grad_output, 0)
    grad_x, grad_weights = np.zeros_like(x), np.zeros_like(weights)
    height, width = weights.shape[2:]
    for r in range(g.shape[2]):
        for c in range(g.shape[3]):
            here = np.s_[:, :, r : r + height, c : c + width]
            grad_x[here] += np.tensordot(g[:, :, r, c], weights, (1, 0))
            grad_weights += np.tensordot(g[:, :, r, c], x[here], (0, 0))
    return grad_x, grad_weights, np.einsum("norc->o", g)


@right("conv2d_relu_vjp")
def turned_convolution(x, weights, bias, grad_output):
    g = grad_output * np.heaviside(sums(x, weights, bias), 0).astype(x.dtype)
    height, width = weights.shape[2:]
    windows = sliding_window_view(x, (height, width), axis=(2, 3))
    spread = np.pad(g, ((0, 0), (0, 0), (height - 1,) * 2, (width - 1,) * 2))
    turned = weights[:, :, ::-1, ::-1].swapaxes(0, 1)
    grad_x = sums(spread, turned, np.zeros(x.shape[1], x.dtype))
    return grad_x, np.einsum("norc,nkrcij->okij", g, windows), g.sum((0, 2, 3))


@right("conv2d_relu_vjp")
def every_loop_back(x, weights, bias, grad_output):
    g = grad_output * (sums(x, weights, bias) > 0)
    grads = np.zeros_like(x), np.zeros_like(weights), np.zeros_like(bias)
    for n, o, r, c in np.ndindex(g.shape):
        grads[2][o] += g[n, o, r, c]
        for k, i, j in np.ndindex(weights.shape[1:]):
            grads[0][n, k, r + i, c + j] += g[n, o, r, c] * weights[o, k, i, j]
            grads[1][o, k, i, j] += g[n, o, r, c] * x[n, k, r + i, c + j]
    return grads


@right("conv2d_relu_vjp")
def by_fourier_transform_back(x, weights, bias, grad_output):
    g = gated(x, weights, bias, grad_output)
    grad_x = [
        [
            sum(convolve(image[o], weights[o, k], method="fft") for o in range(len(weights)))
            for k in range(x.shape[1])
        ]
        for image in g
    ]
    _, grad_weights, grad_bias = back(x, weights, g)
    return [np.array(grad_x, x.dtype), grad_weights, grad_bias]
