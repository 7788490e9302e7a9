"""The three units as triples of constants, and the wrong triples that stand in their place.

Every unit here is r·x on the right and c·(e^{kx} − 1) on the left. An idea about alpha or about the
scale is another triple (r, c, k), and spoils a function and its slope alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rectified.activations import SELU_ALPHA, SELU_SCALE

Triple = tuple[float, float, float]

_IGNORED = "This is right for alpha = 1 only. Where does alpha enter, and is the one passed used?"
_PLACE = (
    "alpha is used, but not where the definition has it. Where does it stand there: before the "
    "bracket, in the exponent, or in both places? Does it multiply or divide?"
)
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
    "This belongs to ELU, which differs from CELU unless alpha is 1. How steep is CELU just left "
    "of 0?"
)
_CELU_FOR_ELU = (
    "This belongs to CELU, which differs from ELU unless alpha is 1. What stands in the exponent?"
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
    (
        (
            lambda a: (1.0, a**2, 1.0),
            "alpha enters twice. How often does the function hold it, and what does the derivative "
            "do with a constant factor?",
        ),
        (
            lambda a: (1.0, 1.0, a),
            "alpha stands in the exponent. What stands there in the function, and does the "
            "derivative of an exponential change its exponent?",
        ),
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
        (
            lambda a: (1.0, 1.0, 1 / a),
            "A division by alpha is left over, the one that the chain rule brings. Which factor "
            "stood in front of the bracket already?",
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
        (
            lambda a: (SELU_SCALE, SELU_SCALE, 1.0),
            "The scale is right, but on the left alpha is 1. Is the alpha of selu_constants() "
            "used?",
        ),
        (lambda a: (SELU_ALPHA, SELU_ALPHA, 1.0), _CONSTANTS),
        (lambda a: (SELU_ALPHA, SELU_SCALE * SELU_ALPHA, 1.0), _CONSTANTS),
        (
            lambda a: (SELU_SCALE, SELU_SCALE**2 * SELU_ALPHA, 1.0),
            "On the left the scale enters twice. Is it also in what stands for alpha?",
        ),
        (
            lambda a: (SELU_SCALE**2, SELU_SCALE**2 * SELU_ALPHA, 1.0),
            "The scale enters twice. In which two places does the code multiply by it?",
        ),
        (
            lambda a: (SELU_SCALE, SELU_SCALE * SELU_ALPHA, 1 / SELU_ALPHA),
            "This is built on CELU. Which unit does the task scale, and what stands in its "
            "exponent?",
        ),
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
