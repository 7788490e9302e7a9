"""How many units are on, which never change, and how much their masks tell inputs apart.

``values`` is (…, inputs, units): pre-activations or outputs of a layer. A unit is on at an input
where its value is > 0.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr


def active_fraction(values: ArrayLike) -> NDArray[np.float64]:
    """Return the fraction of (input, unit) pairs that are on, for each leading index.

    >>> float(active_fraction([[1.0, -2.0], [0.0, 0.0]]))
    0.25
    """
    return np.mean(np.asarray(values) > 0, axis=(-2, -1))


def always_off(values: ArrayLike) -> NDArray[np.bool_]:
    """Return which units are off for every input: (…, units). On this set they are dead.

    >>> always_off([[1.0, -2.0], [0.0, 0.0]])
    array([False,  True])
    """
    return np.all(np.asarray(values) <= 0, axis=-2)


def always_on(values: ArrayLike) -> NDArray[np.bool_]:
    """Return which units are on for every input: (…, units). On this set they are linear."""
    return np.all(np.asarray(values) > 0, axis=-2)


def mask_entropy(values: ArrayLike) -> NDArray[np.float64]:
    """Return the entropy of each unit's mask over the inputs, in bits: (…, units).

    1 for a unit that is on for half of the inputs, 0 for one that never changes.

    >>> mask_entropy([[1.0, -2.0], [0.0, 0.0]])
    array([1., 0.])
    """
    on = np.mean(np.asarray(values) > 0, axis=-2)
    return (entr(on) + entr(1 - on)) / np.log(2)


def pattern_entropy(values: ArrayLike) -> float:
    """Return the entropy of the whole layer's mask over the inputs, in bits; values is 2-d.

    log₂ of the number of inputs if every input has a mask of its own, 0 if all share one. At most
    the sum of ``mask_entropy``, which it equals if the units are independent.

    >>> pattern_entropy([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
    2.0
    """
    _, counts = np.unique(np.asarray(values) > 0, axis=0, return_counts=True)
    return float(np.sum(entr(counts / counts.sum())) / np.log(2))


def exact_zero_fraction(arrays: Iterable[ArrayLike]) -> float:
    """Return the fraction of entries that are exactly 0, over all the arrays: sparse weights.

    >>> exact_zero_fraction([[0.0, 1.0], [1e-300, -0.0]])
    0.5
    """
    entries = np.concatenate([np.ravel(array) for array in arrays])
    return float(np.mean(entries == 0))
