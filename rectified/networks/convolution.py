"""The convolutional layer: the same small affine map at every place of an image."""

import math

import numpy as np
from numpy.typing import DTypeLike, NDArray

from rectified.networks.dense import start_values
from rectified.networks.independent import count_networks
from rectified.networks.initialization import Initializer
from rectified.networks.layer import Layer, positive_integer
from rectified.networks.windows import Pair, add_windows, as_images, pair, windows


class Conv2d(Layer):
    """y[n, o, r, c] = b[o] + Σ w[o, k, i, j] · x[n, k, r·stride + i, c·stride + j].

    A cross-correlation, as everywhere in deep learning: the kernel is not flipped. Every window is
    laid out as a row of a matrix, so that the sum is one matrix product ("im2col").

    Parameters
    ----------
    in_channels, out_channels : int
    kernel_size, stride : int or (int, int)
    padding : int
        Zeros added on each side of height and width.
    initialization, bias, dtype
        As in ``Dense``, with fan_in = in_channels · kernel area (fan_out likewise).
    rng : Generator
        One network; images have no axis of networks.

    Attributes
    ----------
    weights : ndarray, (out_channels, in_channels, kernel height, kernel width)
    bias : ndarray, (out_channels,), or None

    Shapes: x is (batch, in_channels, height, width), y is (batch, out_channels, rows, columns) with
    rows = ⌊(height + 2·padding − kernel height)/stride⌋ + 1.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Pair,
        *,
        stride: int | Pair = 1,
        padding: int = 0,
        initialization: str | Initializer = "he",
        bias: float | Initializer | None = 0.0,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float64,
    ):
        self.in_channels = positive_integer(in_channels, "in_channels")
        self.out_channels = positive_integer(out_channels, "out_channels")
        self.kernel_size, self.stride = pair(kernel_size, "kernel_size"), pair(stride, "stride")
        if not isinstance(padding, int | np.integer) or padding < 0:
            raise ValueError(f"padding must be an integer of 0 or more, not {padding!r}")
        self.padding = int(padding)
        if count_networks(rng) is not None:
            raise TypeError("rng must be one numpy.random.Generator: Conv2d makes one network")
        shape = (self.out_channels, self.in_channels, *self.kernel_size)
        area = math.prod(self.kernel_size)
        self.weights, self.bias = start_values(
            shape,
            self.out_channels,
            fans=(self.in_channels * area, self.out_channels * area),
            initialization=initialization,
            bias=bias,
            rng=rng,
            dtype=dtype,
        )
        parameters = [self.weights] if self.bias is None else [self.weights, self.bias]
        super().__init__(parameters, ("weights", "bias")[: len(parameters)])

    def forward(self, x: NDArray) -> NDArray:
        """Return the feature maps."""
        padded = np.asarray(x)
        if self.padding and padded.ndim == 4:
            sides = (self.padding, self.padding)
            padded = np.pad(padded, ((0, 0), (0, 0), sides, sides))
        padded = as_images(padded, self.kernel_size, self.in_channels)
        patches = windows(padded, self.kernel_size, self.stride)
        batch, _, rows, columns = patches.shape[:4]
        # (batch, rows, columns) × (channels, height, width): one row for each window.
        self._rows = patches.transpose(0, 2, 3, 1, 4, 5).reshape(batch * rows * columns, -1)
        self._padded_shape = padded.shape
        output = self._rows @ self.weights.reshape(self.out_channels, -1).T
        if self.bias is not None:
            output += self.bias
        output = output.reshape(batch, rows, columns, self.out_channels)
        return self._remember_shape(output.transpose(0, 3, 1, 2))

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return the gradient with respect to x: every window's gradient, added where it lay."""
        grad_output = self._checked(grad_output)
        batch, _, rows, columns = grad_output.shape
        grad_rows = grad_output.transpose(0, 2, 3, 1).reshape(-1, self.out_channels)
        self.gradients[0][...] = (grad_rows.T @ self._rows).reshape(self.weights.shape)
        if self.bias is not None:
            self.gradients[1][...] = grad_rows.sum(axis=0)
        grad_patches = (grad_rows @ self.weights.reshape(self.out_channels, -1)).reshape(
            batch, rows, columns, self.in_channels, *self.kernel_size
        )
        grad_padded = add_windows(
            grad_patches.transpose(0, 3, 1, 2, 4, 5), self._padded_shape, self.stride
        )
        end_row, end_column = (size - self.padding for size in self._padded_shape[2:])
        return grad_padded[:, :, self.padding : end_row, self.padding : end_column]
