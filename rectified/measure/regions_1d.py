"""The linear pieces of a ReLU network along a line, exactly: no grid that could miss one.

Breakpoints go through the network layer by layer. Between two of them every unit is linear, so a
unit that changes sign there crosses zero once, where linear interpolation says.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations import relu
from rectified.measure.patterns import ROUNDING, affine_map
from rectified.measure.stacks import AffineStack


def on_line(stack: AffineStack, start: ArrayLike, end: ArrayLike) -> AffineStack:
    """Return the network t ↦ f(start + t (end − start)), of one input, for t from 0 to 1."""
    start, end = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    weights, bias = stack[0]
    return [((end - start)[None, :] @ weights, start @ weights + bias), *stack[1:]]


def breakpoints(stack: AffineStack, low: float, high: float) -> NDArray[np.float64]:
    """Return, sorted, where in (low, high) a hidden unit of a one-input network turns on or off.

    Points that agree to rounding (1e-13 of the interval) are one point.

    Raises
    ------
    ValueError
        If the network has more than one input.
    """
    if stack[0][0].shape[0] != 1:
        raise ValueError("stack must have one input: cut the network along a line with on_line")
    points = np.array([low, high], dtype=np.float64)
    hidden, size = points[:, None], np.abs(points).max(keepdims=True)
    for weights, bias in stack[:-1]:
        z = hidden @ weights + bias
        size = size @ np.abs(weights) + np.abs(bias)
        z[np.abs(z) <= ROUNDING * size] = 0
        segment, unit = np.nonzero(np.sign(z[:-1]) * np.sign(z[1:]) < 0)
        before, after = z[segment, unit], z[segment + 1, unit]
        part = before / (before - after)
        crossing = points[segment] + part * (points[segment + 1] - points[segment])
        z_crossing = z[segment] + part[:, None] * (z[segment + 1] - z[segment])
        z_crossing[np.arange(len(unit)), unit] = 0
        # Old points come first, so that of points that agree the oldest, most exact one stays.
        points, z = np.concatenate([points, crossing]), np.concatenate([z, z_crossing])
        order = np.argsort(points, kind="stable")
        points, z = points[order], z[order]
        new = np.diff(points, prepend=-np.inf) > ROUNDING * (high - low)
        points, hidden = points[new], relu(z[new])
    return points[1:-1]


class LinearPieces(NamedTuple):
    """f(x) = x slopes[k] + offsets[k] between edges[k] and edges[k + 1]."""

    edges: NDArray[np.float64]
    slopes: NDArray[np.float64]
    offsets: NDArray[np.float64]


def linear_pieces(stack: AffineStack, low: float, high: float) -> LinearPieces:
    """Return the linear pieces of a one-input network on [low, high], longest possible.

    A breakpoint of a unit at which the output keeps its slope (to 1e-9 of the steepest) does not
    end a piece. ``slopes`` and ``offsets`` are (pieces, fan_out).
    """
    edges = np.concatenate([[low], breakpoints(stack, low, high), [high]])
    matrix, offsets = affine_map(stack, (edges[:-1, None] + edges[1:, None]) / 2)
    slopes = matrix[:, 0, :]
    change = np.abs(np.diff(slopes, axis=0)).max(axis=-1)
    starts = np.concatenate([[True], change > 1e-9 * np.abs(slopes).max()])
    return LinearPieces(np.append(edges[:-1][starts], high), slopes[starts], offsets[starts])
