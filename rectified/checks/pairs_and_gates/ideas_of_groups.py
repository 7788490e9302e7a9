"""Wrong ideas about groups of which the largest number stays, and their way back."""

import numpy as np

from rectified.checks.pairs_and_gates.ideas import SIGN, UPSTREAM, say


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
        *say(
            "The groups were made along the last axis. Which one does the argument axis name?",
            lambda x, pieces, axis=-1: x.reshape(*x.shape[:-1], -1, int(pieces)).max(axis=-1),
        ),
        *say(
            "x was rearranged as if it had two axes. Which axes come before the groups, and which "
            "after?",
            lambda x, pieces, axis=-1: x.reshape(len(x), -1, int(pieces)).max(axis=-1),
        ),
        *say(
            "x itself came back. How many numbers should each group leave?", lambda x, *_, **__: x
        ),
        *say(
            "Groups of two were made. The argument pieces says how many numbers belong together.",
            lambda x, pieces, axis=-1: reduced(lambda rows: rows.max(axis=-1))(x, 2, axis),
        ),
        *say(
            "Only the first and the last of each group were compared. What of those between?",
            reduced(lambda rows: np.maximum(rows[..., 0], rows[..., -1])),
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
        *say(
            "These are positions in the groups, not the values that stand there.",
            reduced(lambda rows: rows.argmax(axis=-1)),
        ),
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
            "Only the largest number of all got a gradient. Each group has a largest one.",
            routed(lambda rows, g: g * (rows == rows.max())),
        ),
        *say(
            "The largest in size got the gradient. -3 is smaller than 2.",
            routed(lambda rows, g: g * winners(np.abs(rows))),
        ),
        *say(
            "Those that lost got the gradient. Which one decides a maximum?",
            routed(lambda rows, g: g * ~winners(rows)),
        ),
    )
