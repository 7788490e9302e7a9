"""Wrong ideas about difference quotients and relative errors."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL, NEIGHBOURS


def _narrow_input(f, x, step):
    x = np.asarray(x, dtype=np.float32)
    return (f(x + step) - f(x - step)).astype(np.float64) / (2 * step)


def _narrow_values(f, x, step):
    high, low = np.float32(f(x + float(step))), np.float32(f(x - float(step)))
    return (high - low).astype(np.float64) / (2 * step)


def _grown(f, x, steps):
    return (f(x + steps) - f(x - steps)) / (2 * steps)


def of_difference(central: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the ``central`` difference."""
    fixed = (
        "This is right for another step. Is the one that was passed used, as it is? Large steps "
        "are asked for as well."
    )

    def of(f):
        return np.asarray(f).item() if isinstance(f, np.ndarray) else f

    return (
        Misconception(
            lambda f, x, step: (of(f)(x + step) - of(f)(x)) / step,
            "This is the forward difference: it looks to the right of x only.",
        ),
        Misconception(
            lambda f, x, step: (of(f)(x) - of(f)(x - step)) / step,
            "This is the backward difference: it looks to the left of x only.",
        ),
        Misconception(
            lambda f, x, step: 2 * central(f, x, step),
            "It is twice as large as it should be. How far apart are the two places where f is "
            "evaluated?",
        ),
        Misconception(
            lambda f, x, step: central(f, x, step) / 2,
            "It is half as large as it should be. How far apart are the two places where f is "
            "evaluated?",
        ),
        Misconception(
            lambda f, x, step: -central(f, x, step),
            "The sign is turned: right minus left, over the way from left to right.",
        ),
        Misconception(
            lambda f, x, step: 2 * step * central(f, x, step),
            "This is the rise alone. A slope is rise over run.",
        ),
        Misconception(
            lambda f, x, step: (2 * step) ** 2 * central(f, x, step),
            "It was multiplied by the run instead of divided. Look at the brackets: a / 2 * h is "
            "not a / (2 * h).",
        ),
        Misconception(
            lambda f, x, step: step**2 * central(f, x, step),
            "It was multiplied by the step instead of divided. Look at the brackets: a / 2 * h is "
            "not a / (2 * h).",
        ),
        *(
            Misconception(lambda f, x, step, h=h: central(f, x, h), fixed)
            for h in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
        ),
        Misconception(lambda f, x, step: central(f, x, step / 2), fixed),
        Misconception(
            lambda f, x, step: (4 * central(f, x, step / 2) - central(f, x, step)) / 3,
            "This is a more exact formula than the one asked for.",
        ),
        Misconception(
            lambda f, x, step: (4 * central(f, x, step) - central(f, x, 2 * step)) / 3,
            "This is a more exact formula than the one asked for.",
        ),
        Misconception(
            lambda f, x, step: (of(f)(x + step) + of(f)(x - step)) / (2 * step),
            "The two values were added. What tells how f changes?",
        ),
        Misconception(
            lambda f, x, step: (of(f)(x + step) - 2 * of(f)(x) + of(f)(x - step)) / step**2,
            "This is the second difference: it measures how f bends.",
        ),
        Misconception(lambda f, x, step: of(f)(x), "This is f itself. Asked for is its slope."),
        Misconception(
            lambda f, x, step: of(f)(2 * step + 0 * x) / (2 * step),
            "f was called once, on a difference. Asked for is a difference of two values of f.",
        ),
        Misconception(
            lambda f, x, step: _grown(of(f), x, step * np.maximum(1, np.abs(x))),
            "The step was made larger for large x. It is to be used as it is.",
        ),
        *(
            Misconception(
                lambda f, x, step, narrow=narrow: narrow(of(f), x, np.float32(step)),
                "It is close, but digits are missing: some step is computed in single precision.",
            )
            for narrow in (_narrow_input, _narrow_values)
        ),
        Misconception(lambda f, x, step: np.gradient(of(f)(x), x), NEIGHBOURS),
        Misconception(lambda f, x, step: np.gradient(of(f)(x), step), NEIGHBOURS),
    )


def _or_one(below):
    return np.where(below == 0, 1, below)


def of_error() -> tuple[Misconception, ...]:
    """Return what is written in place of the relative error."""
    added = (
        "Something small was added below the fraction bar. It is not small beside numbers near "
        "1e-200; what has to be done about 0/0 instead?"
    )

    def over(a, b, below):
        return np.abs(a - b) / below

    return (
        Misconception(
            lambda a, b: over(a, b, np.maximum(np.abs(a), np.abs(b))),
            "0 over 0 is NaN. Which answer does the definition give where both are 0?",
        ),
        Misconception(
            lambda a, b: np.where(a == 0, 1, over(a, b, np.maximum(np.abs(a), np.abs(b)))),
            "Both cases of a 0 were treated alike. What if b is 0 too?",
        ),
        Misconception(
            lambda a, b: np.where(a * b == 0, 0, over(a, b, np.maximum(np.abs(a), np.abs(b)))),
            "It is 0 where only one of the two is 0. How far apart are they, as a share of the "
            "larger size?",
        ),
        Misconception(
            lambda a, b: np.sqrt((a - b) ** 2 / _or_one(np.maximum(a * a, b * b))),
            "Squares of very large numbers overflow, and those of very small ones are 0. The size "
            "of a number needs no square.",
        ),
        Misconception(
            lambda a, b: np.nan_to_num(over(a, b, np.maximum(np.abs(a), np.abs(b)))), NAN_FELL
        ),
        Misconception(lambda a, b: np.abs(a - b), "This is the absolute error. Relative to what?"),
        Misconception(
            lambda a, b: (a - b) / np.maximum(np.abs(a), np.abs(b)),
            "An error has a size and no sign here.",
        ),
        Misconception(
            lambda a, b: over(a, b, np.abs(a)),
            "This is relative to a alone. Swap a and b, and it should not change.",
        ),
        Misconception(
            lambda a, b: over(a, b, np.abs(b)),
            "This is relative to b alone. Swap a and b, and it should not change.",
        ),
        Misconception(
            lambda a, b: over(a, b, np.abs(a) + np.abs(b)),
            "This is relative to the sum of the sizes. The definition names the larger one.",
        ),
        Misconception(
            lambda a, b: over(a, b, (np.abs(a) + np.abs(b)) / 2),
            "This is relative to the mean of the sizes. The definition names the larger one.",
        ),
        Misconception(
            lambda a, b: over(a, b, np.minimum(np.abs(a), np.abs(b))),
            "This is relative to the smaller size. The definition names the larger one.",
        ),
        Misconception(
            lambda a, b: over(a, b, np.maximum(a, b)),
            "This is relative to the larger number. Of two negative ones that is the smaller size.",
        ),
        Misconception(
            lambda a, b: over(a, b, np.abs(np.maximum(a, b))),
            "The larger number was taken, and then its size. The definition takes sizes first.",
        ),
        Misconception(
            lambda a, b: over(a, b, np.maximum(1.0, np.maximum(np.abs(a), np.abs(b)))),
            "Below 1 this is the absolute error: is there a 1 below the fraction bar?",
        ),
        Misconception(
            lambda a, b: np.abs(np.abs(a) - np.abs(b)) / np.maximum(np.abs(a), np.abs(b)),
            "The sizes were compared: the signs are lost, and 1 and -1 seem to be equal.",
        ),
        Misconception(
            lambda a, b: (a - b) ** 2 / np.maximum(a**2, b**2),
            "This is the square of the relative error.",
        ),
        Misconception(
            lambda a, b: np.max(over(a, b, np.maximum(np.abs(a), np.abs(b)))),
            "One number came back for the whole array: each entry has an error of its own.",
        ),
        Misconception(
            lambda a, b: np.linalg.norm(a - b) / np.maximum(np.linalg.norm(a), np.linalg.norm(b)),
            "This is the error of the whole array. Each entry has an error of its own here.",
        ),
        *(
            Misconception(
                lambda a, b, tiny=tiny: over(a, b, np.maximum(np.abs(a), np.abs(b)) + tiny), added
            )
            for tiny in (1e-6, 1e-8, 1e-10, 1e-12, 1e-15, 1e-16)
        ),
        *(
            Misconception(
                lambda a, b, tiny=tiny: over(
                    a, b, np.maximum(tiny, np.maximum(np.abs(a), np.abs(b)))
                ),
                added,
            )
            for tiny in (1e-6, 1e-8, 1e-10, 1e-12, 1e-15, 1e-16)
        ),
        Misconception(
            lambda a, b: 1.0 * (a != b), "This says only whether a and b differ, not by how much."
        ),
    )
