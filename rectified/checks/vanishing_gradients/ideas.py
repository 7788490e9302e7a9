"""Wrong ideas about the sigmoid, the slopes of sigmoid and tanh, and gradients of many layers."""

from collections.abc import Callable

import numpy as np

from rectified.activations.saturating import sigmoid, sigmoid_grad, tanh_grad
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NEIGHBOURS

_LOST = (
    "On paper this formula is right. In floating point it subtracts numbers that are nearly equal "
    "and loses every digit of a small result. Rewrite it without that difference."
)
_NAN = "NaN came out as an ordinary number. Which step replaces it, or is made to ignore it?"
_CLIPPED = (
    "Far from 0 the value no longer changes: x seems to be clipped. The result is small there, but "
    "it is not the same everywhere."
)
_FAR = (10, 15, 20, 30, 40, 50, 100, 500)
_OUTPUT = (
    "This takes x for the value of the function. The argument here is the input of the forward "
    "pass."
)


def of_sigmoid() -> tuple[Misconception, ...]:
    """Return what is written in place of the sigmoid."""
    return (
        Misconception(lambda x: 0.5 * (1 + np.tanh(x / 2)), _LOST),
        Misconception(lambda x: 1 - 1 / (1 + np.exp(x)), _LOST),
        Misconception(
            lambda x: 1 / (1 + np.exp(x)),
            "It falls where it should rise. Look at the sign in the exponent.",
        ),
        Misconception(
            lambda x: 1 + np.exp(-x),
            "This is 1 plus an exponential. What belongs under the fraction bar, and are there "
            "brackets around it?",
        ),
        Misconception(
            lambda x: 1 / (1 - np.exp(-x)), "The denominator vanishes at 0. Look at its sign."
        ),
        Misconception(lambda x: np.exp(-x), "This is only the exponential in the denominator."),
        Misconception(
            np.tanh, "This is tanh, which runs from -1 to 1. Which values does the sigmoid take?"
        ),
        Misconception(
            lambda x: 1 / (1 + np.exp(-2 * x)), "It is twice as steep as it should be at 0."
        ),
        Misconception(
            lambda x: np.heaviside(x, 0.5), "This is a step. The sigmoid is a smooth one."
        ),
        Misconception(
            lambda x: np.exp(x) / np.sum(np.exp(x)),
            "The entries add up to 1: this is softmax, which couples the entries of x. Here each "
            "number stands for itself.",
        ),
        *(
            Misconception(
                lambda x, a=a: np.clip(a * x + 0.5, 0, 1),
                "This is a hard sigmoid, made of three straight lines.",
            )
            for a in (0.2, 1 / 6, 0.25)
        ),
        Misconception(sigmoid_grad, "This is the slope of the sigmoid. Asked for is its value."),
        Misconception(lambda x: np.logaddexp(0, x), "This is softplus, which grows without end."),
        *(
            Misconception(lambda x, far=far: sigmoid(np.clip(x, -far, far)), _CLIPPED)
            for far in _FAR
        ),
        Misconception(lambda x: np.nan_to_num(sigmoid(x)), _NAN),
        Misconception(lambda x: sigmoid(np.nan_to_num(x)), _NAN),
    )


def of_slope(function: Callable, slope: Callable, naive: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the ``slope`` of the sigmoid or of tanh.

    ``naive`` makes the slope from the value of the function.
    """
    other = tanh_grad if slope is sigmoid_grad else sigmoid_grad
    return (
        Misconception(lambda x: naive(function(x)), _LOST),
        Misconception(naive, _OUTPUT),
        Misconception(function, "This is the function itself. Asked for is its slope."),
        Misconception(lambda x: function(x) ** 2, "This is the square of the function."),
        Misconception(
            lambda x: 1 - function(x),
            "This is 1 minus the function. One factor, or one square, is missing.",
        ),
        Misconception(
            lambda x: -slope(x), "The sign is turned: does the function rise, or does it fall?"
        ),
        Misconception(other, "This is the slope of the other function, sigmoid or tanh."),
        Misconception(
            lambda x: 4 * slope(2 * x),
            "It is too steep at 0. Was a factor inside the function taken along twice?",
        ),
        Misconception(
            lambda x: slope(2 * x),
            "It falls off too soon: there is a factor 2 inside that does not belong there, or one "
            "that the chain rule asks for is missing outside.",
        ),
        *(
            Misconception(
                lambda x, factor=factor: factor * slope(x),
                "A constant factor is off. Work out the slope at 0 by hand: how much is it?",
            )
            for factor in (0.25, 0.5, 2.0, 4.0)
        ),
        Misconception(
            lambda x: slope(x / 2),
            "It falls off too slowly. Is there a factor inside the exponential, and is it the "
            "right one?",
        ),
        Misconception(
            lambda x: np.exp(-np.abs(x)), "This is an exponential alone: the fraction is missing."
        ),
        Misconception(
            lambda x: sigmoid(-np.abs(x)),
            "The fraction is nearly right. Which power does its denominator have?",
        ),
        Misconception(
            lambda x: 1 - function(np.square(x)),
            "The square was taken of x. What is to be squared?",
        ),
        Misconception(
            lambda x: slope(x) ** 2, "This is the square of the slope. Count the exponents."
        ),
        Misconception(
            lambda x: np.sqrt(slope(x)),
            "This is the square root of the slope: a square is missing.",
        ),
        Misconception(
            lambda x: function(x) * (1 + function(x)), "A sign is wrong inside the bracket."
        ),
        Misconception(lambda x: 1 + function(x) ** 2, "A sign is wrong: a slope above 1?"),
        *(Misconception(lambda x, far=far: slope(np.clip(x, -far, far)), _CLIPPED) for far in _FAR),
        Misconception(
            lambda x: np.ones_like(x), "It is 1 everywhere. Does the function have no curve?"
        ),
        Misconception(lambda x: np.gradient(function(x)), NEIGHBOURS),
        Misconception(lambda x: np.gradient(function(x), x), NEIGHBOURS),
        Misconception(lambda x: np.nan_to_num(slope(x)), _NAN),
        Misconception(lambda x: slope(np.nan_to_num(x)), _NAN),
    )


def gradients(weights, pre_activations, activation_grad, grad_output) -> list:
    """Return the gradient with respect to the input and to the output of every layer, in order."""
    found = [np.asarray(grad_output, dtype=np.float64)]
    for weight, z in zip(reversed(list(weights)), reversed(list(pre_activations)), strict=True):
        found.append((found[-1] * activation_grad(z)) @ weight.T)
    return found[::-1]


def norms(weights, pre_activations, activation_grad, grad_output):
    """Return the Euclidean norm of every one of ``gradients``."""
    found = gradients(weights, pre_activations, activation_grad, grad_output)
    return np.array([np.linalg.norm(gradient) for gradient in found])


def of_norms() -> tuple[Misconception, ...]:
    """Return what is written in place of ``norms``."""

    def measured(measure: Callable, hint: str) -> Misconception:
        return Misconception(
            lambda *arguments: np.array([measure(g) for g in gradients(*arguments)]), hint
        )

    def flat(z):
        return np.ones_like(z)

    return (
        Misconception(
            lambda *arguments: norms(*arguments)[::-1],
            "The numbers are right and their order is reversed: the first belongs to the input of "
            "the network, the last to its output.",
        ),
        Misconception(
            lambda w, z, slope, g: norms(w, z, flat, g),
            "The slopes of the activation are missing: only the weights were applied.",
        ),
        Misconception(
            lambda w, z, slope, g: norms(w, z, slope, np.ones_like(g)),
            "grad_output was replaced by ones, or not used.",
        ),
        Misconception(
            lambda *arguments: norms(*arguments)[:-1],
            "The gradient at the output is missing: it is grad_output itself.",
        ),
        Misconception(
            lambda *arguments: norms(*arguments)[1:],
            "The gradient at the input of the network is missing: one more step back.",
        ),
        Misconception(
            lambda *arguments: norms(*arguments)[:-1][::-1],
            "One gradient is missing, and the order is reversed: the first belongs to the input.",
        ),
        Misconception(
            lambda *arguments: norms(*arguments)[0],
            "Only the last of the gradients came back, that at the input. All are asked for.",
        ),
        Misconception(
            lambda w, z, slope, g: np.array(
                [
                    np.linalg.norm(d * slope(each))
                    for d, each in zip(gradients(w, z, slope, g)[1:], z, strict=True)
                ]
            ),
            "These are the gradients with respect to the pre-activations. Asked for are those with "
            "respect to what the layers put out, and to the input.",
        ),
        measured(lambda g: np.sum(g**2), "These are squares of norms."),
        measured(
            lambda g: np.sqrt(np.mean(g**2)),
            "This is the root of a mean. The Euclidean norm is the root of a sum.",
        ),
        measured(lambda g: np.sum(np.abs(g)), "This is the sum of the sizes, another norm."),
        measured(lambda g: np.max(np.abs(g)), "This is the largest size, another norm."),
        measured(np.sum, "This is a sum, in which positive and negative entries cancel."),
        measured(
            lambda g: np.linalg.norm(g, 2) if g.ndim == 2 else np.linalg.norm(g),
            "This is the spectral norm of a matrix. Asked for is the root of the sum of all "
            "squares.",
        ),
        measured(
            lambda g: np.mean(np.linalg.norm(g, axis=-1)),
            "This is a mean over the examples. Asked for is one norm over all entries.",
        ),
        measured(
            lambda g: np.linalg.norm(g) / len(g),
            "The norm was divided by the number of examples. That is the business of the loss.",
        ),
        Misconception(
            lambda w, z, slope, g: np.array(
                [np.linalg.norm(g)] + [np.linalg.norm(slope(each)) for each in z]
            ),
            "These are the norms of the slopes. How do the gradients pass from layer to layer?",
        ),
    )
