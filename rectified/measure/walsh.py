"""The Walsh–Hadamard transform: a mixing matrix that costs n log₂ n additions and no memory.

Also the layer that uses it in place of a weight matrix: learned two-slope units, fixed mixing.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.activations.contract import sum_to_shape
from rectified.networks import Layer
from rectified.networks.independent import Rng, count_networks, draw


def walsh_hadamard(x: ArrayLike, *, orthonormal: bool = True) -> NDArray:
    """Return x H along the last axis, H the n × n Hadamard matrix in natural order, n = 2^k.

    H is symmetric with entries ±1 and H H = n I; ``orthonormal`` divides by √n, so that the
    transform keeps lengths and undoes itself. Any leading axes are batches. log₂ n passes of n
    additions: H itself is never formed.

    Raises
    ------
    ValueError
        If the length of the last axis is not a power of two.

    >>> walsh_hadamard([1.0, 0.0, 0.0, 2.0], orthonormal=False)
    array([ 3., -1., -1.,  3.])
    """
    x = np.asarray(x)
    if x.dtype.kind != "f":
        x = x.astype(np.float64)
    n = x.shape[-1] if x.ndim else 0
    if n < 1 or n & (n - 1):
        raise ValueError(f"the last axis of x must have a power of two entries, not {n}")
    result = x.copy()
    # A pass adds and subtracts across the highest bit of the index, which then becomes the lowest:
    # after log₂ n passes every bit has had its turn and is back in its place.
    for _ in range(n.bit_length() - 1):
        first, second = result[..., : n // 2], result[..., n // 2 :]
        result = np.stack([first + second, first - second], axis=-1).reshape(x.shape)
    return result / x.dtype.type(np.sqrt(n)) if orthonormal else result


def transform_additions(n: int) -> int:
    """Return n log₂ n, the additions of the transform of one vector; a matrix needs n² products.

    >>> transform_additions(256), 256**2
    (2048, 65536)
    """
    return n * (n.bit_length() - 1)


class FixedFilterBank(Layer):
    """A layer x ↦ √3 f(x) H / √n with learned slopes: f multiplies x by s⁺ where x ≥ 0, else by s⁻.

    2n parameters in place of n². Slopes start uniform on (−1, 1); then E f(x)² = x²/3 for every x,
    and the factor √3 keeps the squared length on average, at any depth.
    S generators make S independent layers: slopes (S, n), inputs (batch, n) or (S, batch, n).
    Source: the two-slope networks of S. O'Connor (2019); the factor is derived here.
    """

    def __init__(self, num_units: int, *, rng: Rng):
        slopes = [draw(lambda one: one.uniform(-1, 1, num_units), rng) for _ in range(2)]
        super().__init__(slopes, ("slope", "slope"), count_networks(rng))

    def forward(self, x: NDArray) -> NDArray:
        """Return the mixed, bent input; the last axis of x has ``num_units`` entries."""
        self._x = np.asarray(x)
        return self._remember_shape(walsh_hadamard(np.sqrt(3) * self._slopes() * self._x))

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return the gradient of x; the transform is its own transpose."""
        grad_bent = np.sqrt(3) * walsh_hadamard(self._checked(grad_output))
        by_slope, positive = grad_bent * self._x, self._x >= 0
        for gradient, side in zip(self.gradients, (~positive, positive), strict=True):
            gradient[...] = sum_to_shape(by_slope * side, self._aligned(gradient).shape).reshape(
                gradient.shape
            )
        return sum_to_shape(grad_bent * self._slopes(), self._x.shape)

    def _slopes(self) -> NDArray:
        negative, positive = (self._aligned(slope) for slope in self.parameters)
        return np.where(self._x >= 0, positive, negative)

    def _aligned(self, slope: NDArray) -> NDArray:
        """Return (n,) as it is, and (S, n) as (S, 1, n), to meet a batch."""
        return slope if self.num_networks is None else slope[:, np.newaxis]
