"""What makes a function an activation of one's own: it bends, does not jump, and is no copy."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rectified.activations import CATALOGUE
from rectified.checks import wording
from rectified.checks.capstone.manners import GRID, on_a_row
from rectified.checks.core import CheckFailure

_NAME = "activation"


def values_on_grid(function: Callable) -> NDArray[np.float64]:
    """Return the values on ``GRID``; CheckFailure unless they are finite and not on one line."""
    y = on_a_row(_NAME, function, GRID)
    if not np.isfinite(y).all():
        at = wording.number(GRID[int(np.argmax(~np.isfinite(y)))])
        raise CheckFailure(
            wording.paragraphs(
                f"{_NAME} is not a finite number at x = {at}.",
                "It is asked for a value at every x. Is something divided by zero, or a root or a "
                "logarithm taken of a negative number?",
            )
        )
    line = np.polyval(np.polyfit(GRID, y, 1), GRID)
    if np.abs(y - line).max() <= 1e-3 * max(np.ptp(y), 1e-3):
        raise CheckFailure(
            wording.paragraphs(
                f"{_NAME} gives values on one straight line from x = -8 to 8.",
                "Layers with a straight line between them collapse into a single one. Where does "
                "your design bend, and does the code get there?",
            )
        )
    return y


def bends(function: Callable, rng: np.random.Generator) -> None:
    """The function is no straight line, nor constant."""
    values_on_grid(function)


def continuous(function: Callable, rng: np.random.Generator) -> None:
    """No jump from −8 to 8: the steepest places are looked at ever more closely.

    A jump keeps its height when the interval is halved forty times, from 0.016 to 1e-14; a slope
    would have to be 1e9 to rise by 1e-5 there.
    """
    values_on_grid(function)
    edges = np.linspace(-8, 8, 1001) + rng.uniform(-1e-3, 1e-3)
    rises = np.abs(np.diff(on_a_row(_NAME, function, edges)))
    steepest = np.argsort(rises)[-8:]
    left, right = edges[steepest], edges[steepest + 1]
    for _ in range(40):
        middle = (left + right) / 2
        low, mid, high = (on_a_row(_NAME, function, x) for x in (left, middle, right))
        first = np.abs(mid - low) >= np.abs(high - mid)
        left, right = np.where(first, left, middle), np.where(first, middle, right)
    low, high = on_a_row(_NAME, function, left), on_a_row(_NAME, function, right)
    jumps = np.abs(high - low) > 1e-5
    if jumps.any():
        i = int(np.argmax(np.abs(high - low)))
        at = wording.number(round(float(left[i]), 6))
        raise CheckFailure(
            wording.paragraphs(
                f"{_NAME} jumps: just left of x = {at} it is {low[i]:.6g}, just right of it "
                f"{high[i]:.6g}.",
                "A derivative says nothing of a jump, so that training cannot see it. Do the "
                "pieces of your formula meet where one ends and the next begins?",
            )
        )


def own(function: Callable, rng: np.random.Generator) -> None:
    """It is none of the catalogue, as it comes."""
    y = values_on_grid(function)
    for record in CATALOGUE.values():
        if np.allclose(y, record.function(GRID), rtol=1e-6, atol=1e-6):
            raise CheckFailure(
                wording.paragraphs(
                    f"{_NAME} is {record.label} from x = -8 to 8, as in the course's catalogue.",
                    "Design one of your own: what would you change about it, and what for?",
                )
            )
