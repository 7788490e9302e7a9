"""The functions that are asked for, trusted, and what is written in place of them."""

import numpy as np

from rectified.checks.judging import Misconception


def dead(pre_activations):
    """Return 1.0 for each unit that is off at every input, else 0.0: (…, units)."""
    return np.all(np.asarray(pre_activations) <= 0, axis=-2).astype(np.float64)


def of_dead():
    """Return what is written in place of ``dead``."""

    def idea(returns, hint):
        return Misconception(lambda z: returns(np.asarray(z)), hint)

    return (
        idea(
            lambda z: np.any(z > 0, axis=-2),
            "These are the units that are alive. Asked for are the dead.",
        ),
        idea(
            lambda z: np.any(z <= 0, axis=-2),
            "These units are off for some input. Dead is a unit that is off for all of them.",
        ),
        idea(
            lambda z: np.all(z <= 0, axis=-1),
            "Here the units of an input were looked at together, not the inputs of a unit. Which "
            "axis do the inputs lie on?",
        ),
        idea(
            lambda z: np.all(z <= 0, axis=0),
            "The first axis was looked along. With several networks the inputs lie elsewhere: "
            "count from the end.",
        ),
        idea(
            lambda z: np.all(z < 0, axis=-2),
            "A pre-activation of exactly 0 counts as on here. What does a rectifier return at 0?",
        ),
        idea(
            lambda z: np.mean(z, axis=-2) <= 0,
            "A unit with a negative mean may still be on somewhere. One input is enough to live.",
        ),
        idea(
            lambda z: np.sum(z <= 0, axis=-2),
            "This counts at how many inputs each unit is off. What has the count to be?",
        ),
        idea(
            lambda z: np.mean(z <= 0, axis=-2),
            "This is the share of inputs at which each unit is off. Which share makes it dead?",
        ),
        idea(
            lambda z: np.all(z <= 0),
            "One answer came back for the whole layer. Each unit has its own.",
        ),
        idea(
            lambda z: np.sum(np.all(z <= 0, axis=-2), axis=-1),
            "This counts the dead. Asked for is which units they are: True or False for each.",
        ),
        idea(
            lambda z: np.mean(np.all(z <= 0, axis=-2), axis=-1),
            "This is the share of the dead. Asked for is which units they are.",
        ),
        idea(
            lambda z: z <= 0,
            "This says for each input which units are off. One answer for each unit is asked for: "
            "what about all the inputs?",
        ),
        idea(lambda z: z[..., 0, :] <= 0, "Only the first input was looked at."),
        idea(lambda z: z[..., -1, :] <= 0, "Only the last input was looked at."),
        idea(
            lambda z: np.all(z == 0, axis=-2),
            "This looks for values of exactly 0. That is what the rectifier puts out; the "
            "pre-activations of a silent unit are mostly below 0.",
        ),
        idea(
            lambda z: np.all(z > 0, axis=-2),
            "These units are on for all inputs. Dead means off for all.",
        ),
    )


def chance(widths):
    """Return 1 − ∏ (1 − 2^(−N))."""
    return np.float64(1 - np.prod(1 - 0.5 ** np.asarray(widths, dtype=np.float64)))


def of_chance():
    """Return what is written in place of ``chance``."""

    def idea(returns, hint):
        return Misconception(
            lambda widths: np.float64(returns(0.5 ** np.asarray(widths, dtype=np.float64))), hint
        )

    return (
        idea(
            lambda q: np.prod(1 - q),
            "This is the chance to live. Asked for is the chance to be dead.",
        ),
        idea(
            lambda q: np.prod(q),
            "This is the chance that every layer is silent. One silent layer is enough.",
        ),
        idea(
            lambda q: 1 - np.prod(q),
            "This is the chance that not all layers are silent. How likely is it that none is?",
        ),
        idea(
            lambda q: np.sum(q),
            "The chances of the layers were added up. That counts a network twice if two of its "
            "layers are silent, and it can exceed 1.",
        ),
        idea(
            lambda q: min(1, np.sum(q)),
            "The chances of the layers were added up and cut off at 1, which is larger than the "
            "chance that is asked for.",
        ),
        idea(
            lambda q: 1 - np.prod(1 - q[:-1]),
            "The last hidden layer is left out. All widths in the list are hidden layers.",
        ),
        idea(
            lambda q: 1 - np.prod(1 - q[1:]),
            "The first hidden layer is left out. It can fall silent as well.",
        ),
        idea(
            lambda q: np.max(q, initial=0),
            "Only the narrowest layer was counted. The others may be silent too.",
        ),
        idea(
            lambda q: 1 - np.prod(q * (1 - q)),
            "A factor too many: each layer contributes its chance to live, and nothing else.",
        ),
        idea(
            lambda q: 1 - np.prod(1 - q**2),
            "Each layer is too likely to live: how often do all N units get tails?",
        ),
        Misconception(
            lambda widths: np.float64(1 - 0.5 ** np.sum(1 / np.asarray(widths, np.float64))),
            "The widths went into the exponent upside down.",
        ),
        Misconception(
            lambda widths: np.float64(1 - np.prod(1 - 1 / np.asarray(widths, np.float64))),
            "The chance of a silent layer was taken as 1/N. All N units have to be off at once.",
        ),
        Misconception(
            lambda widths: np.float64(1 - np.prod(1 - 1 / np.asarray(widths, np.float64) ** 2)),
            "The chance of a silent layer was taken as 1/N². Which of the two numbers is the base?",
        ),
        idea(
            lambda q: 100 * (1 - np.prod(1 - q)),
            "This is in percent. A chance lies between 0 and 1.",
        ),
        idea(
            lambda q: 1 - np.cumprod(1 - q),
            "There is a number for each depth. Asked for is the one after the last layer.",
        ),
        Misconception(
            lambda widths: np.float64(1 - (1 - 0.5 ** np.mean(widths)) ** len(widths)),
            "The mean of the widths was used. A narrow layer is not made up for by a wide one.",
        ),
        Misconception(
            lambda widths: np.float64(1 - (1 - 0.5 ** widths[0]) ** len(widths)),
            "All layers were given the width of the first.",
        ),
    )


def after_step(w, b, bias_decay, learning_rate):
    """Return weights and bias of a dead unit after one step in which the bias alone decays."""
    w, b = np.array(w, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return w, np.asarray(b - learning_rate * bias_decay * b)


def of_step():
    """Return what is written in place of ``after_step``."""

    def idea(returns, hint):
        return Misconception(lambda w, b, d, r: returns(np.array(w), np.asarray(b), d, r), hint)

    return (
        idea(
            lambda w, b, d, r: (w, b),
            "Nothing moved. The data have no say, but the decay has.",
        ),
        idea(
            lambda w, b, d, r: (w - r * d * w, b),
            "The weights shrink. Only b may decay: if both shrink alike, w·x + b keeps its sign.",
        ),
        idea(
            lambda w, b, d, r: (w, b + r * d * b),
            "The bias moves away from 0. Decay brings it closer.",
        ),
        idea(
            lambda w, b, d, r: (w, b - d * b),
            "The learning rate is missing: it multiplies every step, that of the decay too.",
        ),
        idea(
            lambda w, b, d, r: (w, b - r * b),
            "The decay is missing: the whole bias was taken for the gradient.",
        ),
        idea(
            lambda w, b, d, r: (w, b - r * d * b**2 / 2),
            "The penalty itself was subtracted. A step subtracts its gradient.",
        ),
        *(
            idea(
                lambda w, b, d, r, sign=sign: (w, sign * r * d * b),
                "This is the change of the bias. Asked for is the bias after it.",
            )
            for sign in (1, -1)
        ),
        idea(
            lambda w, b, d, r: (w, b - r * d),
            "The bias goes down by the same amount, whatever it is. Decay is in proportion to it.",
        ),
        idea(
            lambda w, b, d, r: (w, b + r * d),
            "The bias goes up by the same amount, whatever it is. Decay is in proportion to it.",
        ),
        idea(
            lambda w, b, d, r: (w, b - r * d * np.sign(b)),
            "The step has the same size whatever the bias. Decay is in proportion to it.",
        ),
        idea(
            lambda w, b, d, r: (w, b - r * d * b**2),
            "The square of the bias is the penalty itself. The step takes its slope.",
        ),
        idea(
            lambda w, b, d, r: (w, b - 2 * r * d * b),
            "Twice the step. Here the decay multiplies the bias once, as in the definition.",
        ),
        idea(
            lambda w, b, d, r: (w, np.zeros_like(b)),
            "The bias was set to 0. Decay approaches 0 a little at each step.",
        ),
        idea(
            lambda w, b, d, r: (w, np.abs(b - r * d * b)),
            "The sign of the bias was lost on the way.",
        ),
        idea(
            lambda w, b, d, r: (w, b - r * d * np.abs(b)),
            "A negative bias moves away from 0 here. Decay is in proportion to b, sign included.",
        ),
        idea(
            lambda w, b, d, r: (w, b / (1 + r * d)),
            "It was divided where a step subtracts: the decay is taken at the old bias.",
        ),
    )
