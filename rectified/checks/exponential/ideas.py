"""Wrong ideas about units that bend down to a floor: other formulas, other places for alpha."""

from collections.abc import Callable

import numpy as np

from rectified.activations import SELU_ALPHA, SELU_SCALE
from rectified.checks.exponential.units import Triple, Unit
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import of_rectifier, of_result

LOST = (
    "On paper this formula is right. In floating point it adds a small number to 1, or subtracts "
    "numbers that are nearly equal, and a small result loses its digits. Which function does the "
    "same without that?"
)
TIMES_INFINITY = (
    "NaN came out where there is a limit: 0 times infinity has no value for a computer. Choose "
    "between the two sides, or cut x first, without multiplying by a mask."
)


def bent(x, r, c, k):
    """Return r·x on the right and c·(e^{kx} − 1) on the left."""
    return np.where(x > 0, r * x, c * np.expm1(k * np.minimum(x, 0)))


def steep(x, r, c, k):
    """Return the slope of ``bent``, at 0 that of the left side."""
    return np.where(x > 0, r, c * k * np.exp(k * np.minimum(x, 0)))


def ideas(unit: Unit, *pairs: tuple[Callable, str]) -> tuple[Misconception, ...]:
    """Return misconceptions whose functions take x and the triple of the unit."""
    return tuple(
        Misconception(
            lambda x, wrong=wrong, **settings: wrong(x, *unit.triple(settings.get("alpha", 1.0))),
            hint,
        )
        for wrong, hint in pairs
    )


def of_triples(
    formula: Callable, triples: tuple[tuple[Callable[[float], Triple], str], ...]
) -> tuple[Misconception, ...]:
    """Return what ``formula`` gives with other constants."""
    return tuple(
        Misconception(
            lambda x, other=other, **settings: formula(x, *other(settings.get("alpha", 1.0))), hint
        )
        for other, hint in triples
    )


def of_storage(unit: Unit, formula: Callable) -> tuple[Misconception, ...]:
    """Return what comes of a right formula in another dtype or shape."""

    def as_stored(x, r, c, k):
        right = formula(x, r, c, k)
        return right if x.dtype.kind == "f" else np.trunc(right)

    return ideas(
        unit,
        (
            as_stored,
            "The fractions are lost: the result is stored as integers. Which line decides the "
            "dtype?",
        ),
        (
            lambda x, r, c, k: np.ravel(formula(x, r, c, k)),
            "The numbers are there, but their arrangement is another. Which step changes the "
            "shape?",
        ),
    )


def of_unit(unit: Unit) -> tuple[Misconception, ...]:
    """Return what is written in place of a unit."""

    def right(x, **settings):
        return bent(x, *unit.triple(settings.get("alpha", 1.0)))

    leak = (
        "The left side is a straight line, as in a leaky rectifier. What bends it in the "
        "definition?"
    )
    return (
        *of_storage(unit, bent),
        *ideas(
            unit,
            *(
                (formula, LOST)
                for formula in (
                    lambda x, r, c, k: np.where(x > 0, r * x, c * (np.exp(k * x) - 1)),
                    lambda x, r, c, k: np.where(x > 0, r * x, c * np.exp(k * x) - c),
                )
            ),
        ),
        *of_triples(bent, unit.others),
        *ideas(
            unit,
            (
                lambda x, r, c, k: np.where(x > 0, r * x, c * np.exp(k * x)),
                "Just left of 0 it is far from 0: the curve jumps. What is subtracted from the "
                "exponential?",
            ),
            (
                lambda x, r, c, k: np.where(x > 0, r * x, c * np.exp(k * x) - 1),
                "Just left of 0 it does not come to 0. What do the brackets hold that the factor "
                "before them multiplies?",
            ),
            *(
                (
                    lambda x, r, c, k, s=s: np.where(x > 0, r * x, s * c * np.expm1(-k * x)),
                    "On the left it grows without end. Which sign has the exponent there?",
                )
                for s in (1, -1)
            ),
            (
                lambda x, r, c, k: np.where(x > 0, r * x, -c * np.expm1(k * x)),
                "The left side is above 0. In which order does the definition subtract?",
            ),
            (
                lambda x, r, c, k: c * np.expm1(k * x),
                "The exponential runs on to the right of 0. What is the unit there?",
            ),
            *(
                (
                    lambda x, r, c, k, q=q: q * np.maximum(x, 0) + c * np.expm1(k * x),
                    "On the right the exponential is added to x. Where does each part stop?",
                )
                for q in (1, SELU_SCALE)
            ),
            (
                lambda x, r, c, k: np.where(x > 0, c * np.expm1(k * x), r * x),
                "The two sides seem to be swapped. Which of them does x = 3 get?",
            ),
            *(
                (lambda x, r, c, k, s=s: np.where(x > 0, r * x, s * x), leak)
                for q in (1, SELU_SCALE, SELU_ALPHA, SELU_ALPHA * SELU_SCALE)
                for s in (0.01 * q, 0.1 * q, 0.2 * q, q)
            ),
            (lambda x, r, c, k: np.where(x > 0, r * x, c * k * x), leak),
            (
                lambda x, r, c, k: r * np.maximum(x, 0),
                "This is a rectifier: nothing is left of the negative side. What should be?",
            ),
            (
                lambda x, r, c, k: np.maximum(r * x, -c),
                "The floor is right, but this is a straight line cut off there. What bends it?",
            ),
            (
                lambda x, r, c, k: np.maximum(r * x, c * np.expm1(k * np.minimum(x, 0))),
                "The larger of two results seems to be taken. For some alphas the straight line "
                "lies above the curve on the left as well. By what does the definition choose?",
            ),
            (
                lambda x, r, c, k: np.where(x > 0, r * x, c * np.tanh(k * x)),
                "The floor is right, but it is reached as tanh does. Which function is asked for?",
            ),
            (
                lambda x, r, c, k: np.where(x > 0, r * x, c * (2.0 ** (k * x) - 1)),
                "The power has another base than e. Which one does your code raise?",
            ),
            (
                lambda x, r, c, k: np.where(x > 0, r * x, 0) + np.where(x <= 0, c * k, 0),
                "The left side is flat. What happens there between 0 and -5?",
            ),
            (
                steep,
                "This is the slope of the unit. Asked for is its height.",
            ),
            (
                lambda x, r, c, k: np.logaddexp(0, x),
                "This looks like softplus, which is above 0 everywhere. What does the definition "
                "give at x = 0, and far to the left?",
            ),
            *(
                (
                    lambda x, r, c, k, left=left: (x > 0) * (r * x) + (x <= 0) * left(x, c, k),
                    TIMES_INFINITY,
                )
                for left in (
                    lambda x, c, k: c * np.expm1(k * x),
                    lambda x, c, k: c * np.expm1(k * np.minimum(x, 0)),
                    lambda x, c, k: c * (np.exp(k * x) - 1),
                )
            ),
        ),
        *of_result(right),
        *of_rectifier(),
    )
