"""Activation functions and their derivatives, as pairs ``name(x, …)`` and ``name_grad(x, …)``."""

from rectified.activations.relu import relu, relu_grad
from rectified.activations.saturating import (
    sigmoid,
    sigmoid_grad,
    softmax,
    softmax_vjp,
    tanh,
    tanh_grad,
)

__all__ = [
    "relu",
    "relu_grad",
    "sigmoid",
    "sigmoid_grad",
    "softmax",
    "softmax_vjp",
    "tanh",
    "tanh_grad",
]
