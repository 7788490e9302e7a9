"""Any elementwise activation as a layer. The one whose slope is learned is in ``prelu``."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rectified.activations import CATALOGUE
from rectified.activations.contract import as_float_array
from rectified.networks.layer import Layer


class Activation(Layer):
    """y = f(x), elementwise, with f from the catalogue or brought along.

    Parameters
    ----------
    function : str or (function, derivative)
        A name of ``rectified.activations.CATALOGUE``, or a pair of elementwise functions.
    **parameters
        Passed to both, as in ``Activation("leaky_relu", negative_slope=0.2)``.

    Any shape; the output has the shape of x. At a kink the derivative's convention counts.

    >>> layer = Activation((np.sin, np.cos))
    >>> layer.forward(np.zeros((2, 3))).shape
    (2, 3)
    """

    def __init__(self, function: str | tuple[Callable, Callable], **parameters: float):
        super().__init__()
        if isinstance(function, str):
            function = _from_catalogue(function)
        try:
            value, derivative = function
        except (TypeError, ValueError):
            raise TypeError(
                "function must be a name of the catalogue or a pair (function, derivative), "
                f"not {function!r}"
            ) from None
        self.function = partial(value, **parameters)
        self.derivative = partial(derivative, **parameters)

    def forward(self, x: NDArray) -> NDArray:
        """Return f(x)."""
        self._x = as_float_array(x)
        return self._remember_shape(np.asarray(self.function(self._x)))

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return g · f'(x)."""
        return self._checked(grad_output) * self.derivative(self._x)


def _from_catalogue(name: str) -> tuple[Callable, Callable]:
    if name not in CATALOGUE:
        raise ValueError(f"function must be one of {', '.join(CATALOGUE)}, not {name!r}")
    return CATALOGUE[name].function, CATALOGUE[name].derivative
