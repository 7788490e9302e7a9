"""A step towards a sparse code, the code after many, and wrong ideas about both."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception


def stepped(code, x, dictionary, strength, step_size):
    """Return the code after one proximal gradient step."""
    gradient = (code @ dictionary - x) @ dictionary.T
    return np.maximum(code - step_size * (gradient + strength), 0)


def coded(x, dictionary, strength, step_size, num_steps, step: Callable = stepped, start=0.0):
    """Return the code after ``num_steps`` of a kind of step, from ``start`` everywhere.

    In float64 throughout, so that a right code in the wrong dtype is told about the dtype alone.
    """
    code = np.broadcast_to(np.float64(start), (len(x), len(dictionary)))
    for _ in range(int(num_steps)):
        code = step(code, x, dictionary, strength, step_size)
    return code


def _kind_of_step(change: Callable) -> Callable:
    """Return a step in which ``change(v, gradient, strength, step_size)`` makes the new code."""

    def step(code, x, dictionary, strength, step_size):
        gradient = (code @ dictionary - x) @ dictionary.T
        return change(code, gradient, strength, step_size)

    return step


_unbounded = _kind_of_step(lambda h, g, s, t: h - t * g - t * s)
_free = _kind_of_step(lambda h, g, s, t: np.maximum(h - t * g, 0))


def _leaking(slope: float) -> Callable:
    """Return a step with a leaky rectifier."""

    def change(h, g, s, t):
        v = h - t * g - t * s
        return np.where(v > 0, v, slope * v)

    return _kind_of_step(change)


#: Wrong steps and what to say of them; they are also what a loop over steps may be made of.
WRONG_STEPS: tuple[tuple[Callable, str], ...] = (
    (
        _unbounded,
        "Negative entries came through: the code may not be below 0. What takes care of that?",
    ),
    (
        _free,
        "What is above 0 is as large as without a price. Is strength left out, or does it only "
        "decide which entries become 0? What does a unit pay that speaks?",
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
        "step_size has no effect. How far does a step go, and what is the price of one step?",
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
        "Only the units that speak already were charged. A unit at 0 that wants to speak has to "
        "pay as well.",
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
    *(
        (
            _leaking(slope),
            "A little of the negative entries came through, as in a leaky rectifier. What is the "
            "smallest amount that a code may hold?",
        )
        for slope in (0.01, 0.1, 0.2)
    ),
    *(
        (
            lambda h, x, d, s, t, most=most: stepped(h, x, d, np.minimum(s, most), t),
            "The charge is right for smaller prices, but too low for this strength. Is it limited "
            "somewhere?",
        )
        for most in (0.5, 1.0)
    ),
    *(
        (
            lambda h, x, d, s, t, other=other: stepped(h, x, d, np.where(s == 0, other, s), t),
            "Here strength is 0, and something is charged all the same. Is a price of 0 taken for "
            "a missing one, as `or` does?",
        )
        for other in (0.01, 0.1, 0.5, 1.0)
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
            "This is what the new code draws, not the code. Which product is one too many?",
        ),
        Misconception(
            lambda h, x, d, s, t: h,
            "The code came back as it was. Is the result of the step what is returned?",
        ),
        Misconception(
            lambda h, x, d, s, t: np.repeat(stepped(h, x, d, s, t)[:1], len(h), axis=0),
            "Every image got the code of the first.",
        ),
    )


def of_code() -> tuple[Misconception, ...]:
    """Return what is written in place of ``coded``."""

    def with_steps(change: Callable) -> Callable:
        return lambda x, d, s, t, n: coded(x, d, s, t, change(int(n)))

    def from_projections(x, d, s, t, n):
        return coded(x, d, s, t, n, start=np.maximum(x @ d.T, 0))

    def shrinking(x, d, s, t, n):
        code = coded(x, d, s, t, 0)
        for number in range(int(n)):
            code = stepped(code, x, d, s, t / (number + 1))
        return code

    return (
        Misconception(
            with_steps(lambda n: 1),
            "This is the code after a single step. How often does the loop run, and does each step "
            "start from what the one before returned?",
        ),
        Misconception(
            with_steps(lambda n: n + 1),
            "There is one step too many. What comes out for num_steps = 0?",
        ),
        Misconception(
            with_steps(lambda n: max(n - 1, 0)),
            "There is one step too few. What comes out for num_steps = 1?",
        ),
        *(
            Misconception(
                with_steps(lambda n, count=count: count),
                "This is the code after another number of steps than num_steps. What decides when "
                "the loop ends?",
            )
            for count in (5, 10, 20, 50, 100)
        ),
        Misconception(
            lambda x, d, s, t, n: coded(x, d, s, t, n, start=1.0),
            "The code started from 1. It should start from 0.",
        ),
        Misconception(
            from_projections,
            "The code started from how well the atoms fit the image. What should it hold before "
            "the first step?",
        ),
        Misconception(
            lambda x, d, s, t, n: coded(x, d, s, t * n, 1),
            "This is the first step, made num_steps times as long. After a step the code draws "
            "something: is the gradient asked for anew?",
        ),
        Misconception(
            shrinking,
            "The steps get shorter on the way. Which number changes in the loop that should stay "
            "the same?",
        ),
        Misconception(
            lambda x, d, s, t, n: np.maximum(coded(x, d, s, t, n, step=_unbounded), 0),
            "ReLU comes only after the last step. May a code be below 0 on the way?",
        ),
        Misconception(
            lambda x, d, s, t, n: np.maximum(coded(x, d, s, t, n, step=_free) - t * s, 0),
            "The price is paid too seldom. Is it taken only once, in the end, or only from units "
            "that speak already? A unit at 0 that wants to speak has to pay as well, in each step.",
        ),
        *(
            Misconception(
                lambda x, d, s, t, n, first=first: [
                    coded(x, d, s, t, count) for count in range(first, int(n) + 1)
                ],
                "All codes on the way were returned. Which of them is asked for?",
            )
            for first in (0, 1)
        ),
        Misconception(
            lambda x, d, s, t, n: coded(x, d, s, t, n) @ d,
            "This is what the code draws, not the code. Which product is one too many?",
        ),
        Misconception(
            lambda x, d, s, t, n: coded(x, d, s, t, n).T,
            "Rows and columns are swapped. Which of them belong to the images?",
        ),
        *(
            Misconception(lambda x, d, s, t, n, step=step: coded(x, d, s, t, n, step=step), hint)
            for step, hint in WRONG_STEPS
        ),
    )
