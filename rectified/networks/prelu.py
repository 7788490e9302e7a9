"""The rectifier whose slope below zero is learned."""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from rectified.activations.contract import as_float_array, sum_to_shape
from rectified.activations.leaky import prelu, prelu_grad, prelu_slope_grad
from rectified.networks.channels import along_channels
from rectified.networks.layer import Layer, positive_integer


class PReLU(Layer):
    """y = x where x > 0, slope · x elsewhere; the slope is a parameter.

    Parameters
    ----------
    num_parameters : int
        1 for one shared slope, or one slope for each channel.
    init : float
        Where every slope starts. 0.25 as in the paper and in PyTorch.
    channel_axis : int
        Counted from the end: −1 for (…, features), −3 for images (batch, channels, height, width).
    num_networks : int or None
        S for S independent networks, each with its own slopes.

    Attributes
    ----------
    slope : ndarray, (num_parameters,) or (S, num_parameters)

    Source: He, Zhang, Ren & Sun, ICCV 2015, arXiv:1502.01852. The paper does not let slopes decay,
    nor do the optimizers here.
    """

    def __init__(
        self,
        num_parameters: int = 1,
        init: float = 0.25,
        *,
        channel_axis: int = -1,
        num_networks: int | None = None,
        dtype: DTypeLike = np.float64,
    ):
        self.num_parameters = positive_integer(num_parameters, "num_parameters")
        self.channel_axis = channel_axis
        leading = () if num_networks is None else (positive_integer(num_networks, "num_networks"),)
        self.slope = np.full((*leading, self.num_parameters), init, dtype)
        super().__init__([self.slope], ("slope",), num_networks)

    def forward(self, x: NDArray) -> NDArray:
        """Return prelu(x, slope)."""
        self._x = as_float_array(x)
        self._slope = along_channels(self.slope, self._x, self.channel_axis, self.num_networks)
        return self._remember_shape(prelu(self._x, self._slope))

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return g · prelu'(x); the gradient of a slope sums g · x over what shares it, x < 0."""
        grad_output = self._checked(grad_output)
        grad_slope = grad_output * prelu_slope_grad(self._x, self._slope)
        total = sum_to_shape(grad_slope, self._slope.shape)
        self.gradients[0][...] = total.reshape(self.slope.shape)
        return grad_output * prelu_grad(self._x, self._slope)
