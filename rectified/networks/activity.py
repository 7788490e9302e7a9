"""A penalty on what units say, not on their weights: the L1 norm of a layer's output."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.networks.layer import Layer


class L1Activity(Layer):
    """y = x; backward adds the slope of the penalty strength · Σ|x|, averaged over the batch.

    Training then minimises loss + strength · mean over the batch of Σ|x|, the sum over units. The
    loss that ``fit`` reports is without the penalty. At x = 0 the penalty's slope counts as 0, so
    a silent unit is left alone.

    Parameters
    ----------
    strength : float or array of S floats
        0 or more; S independent networks may have S strengths.

    x is (..., batch, units), or (S, batch, units) with S strengths.

    >>> layer = L1Activity(0.5)
    >>> y = layer.forward(np.array([[2.0, 0.0], [3.0, -1.0]]))
    >>> layer.backward(np.zeros((2, 2)))
    array([[ 0.25,  0.  ],
           [ 0.25, -0.25]])
    """

    def __init__(self, strength: ArrayLike):
        strength = np.asarray(strength, dtype=np.float64)
        if strength.ndim > 1 or not np.all(strength >= 0):
            raise ValueError(f"strength must be 0 or more, one number or S numbers, not {strength}")
        super().__init__(num_networks=strength.size if strength.ndim else None)
        self.strength = strength[..., np.newaxis, np.newaxis]

    def forward(self, x: NDArray) -> NDArray:
        """Return x."""
        self._x = x
        return self._remember_shape(x)

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return g + strength/batch · sign(x)."""
        slope = self.strength / self._x.shape[-2] * np.sign(self._x)
        return self._checked(grad_output) + slope.astype(self._x.dtype)
