"""Functions of one variable to be learned, on [−1, 1], and noisy examples of them."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def sine(x: ArrayLike, periods: float = 1.0) -> NDArray:
    """Return sin(π · periods · x): ``periods`` full waves on [−1, 1].

    >>> sine([-0.5, 0.0, 0.5])
    array([-1.,  0.,  1.])
    """
    return np.sin(np.pi * periods * np.asarray(x, dtype=np.float64))


def step(x: ArrayLike) -> NDArray:
    """Return 0 where x < 0 and 1 elsewhere: a jump, which no continuous function equals.

    >>> step([-0.5, 0.0, 0.5])
    array([0., 1., 1.])
    """
    return np.heaviside(np.asarray(x, dtype=np.float64), 1.0)


def absolute_value(x: ArrayLike) -> NDArray:
    """Return |x|, which two rectifiers express exactly.

    >>> absolute_value([-0.5, 0.0, 0.5])
    array([0.5, 0. , 0.5])
    """
    return np.abs(np.asarray(x, dtype=np.float64))


def sawtooth(x: ArrayLike, teeth: int = 4) -> NDArray:
    """Return the continuous zigzag from 0 to 1 and back, ``teeth`` times on [−1, 1].

    It has 2 · teeth linear pieces there, and is 0 at −1 and 1.

    >>> sawtooth([-1.0, -0.75, -0.5, 0.0, 0.25], teeth=4)
    array([0., 1., 0., 0., 1.])
    """
    phase = (np.asarray(x, dtype=np.float64) + 1) * teeth / 2
    return 1 - np.abs(1 - 2 * (phase % 1.0))


def parabola(x: ArrayLike) -> NDArray:
    """Return x², the smooth function that depth approximates exponentially well.

    >>> parabola([-0.5, 0.0, 0.5])
    array([0.25, 0.  , 0.25])
    """
    return np.asarray(x, dtype=np.float64) ** 2


CURVES: dict[str, Callable[..., NDArray]] = {
    "sine": sine,
    "step": step,
    "absolute value": absolute_value,
    "sawtooth": sawtooth,
    "parabola": parabola,
}


def sample_curve(
    curve: Callable[[NDArray], NDArray],
    num_examples: int,
    *,
    noise: float = 0.0,
    low: float = -1.0,
    high: float = 1.0,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x uniform on [low, high) and y = curve(x) + noise · N(0, 1), both (num_examples, 1).

    >>> x, y = sample_curve(parabola, 100, rng=np.random.default_rng(0))
    >>> np.array_equal(y, x**2)
    True
    """
    if num_examples < 1:
        raise ValueError(f"num_examples must be 1 or more, not {num_examples}")
    if not low < high:
        raise ValueError(f"low must be less than high, not {low} and {high}")
    if noise < 0:
        raise ValueError(f"noise must be 0 or more, not {noise}")
    x = rng.uniform(low, high, (num_examples, 1))
    return x, curve(x) + noise * rng.standard_normal(x.shape)
