"""How likely is a ReLU network constant before it is trained? Bounds, and the experiment.

Weights are drawn independently from any continuous law symmetric about 0, without bias. A network
dies on an input when all units of some hidden layer are off. With one input unit only its sign
matters, so the network is constant, *born dead*, exactly if it dies on both of the rays x = 1 and
x = −1. ``num_layers`` counts the output layer, as in Lu, Shin, Su & Karniadakis,
Commun. Comput. Phys. 28(5), 2020, doi:10.4208/cicp.OA-2020-0165, arXiv:1903.06733.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from rectified.activations import relu

_CHUNK = 10_000  # networks simulated at once: bounds the memory


def upper_bound(hidden_widths: Sequence[int]) -> float:
    """Return 1 − ∏ (1 − 2^(−N_l)): the chance to die on one given nonzero input, exactly.

    A layer kills a living input if all its N units are off, each by the toss of a fair coin. A
    network that is constant has died on every input, so this bounds the chance to be born dead.

    >>> upper_bound([1]), upper_bound([2, 2])
    (0.5, 0.4375)
    """
    return float(1 - np.prod(1 - 0.5 ** np.asarray(hidden_widths, dtype=np.float64)))


def lower_bound(width: int, num_layers: int) -> float:
    """Return 2q p + (1 − 2q) p², with q = 2^(−N) and p = 1 − (1 − q)^(L − 2): proved, 1 input.

    In the first layer a unit is on for exactly one of the two rays, so that layer kills one ray
    with chance 2q and never both. A lone ray dies in the L − 2 layers left with chance p. Two
    rays die there with chance p² or more, by induction over the layers: outputs of relus are
    never more than a right angle θ apart, so one layer of normal weights kills both with chance
    ((π − θ) / 2π)^N ≥ q². (For other laws the same follows from Harris' inequality.)
    """
    _check(width, num_layers)
    q = 0.5**width
    p = 1 - (1 - q) ** (num_layers - 2)
    return 2 * q * p + (1 - 2 * q) * p**2


def orthogonal_rays(width: int, num_layers: int) -> float:
    """Return the chance to be born dead if two rays that both live stay orthogonal; 1 input.

    A Markov chain of three states. From two living rays: both die if all units are off for both,
    4^(−N); only one is left if the other dies, or if both go through one common unit and no other,
    N 4^(−N), and so become one ray. This is the lower bound of Lu et al. That right angles are
    the worst case is checked here by simulation only; ``lower_bound`` is proved.
    """
    _check(width, num_layers)
    q = 0.5**width
    both, one = 1 - 2 * q - (width - 1) * q**2, 1 - q
    step = np.array([[both, 1 - both - q**2, q**2], [0, one, q], [0, 0, 1]])
    start = np.array([1 - 2 * q, 2 * q, 0])
    return float((start @ np.linalg.matrix_power(step, num_layers - 2))[2])


def simulate(
    hidden_widths: Sequence[int],
    num_networks: int,
    rng: np.random.Generator,
    inputs: ArrayLike = ((1.0,), (-1.0,)),
) -> float:
    """Return the fraction of random networks that die on all ``inputs``, (inputs, input_dim).

    He weights, no bias. The default inputs decide exactly whether a network of one input is
    constant. The standard error is √(p (1 − p) / num_networks).
    """
    inputs = np.asarray(inputs, dtype=np.float64)
    num_dead = 0
    for first in range(0, num_networks, _CHUNK):
        size = min(_CHUNK, num_networks - first)
        hidden = np.broadcast_to(inputs, (size, *inputs.shape))
        for width in hidden_widths:
            fan_in = hidden.shape[-1]
            weights = rng.normal(0, np.sqrt(2 / fan_in), (len(hidden), fan_in, width))
            hidden = relu(hidden @ weights)
            hidden = hidden[hidden.any(axis=(-2, -1))]  # the dead stay dead
        num_dead += size - len(hidden)
    return num_dead / num_networks


def _check(width: int, num_layers: int) -> None:
    if width < 1 or num_layers < 2:
        raise ValueError(f"need width ≥ 1 and num_layers ≥ 2, not {width} and {num_layers}")
