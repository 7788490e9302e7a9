"""What is asked of any activation, whichever a student designs, and of its derivative.

There is no reference. What a function returns for a plain row of numbers stands in for it, so that
shapes, dtypes and lists can be judged as in every other exercise.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rectified.checks import calling, inputs, properties, wording
from rectified.checks.core import CheckFailure
from rectified.checks.judging import Target, judge_shape

#: From −8 to 8, without 0 and the whole numbers, where designs have their kinks.
GRID = np.linspace(-8.0, 8.0, 128)
_X = np.array([-2.0, 3.0, 0.5, -0.5, 1.0, -1.0, 0.25, -6.0])


def _draw(rng, shape, dtype):
    return (inputs.between_kinks(rng, shape, dtype, reach=6.0),)


def on_a_row(name: str, function: Callable, x: NDArray) -> NDArray[np.float64]:
    """Return what ``function`` gives for a row of float64 numbers; CheckFailure if it is no row."""
    outcome = calling.call(name, function, {"x": np.array(x, dtype=np.float64)}, {})
    judge_shape(_target(name, function), outcome)
    return outcome.value.astype(np.float64)


def _reference(function: Callable) -> Callable[[NDArray], NDArray]:
    """Return what ``function`` gives, taken from one row of float64 numbers; NaN where x is NaN."""

    def alone(x: NDArray) -> NDArray:
        x = np.asarray(x, dtype=np.float64)
        if not x.size:
            return x
        with calling.quiet():
            row = np.asarray(function(np.where(np.isnan(x), 1.0, x).ravel()), dtype=np.float64)
        return np.where(np.isnan(x), np.nan, row.reshape(x.shape))

    return alone


def _target(name: str, function: Callable) -> Target:
    """Return ``function`` as its own reference.

    A formula of a few steps, done for one number or for many, in float16 or rounded to it, differs
    by a few units in the last place of its largest intermediate result. 64 leave room for results
    that are 16 times as large as what comes out; what is wrong in kind is off by far more.
    """
    return Target(
        name=name,
        arguments=("x",),
        reference=_reference(function),
        why=lambda x: (
            "NaN says that something went wrong before, and that must stay visible"
            if np.isnan(x)
            else "that is what it gives for the same number in a plain row of float64 numbers"
        ),
        examples=(_X,),
        draw=_draw,
        ulps=64.0,
        epsilons=64.0,
    )


def manner(maker: Callable[[Target], properties.Run]) -> Callable:
    """Return ``judge(name, function, rng)`` that asks for a property of ``checks.properties``."""
    return lambda name, function, rng: maker(_target(name, function))(function, rng)


def elementwise(name: str, function: Callable, rng: np.random.Generator) -> None:
    """Each result depends on its own number alone, and is the same each time."""
    x = np.round(rng.uniform(-6, 6, 12), 3)
    together = on_a_row(name, function, x)
    again = on_a_row(name, function, x)
    if not np.array_equal(together, again):
        raise CheckFailure(
            wording.paragraphs(
                f"{name}(x) with {wording.given({'x': x})} returned other numbers the second time.",
                "An activation is a function: is something drawn at random, or remembered from "
                "one call to the next?",
            )
        )
    alone = np.array([on_a_row(name, function, x[i : i + 1])[0] for i in range(x.size)])
    wrong = ~np.isclose(together, alone, rtol=1e-9, atol=1e-9)
    if wrong.any():
        i = int(np.argmax(wrong))
        raise CheckFailure(
            wording.paragraphs(
                f"{name} gives {wording.number(together[i])} for x = {wording.number(x[i])} among "
                f"11 other numbers, and {wording.number(alone[i])} for the same number alone.",
                "Each result may depend on its own number only. Does the function use the mean, "
                "the largest or the sum of all that it was given?",
            )
        )


def extremes(name: str, function: Callable, rng: np.random.Generator) -> None:
    """No NaN at the ends of a dtype; finite and without a warning up to 1000 in size."""
    x = np.sort(np.concatenate([rng.uniform(-1000, 1000, 6), [-1000.0, 1000.0]]).round(1))
    outcome = calling.call(name, function, {"x": x}, {})
    judge_shape(_target(name, function), outcome)
    if not np.isfinite(outcome.value).all():
        _not_a_number(outcome, x, ~np.isfinite(outcome.value))
    if outcome.warned:
        raise CheckFailure(
            wording.paragraphs(
                f"{outcome} with {wording.given({'x': x})} warns: {outcome.warned[0]}.",
                "Some step on the way overflows or is undefined for such numbers, even if its "
                "result is thrown away later. Evaluate the parts of your expression one by one, "
                "and keep from each part the numbers that it is not meant for.",
            )
        )
    for dtype in (np.float32, np.float64):
        x = inputs.extremes(dtype)
        outcome = calling.call(name, function, {"x": x}, {})
        judge_shape(_target(name, function), outcome)
        if np.isnan(outcome.value).any():
            _not_a_number(outcome, x, np.isnan(outcome.value))


def _not_a_number(outcome: calling.Outcome, x: NDArray, wrong: NDArray) -> None:
    i = int(np.argmax(wrong))
    raise CheckFailure(
        wording.paragraphs(
            f"{outcome} gives {wording.number(outcome.value[i])} at x = {wording.number(x[i])}.",
            "Which value does the formula approach there? A step on the way may be infinity "
            "minus infinity, infinity over infinity or 0 times infinity; another form of the "
            "same formula avoids it.",
        )
    )
