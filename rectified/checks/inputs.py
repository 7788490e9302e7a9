"""Fresh inputs for checks: random, yet never in doubt and never without the telling cases."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def between_kinks(
    rng: np.random.Generator,
    shape: tuple[int, ...],
    dtype: type,
    kinks: tuple[float, ...] = (0.0,),
    margin: float = 0.25,
    reach: float = 8.0,
) -> NDArray[np.floating]:
    """Return numbers at least ``margin`` from every kink and at most ``reach`` beyond the last.

    The kinks cut the line into pieces. Each piece gets a share of the numbers, and none is left
    out when there are enough of them, in random order.
    """
    edges = np.sort(np.asarray(kinks, dtype=np.float64))
    low = np.concatenate([[edges[0] - reach], edges + margin])
    high = np.concatenate([edges - margin, [edges[-1] + reach]])
    size = int(np.prod(shape))
    piece = rng.permutation((np.arange(size) + rng.integers(low.size)) % low.size)
    x = rng.uniform(low[piece], high[piece])
    return np.round(x, 3).astype(dtype).reshape(shape)  # three decimals read well in a message


def tails(
    rng: np.random.Generator, shape: tuple[int, ...], dtype: type, near: float, far: float
) -> NDArray[np.floating]:
    """Return numbers of both signs whose sizes spread evenly in logarithm from near to far."""
    size = int(np.prod(shape))
    sign = rng.permutation(np.where(np.arange(size) % 2, 1.0, -1.0))
    x = sign * np.exp(rng.uniform(np.log(near), np.log(far), size))
    return np.round(x, 3).astype(dtype).reshape(shape)


def upstream(rng: np.random.Generator, shape: tuple[int, ...], dtype: type) -> NDArray[np.floating]:
    """Return gradients that could come from above: both signs, none of them 0, 1 or −1."""
    return between_kinks(rng, shape, dtype, kinks=(-1.0, 0.0, 1.0), margin=0.125, reach=4.0)


def extremes(dtype: type) -> NDArray[np.floating]:
    """Return the ends of ``dtype``: infinities, the largest, the smallest normal and subnormal."""
    info = np.finfo(dtype)
    sizes = [info.smallest_subnormal, info.tiny, info.max, np.inf]
    return np.array([*sizes, *(-np.array(sizes))], dtype=dtype)


def alone(draw: Callable[[type], NDArray]) -> Callable[[type], tuple[NDArray]]:
    """Return ``draw`` as a maker of the arguments of a function of one array."""
    return lambda dtype: (draw(dtype),)
