"""Wrong ideas about the slopes of units that bend down to a floor."""

import numpy as np

from rectified.checks.exponential.ideas import (
    TIMES_INFINITY,
    bent,
    ideas,
    of_storage,
    of_triples,
    steep,
)
from rectified.checks.exponential.units import Unit
from rectified.checks.judging import Misconception
from rectified.checks.misconceptions import AT_OUTPUT, NAN_FELL, of_derivative, of_result

_FROM_OUTPUT = (
    "The output seems to be turned into a slope. That is possible on one side of 0 only, and with "
    "one constant only: on which side, and which constant? Check it at x = 3 and at x = -1."
)
_KINK = (
    "Only the value at 0 is off. Does your code treat x = 0 as left, as right, or as a case of its "
    "own?"
)
_LOST_IN_OUTPUT = (
    "On paper the slope can be had from the output. But far to the left the output is the floor, "
    "up to its last digits, so a small slope is lost in it. Which formula needs x alone?"
)


def of_slope(unit: Unit) -> tuple[Misconception, ...]:
    """Return what is written in place of the slope of a unit."""

    def function(x, **settings):
        return bent(x, *unit.triple(settings.get("alpha", 1.0)))

    def right(x, **settings):
        return steep(x, *unit.triple(settings.get("alpha", 1.0)))

    def left(formula):
        return lambda x, r, c, k: np.where(x > 0, r, formula(x, r, c, k))

    return (
        *of_storage(unit, steep),
        *ideas(
            unit,
            *(
                (
                    lambda x, r, c, k, far=far: np.where(x < far, 0, steep(x, r, c, k)),
                    "Far to the left it is exactly 0. The slope is small there, and still not 0. "
                    "Which line cuts it off?",
                )
                for far in (-20, -30, -40, -50, -100)
            ),
            (left(lambda x, r, c, k: k * (bent(x, r, c, k) + c)), _LOST_IN_OUTPUT),
            *(
                (
                    lambda x, r, c, k, at=at: np.where(x == 0, at(r, c * k), steep(x, r, c, k)),
                    _KINK,
                )
                for at in (
                    lambda r, s: r,
                    lambda r, s: (r + s) / 2,
                    lambda r, s: 0.0,
                    lambda r, s: 0.5,
                )
            ),
        ),
        *of_triples(steep, (*unit.slopes, *unit.others)),
        *ideas(
            unit,
            (bent, "This is the function itself. Asked for is how steep it is."),
            (lambda x, r, c, k: bent(x, r, c, k) + c * k, _FROM_OUTPUT),
            (lambda x, r, c, k: bent(x, r, c, k) + c, _FROM_OUTPUT),
            (left(lambda x, r, c, k: bent(x, r, c, k) + 1), _FROM_OUTPUT),
            (left(lambda x, r, c, k: bent(x, r, c, k) + r), _FROM_OUTPUT),
            (
                left(lambda x, r, c, k: c * k * np.exp(k * x) - 1),
                "A constant was subtracted. What is the derivative of a constant?",
            ),
            (left(bent), _FROM_OUTPUT),
            (lambda x, r, c, k: np.where(x > 0, bent(x, r, c, k) + c, r), _FROM_OUTPUT),
            (lambda x, r, c, k: np.where(x > 0, bent(x, r, c, k) + c, 1), _FROM_OUTPUT),
            (lambda x, r, c, k: steep(bent(x, r, c, k), r, c, k), AT_OUTPUT),
            (
                lambda x, r, c, k: np.where(x > 0, c * k * np.exp(k * x), r),
                "The two sides seem to be swapped. Which of them does x = 3 get?",
            ),
            (
                lambda x, r, c, k: c * k * np.exp(k * x),
                "The exponential runs on to the right of 0. How steep is the unit there?",
            ),
            (
                left(lambda x, r, c, k: c * k * np.exp(-k * x)),
                "On the left it grows without end. Which sign has the exponent?",
            ),
            (
                left(lambda x, r, c, k: -c * k * np.exp(k * x)),
                "The slope is negative on the left. Does the curve fall there?",
            ),
            *(
                (
                    left(formula),
                    "An exponential is no power: what is its derivative?",
                )
                for formula in (
                    lambda x, r, c, k: c * x * np.exp(k * x),
                    lambda x, r, c, k: c * x * np.exp(x - 1),
                )
            ),
            *(
                (
                    left(formula),
                    "To the left this is the floor that the value tends to. What does the slope "
                    "tend to, if the value hardly changes any more?",
                )
                for formula in (
                    lambda x, r, c, k: -c + 0 * x,
                    lambda x, r, c, k: -c * (1 - np.exp(k * x)),
                )
            ),
            (
                left(lambda x, r, c, k: c * k + 0 * x),
                "On the left the slope is that at 0, everywhere. Is the curve straight there?",
            ),
            (
                left(lambda x, r, c, k: 0 * x),
                "This is the slope of a rectifier. Is the left side flat?",
            ),
            *(
                (
                    left(lambda x, r, c, k, s=s: s * r + 0 * x),
                    "This is the slope of a leaky rectifier. Is the left side straight?",
                )
                for s in (0.01, 0.1, 0.2)
            ),
            (
                lambda x, r, c, k: np.minimum(steep(x, r, c, k), 1),
                "The slope was cut at 1. How steep is the curve just left of 0?",
            ),
            (
                left(lambda x, r, c, k: c * k * 2.0 ** (k * x)),
                "The power has another base than e. Which one does your code raise?",
            ),
            *(
                (
                    lambda x, r, c, k, q=q: (x > 0) * q + (x <= 0) * (c * k * np.exp(k * x)),
                    TIMES_INFINITY,
                )
                for q in (1, unit.triple(1.0)[0])
            ),
            (lambda x, r, c, k: np.where(np.isnan(x), r, steep(x, r, c, k)), NAN_FELL),
            (lambda x, r, c, k: np.where(np.isnan(x), c * k, steep(x, r, c, k)), NAN_FELL),
        ),
        *of_result(right),
        Misconception(
            lambda x, **settings: (function(x + 1e-4, **settings) - function(x, **settings)) / 1e-4,
            "This is a difference quotient. A formula for the slope exists, and is exact.",
        ),
        *of_derivative(function),
    )
