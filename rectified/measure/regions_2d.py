"""The linear regions of a ReLU network in a box of the plane, exactly, as convex polygons.

Every unit cuts each polygon along the line where its pre-activation, affine there, is zero.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rectified.measure.patterns import ROUNDING
from rectified.measure.stacks import AffineStack


@dataclass(frozen=True)
class Region:
    """A polygon on which the network is the affine map y ↦ y @ matrix + offset.

    ``vertices`` (corners, 2) run counter-clockwise; ``pattern`` (units,) says which units are on;
    ``matrix`` is (2, fan_out), ``offset`` (fan_out,).
    """

    vertices: NDArray[np.float64]
    pattern: NDArray[np.bool_]
    matrix: NDArray[np.float64]
    offset: NDArray[np.float64]

    @property
    def area(self) -> float:
        """Area of the polygon, by the shoelace formula."""
        x, y = (self.vertices - self.vertices[0]).T
        return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2

    @property
    def center(self) -> NDArray[np.float64]:
        """Mean of the corners: a point inside."""
        return self.vertices.mean(axis=0)


def linear_regions(
    stack: AffineStack,
    x_range: tuple[float, float] = (-1.0, 1.0),
    y_range: tuple[float, float] = (-1.0, 1.0),
) -> list[Region]:
    """Return the regions of a two-input network in the box x_range × y_range.

    They tile the box. One region has one activation pattern, so the network is affine on it; two
    neighbours may happen to have the same affine map. A corner within rounding (1e-13, relative)
    of a unit's line counts as on it.

    Raises
    ------
    ValueError
        If the network does not have two inputs.
    """
    if stack[0][0].shape[0] != 2:
        raise ValueError(f"stack must have 2 inputs, not {stack[0][0].shape[0]}")
    (left, right), (bottom, top) = x_range, y_range
    box = np.array([[left, bottom], [right, bottom], [right, top], [left, top]], dtype=np.float64)
    regions = [Region(box, np.zeros(0, dtype=bool), np.eye(2), np.zeros(2))]
    size = np.abs(box).max(axis=0)
    for weights, bias in stack[:-1]:
        size = size @ np.abs(weights) + np.abs(bias)
        regions = [part for region in regions for part in _cut(region, weights, bias, size)]
    weights, bias = stack[-1]
    return [
        Region(r.vertices, r.pattern, r.matrix @ weights, r.offset @ weights + bias)
        for r in regions
    ]


def _cut(region: Region, weights: NDArray, bias: NDArray, size: NDArray) -> list[Region]:
    """Return the parts of a region on which all units of the next layer keep their sign."""
    matrix, offset = region.matrix @ weights, region.offset @ weights + bias
    parts = [(region.vertices, np.zeros(len(bias), dtype=bool))]
    for unit in range(len(bias)):
        halves = []
        for vertices, on in parts:
            z = vertices @ matrix[:, unit] + offset[unit]
            z[np.abs(z) <= ROUNDING * size[unit]] = 0
            if (z < 0).any():
                halves.append((_clip(vertices, -z), on) if (z > 0).any() else (vertices, on))
            if (z > 0).any():
                turned_on = on.copy()
                turned_on[unit] = True
                halves.append((_clip(vertices, z), turned_on))
            if not z.any():
                halves.append((vertices, on))
        parts = halves
    return [
        Region(vertices, np.append(region.pattern, on), matrix * on, offset * on)
        for vertices, on in parts
    ]


def _clip(vertices: NDArray, z: NDArray) -> NDArray:
    """Return the part of a convex polygon where z, affine and given at the corners, is ≥ 0."""
    kept = []
    for here in range(len(z)):
        after = (here + 1) % len(z)
        if z[here] >= 0:
            kept.append(vertices[here])
        if z[here] * z[after] < 0:
            part = z[here] / (z[here] - z[after])
            kept.append(vertices[here] + part * (vertices[after] - vertices[here]))
    return np.array(kept)
