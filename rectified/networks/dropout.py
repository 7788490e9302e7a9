"""Dropout: in training, units vanish at random and the rest speak louder."""

import numpy as np
from numpy.typing import NDArray

from rectified.activations.contract import as_float_array, sum_to_shape
from rectified.networks.independent import Rng, count_networks, draw
from rectified.networks.layer import Layer


class Dropout(Layer):
    """y = x · mask/(1 − rate) in training, y = x in evaluation ("inverted" dropout).

    Each entry of the mask is 0 with probability ``rate``, else 1, so E y = x. With S generators x
    is (S, batch, features), or (batch, features) for all; network s draws its own masks.

    Source: Srivastava et al., JMLR 15:1929–1958, 2014.
    """

    def __init__(self, rate: float, rng: Rng):
        if not 0 <= rate < 1:
            raise ValueError(f"rate must lie in [0, 1), not {rate}")
        super().__init__(num_networks=count_networks(rng))
        self.rate, self.rng = rate, rng

    def forward(self, x: NDArray) -> NDArray:
        """Return x with a fresh mask (training), or x itself (evaluation)."""
        x = as_float_array(x)
        self._x_shape = x.shape
        self._mask = self._draw_mask(x) if self.training else np.ones((), x.dtype)
        return self._remember_shape(x * self._mask)

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return g · mask/(1 − rate), with the mask of the last forward pass."""
        return sum_to_shape(self._checked(grad_output) * self._mask, self._x_shape)

    def _draw_mask(self, x: NDArray) -> NDArray:
        shape = x.shape
        if self.num_networks is not None and x.ndim > 2:
            if shape[0] != self.num_networks:
                raise ValueError(f"x must have {self.num_networks} networks on axis 0, not {shape}")
            shape = shape[1:]
        kept = draw(lambda one: one.random(shape) >= self.rate, self.rng)
        return kept.astype(x.dtype) / x.dtype.type(1 - self.rate)
