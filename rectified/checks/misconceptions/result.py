"""What is done to a right result on the way, whatever the function: a sign, a factor, a copy."""

from collections.abc import Callable

import numpy as np

from rectified.checks.judging import Misconception
from rectified.checks.misconceptions.hints import NAN_FELL, NEIGHBOURS


def of_result(function: Callable) -> tuple[Misconception, ...]:
    """Return what is written in place of ``function`` by somebody who knows its formula."""

    def idea(change: Callable, hint: str) -> Misconception:
        return Misconception(
            lambda x, **settings: change(lambda y: function(y, **settings), x), hint
        )

    return (
        idea(
            lambda f, x: np.trunc(f(x)),
            "The fractions are lost: the result is stored as integers. Which line decides the "
            "dtype?",
        ),
        idea(lambda f, x: -f(x), "The sign of the result is turned."),
        idea(lambda f, x: f(-x), "This is the mirror image of the curve: left and right changed."),
        idea(lambda f, x: 2 * f(x), "It is twice as large as it should be."),
        idea(
            lambda f, x: np.full_like(x, f(np.ravel(x)[0])),
            "One answer was given to all entries, that of the first one.",
        ),
        idea(
            lambda f, x: (f(x + 1e-3) - f(x - 1e-3)) / 2e-3,
            "This is the slope of what is asked for: one derivative too many.",
        ),
        idea(lambda f, x: np.gradient(f(x)), NEIGHBOURS),
        idea(lambda f, x: f(np.nan_to_num(x)), NAN_FELL),
        idea(lambda f, x: np.nan_to_num(f(x)), NAN_FELL),
        *(
            idea(lambda f, x, fill=fill: np.where(np.isnan(x), fill, f(x)), NAN_FELL)
            for fill in (0, 1, -1, 1 / 6)
        ),
    )
