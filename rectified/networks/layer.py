"""What every layer promises. No mathematics lives here."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Layer:
    """A function with a memory: ``forward(x)``, then ``backward(grad_output)``.

    ``forward`` returns the output and remembers what the backward pass needs; ``backward`` takes
    the gradient of a scalar with respect to that output, returns the gradient with respect to
    ``x``, in the shape of ``x``, and overwrites ``gradients``.

    Attributes
    ----------
    parameters, gradients : list of ndarray
        In step with one another: ``gradients[i]`` is the derivative with respect to
        ``parameters[i]``. The arrays are changed in place and never replaced.
    roles : tuple of str
        In step with them: ``"weights"``, ``"bias"``, ``"slope"`` or ``"scale"``. Weight decay
        reads it.
    training : bool
        True at first. Dropout and BatchNorm behave differently when it is False.
    num_networks : int or None
        S if the parameters carry a leading axis of S independent networks, else None.
    """

    def __init__(
        self,
        parameters: Sequence[NDArray] = (),
        roles: Sequence[str] = (),
        num_networks: int | None = None,
    ):
        self.parameters = list(parameters)
        self.gradients = [np.zeros_like(parameter) for parameter in self.parameters]
        self.roles = tuple(roles)
        self.training = True
        self.num_networks = num_networks
        self._output_shape: tuple[int, ...] | None = None

    def forward(self, x: NDArray) -> NDArray:
        """Return the output for ``x`` and remember what ``backward`` needs."""
        raise NotImplementedError

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return the gradient with respect to the last ``x``; overwrite ``gradients``."""
        raise NotImplementedError

    def train(self) -> None:
        """Switch to training mode."""
        self.training = True

    def eval(self) -> None:
        """Switch to evaluation mode."""
        self.training = False

    def _remember_shape(self, output: NDArray) -> NDArray:
        self._output_shape = output.shape
        return output

    def _checked(self, grad_output: NDArray) -> NDArray:
        """Return ``grad_output`` as an array, if it fits the output of the last ``forward``."""
        if self._output_shape is None:
            raise RuntimeError(f"{type(self).__name__}.backward needs a forward pass before it")
        grad_output = np.asarray(grad_output)
        if grad_output.shape != self._output_shape:
            raise ValueError(
                f"grad_output must have the shape of the output, {self._output_shape}, "
                f"not {grad_output.shape}"
            )
        return grad_output


def positive_integer(value: int, name: str) -> int:
    """Return ``value``, or raise ValueError, naming the argument, if it is not an integer ≥ 1."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise ValueError(f"{name} must be a positive integer, not {value!r}")
    return int(value)
