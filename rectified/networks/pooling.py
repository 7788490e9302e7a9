"""Pooling: each window of an image becomes one number. And Flatten, which ends the image part."""

import math

import numpy as np
from numpy.typing import NDArray

from rectified.activations.contract import as_float_array
from rectified.networks.layer import Layer
from rectified.networks.windows import Pair, add_windows, as_images, pair, windows


class _Pool2d(Layer):
    """Shapes: (batch, channels, height, width) to (batch, channels, rows, columns).

    ``stride`` defaults to ``size``, so that windows tile the image; what is left over at the
    lower and right border is not read.
    """

    def __init__(self, size: int | Pair, stride: int | Pair | None = None):
        super().__init__()
        self.size = pair(size, "size")
        self.stride = self.size if stride is None else pair(stride, "stride")

    def _windows(self, x: NDArray) -> NDArray:
        x = as_images(x, self.size)
        self._x_shape = x.shape
        return windows(x, self.size, self.stride)


class MaxPool2d(_Pool2d):
    """y = the largest value of each window.

    The gradient goes to the place of the maximum, to the first one in a tie (as in PyTorch).

    >>> MaxPool2d(2).forward(np.arange(16.0).reshape(1, 1, 4, 4))[0, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """

    def forward(self, x: NDArray) -> NDArray:
        """Return the maximum of each window; NaN if it holds one."""
        view = self._windows(x)
        flat = view.reshape(*view.shape[:4], -1)
        self._winner = flat.argmax(axis=-1)[..., np.newaxis]
        return self._remember_shape(np.take_along_axis(flat, self._winner, -1)[..., 0])

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return the gradient with respect to x: g at each maximum, added up, else 0."""
        grad_output = self._checked(grad_output)
        values = np.zeros((*grad_output.shape, math.prod(self.size)), grad_output.dtype)
        np.put_along_axis(values, self._winner, grad_output[..., np.newaxis], -1)
        return add_windows(
            values.reshape(*grad_output.shape, *self.size), self._x_shape, self.stride
        )


class AveragePool2d(_Pool2d):
    """y = the mean of each window.

    >>> AveragePool2d(2).forward(np.arange(16.0).reshape(1, 1, 4, 4))[0, 0]
    array([[ 2.5,  4.5],
           [10.5, 12.5]])
    """

    def forward(self, x: NDArray) -> NDArray:
        """Return the mean of each window."""
        return self._remember_shape(self._windows(x).mean(axis=(-2, -1)))

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return the gradient with respect to x: g, shared equally by the pixels of a window."""
        share = self._checked(grad_output) / math.prod(self.size)
        values = np.broadcast_to(share[..., np.newaxis, np.newaxis], (*share.shape, *self.size))
        return add_windows(values, self._x_shape, self.stride)


class Flatten(Layer):
    """(batch, …) becomes (batch, features)."""

    def forward(self, x: NDArray) -> NDArray:
        """Return x with all axes but the first made one."""
        x = as_float_array(x)
        if x.ndim < 2:
            raise ValueError(f"x must have shape (batch, …), not {x.shape}")
        self._x_shape = x.shape
        return self._remember_shape(x.reshape(len(x), math.prod(x.shape[1:])))

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return ``grad_output`` in the shape of x."""
        return self._checked(grad_output).reshape(self._x_shape)
