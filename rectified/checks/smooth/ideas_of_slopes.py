"""Wrong ideas about the slopes of smooth units, in x and in beta."""

from collections.abc import Callable

import numpy as np

from rectified.activations import smooth as trusted
from rectified.activations.saturating import sigmoid, sigmoid_grad
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NEIGHBOURS, of_derivative
from rectified.checks.smooth.ideas import (
    IGNORED,
    LOST,
    TIMES_INFINITY,
    clipped,
    for_another_setting,
    ideas_of_x,
    relatives,
    shared,
)

_WITHOUT_SLOPE_OF_GATE = (
    "This is the gate alone. The function is a product of two factors that both depend on x."
)

_WITHOUT_BETA = (
    lambda x, b: sigmoid(b * x) * (1 + x * sigmoid(-b * x)),
    "beta is missing in the derivative: what does the chain rule say of beta times x?",
)


def _swallowed_mish(x, b):
    """Return the slope of Mish with a softplus that is 0 far to the left."""
    gate = np.tanh(np.log(1 + np.exp(x)))
    return gate + x * (1 - gate**2) * sigmoid(x)


def _half_of_tanh(x, b):
    return 0.5 * (1 + np.tanh(b * x / 2)) * (1 + b * x * sigmoid(-b * x))


# The formulas that are right on paper.
_TEXTBOOK = {
    "softplus": (lambda x, b: 0.5 * (1 + np.tanh(b * x / 2)),),
    "silu": (_half_of_tanh,),
    "swish": (_half_of_tanh,),
    "mish": (_swallowed_mish,),
}


def _without_inner(x, u_slope):
    """Return the slope of the tanh form of GELU with another slope of u."""
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    return sigmoid(2 * u) + 2 * x * u_slope * sigmoid(2 * u) * sigmoid(-2 * u)


def of_smooth_slope(own: str, function: Callable, slope: Callable, gate: Callable, gate_slope):
    """Return what is written in place of the slope of the unit ``own``."""
    gated = own != "softplus"
    return (
        *ideas_of_x(
            (lambda x, b: slope(x), for_another_setting(own)),
            *([(lambda x, b: gate(x, b) + x * gate_slope(x, b), TIMES_INFINITY)] if gated else []),
            *((formula, LOST) for formula in _TEXTBOOK.get(own, ())),
        ),
        *shared(slope, gate),
        *ideas_of_x(
            # After the lost fractions, which look alike at whole numbers.
            (
                lambda x, b: np.heaviside(x, 0.5),
                "This is a step, the slope of the plain rectifier. The corner is rounded here.",
            ),
            (
                function,
                "This is the function itself: the height of its curve, not how steep it is.",
            ),
            (
                lambda x, b: gate(x, b) + b * x * gate(x, b),
                "In the second term the gate itself stands. What does the product rule put there?",
            ),
            (
                lambda x, b: gate(x, b) + x * (1 - gate(x, b) ** 2),
                "Inside the gate there is another function: the chain rule asks for its slope too.",
            ),
            (
                lambda x, b: gate(x, b) + x * np.exp(-(x**2) / 2),
                "The density is not normalized: what stands before the exponential?",
            ),
            (
                lambda x, b: gate(x, b) + x * np.exp(-(x**2)) / np.sqrt(2 * np.pi),
                "Look at the exponent of the normal density once more.",
            ),
            (
                lambda x, b: np.tanh(b * x),
                "This is tanh, which runs from -1 to 1. Can softplus fall?",
            ),
            (
                lambda x, b: gate(x, b) + x * (1 - gate(x, b)) * sigmoid(x),
                "The slope of tanh has a square in it.",
            ),
            (
                lambda x, b: _without_inner(x, 1.0),
                "In the slope of the gate, the slope of u is missing: the chain rule.",
            ),
            (
                lambda x, b: _without_inner(x, np.sqrt(2 / np.pi) * (1 + 0.044715 * x**2)),
                "The slope of u is not right: what is the derivative of a cube?",
            ),
            (gate, _WITHOUT_SLOPE_OF_GATE),
            (
                lambda x, b: x * gate_slope(x, b),
                "Only one half of the product rule is here. Which factor was kept, and which one "
                "still has to be?",
            ),
            (
                lambda x, b: gate(x, b) + gate_slope(x, b),
                "In the second half of the product rule a factor is missing. Which one is kept "
                "as it is?",
            ),
            (
                lambda x, b: gate_slope(x, b),
                "This is the slope of the gate. The product rule has two terms.",
            ),
            (
                lambda x, b: gate(x, b) - x * gate_slope(x, b),
                "The second term was subtracted. What does the product rule do with its two terms?",
            ),
            *([_WITHOUT_BETA] if own == "swish" else []),
            (
                lambda x, b: b * sigmoid(b * x),
                "beta is left over. By what is softplus divided, and what does the chain rule "
                "multiply by?",
            ),
            (
                lambda x, b: np.clip(slope(x), 0, 1),
                "It was cut between 0 and 1. May this slope be negative, or above 1?",
            ),
            (
                lambda x, b: sigmoid_grad(b * x),
                "This is the slope of the sigmoid. What is asked for the slope of?",
            ),
            (
                lambda x, b: slope(function(x)),
                "The slope is asked at the input x, not at the output.",
            ),
            (lambda x, b: np.gradient(function(x)), NEIGHBOURS),
        ),
        *clipped(slope),
        *relatives(own, 1),
        *of_derivative(function),
    )


def of_beta_slope() -> tuple[Misconception, ...]:
    """Return what is written in place of the slope of swish in beta."""
    own = trusted.swish_beta_grad
    return (
        *ideas_of_x(
            (lambda x, b: own(x), IGNORED),
            (
                lambda x, b: x**2 * sigmoid_grad(b * x),
                "x squared overflows where the result has long gone to 0, and infinity times 0 is "
                "NaN. In which order of the factors does nothing overflow?",
            ),
            (lambda x, b: x**2 * sigmoid(b * x) * (1 - sigmoid(b * x)), LOST),
            (lambda x, b: x * (x * sigmoid_grad(b * x)), TIMES_INFINITY),
        ),
        *shared(own, lambda x, b: sigmoid(b * x)),
        *clipped(own),
        *ideas_of_x(
            (
                trusted.swish_grad,
                "This is the slope in x. Asked for is how the output moves with beta.",
            ),
            (
                lambda x, b: x * sigmoid_grad(b * x),
                "A factor x is missing: it stands before the gate, and the chain rule brings "
                "another.",
            ),
            (
                lambda x, b: sigmoid_grad(b * x),
                "Two factors x are missing: one stands before the gate, one comes from the chain "
                "rule.",
            ),
            (
                lambda x, b: b * x * sigmoid_grad(b * x),
                "Is this differentiated by x, and not by beta?",
            ),
            (
                lambda x, b: b * x**2 * sigmoid_grad(b * x),
                "The derivative of beta times x by beta is x; no factor beta is left.",
            ),
            (lambda x, b: x**2 * sigmoid_grad(x), IGNORED),
            (
                lambda x, b: x**2 * sigmoid(b * x) ** 2,
                "The slope of the sigmoid is not its square. What is it?",
            ),
            (lambda x, b: x**2 * sigmoid(b * x), "The gate was kept; its slope is asked for."),
            (
                lambda x, b: x * sigmoid(b * x),
                "This is swish itself. Asked for is how it moves with beta.",
            ),
            (
                lambda x, b: x * np.abs(x) * sigmoid_grad(b * x),
                "The sign follows that of x. Which sign does x squared have?",
            ),
            (
                lambda x, b: np.sum(trusted.swish_beta_grad(x, b)),
                "The entries were added up. Here each entry of x keeps its own; adding up comes "
                "later, when it is known which of them share a beta.",
            ),
        ),
    )
