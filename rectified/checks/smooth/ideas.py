"""Wrong ideas about smooth units: another one of the family, a lost factor, formulas that break."""

from collections.abc import Callable

import numpy as np
from scipy.special import erf, ndtr

from rectified.activations import smooth as trusted
from rectified.activations.saturating import sigmoid, sigmoid_grad
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL, NEIGHBOURS, of_derivative, of_rectifier

_LOST = (
    "On paper this formula is right. In floating point it adds a small number to 1, or subtracts "
    "numbers that are nearly equal, and a small result loses its digits. Which other form does "
    "the same without that?"
)
_IGNORED = "This is right for another beta. Where does beta enter, and is the one passed used?"
_WITHOUT_SLOPE_OF_GATE = (
    "This is the gate alone. The function is a product of two factors that both depend on x."
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


def _beta(settings) -> float:
    return settings.get("beta", 1.0)


def _ideas(*pairs: tuple[Callable, str]) -> tuple[Misconception, ...]:
    """Return misconceptions whose functions take x and beta."""
    return tuple(
        Misconception(lambda x, wrong=wrong, **settings: wrong(x, _beta(settings)), hint)
        for wrong, hint in pairs
    )


def _relatives(own: str, part: int) -> tuple[Misconception, ...]:
    """Return the other members of the family: their functions (0) or their slopes (1)."""
    what = ("", "the slope of ")[part]
    others = [(name, member) for name, member in _FAMILY.items() if name != own]
    return _ideas(
        *(
            (lambda x, b, f=member[part]: f(x), f"This is {what}{member[2]}. Whose is asked for?")
            for _, member in others
        ),
        *(
            (
                lambda x, b, form=form: form(x),
                f"This is {what}one of the approximations of GELU. Which form is asked for?",
            )
            for form in _approximations(part)
        ),
        *(
            (lambda x, b, c=c: (trusted.swish, trusted.swish_grad)[part](x, c), _IGNORED)
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


def _nan_fell(function: Callable) -> tuple[Misconception, ...]:
    return (
        Misconception(lambda x, **settings: function(np.nan_to_num(x), **settings), NAN_FELL),
        Misconception(lambda x, **settings: np.nan_to_num(function(x, **settings)), NAN_FELL),
    )


def _clipped(function: Callable) -> tuple[Misconception, ...]:
    cuts = [(lambda x, far=far: np.clip(x, -far, far)) for far in _FAR]
    cuts += [(lambda x, far=far: np.maximum(x, -far)) for far in _FAR]
    return tuple(
        Misconception(lambda x, cut=cut, **settings: function(cut(x), **settings), _CLIPPED)
        for cut in cuts
    )


def _shared(function: Callable, gate: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of any function here, its own wrong ideas aside."""
    return (
        *_ideas(
            (lambda x, b: function(x), _IGNORED),
            (
                lambda x, b: np.maximum(x, 0),
                "This is the plain rectifier. Its corner at 0 is to be rounded.",
            ),
            (lambda x, b: x, "This is the input itself."),
            (lambda x, b: gate(-x, b), "This opens on the wrong side: look at the signs."),
            (lambda x, b: b * function(x), "beta multiplies from outside. Where does it enter?"),
        ),
        Misconception(
            lambda x, **settings: np.trunc(function(x, **settings)),
            "The fractions are lost: the result is stored as integers. Which line decides the "
            "dtype?",
        ),
        Misconception(
            lambda x, **settings: _beta(settings) * function(x, **settings),
            "It is too large by a factor of beta.",
        ),
        Misconception(
            lambda x, **settings: function(x, **settings) / _beta(settings),
            "It is too small by a factor of beta.",
        ),
        Misconception(
            lambda x, **settings: function(-x, **settings), "This is the mirror image of the curve."
        ),
        Misconception(
            lambda x, **settings: -function(x, **settings), "The sign of the result is turned."
        ),
        Misconception(
            lambda x, **settings: 2 * function(x, **settings),
            "It is twice as large as it should be.",
        ),
    )


def of_smooth(own: str, function: Callable, gate: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the unit ``own`` with the gate ``gate(x, beta)``."""
    return (
        *_shared(function, gate),
        *_ideas(
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
                "The gate is tanh, which runs from -1 to 1. Which one is asked for?",
            ),
            (
                lambda x, b: x * np.clip(b * x / 6 + 0.5, 0, 1),
                "The gate is a hard one, made of straight lines.",
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
            (lambda x, b: x * np.tanh(x), "What stands between x and tanh in the definition?"),
            (lambda x, b: x * trusted.softplus(x), "tanh is missing around softplus."),
            (
                lambda x, b: x * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi),
                "This is the density of the normal distribution. The gate is its distribution "
                "function.",
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
            (lambda x, b: np.log(1 + np.exp(b * x)) / b, _LOST),
            (lambda x, b: np.log1p(np.exp(b * x)) / b, _LOST),
            (lambda x, b: 0.5 * x * (1 + erf(x / np.sqrt(2))), _LOST),
            (lambda x, b: x * np.tanh(np.log(1 + np.exp(x))), _LOST),
            (lambda x, b: 0.5 * x * (1 + np.tanh(b * x / 2)), _LOST),
            (gate, "This is the gate, or a slope. What does it multiply?"),
            (lambda x, b: -x * gate(x, b), "The sign is turned."),
            (lambda x, b: x * gate(-x, b), "The gate opens on the wrong side."),
            (lambda x, b: np.log1p(np.exp(-np.abs(b * x))) + np.maximum(b * x, 0), _IGNORED),
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
                "This is Mish. Whose is asked for?",
            ),
        ),
        *_clipped(function),
        *_relatives(own, 0),
        *_nan_fell(function),
        *of_rectifier(),
    )


def of_smooth_slope(own: str, function: Callable, slope: Callable, gate: Callable, gate_slope):
    """Return what is written in place of the slope of the unit ``own``."""
    return (
        *_shared(slope, gate),
        *_ideas(
            (
                function,
                "This is the function itself: the height of its curve, not how steep it is.",
            ),
            (
                lambda x, b: gate(x, b) + b * x * gate(x, b),
                "In the second term the slope of the gate is asked for.",
            ),
            (
                lambda x, b: gate(x, b) + x * (1 - gate(x, b) ** 2),
                "Inside the gate there is another function: the chain rule asks for its slope too.",
            ),
            (
                lambda x, b: gate(x, b) + x * np.exp(-(x**2) / 2),
                "The density is not normalized: what stands before the exponential?",
            ),
            (
                lambda x, b: gate(x, b) + x * np.exp(-(x**2)) / np.sqrt(2 * np.pi),
                "Look at the exponent of the normal density once more.",
            ),
            (gate, _WITHOUT_SLOPE_OF_GATE),
            (
                lambda x, b: x * gate_slope(x, b),
                "Only one half of the product rule is here. Which factor was kept, and which one "
                "still has to be?",
            ),
            (
                lambda x, b: gate(x, b) + gate_slope(x, b),
                "In the second half of the product rule a factor is missing.",
            ),
            (
                lambda x, b: gate_slope(x, b),
                "This is the slope of the gate. The product rule has two terms.",
            ),
            (
                lambda x, b: gate(x, b) - x * gate_slope(x, b),
                "The two terms of the product rule are added.",
            ),
            (
                lambda x, b: sigmoid(b * x) * (1 + x * sigmoid(-b * x)),
                "beta is missing in the derivative: what does the chain rule say of beta times x?",
            ),
            (
                lambda x, b: b * sigmoid(b * x),
                "beta is left over. By what is softplus divided, and what does the chain rule "
                "multiply by?",
            ),
            (lambda x, b: sigmoid(x), _IGNORED),
            (lambda x, b: 0.5 * (1 + np.tanh(b * x / 2)), _LOST),
            (
                lambda x, b: np.clip(slope(x), 0, 1),
                "It was cut between 0 and 1. May this slope be negative, or above 1?",
            ),
            (
                lambda x, b: sigmoid_grad(b * x),
                "This is the slope of the sigmoid. What is asked for the slope of?",
            ),
            (
                lambda x, b: slope(function(x)),
                "The slope is asked at the input x, not at the output.",
            ),
            (lambda x, b: np.gradient(function(x)), NEIGHBOURS),
        ),
        *_clipped(slope),
        *_relatives(own, 1),
        *_nan_fell(slope),
        *of_derivative(function),
    )


def of_beta_slope() -> tuple[Misconception, ...]:
    """Return what is written in place of the slope of swish in beta."""
    own = trusted.swish_beta_grad
    return (
        *_shared(own, lambda x, b: sigmoid(b * x)),
        *_clipped(own),
        *_ideas(
            (lambda x, b: x**2 * sigmoid(b * x) * (1 - sigmoid(b * x)), _LOST),
            (
                trusted.swish_grad,
                "This is the slope in x. Asked for is how the output moves with beta.",
            ),
            (
                lambda x, b: x * sigmoid_grad(b * x),
                "A factor x is missing: it stands before the gate, and the chain rule brings "
                "another.",
            ),
            (
                lambda x, b: sigmoid_grad(b * x),
                "Two factors x are missing: one stands before the gate, one comes from the chain "
                "rule.",
            ),
            (lambda x, b: b * x * sigmoid_grad(b * x), "Derived by x here, and not by beta?"),
            (
                lambda x, b: b * x**2 * sigmoid_grad(b * x),
                "beta times x, derived by beta, is x; no factor beta is left.",
            ),
            (lambda x, b: x**2 * sigmoid_grad(x), _IGNORED),
            (lambda x, b: x**2 * sigmoid(b * x), "The gate was kept; its slope is asked for."),
            (lambda x, b: x * sigmoid(b * x), "This is swish itself."),
            (lambda x, b: x * np.abs(x) * sigmoid_grad(b * x), "Which sign has x squared?"),
            (
                lambda x, b: np.sum(trusted.swish_beta_grad(x, b)),
                "The entries were added up. Here each entry of x keeps its own; adding up comes "
                "later, when it is known which of them share a beta.",
            ),
        ),
        *_nan_fell(trusted.swish_beta_grad),
    )
