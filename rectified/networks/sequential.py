"""Layers one after the other, and the multilayer perceptron built from them."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike, NDArray

from rectified.networks.activation import Activation
from rectified.networks.dense import Dense
from rectified.networks.independent import Rng
from rectified.networks.initialization import Initializer
from rectified.networks.layer import Layer


class Sequential(Layer):
    """f = f_L ∘ … ∘ f_2 ∘ f_1; backward runs through the layers in the opposite order.

    ``parameters``, ``gradients`` and ``roles`` are those of all layers, in order.

    Raises
    ------
    ValueError
        If the layers stand for different numbers of independent networks.
    """

    def __init__(self, *layers: Layer):
        self.layers = tuple(layers)
        counts = {layer.num_networks for layer in self.layers} - {None}
        if len(counts) > 1:
            raise ValueError(
                "layers must hold the same number of independent networks, "
                f"not {', '.join(map(str, sorted(counts)))}"
            )
        super().__init__(num_networks=counts.pop() if counts else None)
        self.parameters = [array for layer in self.layers for array in layer.parameters]
        self.gradients = [array for layer in self.layers for array in layer.gradients]
        self.roles = tuple(role for layer in self.layers for role in layer.roles)

    def forward(self, x: NDArray) -> NDArray:
        """Return the output of the last layer."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_output: NDArray) -> NDArray:
        """Return the gradient with respect to ``x``; each layer fills its own gradients."""
        for layer in reversed(self.layers):
            grad_output = layer.backward(grad_output)
        return grad_output

    def outputs(self, x: NDArray) -> list[NDArray]:
        """Return the output of every layer, in order: what forward sees on its way."""
        found = []
        for layer in self.layers:
            x = layer.forward(x)
            found.append(x)
        return found

    def predict(self, x: NDArray) -> NDArray:
        """Return the output in evaluation mode; every layer keeps the mode that it had."""
        own_mode, modes = self.training, [layer.training for layer in self.layers]
        self.eval()
        try:
            return self.forward(x)
        finally:
            self.training = own_mode
            for layer, mode in zip(self.layers, modes, strict=True):
                layer.train() if mode else layer.eval()

    def train(self) -> None:
        """Switch every layer to training mode."""
        super().train()
        for layer in self.layers:
            layer.train()

    def eval(self) -> None:
        """Switch every layer to evaluation mode."""
        super().eval()
        for layer in self.layers:
            layer.eval()


def perceptron(
    widths: Sequence[int],
    activation: str | tuple[Callable, Callable],
    *,
    initialization: str | Initializer = "he",
    bias: float | Initializer | None = 0.0,
    rng: Rng,
    dtype: DTypeLike = np.float64,
) -> Sequential:
    """Return Dense, Activation, …, Dense: ``activation`` after every layer but the last.

    ``widths`` counts inputs, hidden units of each layer, and outputs; the other arguments are
    those of ``Dense``.

    >>> network = perceptron([2, 16, 1], "relu", rng=np.random.default_rng(0))
    >>> network.forward(np.zeros((7, 2))).shape
    (7, 1)
    """
    if len(widths) < 2:
        raise ValueError(f"widths must hold at least inputs and outputs, not {list(widths)}")

    def layers() -> Iterable[Layer]:
        for index, (fan_in, fan_out) in enumerate(pairwise(widths)):
            if index:
                yield Activation(activation)
            yield Dense(
                fan_in, fan_out, initialization=initialization, bias=bias, rng=rng, dtype=dtype
            )

    return Sequential(*layers())
