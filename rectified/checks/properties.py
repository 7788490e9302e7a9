"""The properties that exercises ask for, each as a maker of checks: ``values(target)`` and so on.

The numbers come first: every property asks for right values at the simple examples before it asks
for anything else, so that a function which is not the one asked for earns nothing by keeping a
shape, and gets the same message everywhere. The inputs that tell right from wrong are always among
those tried; the rest are drawn afresh.
"""

import copy
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rectified.checks import changes, wording
from rectified.checks.calling import Outcome
from rectified.checks.core import Check, CheckFailure
from rectified.checks.judging import Target, judge, judge_shape

Run = Callable[[Callable, np.random.Generator], None]

_FLOATS = (np.float16, np.float32, np.float64)


def check(target: Target, name: str, points: int, asks: str, run: Run) -> Check:
    """Return the check ``name`` of the function that ``target`` describes."""
    return Check(f"{target.name}.{name}", points, (target.name,), asks, run)


def contract(target: Target) -> tuple[Check, ...]:
    """Return what is asked of every function over arrays: a point each for four good manners."""
    shape = "any shape in, the same shape out: a single number, an empty array, several axes."
    return (
        check(target, "shapes", 1, shape, shapes(target)),
        check(
            target, "dtype", 1, "float16, float32, float64 stay what they are.", float_dtype(target)
        ),
        check(
            target,
            "lists",
            1,
            "lists and single numbers are taken; integers and booleans become float64.",
            array_like(target),
        ),
        check(target, "untouched", 1, "the input is the same after the call.", untouched(target)),
    )


def after_examples(target: Target, run: Run) -> Run:
    """Return ``run``, preceded by the examples."""

    def run_all(function: Callable, rng: np.random.Generator) -> None:
        examples = copy.deepcopy(target.examples)
        judge(target, target.run(function, examples, target.settings[0]))
        run(function, rng)

    return run_all


def values(target: Target) -> Run:
    """The values are right: at the simple examples, then at fresh numbers, for every setting."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        for settings in target.settings:
            for arguments in (target.examples, target.draw(rng, (24,), np.float64)):
                judge(target, target.run(function, copy.deepcopy(arguments), settings))

    return run


def fresh(*targets: Target) -> Run:
    """The values are right at fresh numbers of each target, for every setting.

    The targets describe one function under different circumstances, and share their examples.
    """

    def run(function: Callable, rng: np.random.Generator) -> None:
        for target in targets:
            for settings in target.settings:
                drawn = target.draw(rng, (24,), np.float64)
                judge(target, target.run(function, drawn, settings))

    return after_examples(targets[0], run)


def kinks(target: Target, *arguments: Sequence[float]) -> Run:
    """At a kink the value is the documented one, without a warning.

    ``arguments`` hold kinks among other numbers. No other check asks for a value at a kink, so
    that a slip there costs the points of this one alone.
    """

    def run(function: Callable, rng: np.random.Generator) -> None:
        at_kinks = tuple(np.array(a, dtype=np.float64) for a in arguments)
        outcome = target.run(function, at_kinks, target.settings[0])
        judge(target, outcome)
        _judge_quiet(outcome)

    return after_examples(target, run)


def subgradients(
    target: Target, kinks: Sequence[float], low: float, high: float, *others: float
) -> Run:
    """At each of ``kinks`` any slope from ``low`` to ``high`` will do: the task leaves it open.

    ``others`` are the arguments after x, as plain numbers.
    """

    def run(function: Callable, rng: np.random.Generator) -> None:
        arguments = (np.array(kinks, np.float64), *others)
        outcome = target.run(function, arguments, target.settings[0])
        judge_shape(target, outcome)
        outside = ~((outcome.value >= low) & (outcome.value <= high))
        if outside.any():
            place = int(np.argmax(outside))
            raise CheckFailure(
                wording.paragraphs(
                    f"{outcome} at x = {wording.number(kinks[place])} gives "
                    f"{wording.number(outcome.value[place])}. There the curve has a kink, and any "
                    f"number from {low:g} to {high:g} is a subgradient; this is none.",
                    "Which slopes does the curve have just left and just right of the kink?",
                )
            )

    return after_examples(target, run)


def shapes(target: Target) -> Run:
    """Any shape will do, the empty one and a single number included, in any memory layout."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        for shape in ((), (1,), (5,), (0,), (3, 4), (2, 3, 4), (2, 0)):
            drawn = target.draw(rng, shape, np.float64)
            outcome = target.run(function, drawn, target.settings[0])
            judge(target, outcome, f" for an input of shape {shape}")
        turned = _arrays(target.draw(rng, (3, 4), np.float64), lambda a: a.T)
        outcome = target.run(function, turned, target.settings[0])
        judge(target, outcome, " for a transposed array")
        strided = _arrays(target.draw(rng, (9,), np.float64), lambda a: a[::-2])
        outcome = target.run(function, strided, target.settings[0])
        judge(target, outcome, " for every second element of an array")

    return after_examples(target, run)


def float_dtype(target: Target) -> Run:
    """float16, float32 and float64 stay what they are."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        for dtype in _FLOATS:
            drawn = target.draw(rng, (6,), dtype)
            outcome = target.run(function, drawn, target.settings[0])
            judge(target, outcome, f" for {dtype.__name__} input")
            _judge_dtype(
                outcome,
                np.dtype(dtype),
                f"{dtype.__name__} input",
                "Which line makes the result: does it start from the input's dtype, or from "
                "something that has a dtype of its own, such as a new array of zeros or a mask?",
            )

    return after_examples(target, run)


def array_like(target: Target) -> Run:
    """Lists, nested lists and single numbers are taken; integers and booleans become float64."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        flat = target.draw(rng, (6,), np.float64)
        nested = target.draw(rng, (2, 3), np.float64)
        single = target.draw(rng, (), np.float64)
        whole = _arrays(flat, lambda a: np.where(a < 0, np.floor(a), np.ceil(a)).astype(np.int64))
        cases = (
            (" for a list", _arrays(flat, np.ndarray.tolist)),
            (" for a nested list", _arrays(nested, np.ndarray.tolist)),
            (" for a plain number", _arrays(single, np.ndarray.item)),
            (" for a list of integers", _arrays(whole, np.ndarray.tolist)),
            (" for an array of integers", whole),
            (" for an array of booleans", _arrays(flat, lambda a: np.ones_like(a, dtype=bool))),
        )
        for about, arguments in cases:
            outcome = target.run(function, arguments, target.settings[0])
            judge(target, outcome, about)
            _judge_dtype(
                outcome,
                np.dtype(np.float64),
                about.removeprefix(" for "),
                "Integers and booleans cannot hold the fractions that the next layer will "
                "produce. Which line decides the dtype of the result?",
            )

    return after_examples(target, run)


def untouched(target: Target) -> Run:
    """The function does not write to its inputs."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        drawn = target.draw(rng, (8,), np.float64)
        outcome = target.run(function, drawn, target.settings[0])
        for key, before in outcome.arguments.items():
            after = outcome.after[key]
            if not changes.same(before, after):
                key, before, after = changes.first(key, before, after)
                raise CheckFailure(
                    wording.paragraphs(
                        f"{outcome} changed its input: {key} was {wording.values(before)} and is "
                        f"{wording.values(after)} after the call.",
                        "The caller may still need the old numbers, as a backward pass does. "
                        "Which line assigns into an array that came from outside?",
                    )
                )
        judge(target, outcome)

    return after_examples(target, run)


def extremes(target: Target, draw: Callable[[type], tuple]) -> Run:
    """Infinities, huge and tiny numbers give the limits, without a floating-point warning.

    ``draw(dtype)`` returns the arguments.
    """

    def run(function: Callable, rng: np.random.Generator) -> None:
        for dtype in _FLOATS:
            outcome = target.run(function, draw(dtype), target.settings[0])
            judge(target, outcome, f" for {dtype.__name__} input")
            _judge_quiet(outcome)

    return after_examples(target, run)


def quiet(*targets: Target) -> Run:
    """The values are right at fresh numbers of each target, without a floating-point warning."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        for target in targets:
            drawn = target.draw(rng, (24,), np.float64)
            outcome = target.run(function, drawn, target.settings[0])
            judge(target, outcome)
            _judge_quiet(outcome)

    return after_examples(targets[0], run)


def nan(target: Target) -> Run:
    """NaN in x, NaN out, and the numbers beside it are not disturbed."""

    def run(function: Callable, rng: np.random.Generator) -> None:
        drawn = target.draw(rng, (6,), np.float64)
        x = drawn[target.arguments.index("x")]
        x[rng.integers(x.size)] = np.nan
        judge(target, target.run(function, drawn, target.settings[0]))

    return after_examples(target, run)


def _arrays(drawn: tuple, change: Callable[[NDArray], Any]) -> tuple:
    """Return drawn arguments with their arrays changed, and with plain numbers as they are."""
    return tuple(change(a) if isinstance(a, np.ndarray) else a for a in drawn)


def _judge_dtype(outcome: Outcome, dtype: np.dtype, what: str, hint: str) -> None:
    if outcome.value.dtype != dtype:
        raise CheckFailure(
            wording.paragraphs(
                f"{outcome} for {what} returned {outcome.value.dtype}; it should return {dtype}. "
                f"The input was {wording.given(outcome.arguments)}.",
                hint,
            )
        )


def _judge_quiet(outcome: Outcome) -> None:
    if outcome.warned:
        raise CheckFailure(
            wording.paragraphs(
                f"{outcome} with {wording.given(outcome.arguments)} gives the right values, but "
                f"warns: {outcome.warned[0]}.",
                "Some step on the way overflows or is undefined for such inputs, even if its "
                "result is thrown away later. Evaluate the parts of your expression one by one.",
            )
        )
