"""Wrong ideas about a hard gate and what it multiplies, and about the slopes of both."""

from collections.abc import Callable

import numpy as np

from rectified.checks.bounded.ideas import (
    NO_CEILING,
    SOFT,
    STEEP_BEYOND,
    ideas_of_x,
    of_cut_slope,
    of_edges,
)
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import NAN_FELL, of_derivative, of_rectifier, of_result

_PRODUCT = (
    "One factor was differentiated and the other kept, or the other way round. The function is a "
    "product of two factors that both depend on x."
)


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def of_hard_sigmoid() -> tuple[Misconception, ...]:
    """Return what is written in place of relu6(x + 3)/6."""
    return (
        *ideas_of_x(
            (_sigmoid, SOFT),
            *(
                (
                    lambda x, slope=slope: np.clip(slope * x + 0.5, 0, 1),
                    "Three straight pieces, but of another slope. Where does the definition begin "
                    "to rise, and where does it stop?",
                )
                for slope in (0.2, 0.25, 0.5, 1.0, 1 / 3)
            ),
            (
                lambda x: np.clip(x, 0, 6) / 6,
                "The middle is not at 0: what comes out for x = 0, and what for the sigmoid?",
            ),
            (lambda x: np.clip(x + 3, 0, 6), "It reaches 6. What is still to be done?"),
            (lambda x: (x + 3) / 6, "It is never cut. Which values may come out?"),
            (lambda x: np.clip(x + 3, 0, 6) / 3 - 1, "It runs from -1 to 1, as tanh does."),
            (lambda x: 1 - np.clip(x + 3, 0, 6) / 6, "It falls where it should rise."),
            (lambda x: np.where(np.isnan(x), 0, np.clip(x + 3, 0, 6) / 6), NAN_FELL),
            (lambda x: np.where(np.isnan(x), 1, np.clip(x + 3, 0, 6) / 6), NAN_FELL),
            (lambda x: np.maximum(x + 3, 0) / 6, NO_CEILING),
            (
                lambda x: (np.clip(x, 0, 6) + 3) / 6,
                "It is cut first and shifted then. In which order does the definition go?",
            ),
            (lambda x: np.clip(x - 3, 0, 6) / 6, "The shift goes to the wrong side."),
            (lambda x: np.clip(x, -1, 1), "This is hardtanh. Which values does a sigmoid take?"),
        ),
        *of_result(lambda x: np.clip(x + 3, 0, 6) / 6),
    )


def of_hard_sigmoid_slope(function: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of 1/6 on the steep piece."""
    inside = "A constant factor is off. By how much does the function rise from x = -3 to x = 3?"
    return (
        *of_edges(-3.0, 3.0, 1 / 6),
        *ideas_of_x(
            *(
                (lambda x, slope=slope: slope * ((x > -3) & (x < 3)), inside)
                for slope in (1.0, 0.2, 0.25, 1 / 3, 6.0)
            ),
            (lambda x: 0.2 * (np.abs(x) < 2.5), "This is the slope of another hard sigmoid."),
            (
                lambda x: ((x >= -3) & (x <= 3)) / 6,
                "Only an edge is off, or NaN. What does the task say about the value at a kink, "
                "and what do comparisons say of NaN?",
            ),
            (
                lambda x: ((x > 0) & (x < 6)) / 6,
                "The steep piece sits elsewhere. For which x is x + 3 between 0 and 6?",
            ),
            (lambda x: np.full_like(x, 1 / 6), STEEP_BEYOND),
            (
                lambda x: _sigmoid(x) * _sigmoid(-x),
                SOFT,
            ),
            (
                lambda x: function(x) * (1 - function(x)),
                "This rule belongs to the smooth sigmoid. What is the slope of a straight line?",
            ),
            (lambda x: ((x > -3) & (x < 3)) / 6, NAN_FELL),
        ),
        *of_cut_slope(function, -3.0, 3.0, 1 / 6),
    )


def of_hard_swish() -> tuple[Misconception, ...]:
    """Return what is written in place of x·relu6(x + 3)/6."""
    return (
        *ideas_of_x(
            *(
                (
                    formula,
                    "Two things happen at the ends of a dtype: 0 times infinity has no value for a "
                    "computer, and the largest number overflows when it is multiplied first and "
                    "divided later. Look at the order, and at what x may be replaced by.",
                )
                for formula in (
                    lambda x: x * np.clip(x + 3, 0, 6) / 6,
                    lambda x: x * (np.clip(x + 3, 0, 6) / 6),
                )
            ),
            (
                lambda x: np.maximum(x, 0),
                "This is the plain rectifier. What comes out between -3 and 3 here?",
            ),
            (lambda x: x * _sigmoid(x), SOFT),
            (lambda x: np.clip(x + 3, 0, 6) / 6, "This is the gate alone. What does it multiply?"),
            (lambda x: x * np.clip(x + 3, 0, 6), "It is six times too large."),
            (
                lambda x: x * np.clip(x, 0, 6) / 6,
                "The gate is not shifted: between -3 and 0 something should come out.",
            ),
            (
                lambda x: x * np.clip(0.2 * x + 0.5, 0, 1),
                "The gate has another slope than the one asked for.",
            ),
            (
                lambda x: np.clip(x * (x + 3) / 6, 0, 6),
                "The product was cut. It is the gate that is cut, before it multiplies x.",
            ),
            (lambda x: x * (x + 3) / 6, "The parabola goes on for ever. Where does it end?"),
            (
                lambda x: np.where(np.abs(x) < 3, x * (x + 3) / 6, 0),
                "To the right of 3 it falls back to 0. What is the gate there?",
            ),
            (lambda x: (x + 3) * np.clip(x + 3, 0, 6) / 6, "The gate multiplies x, not x + 3."),
            (lambda x: np.where(np.isnan(x), 0, x * np.clip(x + 3, 0, 6) / 6), NAN_FELL),
        ),
        *ideas_of_x(
            (lambda x: x * np.maximum(x + 3, 0) / 6, "The gate has no ceiling."),
            (lambda x: np.minimum(x, 6) * np.clip(x + 3, 0, 6) / 6, "Is x itself cut at 6?"),
            (
                lambda x: np.maximum(x, 0) + np.clip(x + 3, 0, 6) / 6,
                "The gate was added. How does a gate let a number pass?",
            ),
        ),
        *of_result(lambda x: x * np.clip(x + 3, 0, 6) / 6),
        *of_rectifier(),
    )


def of_hard_swish_slope(function: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of the slope of HardSwish."""

    def middle(rule: Callable) -> Callable:
        return lambda x: np.where(x <= -3, 0, np.where(x >= 3, 1, rule(x)))

    return (
        *ideas_of_x(
            (middle(lambda x: (2 * x + 3) / 6), NAN_FELL),
            *(
                (
                    lambda x, at=at: np.where(
                        x == -3,
                        at[0],
                        np.where(x == 3, at[1], middle(lambda y: (2 * y + 3) / 6)(x)),
                    ),
                    "Only the kinks are off. Which of the two slopes does the task want there?",
                )
                for at in ((0, 1.5), (-0.25, 1.25), (-0.5, 1), (-0.5, 1.5))
            ),
            (
                lambda x: np.clip(x + 3, 0, 6) / 6 + x * ((np.abs(x) < 3) / 6),
                "NaN came out where there is a limit: 0 times infinity has no value for a "
                "computer. Which x may be cut before it is multiplied?",
            ),
            (lambda x: np.heaviside(x, 0), "This is the slope of the plain rectifier."),
            (middle(lambda x: (x + 3) / 6), _PRODUCT),
            (middle(lambda x: x / 6), _PRODUCT),
            (middle(lambda x: np.full_like(x, 1 / 6)), _PRODUCT),
            (
                middle(lambda x: 2 * x + 3),
                "The middle piece is six times too steep.",
            ),
            (
                middle(lambda x: x * (x + 3) / 6),
                "In the middle this is the function itself, not its slope.",
            ),
            (lambda x: (2 * x + 3) / 6, "The straight line goes on for ever. Where does it end?"),
            (
                lambda x: np.where(np.abs(x) < 3, (2 * x + 3) / 6, 0),
                "To the right of 3 the function is x. How steep is that?",
            ),
            (
                lambda x: np.clip((2 * x + 3) / 6, 0, 1),
                "The slope was cut between 0 and 1. It may be negative, and above 1.",
            ),
            (
                lambda x: np.where(x < -3, 0, np.where(x > 3, 1, (2 * x + 3) / 6)),
                "Only an edge is off. What does the task say about the value at a kink?",
            ),
            (
                lambda x: _sigmoid(x) * (1 + x * _sigmoid(-x)),
                SOFT,
            ),
            (function, "This is the function itself. Asked for is how steep it is."),
        ),
        *ideas_of_x(
            (
                lambda x: ((x > -3) & (x < 3)) / 6,
                "This is the slope of the gate. The function is a product with x.",
            ),
            *(
                (
                    lambda x, end=end: np.where(x >= 3, end, middle(lambda y: (2 * y + 3) / 6)(x)),
                    "To the right of 3 it is off. Which function is it there, and how steep?",
                )
                for end in (0.0, 1.5)
            ),
        ),
        *of_result(middle(lambda x: (2 * x + 3) / 6)),
        *of_derivative(function),
    )
