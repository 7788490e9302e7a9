"""The affine layer: every output is a weighted sum of all inputs plus a bias."""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from rectified.activations.contract import as_float_array, sum_to_shape
from rectified.networks.independent import Rng, count_networks, draw
from rectified.networks.initialization import Initializer, as_initializer
from rectified.networks.layer import Layer, positive_integer


class Dense(Layer):
    """y = x W + b.

    Parameters
    ----------
    fan_in, fan_out : int
        Number of inputs and of outputs.
    initialization : str or Initializer
        How ``weights`` start: a name of ``INITIALIZATIONS`` or a function.
    bias : float, Initializer or None
        The start value of every bias, a function that draws them, or None for no bias.
    rng : Generator or sequence of Generator
        One generator makes one layer; S generators make S independent layers side by side.
    dtype : float dtype
        Of the parameters; drawn in float64 first.

    Attributes
    ----------
    weights : ndarray, (fan_in, fan_out) or (S, fan_in, fan_out)
    bias : ndarray, (fan_out,) or (S, fan_out), or None

    Shapes: x is (..., batch, fan_in) and y is (..., batch, fan_out). With S layers, x is
    (S, batch, fan_in), or (batch, fan_in) if all see the same; y is (S, batch, fan_out).

    >>> layer = Dense(3, 2, rng=np.random.default_rng(0))
    >>> layer.forward(np.ones((5, 3))).shape
    (5, 2)
    """

    def __init__(
        self,
        fan_in: int,
        fan_out: int,
        *,
        initialization: str | Initializer = "he",
        bias: float | Initializer | None = 0.0,
        rng: Rng,
        dtype: DTypeLike = np.float64,
    ):
        self.fan_in = positive_integer(fan_in, "fan_in")
        self.fan_out = positive_integer(fan_out, "fan_out")
        self.weights, self.bias = start_values(
            (self.fan_in, self.fan_out),
            self.fan_out,
            fans=(self.fan_in, self.fan_out),
            initialization=initialization,
            bias=bias,
            rng=rng,
            dtype=dtype,
        )
        parameters = [self.weights] if self.bias is None else [self.weights, self.bias]
        super().__init__(parameters, ("weights", "bias")[: len(parameters)], count_networks(rng))

    def forward(self, x: NDArray) -> NDArray:
        """Return x W + b."""
        x = as_float_array(x)
        if x.ndim < 2 or x.shape[-1] != self.fan_in:
            raise ValueError(f"x must have shape (..., batch, {self.fan_in}), not {x.shape}")
        if self.num_networks is not None and x.shape[:-2] not in ((), (self.num_networks,)):
            raise ValueError(
                f"x must have shape (batch, {self.fan_in}) or "
                f"({self.num_networks}, batch, {self.fan_in}), not {x.shape}"
            )
        self._x = x
        output = x @ self.weights
        if self.bias is not None:
            output += self.bias[..., np.newaxis, :]
        return self._remember_shape(output)

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return g Wᵀ; the gradients are xᵀ g for the weights and the sum of g over the batch."""
        grad_output = self._checked(grad_output)
        grad_weights = np.swapaxes(self._x, -1, -2) @ grad_output
        self.gradients[0][...] = sum_to_shape(grad_weights, self.weights.shape)
        if self.bias is not None:
            self.gradients[1][...] = sum_to_shape(grad_output.sum(axis=-2), self.bias.shape)
        return sum_to_shape(grad_output @ np.swapaxes(self.weights, -1, -2), self._x.shape)


def start_values(
    shape: tuple[int, ...],
    num_biases: int,
    *,
    fans: tuple[int, int],
    initialization: str | Initializer,
    bias: float | Initializer | None,
    rng: Rng,
    dtype: DTypeLike,
) -> tuple[NDArray, NDArray | None]:
    """Return the first weights, of ``shape``, and the first biases, or None for those.

    ``fans`` are fan_in and fan_out. Of each generator the weights are drawn first.
    """
    dtype = np.dtype(dtype)
    if dtype.type not in (np.float16, np.float32, np.float64):
        raise ValueError(f"dtype must be float16, float32 or float64, not {dtype}")
    initialize = as_initializer(initialization)
    weights = draw(lambda one: initialize(shape, *fans, one), rng).astype(dtype)
    if bias is None:
        return weights, None
    initialize_bias = bias if callable(bias) else lambda *_: np.full(num_biases, float(bias))
    biases = draw(lambda one: initialize_bias((num_biases,), *fans, one), rng)
    return weights, biases.astype(dtype)
