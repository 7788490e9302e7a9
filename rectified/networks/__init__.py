"""Networks built from the activations: layers, losses, initialization, optimizers, training."""

from rectified.networks.activation import Activation
from rectified.networks.activity import L1Activity
from rectified.networks.batchnorm import BatchNorm
from rectified.networks.convolution import Conv2d
from rectified.networks.dense import Dense
from rectified.networks.dropout import Dropout
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
from rectified.networks.losses import (
    accuracy,
    binary_accuracy,
    binary_cross_entropy,
    softmax_cross_entropy,
    squared_error,
)
from rectified.networks.optimizers import SGD, Adam, Optimizer, warm_up
from rectified.networks.pooling import AveragePool2d, Flatten, MaxPool2d
from rectified.networks.prelu import PReLU
from rectified.networks.sequential import Sequential, perceptron
from rectified.networks.training import History, TrainingDiverged, fit
from rectified.networks.whole_network import lsuv, randomize_asymmetrically

__all__ = [
    "INITIALIZATIONS",
    "SGD",
    "Activation",
    "Adam",
    "AveragePool2d",
    "BatchNorm",
    "Conv2d",
    "Dense",
    "Dropout",
    "Flatten",
    "History",
    "L1Activity",
    "Layer",
    "MaxPool2d",
    "Optimizer",
    "PReLU",
    "Sequential",
    "TrainingDiverged",
    "accuracy",
    "backward_gain",
    "binary_accuracy",
    "binary_cross_entropy",
    "fit",
    "forward_gain",
    "gaussian",
    "gaussian_moment",
    "generators",
    "glorot",
    "he",
    "lecun",
    "linear_default",
    "lsuv",
    "orthogonal",
    "perceptron",
    "randomize_asymmetrically",
    "scaled",
    "softmax_cross_entropy",
    "squared_error",
    "uniform",
    "warm_up",
]
