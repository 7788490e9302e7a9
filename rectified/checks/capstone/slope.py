"""Whether a derivative belongs to a function: measured slopes, where the function has one.

A central difference of step h is off by h² f‴/6. Two of them, of h and h/2, combine to one that is
off by about h⁴ (Richardson), and two such combinations must agree, or the place is left out: near
a kink they do not.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rectified.checks import calling, wording
from rectified.checks.capstone.design import values_on_grid
from rectified.checks.capstone.manners import on_a_row
from rectified.checks.core import CheckFailure
from rectified.checks.judging import Misconception, Target, judge

_STEP = 2.0**-9
_AGREE = 1e-7  # of two measurements that count
#: A measured slope is good to 1e-8 where two agree to 1e-7: what is left of the h⁴ term is a
#: fifteenth of their difference, and rounding is 1e-16 · |f|/h. A derivative may be off by 1e-6.
_ALLOWED = 1e-6 / np.finfo(np.float64).eps

_HINTS: tuple[tuple[Callable, str], ...] = (
    (lambda f, slope, x: f(x), "This is the function itself. What is asked for is its slope."),
    (
        lambda f, slope, x: -slope,
        "The sign is the other way round. Is the curve rising or falling?",
    ),
    (
        lambda f, slope, x: np.where(x > 0, slope, 0),
        "Left of 0 this is 0, and the curve is not flat there. Has each piece of the formula its "
        "own slope?",
    ),
    (
        lambda f, slope, x: np.where(x > 0, 1, slope),
        "Right of 0 this is 1, and the curve has another slope there.",
    ),
    (
        lambda f, slope, x: (f(x + 1e-3) - f(x)) / 1e-3,
        "This looks like a difference quotient to one side. A formula is asked for: derive it.",
    ),
)


def measure_slopes(function: Callable, x: NDArray) -> tuple[NDArray, NDArray]:
    """Return the slopes of ``activation`` at the row ``x``, and where they can be trusted."""

    def central(step: float) -> NDArray:
        right, left = x + step, x - step
        rise = on_a_row("activation", function, right) - on_a_row("activation", function, left)
        return rise / (right - left)

    first, second, third = (central(_STEP / 2**k) for k in range(3))
    coarse, fine = (4 * second - first) / 3, (4 * third - second) / 3
    return fine, np.abs(fine - coarse) <= _AGREE * (1 + np.abs(fine))


def belongs(activation: Callable, activation_grad: Callable, x: NDArray) -> None:
    """Raise CheckFailure unless ``activation_grad`` is the slope of ``activation`` along ``x``."""
    values_on_grid(activation)
    slopes, trusted = measure_slopes(activation, x)
    if trusted.sum() < x.size / 2:
        raise CheckFailure(
            wording.paragraphs(
                "At most of the numbers tried activation has no slope that can be measured: it "
                "changes too much within 0.001 of them.",
                "Mend activation first: does it jump, or wave very fast?",
            )
        )
    known = dict(zip(x[trusted].tolist(), slopes[trusted].tolist(), strict=True))

    def measured(points: NDArray) -> NDArray:
        return np.array([known[float(point)] for point in np.ravel(points)])

    target = Target(
        name="activation_grad",
        arguments=("x",),
        reference=measured,
        why=lambda point: "there activation has this slope, as measured by differences",
        examples=(x[trusted],),
        draw=lambda rng, shape, dtype: (x[trusted],),
        misconceptions=tuple(
            Misconception(
                lambda points, wrong=wrong: wrong(
                    lambda at: on_a_row("activation", activation, at), measured(points), points
                ),
                hint,
            )
            for wrong, hint in _HINTS
        ),
        ulps=_ALLOWED,
        epsilons=_ALLOWED,
    )
    judge(target, calling.call("activation_grad", activation_grad, {"x": x[trusted]}, {}))


def values(activation: Callable, activation_grad: Callable, rng: np.random.Generator) -> None:
    """The slope is right at fresh numbers from −6 to 6."""
    belongs(activation, activation_grad, rng.permutation(rng.uniform(-6, 6, 40)))


def far(activation: Callable, activation_grad: Callable, rng: np.random.Generator) -> None:
    """The slope is right far out, from 6 to 300 on both sides."""
    belongs(activation, activation_grad, rng.uniform(-6, 6, 8))
    size = np.exp(rng.uniform(np.log(6), np.log(300), 24))
    belongs(activation, activation_grad, size * np.where(np.arange(24) % 2, 1.0, -1.0))


def kinks(activation: Callable, activation_grad: Callable, rng: np.random.Generator) -> None:
    """At whole and half numbers, where a kink may be, the value lies between the slopes beside.

    Those are measured one-sided, with a step of 1e-6: off by 1e-6 · f″/2, so that 1e-4 is allowed.
    """
    belongs(activation, activation_grad, rng.uniform(-6, 6, 8))
    x = np.arange(-12, 13) / 2
    outcome = calling.call("activation_grad", activation_grad, {"x": x}, {})
    f = on_a_row("activation", activation, x)
    slopes = [(on_a_row("activation", activation, x + step) - f) / step for step in (1e-6, -1e-6)]
    low, high = np.minimum(*slopes), np.maximum(*slopes)
    room = 1e-4 * (1 + np.abs(low) + np.abs(high))
    wrong = ~((outcome.value >= low - room) & (outcome.value <= high + room))
    if wrong.any():
        i = int(np.argmax(wrong))
        raise CheckFailure(
            wording.paragraphs(
                f"{outcome} at x = {wording.number(x[i])} gives "
                f"{wording.number(outcome.value[i])}. Just left of it activation has the slope "
                f"{slopes[1][i]:.4g}, just right of it {slopes[0][i]:.4g}.",
                "Where the two differ there is a kink, and any number between them will do; where "
                "they agree there is none. What does your formula give exactly there?",
            )
        )
