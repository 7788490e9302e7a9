"""Into how many regions do hyperplanes cut a space? The formulas, and an exact count beside them.

A layer of n relus cuts its input space along n hyperplanes, so these numbers bound what one
layer can tell apart.
"""

from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Unit normals and offsets that agree this closely are one hyperplane.
SAME = 1e-9


def zaslavsky(num_hyperplanes: int, dimension: int, *, central: bool = False) -> int:
    """Return the regions of n hyperplanes in general position in R^d: Σ_{i ≤ d} C(n, i).

    ``central``: all pass through the origin (relus without bias), and the number is
    2 Σ_{i < d} C(n − 1, i). No arrangement of n hyperplanes has more.
    Source: Zaslavsky, Memoirs of the AMS 154, 1975; Schläfli for the central case.

    >>> zaslavsky(3, 2), zaslavsky(3, 2, central=True)
    (7, 6)
    """
    if central and num_hyperplanes:
        return 2 * sum(comb(num_hyperplanes - 1, i) for i in range(dimension))
    return sum(comb(num_hyperplanes, i) for i in range(dimension + 1))


def montufar_lower_bound(input_dim: int, widths: list[int]) -> int:
    """Return (∏_{l<L} ⌊n_l/d⌋^d) Σ_{j ≤ d} C(n_L, j): regions that some network of d inputs has.

    Layers that fold d coordinates n_l/d times each multiply what the last layer can do.
    Source: Montúfar, Pascanu, Cho & Bengio, NIPS 2014, arXiv:1402.1869.

    >>> montufar_lower_bound(1, [3, 3])
    12
    """
    folds = np.prod([(width // input_dim) ** input_dim for width in widths[:-1]], dtype=object)
    return int(folds) * zaslavsky(widths[-1], input_dim)


def count_regions(normals: ArrayLike, offsets: ArrayLike) -> int:
    """Return the number of regions of the hyperplanes normals · x + offsets = 0.

    ``normals`` is (n, d), ``offsets`` (n,). Any position: parallel, equal, or many through a point.
    A new hyperplane splits one region for every region of what the older ones cut out of it; so
    the count comes from arrangements of one dimension less. Work grows like n^d.

    Raises
    ------
    ValueError
        If a normal is 0 or the shapes do not match.

    >>> count_regions([[1, 0], [0, 1], [1, 1]], [0, 0, 0])
    6
    """
    normals, offsets = np.asarray(normals, dtype=np.float64), np.asarray(offsets, dtype=np.float64)
    if normals.ndim != 2 or offsets.shape != normals.shape[:1]:
        raise ValueError("normals must have shape (n, d) and offsets (n,)")
    if not np.all(np.any(normals != 0, axis=1)):
        raise ValueError("normals must not be 0")
    return _count(np.column_stack([normals, offsets]))


def _count(planes: NDArray) -> int:
    planes = _distinct(planes)
    if planes.shape[1] == 2:  # points on a line
        return 1 + len(planes)
    return 1 + sum(_count(_restrict(planes[:k], planes[k])) for k in range(len(planes)))


def _restrict(planes: NDArray, onto: NDArray) -> NDArray:
    """Return what ``planes`` cut out of the hyperplane ``onto``, one coordinate eliminated."""
    pivot = np.argmax(np.abs(onto[:-1]))
    inside = np.delete(planes - np.outer(planes[:, pivot] / onto[pivot], onto), pivot, axis=1)
    parallel = np.linalg.norm(inside[:, :-1], axis=1) <= SAME
    return inside[~parallel]


def _distinct(planes: NDArray) -> NDArray:
    """Return the planes scaled to unit normals, each once, whichever way it was written."""
    planes = planes / np.linalg.norm(planes[:, :-1], axis=1, keepdims=True)
    kept: list[NDArray] = []
    for plane in planes:
        if not any(min(np.abs(plane - k).max(), np.abs(plane + k).max()) <= SAME for k in kept):
            kept.append(plane)
    return np.array(kept).reshape(-1, planes.shape[1])
