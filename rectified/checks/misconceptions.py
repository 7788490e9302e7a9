"""Wrong ideas that come up with every activation, its derivative and its backward pass.

A topic adds the ideas that are its own before or after these. What a wrong idea returns is only
compared with a result that is already known to be wrong, so an idea that happens to be right for
a topic does no harm there.
"""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception

_NAN_FELL = (
    "NaN came out as an ordinary number. Every comparison with NaN is False, so NaN falls into "
    "whatever branch is left over; and some NumPy functions are made to ignore or replace it. "
    "Which step does it here?"
)
_NEIGHBOURS = (
    "These are differences between neighbours in the array. The entries of x are separate "
    "inputs; the derivative of each depends on itself alone."
)
_OWN_ENTRY = (
    "Entry i of the output depends on entry i of x alone, so only entry i of grad_output "
    "concerns it."
)


def _stepped(at: float) -> Callable:
    return lambda x, **_: np.heaviside(x, at)


def _leaking(slope: float) -> Callable:
    return lambda x, **_: np.where(x > 0, x, slope * x)


def of_rectifier() -> tuple[Misconception, ...]:
    """Return what is written in place of a function that blocks or bends the negative side."""
    step = (
        "This looks like the Heaviside step: it tells whether x is positive but forgets how "
        "large x is. What should come out for x = 3, and what for x = 300?"
    )
    leak = (
        "This looks like a leaky rectifier, which lets a little of the negative numbers through "
        "in proportion. Is that asked for here?"
    )
    return (
        *(Misconception(_stepped(at), step) for at in (0.0, 0.5, 1.0)),
        Misconception(
            lambda x, **_: np.abs(x),
            "This looks like the absolute value, which flips negative numbers over. What is to "
            "become of a negative number here?",
        ),
        Misconception(
            lambda x, **_: x, "This is the input itself: negative numbers have not been dealt with."
        ),
        Misconception(
            lambda x, **_: np.minimum(x, 0),
            "This keeps the negative half and drops the positive one. Which of the two numbers, x "
            "or 0, is to win?",
        ),
        Misconception(
            lambda x, **_: np.maximum(-x, 0),
            "This is a mirror image, relu(-x): it answers for the wrong side of 0. Look at the "
            "sign of what you compare with 0.",
        ),
        *(Misconception(_leaking(slope), leak) for slope in (0.01, 0.1, 0.2, 0.25)),
        *(
            Misconception(
                lambda x, slope=slope, **_: np.where(x > 0, x, slope * np.abs(x)),
                "Negative numbers come out as small positive ones: a leak, and of |x| instead of "
                "x. What is to become of a negative number here?",
            )
            for slope in (0.01, 0.1, 0.2, 0.25)
        ),
        Misconception(
            lambda x, **_: np.logaddexp(0, x),
            "This looks like softplus, the smooth relative. Is there a corner at 0 or not?",
        ),
        Misconception(
            lambda x, **_: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
            "This looks like ELU, with an exponential on the negative side. What does the "
            "definition in the task say about that side?",
        ),
        Misconception(
            lambda x, **_: 1 / (1 + np.exp(-x)),
            "This looks like the sigmoid, which squeezes everything between 0 and 1. Is there an "
            "upper limit here?",
        ),
        Misconception(
            lambda x, **_: np.clip(x, 0, 6),
            "Large numbers are cut off at 6: this looks like ReLU6. Is there an upper limit here?",
        ),
        Misconception(
            lambda x, **_: np.clip(x, 0, 1),
            "Large numbers are cut off at 1. Is there an upper limit here?",
        ),
        Misconception(
            lambda x, **_: np.maximum(x, 0) ** 2,
            "The positive numbers come out squared. Are they to be changed at all?",
        ),
        Misconception(
            lambda x, **_: np.max(x),
            "One number came back for the whole array: its largest. You need the larger of two "
            "numbers at each position; two NumPy functions with similar names do these two things.",
        ),
        Misconception(
            lambda x, **_: x[x > 0],
            "Selecting with a mask keeps some entries and throws the others away. The result "
            "needs an entry for every entry of x.",
        ),
        Misconception(
            lambda x, **_: x * (x > 0),
            "Arithmetic looks like choosing, but 0 times infinity is NaN, and so is infinity "
            "minus infinity. Choose without multiplying or subtracting.",
        ),
        Misconception(
            lambda x, **_: (x + np.abs(x)) / 2,
            "The sum of x and |x| is twice x, which is too large for this dtype although the "
            "result is not. Choose without adding.",
        ),
        Misconception(lambda x, **_: np.where(x > 0, x, 0), _NAN_FELL),
        Misconception(
            lambda x, **_: np.nan_to_num(np.maximum(x, 0)),
            "Infinity was replaced by an ordinary number. Leave it as it is.",
        ),
        Misconception(
            lambda x, **_: np.trunc(np.maximum(x, 0)),
            "The fractions are lost. Is something turned into integers on the way?",
        ),
        Misconception(
            lambda x, **_: np.where(x > 1, x, 0),
            "Numbers between 0 and 1 come out as 0. With which number do you compare?",
        ),
    )


def of_derivative(function: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the derivative of ``function``."""
    everywhere = (
        "It is 1 everywhere. If the sign is tested: of what, and can that ever be negative?"
    )
    return (
        Misconception(lambda x, **_: np.ones_like(x), everywhere),
        Misconception(lambda x, **_: np.where(np.isnan(x), np.nan, 1.0), everywhere),
        Misconception(
            lambda x, **_: np.zeros_like(x),
            "It is 0 everywhere, which would mean that the function never changes.",
        ),
        Misconception(
            lambda x, **settings: function(x, **settings),
            "This is the function itself: the height of its curve. The derivative is the slope. "
            "How steep is the curve at x = 3, and how steep at x = 300?",
        ),
        Misconception(
            lambda x, **_: x, "This is the input itself. How does a slope depend on the input here?"
        ),
        Misconception(
            lambda x, **_: np.heaviside(x, 1.0),
            "Only the value at 0 is off: 0 is counted among the positive numbers.",
        ),
        Misconception(
            lambda x, **_: np.heaviside(x, 0.5),
            "Only the value at 0 is off. One half is a valid subgradient too, but the task fixes "
            "another one.",
        ),
        Misconception(
            lambda x, **_: np.sign(x),
            "It is -1 for negative x: that is the slope of |x|. What does the curve do there?",
        ),
        Misconception(
            lambda x, **_: np.heaviside(-x, 0.0),
            "The two sides of 0 seem to be swapped. On which side does the curve climb?",
        ),
        *(
            Misconception(
                lambda x, slope=slope, **_: np.where(x > 0, 1.0, slope),
                "This is the derivative of a leaky rectifier. Is there a leak here?",
            )
            for slope in (0.01, 0.1, 0.2, 0.25)
        ),
        Misconception(
            lambda x, **_: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2,
            "This looks like the derivative of the sigmoid. Whose slope is asked for?",
        ),
        Misconception(
            lambda x, **_: 1 / (1 + np.exp(-x)),
            "This looks like the sigmoid, the slope of softplus. Whose slope is asked for?",
        ),
        Misconception(lambda x, **settings: np.gradient(function(x, **settings)), _NEIGHBOURS),
        Misconception(lambda x, **settings: np.diff(function(x, **settings)), _NEIGHBOURS),
        Misconception(
            lambda x, **_: np.sum(x > 0),
            "One number came back for the whole array. Each entry of x has a derivative of its "
            "own.",
        ),
        Misconception(lambda x, **_: np.where(x > 0, 1.0, 0.0), _NAN_FELL),
        Misconception(lambda x, **_: np.where(x <= 0, 0.0, 1.0), _NAN_FELL),
    )


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
            f"Every entry got the sum of grad_output. {_OWN_ENTRY}",
        ),
        Misconception(
            lambda g, x, **settings: np.mean(g) * derivative(x, **settings),
            f"Every entry got the mean of grad_output. {_OWN_ENTRY}",
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
            lambda g, x, **settings: x * derivative(g, **settings),
            "The two arguments seem to be swapped: grad_output comes first, x second.",
        ),
        Misconception(
            lambda g, x, **settings: np.outer(g, derivative(x, **settings)),
            f"A table of all pairs came back. {_OWN_ENTRY}",
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
