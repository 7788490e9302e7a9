"""Wrong ideas about smooth units: another one of the family, a lost factor, formulas that break."""

from collections.abc import Callable

import numpy as np
from scipy.special import erf, ndtr

from rectified.activations import smooth as trusted
from rectified.activations.saturating import sigmoid, sigmoid_grad
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import of_rectifier, of_result

LOST = (
    "Here a small result loses its digits. Is a small number added to 1, or are nearly equal "
    "numbers subtracted? That is right on paper, and not in floating point. Or is the result set "
    "to 0 from some x on? Which other form keeps the digits?"
)
_OVERFLOW = (
    "The exponential of a large number is infinite before the logarithm can bring it down. Which "
    "other form takes no exponential of large positive numbers?"
)
IGNORED = "This is right for another beta. Where does beta enter, and is the one passed used?"
TIMES_INFINITY = (
    "NaN came out where there is a limit: 0 times infinity has no value for a computer. Which "
    "factor may be cut, and where, so that nothing else changes?"
)
_FAR = (8, 10, 15, 20, 30, 40, 50, 100)
_CLIPPED = "Far from 0 the value no longer changes: x seems to be clipped too early."

# Member of the family -> (function, slope, how a message calls it)
_FAMILY = {
    "softplus": (trusted.softplus, trusted.softplus_grad, "softplus"),
    "gelu": (trusted.gelu, trusted.gelu_grad, "the exact GELU"),
    "silu": (trusted.silu, trusted.silu_grad, "SiLU"),
    "mish": (trusted.mish, trusted.mish_grad, "Mish"),
}


def for_another_setting(own: str) -> str:
    """Return what is said of a result that is right for the default settings of the unit."""
    if own != "gelu":
        return IGNORED
    return "This is the exact form. Is the argument approximate used, and compared with its value?"


def _beta(settings) -> float:
    return settings.get("beta", 1.0)


def ideas_of_x(*pairs: tuple[Callable, str]) -> tuple[Misconception, ...]:
    """Return misconceptions whose functions take x and beta."""
    return tuple(
        Misconception(lambda x, wrong=wrong, **settings: wrong(x, _beta(settings)), hint)
        for wrong, hint in pairs
    )


def relatives(own: str, part: int) -> tuple[Misconception, ...]:
    """Return the other members of the family: their functions (0) or their slopes (1)."""
    what = ("", "the slope of ")[part]
    wanted = "form" if own == "gelu" else "unit"
    others = [(name, member) for name, member in _FAMILY.items() if name != own]
    return ideas_of_x(
        *(
            (
                lambda x, b, f=member[part]: f(x),
                f"This is {what}{member[2]}. Which unit is asked for?",
            )
            for _, member in others
        ),
        *(
            (
                lambda x, b, form=form: form(x),
                f"This is {what}one of the approximations of GELU. Which {wanted} is asked for?",
            )
            for form in _approximations(part)
        ),
        *(
            (lambda x, b, c=c: (trusted.swish, trusted.swish_grad)[part](x, c), IGNORED)
            for c in (1.0, 2.0, 0.5)
            if own in ("swish", "silu")
        ),
    )


def _approximations(part: int) -> tuple[Callable, ...]:
    own = (trusted.gelu, trusted.gelu_grad)[part]
    swish = (trusted.swish, trusted.swish_grad)[part]
    return (
        lambda x: own(x, approximate="tanh"),
        lambda x: swish(x, 1.702),
        own,
    )


def clipped(function: Callable) -> tuple[Misconception, ...]:
    cuts = [(lambda x, far=far: np.clip(x, -far, far)) for far in _FAR]
    cuts += [(lambda x, far=far: np.maximum(x, -far)) for far in _FAR]
    return tuple(
        Misconception(lambda x, cut=cut, **settings: function(cut(x), **settings), _CLIPPED)
        for cut in cuts
    )


def shared(function: Callable, gate: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of any function here, its own wrong ideas aside."""
    return (
        *ideas_of_x(
            (
                lambda x, b: x,
                "This is the input itself, a straight line. Is a term of the definition missing?",
            ),
            (
                lambda x, b: gate(-x, b),
                "This opens on the wrong side. Look at the signs, and, if you differentiated, at "
                "the inner derivative.",
            ),
            (lambda x, b: b * function(x), "beta multiplies from outside. Where does it enter?"),
        ),
        Misconception(
            lambda x, **settings: _beta(settings) * function(x, **settings),
            "It is too large by a factor of beta. Is there one beta too many, or is a division "
            "missing?",
        ),
        Misconception(
            lambda x, **settings: function(x, **settings) / _beta(settings),
            "It is too small by a factor of beta. Is it divided by beta once too often?",
        ),
        *of_result(function),
        *ideas_of_x(
            # After the lost fractions: at whole numbers softplus without its fraction looks alike.
            (
                lambda x, b: np.maximum(x, 0),
                "This is the plain rectifier. Its corner at 0 is to be rounded.",
            ),
        ),
    )


_BY_TANH = (lambda x, b: 0.5 * x * (1 + np.tanh(b * x / 2)), lambda x, b: x / (1 + np.exp(-b * x)))
# The formulas that are right on paper.
_TEXTBOOK = {
    "softplus": (
        lambda x, b: np.log(1 + np.exp(b * x)) / b,
        lambda x, b: np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(b * x))) / b,
    ),
    "gelu": (lambda x, b: 0.5 * x * (1 + erf(x / np.sqrt(2))),),
    "silu": _BY_TANH,
    "swish": _BY_TANH,
    "mish": (
        lambda x, b: x * np.tanh(np.log(1 + np.exp(x))),
        lambda x, b: x * np.tanh(np.log1p(np.exp(x))),
    ),
}


def of_smooth(own: str, function: Callable, gate: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the unit ``own`` with the gate ``gate(x, beta)``."""
    if own == "softplus":
        broken = [(lambda x, b: np.log1p(np.exp(b * x)) / b, _OVERFLOW)]
    else:
        broken = [
            (lambda x, b: x * gate(x, b), TIMES_INFINITY),
            (gate, "This is the gate alone. What does it multiply?"),
        ]
    return (
        *ideas_of_x(
            (lambda x, b: function(x), for_another_setting(own)),
            *broken,
            *((formula, LOST) for formula in _TEXTBOOK[own]),
        ),
        *shared(function, gate),
        *relatives(own, 0),
        *ideas_of_x(
            (
                lambda x, b: trusted.softplus(x) / b,
                "beta divides, but does it also enter the exponential?",
            ),
            (
                lambda x, b: (np.maximum(x, 0) + np.log1p(np.exp(-np.abs(b * x)))) / b,
                "For large x this is x over beta. Which of the terms is divided by beta?",
            ),
            (
                lambda x, b: trusted.softplus(x, b) / np.log(2),
                "The logarithm has another base than e.",
            ),
            (
                lambda x, b: x + gate(x, b),
                "x and the gate were added. How does a gate let a number pass?",
            ),
            (
                lambda x, b: x * np.tanh(b * x),
                "tanh is applied to x itself. What stands between them in the definition?"
                if own == "mish"
                else "The gate is tanh, which runs from -1 to 1. Which one is asked for?",
            ),
            (
                lambda x, b: x * np.clip(b * x / 6 + 0.5, 0, 1),
                "The gate is a hard one, made of straight lines. Which one is asked for?",
            ),
            (
                lambda x, b: x * sigmoid_grad(b * x),
                "x is multiplied by the slope of the gate. A gate lets pass by its value.",
            ),
            (
                lambda x, b: x * sigmoid(1.702 * b * x),
                "The 1.702 belongs to an approximation of GELU.",
            ),
            (
                lambda x, b: x * sigmoid(b * np.abs(x)),
                "The gate looks at the size of x. On which side is it to close?",
            ),
            (
                lambda x, b: x * sigmoid(b * x * x),
                "The gate is the same on both sides of 0. On which one is it to close?",
            ),
            (
                lambda x, b: x * np.tanh(np.exp(x)),
                "Between tanh and the exponential something is missing.",
            ),
            (
                lambda x, b: trusted.softplus(x * np.tanh(x)),
                "The functions are nested in another order than in the definition.",
            ),
            (
                lambda x, b: x * np.tanh(np.maximum(x, 0)),
                "Inside tanh there is a rectifier with a corner. Which function belongs there?",
            ),
            (
                lambda x, b: x * sigmoid(trusted.softplus(x)),
                "Around softplus there is a sigmoid. What does the definition say?",
            ),
            (
                lambda x, b: np.tanh(x) * trusted.softplus(x),
                "tanh and softplus were multiplied. In the definition one is inside the other.",
            ),
            (
                lambda x, b: x * sigmoid(2 * np.sqrt(2 / np.pi) * (x + 0.0455399 * x**3)),
                "The coefficient of the cube is another one. Compare it with the task.",
            ),
            (lambda x, b: b**2 * trusted.softplus(x, b), "beta multiplies where it should divide."),
            (lambda x, b: x * trusted.softplus(x), "tanh is missing around softplus."),
            (
                lambda x, b: x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
                "x is multiplied by the density of the normal distribution. The gate is its "
                "distribution function.",
            ),
            (
                lambda x, b: 0.5 * x * (1 + erf(x)),
                "erf is not the distribution function itself: what stands under x in it?",
            ),
            (
                lambda x, b: 0.5 * x * erf(x / np.sqrt(2)),
                "erf runs from -1 to 1. What makes a gate from 0 to 1 of it?",
            ),
            (
                lambda x, b: x * sigmoid(2 * np.sqrt(2 / np.pi) * x),
                "The cubic term of the approximation is missing.",
            ),
            (
                lambda x, b: x * sigmoid(2 * np.sqrt(2 / np.pi) * (x + 0.044715 * x**2)),
                "Which power of x has the coefficient 0.044715?",
            ),
            (lambda x, b: -x * gate(x, b), "The sign is turned."),
            (lambda x, b: x * gate(-x, b), "The gate opens on the wrong side. Look at the signs."),
            (lambda x, b: np.log1p(np.exp(-np.abs(b * x))) + np.maximum(b * x, 0), IGNORED),
            (
                lambda x, b: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(b * x))),
                "Near 0 it is off by a factor of beta. Which terms are divided by beta?",
            ),
            (
                lambda x, b: b * x * sigmoid(b * x),
                "It grows with slope beta, not 1. Where does beta enter, and where not?",
            ),
            (
                lambda x, b: x * sigmoid(x) * b,
                "It is multiplied by beta from outside. Where does beta enter?",
            ),
            (lambda x, b: x * ndtr(b * x), "The gate is another one. Which one is asked for?"),
            (
                lambda x, b: x * np.tanh(trusted.softplus(x)),
                "This is Mish. Which unit is asked for?",
            ),
        ),
        *clipped(function),
        *of_rectifier(),
    )
