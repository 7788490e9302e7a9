"""Layers in a row as one layer, right, and the wrong ideas that are written in its place."""

import numpy as np

from rectified.activations import relu
from rectified.checks.judging import Misconception


def collapsed(weights, biases):
    """Return the weight and the bias of the one layer that does what all of them do."""
    weight, bias = np.array(weights[0], np.float64), np.array(biases[0], np.float64)
    for next_weight, next_bias in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight @ next_weight, bias @ next_weight + next_bias
    return weight, bias


def of_collapse() -> tuple[Misconception, ...]:
    """Return what is written in place of ``collapsed``."""

    def transposed(weights, biases):
        weight, bias = collapsed(weights, biases)
        return weight.T, bias

    def summed(weights, biases):
        return collapsed(weights, biases)[0], sum(biases)

    def weights_added(weights, biases):
        return sum(weights), sum(biases)

    def entry_by_entry(weights, biases):
        weight, bias = weights[0], biases[0]
        for next_weight, next_bias in zip(weights[1:], biases[1:], strict=True):
            weight, bias = weight * next_weight, bias * next_weight + next_bias
        return weight, bias

    def backwards(weights, biases):
        return collapsed(weights[::-1], biases[::-1])

    def last_bias(weights, biases):
        return collapsed(weights, biases)[0], biases[-1]

    def first_bias_only(weights, biases):
        return collapsed(weights, [biases[0], *(0 * b for b in biases[1:])])

    def own_weights(weights, biases):
        carried = np.zeros(np.shape(weights[0])[0])
        for weight, bias in zip(weights, biases, strict=True):
            carried = (carried + bias) @ weight
        return collapsed(weights, biases)[0], carried

    def next_only(weights, biases):
        bias = biases[0]
        for weight, before, after in zip(weights[1:], biases, biases[1:], strict=False):
            bias = before @ weight + after
        return collapsed(weights, biases)[0], bias

    def rectified(weights, biases):
        weight, bias = collapsed(weights[:1], biases[:1])
        for next_weight, next_bias in zip(weights[1:], biases[1:], strict=True):
            weight, bias = relu(weight) @ next_weight, relu(bias) @ next_weight + next_bias
        return weight, bias

    def without_last(weights, biases):
        weight, bias = collapsed(weights, [*biases[:-1], 0 * np.asarray(biases[-1])])
        return weight, bias

    return (
        Misconception(
            transposed,
            "This is the transpose. The input is a row vector and stands on the left: x @ weight.",
        ),
        Misconception(
            lambda *layers: collapsed(*layers)[::-1],
            "The two results are there in the other order: first the weight, then the bias.",
        ),
        Misconception(
            backwards,
            "The layers were taken from the last to the first. Matrix products have an order: "
            "which layer does x meet first?",
        ),
        Misconception(
            summed,
            "The biases were added as they are. What happens to the first bias on its way through "
            "the second layer?",
        ),
        Misconception(
            weights_added,
            "The matrices were added. One layer after another is a product: put the result of the "
            "first into the second.",
        ),
        Misconception(
            entry_by_entry,
            "The matrices were multiplied entry by entry. A layer is a matrix product.",
        ),
        Misconception(
            last_bias,
            "Only the bias of the last layer is there. What became of the earlier ones?",
        ),
        Misconception(
            first_bias_only,
            "Only the first bias is there. Each layer adds one of its own.",
        ),
        Misconception(
            without_last,
            "The bias of the last layer is missing. It is added after all matrices.",
        ),
        Misconception(
            next_only,
            "Each bias went through one later layer and was then dropped. What was collected so "
            "far has to go along.",
        ),
        Misconception(
            own_weights,
            "A bias was multiplied by the weights of its own layer. It is added behind them.",
        ),
        Misconception(
            lambda weights, biases: (weights[0], biases[0]),
            "This is the first layer alone. What do the others do to its output?",
        ),
        Misconception(
            lambda weights, biases: (weights[-1], biases[-1]),
            "This is the last layer alone. What do the others do before it?",
        ),
        Misconception(
            lambda weights, biases: collapsed(weights[:2], biases[:2]),
            "These are the first two layers only. There may be any number.",
        ),
        Misconception(
            rectified,
            "Something is cut off at 0 on the way. These layers have no activation function.",
        ),
        Misconception(
            lambda weights, biases: (collapsed(weights, biases)[0], np.zeros_like(biases[-1])),
            "The bias is 0. What does the stack make of the input 0?",
        ),
    )
