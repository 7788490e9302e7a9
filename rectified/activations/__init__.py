"""Activation functions and their derivatives, as pairs ``name(x, …)`` and ``name_grad(x, …)``."""

from rectified.activations.relu import relu, relu_grad

__all__ = ["relu", "relu_grad"]
