"""What is written in place of a backward pass."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions.hints import AT_OUTPUT, NAN_FELL, OWN_ENTRY


def of_backward(function: Callable, derivative: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of ``grad_output`` times ``derivative`` at x."""
    return (
        Misconception(
            lambda g, x, **_: g,
            "The gradient that arrives was handed on as it is. How does the slope at x come in?",
        ),
        Misconception(
            lambda g, x, **settings: derivative(x, **settings),
            "This is the local derivative alone: grad_output was not used. The chain rule needs "
            "both.",
        ),
        Misconception(
            lambda g, x, **settings: g * derivative(function(x, **settings), **settings), AT_OUTPUT
        ),
        *(
            Misconception(lambda g, x, at=at, **_: np.where(x > 0, g, at * g), NAN_FELL)
            for at in (0.0, 1.0)
        ),
        Misconception(
            lambda g, x, **settings: np.where(np.isnan(x), g, g * derivative(x, **settings)),
            NAN_FELL,
        ),
        Misconception(
            lambda g, x, **settings: np.sum(g * derivative(x, **settings)),
            "The products were added up to one number. Each entry of x has a gradient of its own; "
            "there is nothing to add.",
        ),
        Misconception(
            lambda g, x, **settings: np.mean(g * derivative(x, **settings)),
            "The products were averaged to one number. Each entry of x has a gradient of its own.",
        ),
        Misconception(
            lambda g, x, **settings: np.sum(g) * derivative(x, **settings),
            f"Every entry got the sum of grad_output. {OWN_ENTRY}",
        ),
        Misconception(
            lambda g, x, **settings: np.mean(g) * derivative(x, **settings),
            f"Every entry got the mean of grad_output. {OWN_ENTRY}",
        ),
        Misconception(
            lambda g, x, **settings: g * function(x, **settings),
            "grad_output was multiplied by the height of the curve. The chain rule asks for its "
            "slope.",
        ),
        Misconception(
            lambda g, x, **_: g * x,
            "grad_output was multiplied by x. The chain rule asks for the slope at x.",
        ),
        Misconception(
            lambda g, x, **_: np.maximum(g, 0),
            "The sign of grad_output was tested. What decides is the input x of the forward pass; "
            "a gradient may well be negative.",
        ),
        Misconception(
            lambda g, x, **settings: np.maximum(g, 0) * derivative(x, **settings),
            "Negative gradients were dropped as well. What decides is x alone; a gradient may "
            "well be negative.",
        ),
        Misconception(
            lambda g, x, **_: np.maximum(g, 0) * x,
            "Two things are off. The sign of grad_output was tested, though a gradient may well be "
            "negative; and it was multiplied by x, though the chain rule asks for the slope at x.",
        ),
        Misconception(
            lambda g, x, **settings: np.maximum(g, 0) * function(x, **settings),
            "Two things are off. The sign of grad_output was tested, though a gradient may well be "
            "negative; and it was multiplied by the height of the curve, not by its slope.",
        ),
        Misconception(
            lambda g, x, **settings: x * derivative(g, **settings),
            "The two arguments seem to be swapped: grad_output comes first, x second.",
        ),
        Misconception(
            lambda g, x, **settings: np.outer(g, derivative(x, **settings)),
            f"A table of all pairs came back. {OWN_ENTRY}",
        ),
        Misconception(
            lambda g, x, **settings: np.diag(derivative(x, **settings)),
            "This is the whole Jacobian matrix. What is asked for is the gradient that goes back "
            "to x.",
        ),
        Misconception(
            lambda g, x, **settings: np.abs(g) * derivative(x, **settings),
            "The sign of the gradient is lost, and with it the direction.",
        ),
        Misconception(
            lambda g, x, **settings: -g * derivative(x, **settings),
            "The sign is turned. A descent step subtracts the gradient later; the backward pass "
            "does not.",
        ),
        Misconception(
            lambda g, x, **settings: np.sign(g) * derivative(x, **settings),
            "Only the sign of grad_output came through. Its size says how much each entry matters.",
        ),
        Misconception(
            lambda g, x, **settings: g[..., ::-1] * derivative(x, **settings),
            "grad_output seems to be taken in reverse. Backward is the order of the layers; the "
            "entries of an array keep theirs.",
        ),
    )
