"""Wrong ideas about units that bend down to a floor: other constants, other places for alpha.

Every unit here is r·x on the right and c·(e^{kx} − 1) on the left. An idea about alpha or about the
scale is another triple (r, c, k), and spoils a function and its slope alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rectified.activations import SELU_ALPHA, SELU_SCALE
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import of_rectifier, of_result

Triple = tuple[float, float, float]

LOST = (
    "On paper this formula is right. In floating point it adds a small number to 1, or subtracts "
    "numbers that are nearly equal, and a small result loses its digits. Which function does the "
    "same without that?"
)
TIMES_INFINITY = (
    "NaN came out where there is a limit: 0 times infinity has no value for a computer. Choose "
    "between the two sides, or cut x first, without multiplying by a mask."
)
_IGNORED = "This is right for alpha = 1 only. Where does alpha enter, and is the one passed used?"
_PLACE = "alpha is used, but not where the definition has it. Does it multiply, divide, or both?"
_ON_THE_RIGHT = "alpha changes the positive side too. Is it asked for there?"
_SCALE = (
    "The scale is missing somewhere. Which parts of the curve does it multiply: the left, the "
    "right, or both?"
)
_CONSTANTS = (
    "The shape is that of SELU, with other constants. Which of the two multiplies what, and are "
    "both of them those of selu_constants()?"
)
_DIGITS = (
    "It is close, but the two constants have too few digits. Where could you take all of them from?"
)


@dataclass(frozen=True)
class Unit:
    """A unit: ``triple(alpha)`` is its (r, c, k); ``others`` are wrong triples, with a hint each.

    ``slopes`` are wrong triples that only come up with the slope.
    """

    triple: Callable[[float], Triple]
    others: tuple[tuple[Callable[[float], Triple], str], ...]
    slopes: tuple[tuple[Callable[[float], Triple], str], ...] = ()


_ELU_FOR_CELU = (
    "This belongs to ELU. The two differ unless alpha is 1: how steep is CELU just left of 0?"
)
_CELU_FOR_ELU = (
    "This belongs to CELU. The two differ unless alpha is 1: what stands in the exponent?"
)

ELU = Unit(
    lambda a: (1.0, a, 1.0),
    (
        (lambda a: (1.0, 1.0, 1.0), _IGNORED),
        (lambda a: (1.0, a, 1 / a), _CELU_FOR_ELU),
        *(
            (lambda a, c=c, k=k: (1.0, a**c, a**k), _PLACE)
            for c, k in ((0, 1), (0, -1), (1, 1), (-1, 0), (2, 0))
        ),
        (lambda a: (a, a, 1.0), _ON_THE_RIGHT),
        (lambda a: (a, 1.0, 1.0), _ON_THE_RIGHT),
    ),
)
CELU = Unit(
    lambda a: (1.0, a, 1 / a),
    (
        (lambda a: (1.0, a, 1.0), _ELU_FOR_CELU),
        (lambda a: (1.0, 1.0, 1.0), _IGNORED),
        *(
            (lambda a, c=c, k=k: (1.0, a**c, a**k), _PLACE)
            for c, k in ((0, 1), (0, -1), (1, 1), (-1, -1), (-1, 1))
        ),
        (lambda a: (a, a, 1 / a), _ON_THE_RIGHT),
    ),
    (
        (
            lambda a: (1.0, a**2, 1 / a),
            "A factor alpha is left over. The chain rule brings another factor: which one?",
        ),
    ),
)
SELU = Unit(
    lambda a: (SELU_SCALE, SELU_SCALE * SELU_ALPHA, 1.0),
    (
        (lambda a: (1.0, SELU_ALPHA, 1.0), _SCALE),
        (lambda a: (SELU_SCALE, SELU_ALPHA, 1.0), _SCALE),
        (lambda a: (1.0, SELU_SCALE * SELU_ALPHA, 1.0), _SCALE),
        (
            lambda a: (1.0, 1.0, 1.0),
            "This belongs to plain ELU, with alpha = 1 and without a scale. Which two constants "
            "belong in?",
        ),
        (lambda a: (SELU_SCALE, SELU_SCALE, 1.0), _CONSTANTS),
        (lambda a: (SELU_ALPHA, SELU_ALPHA, 1.0), _CONSTANTS),
        (lambda a: (SELU_ALPHA, SELU_SCALE * SELU_ALPHA, 1.0), _CONSTANTS),
        (lambda a: (SELU_SCALE, SELU_SCALE**2 * SELU_ALPHA, 1.0), _CONSTANTS),
        (lambda a: (SELU_SCALE**2, SELU_SCALE**2 * SELU_ALPHA, 1.0), _CONSTANTS),
        (lambda a: (SELU_SCALE, SELU_SCALE * SELU_ALPHA, 1 / SELU_ALPHA), _CELU_FOR_ELU),
        (lambda a: (SELU_SCALE, SELU_SCALE * SELU_ALPHA, SELU_ALPHA), _PLACE),
        *(
            (
                lambda a, digits=digits: (
                    round(SELU_SCALE, digits),
                    round(SELU_SCALE, digits) * round(SELU_ALPHA, digits),
                    1.0,
                ),
                _DIGITS,
            )
            for digits in range(2, 10)
        ),
    ),
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
        "The left side is straight: this is built on a leaky rectifier. What bends it in the "
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
                "The two sides seem to be swapped.",
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
                "The power has another base than e.",
            ),
            (
                lambda x, r, c, k: np.where(x > 0, r * x, 0) + np.where(x <= 0, c * k, 0),
                "The left side is flat. What happens there between 0 and -5?",
            ),
            (
                steep,
                "This is the slope of the unit. Asked for is its height.",
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
