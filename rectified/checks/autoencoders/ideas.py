"""A step towards a sparse code, the code after many, and wrong ideas about both."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception


def stepped(code, x, dictionary, strength, step_size):
    """Return the code after one proximal gradient step."""
    gradient = (code @ dictionary - x) @ dictionary.T
    return np.maximum(code - step_size * (gradient + strength), 0)


def coded(x, dictionary, strength, step_size, num_steps, step: Callable = stepped, start=0.0):
    """Return the code after ``num_steps`` of a kind of step, from ``start`` everywhere."""
    code = np.full((len(x), len(dictionary)), start, x.dtype)
    for _ in range(int(num_steps)):
        code = step(code, x, dictionary, strength, step_size)
    return code


def _kind_of_step(change: Callable) -> Callable:
    """Return a step in which ``change(v, gradient, strength, step_size)`` makes the new code."""

    def step(code, x, dictionary, strength, step_size):
        gradient = (code @ dictionary - x) @ dictionary.T
        return change(code, gradient, strength, step_size)

    return step


#: Wrong steps and what to say of them; they are also what a loop over steps may be made of.
WRONG_STEPS: tuple[tuple[Callable, str], ...] = (
    (
        _kind_of_step(lambda h, g, s, t: h - t * g - t * s),
        "Negative entries came through: the code may not be below 0. What takes care of that?",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - t * g, 0)),
        "The penalty is missing: strength has no effect.",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - t * g - s, 0)),
        "The shift is strength. For a step of length t, what does a unit of code cost?",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - t * g, 0) - t * s),
        "The shift comes after ReLU, so that entries fall below 0. Which of the two comes first?",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - t * g + t * s, 0)),
        "The code is rewarded, not charged: look at the sign of the shift.",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h + t * g - t * s, 0)),
        "The step climbs. Which way does the gradient point, and which way should the step go?",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(-t * g - t * s, 0)),
        "The old code is missing: the step starts from it.",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - g - s, 0)),
        "step_size has no effect.",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - 2 * t * g - t * s, 0)),
        "The gradient is twice as large as it should be. The error carries a factor of one half.",
    ),
    (
        _kind_of_step(
            lambda h, g, s, t: np.sign(h - t * g) * np.maximum(np.abs(h - t * g) - t * s, 0)
        ),
        "Both signs were shrunk towards 0: that is the answer for codes of either sign. This one "
        "may not be below 0.",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.where(h - t * g > t * s, h - t * g, 0)),
        "Small values are cut, but large ones are not moved. What does a unit pay that speaks?",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.abs(h - t * g - t * s)),
        "Negative entries came back positive. What does ReLU make of them?",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - t * g - t * s * np.sign(h), 0)),
        "The charge was applied to the units that speak alone. A unit at 0 that wants to speak "
        "has to pay as well.",
    ),
    (
        lambda h, x, d, s, t: np.maximum(h + t * x @ d.T - t * s, 0),
        "The code that is there already was not taken into account: what is left to explain is x "
        "minus what the code draws.",
    ),
    (
        _kind_of_step(lambda h, g, s, t: np.maximum(h - t * g / len(h) - t * s, 0)),
        "The gradient was divided by the number of images. Each image has a code of its own.",
    ),
)


def of_step() -> tuple[Misconception, ...]:
    """Return what is written in place of ``stepped``."""

    def gradient(h, x, d, s, t):
        return (h @ d - x) @ d.T

    return (
        *(Misconception(step, hint) for step, hint in WRONG_STEPS),
        Misconception(gradient, "This is the gradient. Asked for is the new code."),
        Misconception(
            lambda h, x, d, s, t: stepped(h, x, d, s, t) @ d,
            "This is what the new code draws, not the code.",
        ),
        Misconception(lambda h, x, d, s, t: h, "The code came back as it was."),
        Misconception(
            lambda h, x, d, s, t: np.repeat(stepped(h, x, d, s, t)[:1], len(h), axis=0),
            "Every image got the code of the first.",
        ),
    )


def of_code() -> tuple[Misconception, ...]:
    """Return what is written in place of ``coded``."""

    def with_steps(change: Callable) -> Callable:
        return lambda x, d, s, t, n: coded(x, d, s, t, change(int(n)))

    return (
        Misconception(with_steps(lambda n: 1), "This is the code after a single step."),
        Misconception(with_steps(lambda n: n + 1), "There is one step too many."),
        Misconception(with_steps(lambda n: max(n - 1, 0)), "There is one step too few."),
        Misconception(
            lambda x, d, s, t, n: coded(x, d, s, t, n, start=1.0),
            "The code started from 1. It should start from 0.",
        ),
        Misconception(
            lambda x, d, s, t, n: coded(x, d, s, t, n) @ d,
            "This is what the code draws, not the code.",
        ),
        Misconception(
            lambda x, d, s, t, n: coded(x, d, s, t, n).T, "Rows and columns are swapped."
        ),
        *(
            Misconception(lambda x, d, s, t, n, step=step: coded(x, d, s, t, n, step=step), hint)
            for step, hint in WRONG_STEPS
        ),
    )
