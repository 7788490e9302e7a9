"""Networks built from the activations: layers, losses, initialization, optimizers, training."""

from rectified.networks.activation import Activation
from rectified.networks.dense import Dense
from rectified.networks.gains import backward_gain, forward_gain, gaussian_moment
from rectified.networks.independent import generators
from rectified.networks.initialization import (
    INITIALIZATIONS,
    gaussian,
    glorot,
    he,
    lecun,
    linear_default,
    orthogonal,
    scaled,
    uniform,
)
from rectified.networks.layer import Layer
from rectified.networks.sequential import Sequential, perceptron

__all__ = [
    "INITIALIZATIONS",
    "Activation",
    "Dense",
    "Layer",
    "Sequential",
    "backward_gain",
    "forward_gain",
    "gaussian",
    "gaussian_moment",
    "generators",
    "glorot",
    "he",
    "lecun",
    "linear_default",
    "orthogonal",
    "perceptron",
    "scaled",
    "uniform",
]
