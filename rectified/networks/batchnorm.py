"""Batch normalisation: each channel standardised over the batch, then scaled and shifted."""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from rectified.activations.contract import as_float_array, sum_to_shape
from rectified.networks.channels import along_channels
from rectified.networks.layer import Layer, positive_integer


class BatchNorm(Layer):
    """y = scale · (x − mean)/√(var + epsilon) + shift, for each channel.

    In training, mean and (biased) variance are those of the batch, over all axes but the channel's;
    running averages of them are kept, of the unbiased variance, and used in evaluation.

    Parameters
    ----------
    num_features : int
        Number of channels.
    channel_axis : int
        Counted from the end: −1 for (…, features), −3 for images (batch, channels, height, width).
    momentum : float
        Weight of the newest batch in the running averages.
    epsilon : float
        Added to the variance.
    num_networks : int or None
        S for S independent networks.

    Attributes
    ----------
    scale, shift, running_mean, running_variance : ndarray, (F,) or (S, F)

    Source: Ioffe & Szegedy, ICML 2015, arXiv:1502.03167; defaults as in PyTorch.
    """

    def __init__(
        self,
        num_features: int,
        *,
        channel_axis: int = -1,
        momentum: float = 0.1,
        epsilon: float = 1e-5,
        num_networks: int | None = None,
        dtype: DTypeLike = np.float64,
    ):
        features = positive_integer(num_features, "num_features")
        if not 0 < momentum <= 1:
            raise ValueError(f"momentum must lie in (0, 1], not {momentum}")
        if epsilon <= 0:
            raise ValueError(f"epsilon must be positive, not {epsilon}")
        leading = () if num_networks is None else (positive_integer(num_networks, "num_networks"),)
        shape = (*leading, features)
        self.channel_axis, self.momentum, self.epsilon = channel_axis, momentum, epsilon
        self.scale, self.shift = np.ones(shape, dtype), np.zeros(shape, dtype)
        self.running_mean, self.running_variance = np.zeros(shape, dtype), np.ones(shape, dtype)
        super().__init__([self.scale, self.shift], ("scale", "scale"), num_networks)

    def forward(self, x: NDArray) -> NDArray:
        """Return the normalised, scaled and shifted x; in training, update the running averages."""
        x = as_float_array(x)
        scale, shift = self._align(self.scale, x), self._align(self.shift, x)
        self._axes = tuple(axis for axis, size in enumerate(scale.shape) if size == 1)
        if self.training:
            mean = x.mean(axis=self._axes, keepdims=True)
            variance = x.var(axis=self._axes, keepdims=True)
            self._update_running(mean, variance, x.size // variance.size)
        else:
            mean = self._align(self.running_mean, x)
            variance = self._align(self.running_variance, x)
        self._inverse_std = 1 / np.sqrt(variance + self.epsilon)
        self._normalized = (x - mean) * self._inverse_std
        self._scale = scale
        self._frozen = not self.training
        return self._remember_shape(scale * self._normalized + shift)

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return the gradient with respect to x, through the batch's mean and variance as well.

        With n = scale · g: (n − mean(n) − x̂ · mean(n · x̂))/√(var + epsilon). In evaluation mean
        and variance are constants, and what remains is n/√(var + epsilon).
        """
        grad_output = self._checked(grad_output)
        grad_scale = sum_to_shape(grad_output * self._normalized, self._scale.shape)
        grad_shift = sum_to_shape(grad_output, self._scale.shape)
        self.gradients[0][...] = grad_scale.reshape(self.scale.shape)
        self.gradients[1][...] = grad_shift.reshape(self.shift.shape)
        grad_normalized = grad_output * self._scale
        if not self._frozen:
            through_mean = grad_normalized.mean(axis=self._axes, keepdims=True)
            through_variance = (grad_normalized * self._normalized).mean(
                axis=self._axes, keepdims=True
            )
            grad_normalized = grad_normalized - through_mean - self._normalized * through_variance
        return grad_normalized * self._inverse_std

    def _align(self, parameter: NDArray, x: NDArray) -> NDArray:
        if parameter.shape[-1] != x.shape[self.channel_axis]:
            raise ValueError(
                f"x must have {parameter.shape[-1]} channels on axis {self.channel_axis}, "
                f"not shape {x.shape}"
            )
        return along_channels(parameter, x, self.channel_axis, self.num_networks)

    def _update_running(self, mean: NDArray, variance: NDArray, count: int) -> None:
        if count < 2:
            raise ValueError("x must hold at least two values of each channel in training")
        unbiased = variance * (count / (count - 1))
        for running, batch in ((self.running_mean, mean), (self.running_variance, unbiased)):
            running += self.momentum * (batch.reshape(running.shape) - running)
