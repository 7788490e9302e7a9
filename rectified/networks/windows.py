"""Windows that slide over images: how convolution and pooling read them, and write back."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rectified.activations.contract import as_float_array
from rectified.networks.layer import positive_integer

Pair = tuple[int, int]


def pair(value: int | Pair, name: str) -> Pair:
    """Return ``value`` twice if it is one positive integer, else its two positive integers."""
    values = value if isinstance(value, tuple | list) else (value, value)
    if len(values) != 2:
        raise ValueError(f"{name} must be one integer or two, not {value!r}")
    return positive_integer(values[0], name), positive_integer(values[1], name)


def as_images(x: NDArray, window: Pair, channels: int | None = None) -> NDArray:
    """Return ``x`` if it is (batch, channels, height, width) and a window fits in, else raise."""
    x = as_float_array(x)
    wanted = "channels" if channels is None else channels
    if x.ndim != 4 or (channels is not None and x.shape[1] != channels):
        raise ValueError(f"x must have shape (batch, {wanted}, height, width), not {x.shape}")
    if x.shape[2] < window[0] or x.shape[3] < window[1]:
        raise ValueError(f"x must be at least as large as the window {window}, not {x.shape[2:]}")
    return x


def windows(x: NDArray, window: Pair, stride: Pair) -> NDArray:
    """Return a read-only view (batch, channels, rows, columns, window height, window width)."""
    view = sliding_window_view(x, window, axis=(2, 3))
    return view[:, :, :: stride[0], :: stride[1]]


def add_windows(values: NDArray, shape: tuple[int, ...], stride: Pair) -> NDArray:
    """Add ``values``, laid out like ``windows``, up in an array of ``shape``: the transpose of it.

    Where windows overlap, a pixel receives the sum.
    """
    total = np.zeros(shape, values.dtype)
    rows, columns, height, width = values.shape[2:]
    for i in range(height):
        for j in range(width):
            # Pixel (i, j) of every window at once.
            below, right = i + stride[0] * rows, j + stride[1] * columns
            total[:, :, i : below : stride[0], j : right : stride[1]] += values[..., i, j]
    return total
