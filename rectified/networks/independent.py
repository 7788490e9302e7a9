"""Many independent networks in one array: all seeds of an experiment train side by side.

One ``numpy.random.Generator`` makes one network; a sequence of S generators makes S networks,
of which network s drawing from generator s alone. Parameters then carry a leading axis
of length S, inputs are ``(S, batch, features)`` (or ``(batch, features)``, the same for all), and
NumPy's broadcasting does the rest. What network s computes equals what it computes on its own.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator | Sequence[np.random.Generator]


def generators(num_networks: int, seed: int) -> list[np.random.Generator]:
    """Return S generators with independent streams, all determined by one ``seed``.

    >>> len(generators(3, seed=0))
    3
    """
    return [
        np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(num_networks)
    ]


def count_networks(rng: Rng) -> int | None:
    """Return how many networks ``rng`` stands for: None for one generator, S for a sequence of S.

    Raises
    ------
    TypeError
        If ``rng`` is neither a generator nor a non-empty sequence of generators.
    """
    if isinstance(rng, np.random.Generator):
        return None
    if (
        isinstance(rng, Sequence)
        and len(rng) > 0
        and all(isinstance(one, np.random.Generator) for one in rng)
    ):
        return len(rng)
    raise TypeError(
        "rng must be a numpy.random.Generator or a non-empty sequence of them "
        f"(one for each network), not {rng!r}"
    )


def draw(sample: Callable[[np.random.Generator], NDArray], rng: Rng) -> NDArray:
    """Return ``sample(rng)``; for a sequence, one sample of each generator, stacked."""
    if count_networks(rng) is None:
        return sample(rng)
    return np.stack([sample(one) for one in rng])
