"""Wrong ideas about squares and pairs, and their way back."""

import numpy as np

from rectified.activations import pairs
from rectified.checks.judging import Misconception

UPSTREAM = "grad_output was not used, or replaced by ones. The chain rule needs it."
SIGN = "The sign is turned. A descent step subtracts the gradient later; here nothing does."


def say(hint, *functions):
    """Return a misconception for each of ``functions``, all with one hint."""
    return tuple(Misconception(function, hint) for function in functions)


def of_square():
    """Return what is written in place of the squared rectifier."""
    return (
        *say("This is the rectifier itself: the square is missing.", lambda x: np.maximum(x, 0)),
        *say(
            "Negative numbers were squared as well. What does the rectifier do to them?",
            np.square,
            lambda x: np.maximum(np.square(x), 0),
        ),
        *say(
            "This keeps a sign: x times |x|. What does the rectifier do to negative numbers?",
            lambda x: x * np.abs(x),
        ),
        *say(
            "It is twice as large as it should be. A factor 2 belongs to the slope.",
            lambda x: 2 * np.maximum(x, 0),
        ),
        *say("A factor one half is too much here.", lambda x: np.maximum(x, 0) ** 2 / 2),
        *say("This is the cube: one factor too many.", lambda x: np.maximum(x, 0) ** 3),
        *say(
            "The negative side was kept: r(-x). Which side does r(x) keep?",
            lambda x: np.maximum(-x, 0) ** 2,
        ),
        *say(
            "NaN came out as an ordinary number. Which step drops it?", lambda x: np.fmax(x, 0) ** 2
        ),
    )


def of_square_slope():
    """Return what is written in place of its slope."""
    return (
        *say(
            "This is the mask of the rectifier. How steep is a parabola?",
            lambda x: np.heaviside(x, 0.0),
        ),
        *say("A factor is missing: differentiate x squared.", lambda x: np.maximum(x, 0)),
        *say(
            "This is the function itself. Asked for is its slope.", lambda x: np.maximum(x, 0) ** 2
        ),
        *say("Left of 0 the function is flat; its slope there is 0.", lambda x: 2 * x),
        *say("Left of 0 this is not 0. How steep is the curve there?", lambda x: 2 * np.abs(x)),
        *say("A constant slope: how steep is it at 1, and at 3?", lambda x: 2.0 * (x > 0)),
        *say(
            "This is the slope of the cube. Which power is asked for?",
            lambda x: 3 * np.maximum(x, 0) ** 2,
        ),
        *say(SIGN, lambda x: -2 * np.maximum(x, 0)),
        *say(
            "x was taken for the output of squared_relu. Asked for is the slope at the input x.",
            lambda x: 2 * np.sqrt(np.maximum(x, 0)),
        ),
        *say(
            "NaN came out as an ordinary number. Which step drops it?", lambda x: 2 * np.fmax(x, 0)
        ),
    )


def of_pair():
    """Return what is written in place of CReLU."""

    def joined(first, second):
        return lambda x, axis=-1: np.concatenate([first(x), second(x)], axis=axis)

    def r(x):
        return np.maximum(x, 0)

    return (
        *say(
            "The halves are swapped: r(x) comes first.",
            joined(lambda x: r(-x), r),
        ),
        *say(
            "The second half is the first with its sign turned. Asked for is the rectifier of -x, "
            "which is never negative.",
            joined(r, lambda x: -r(x)),
        ),
        *say(
            "The second half is min(x, 0): its sign is turned.",
            joined(r, lambda x: np.minimum(x, 0)),
        ),
        *say("Both halves are the same. What becomes of a negative x?", joined(r, r)),
        *say(
            "The input itself was joined. What does the rectifier do to each half?",
            joined(lambda x: x, lambda x: -x),
        ),
        *say("The second half is |x|. It should be 0 where x is positive.", joined(r, np.abs)),
        *say("Only one half came back. Where do the negative numbers go?", lambda x, axis=-1: r(x)),
        *say(
            "The halves were added up, which makes |x|. How are two arrays joined instead?",
            lambda x, axis=-1: np.abs(x),
        ),
        *say(
            "The halves are stacked along a new axis. Join them along one that is there.",
            lambda x, axis=-1: np.stack([r(x), r(-x)], axis=axis),
            lambda x, axis=-1: np.stack([r(x), r(-x)]),
        ),
        *say(
            "They are joined along another axis. Which one does the argument axis name?",
            lambda x, axis=-1: np.concatenate([r(x), r(-x)], axis=-1),
            lambda x, axis=-1: np.concatenate([r(x), r(-x)], axis=0),
            lambda x, axis=-1: np.hstack([r(x), r(-x)]),
        ),
        *say(
            "The two numbers of each entry stand side by side. First all of r(x), then all of "
            "r(-x).",
            lambda x, axis=-1: np.stack([r(x), r(-x)], axis=-1).reshape(*x.shape[:-1], -1),
        ),
    )


def of_pair_vjp():
    """Return what is written in place of its way back."""

    def halves(combine):
        def returned(x, g, axis=-1):
            plus, minus = np.split(g, 2, axis=axis)
            return combine(x, plus, minus)

        return returned

    return (
        *say(
            "A minus is missing: -x sits in the second half, and what is its derivative?",
            halves(lambda x, p, m: p * (x > 0) + m * (x < 0)),
        ),
        *say(
            "The second half of grad_output was not used. Which x moves it?",
            halves(lambda x, p, m: p * (x > 0)),
        ),
        *say(
            "The first half of grad_output was not used. Which x moves it?",
            halves(lambda x, p, m: -m * (x < 0)),
        ),
        *say(
            "The masks are swapped: which half is on where x is positive?",
            halves(lambda x, p, m: p * (x < 0) - m * (x > 0)),
        ),
        *say(
            "The halves of grad_output are swapped.",
            halves(lambda x, p, m: m * (x > 0) - p * (x < 0)),
        ),
        *say(
            "No mask was applied: an entry is on in one half only.",
            halves(lambda x, p, m: p - m),
            halves(lambda x, p, m: p + m),
        ),
        *say(UPSTREAM, lambda x, g, axis=-1: np.sign(x)),
        *say(SIGN, halves(lambda x, p, m: m * (x < 0) - p * (x > 0))),
        *say(
            "The gradient was masked by its own sign. Whose sign says which half is on?",
            halves(lambda x, p, m: p * (p > 0) - m * (m > 0)),
            halves(lambda x, p, m: np.maximum(p, 0) + np.maximum(m, 0)),
        ),
        *say(
            "grad_output was masked but not folded: the result should be as long as x.",
            lambda x, g, axis=-1: g * (pairs.crelu(x, axis) > 0),
        ),
        *say(
            "The gradient was multiplied by the values. Which slopes does a rectifier have?",
            halves(lambda x, p, m: p * np.maximum(x, 0) - m * np.maximum(-x, 0)),
        ),
        *say(
            "grad_output seems to be split into every second entry. Its first half belongs to "
            "r(x).",
            lambda x, g, axis=-1: g[..., ::2] * (x > 0) - g[..., 1::2] * (x < 0),
        ),
    )
