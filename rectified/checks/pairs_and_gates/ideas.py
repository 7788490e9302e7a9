"""Wrong ideas about squares, pairs and groups, and their way back."""

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
        *say("This keeps a sign: x times |x|.", lambda x: x * np.abs(x)),
        *say("The factor belongs to the slope.", lambda x: 2 * np.maximum(x, 0)),
        *say("A factor one half is too much here.", lambda x: np.maximum(x, 0) ** 2 / 2),
        *say("This is the cube: one factor too many.", lambda x: np.maximum(x, 0) ** 3),
        *say("The negative side was kept: r(-x).", lambda x: np.maximum(-x, 0) ** 2),
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
        *say("A slope of |x| times 2: left of 0 it is 0.", lambda x: 2 * np.abs(x)),
        *say("A constant slope: how steep is it at 1, and at 3?", lambda x: 2.0 * (x > 0)),
        *say("This is the slope of the cube.", lambda x: 3 * np.maximum(x, 0) ** 2),
        *say(SIGN, lambda x: -2 * np.maximum(x, 0)),
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
        *say("The halves were added to |x|, not joined.", lambda x, axis=-1: np.abs(x)),
        *say(
            "The halves are stacked along a new axis. Join them along one that is there.",
            lambda x, axis=-1: np.stack([r(x), r(-x)], axis=axis),
            lambda x, axis=-1: np.stack([r(x), r(-x)]),
        ),
        *say(
            "They are joined along another axis.",
            lambda x, axis=-1: np.concatenate([r(x), r(-x)], axis=-1),
            lambda x, axis=-1: np.concatenate([r(x), r(-x)], axis=0),
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
            "grad_output was masked but not folded: the result should be as long as x.",
            lambda x, g, axis=-1: g * (pairs.crelu(x, axis) > 0),
        ),
        *say(
            "The gradient was multiplied by the values. The slope is 0 or 1.",
            halves(lambda x, p, m: p * np.maximum(x, 0) - m * np.maximum(-x, 0)),
        ),
        *say(
            "grad_output seems to be split into every second entry. Its first half belongs to "
            "r(x).",
            lambda x, g, axis=-1: g[..., ::2] * (x > 0) - g[..., 1::2] * (x < 0),
        ),
    )


def of_maxout():
    """Return what is written in place of maxout."""

    def reduced(function):
        def returned(x, pieces, axis=-1):
            last = np.moveaxis(x, axis, -1)
            rows = last.reshape(*last.shape[:-1], -1, int(pieces))
            return np.moveaxis(function(rows), -1, axis)

        return returned

    def strided(x, pieces, axis=-1):
        last = np.moveaxis(x, axis, -1)
        rows = last.reshape(*last.shape[:-1], int(pieces), -1)
        return np.moveaxis(rows.max(axis=-2), -1, axis)

    return (
        *say(
            "The groups are not neighbours: with pieces = 2 the first group is entry 0 and entry "
            "1.",
            strided,
        ),
        *say("The smallest of each group came back.", reduced(lambda rows: rows.min(axis=-1))),
        *say(
            "Each group was averaged. Asked for is its largest number.",
            reduced(lambda rows: rows.mean(axis=-1)),
        ),
        *say(
            "Each group was added up. Asked for is its largest number.",
            reduced(lambda rows: rows.sum(axis=-1)),
        ),
        *say("These are positions, not values.", reduced(lambda rows: rows.argmax(axis=-1))),
        *say(
            "The largest in size came back. -3 is smaller than 2.",
            reduced(lambda rows: np.abs(rows).max(axis=-1)),
        ),
        *say(
            "0 competes as well, as in a rectifier. Here the numbers of the group are alone.",
            reduced(lambda rows: np.maximum(rows.max(axis=-1), 0)),
        ),
        *say(
            "The first of each group came back, whichever is the largest.",
            reduced(lambda rows: rows[..., 0]),
        ),
        *say(
            "The last of each group came back, whichever is the largest.",
            reduced(lambda rows: rows[..., -1]),
        ),
        *say(
            "The whole axis is one group here. How many does pieces make?",
            lambda x, pieces, axis=-1: x.max(axis=axis),
            lambda x, pieces, axis=-1: x.max(axis=axis, keepdims=True),
        ),
        *say(
            "Windows overlap. The groups follow one another without sharing an entry.",
            lambda x, pieces, axis=-1: np.maximum(x[..., 1:], x[..., :-1]),
        ),
    )


def of_maxout_vjp():
    """Return what is written in place of its way back."""

    def routed(weigh):
        def returned(x, pieces, g, axis=-1):
            last = np.moveaxis(x, axis, -1)
            rows = last.reshape(*last.shape[:-1], -1, int(pieces))
            upstream = np.moveaxis(g, axis, -1)[..., np.newaxis]
            return np.moveaxis(weigh(rows, upstream).reshape(last.shape), -1, axis)

        return returned

    def winners(rows):
        return rows == rows.max(axis=-1, keepdims=True)

    return (
        *say(
            "Every member of a group got the gradient. Only one of them decides the maximum.",
            routed(lambda rows, g: g + 0 * rows),
        ),
        *say(
            "The gradient was shared among the members. Only the largest decides, and it gets all.",
            routed(lambda rows, g: g / rows.shape[-1] + 0 * rows),
        ),
        *say(UPSTREAM, routed(lambda rows, g: winners(rows) * 1.0)),
        *say(
            "The smallest of a group got the gradient. Which one decides a maximum?",
            routed(lambda rows, g: g * (rows == rows.min(-1)[..., None])),
        ),
        *say(
            "The gradient was multiplied by the value that won. A maximum hands it on as it is.",
            routed(lambda rows, g: g * winners(rows) * rows),
        ),
        *say(
            "The first of each group got it, whichever was the largest.",
            routed(lambda rows, g: g * (np.arange(rows.shape[-1]) == 0)),
        ),
        *say(
            "A mask of a rectifier came in. Here a negative number wins as well, if it is the "
            "largest of its group.",
            routed(lambda rows, g: g * winners(rows) * (rows > 0)),
        ),
        *say(SIGN, routed(lambda rows, g: -g * winners(rows))),
        *say(
            "grad_output itself came back. To which entry of x does each of its numbers belong?",
            lambda x, pieces, g, axis=-1: g,
        ),
        *say(
            "Those that lost got the gradient. Which one decides a maximum?",
            routed(lambda rows, g: g * ~winners(rows)),
        ),
    )
