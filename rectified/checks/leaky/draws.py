"""What is asked of slopes that are drawn: one for each entry, uniform, from ``rng``."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rectified.checks import properties, wording
from rectified.checks.calling import Outcome
from rectified.checks.core import Check, CheckFailure
from rectified.checks.judging import Target, judge, judge_shape

_BOUNDS = ({}, {"lower": 0.2, "upper": 0.6})
_MANY = 4000


def checks_of_draws(target: Target) -> tuple[Check, ...]:
    """Return the checks of ``target`` in training; its defaults are those of the course."""
    return (
        properties.check(
            target,
            "training",
            2,
            "in training, for each entry a slope of its own between lower and upper.",
            properties.after_examples(target, _training(target)),
        ),
        properties.check(
            target,
            "uniform",
            1,
            "the slopes are spread evenly from lower to upper.",
            properties.after_examples(target, _uniform(target)),
        ),
        properties.check(
            target,
            "rng",
            1,
            "the slopes come from rng, and outside training rng does not matter.",
            properties.after_examples(target, _from_rng(target)),
        ),
    )


def _trained(target: Target, function: Callable, x: NDArray, seed: int, **bounds) -> Outcome:
    settings = bounds | {"training": True, "rng": np.random.default_rng(seed)}
    outcome = target.run(function, (x,), settings)
    judge_shape(target, outcome)
    return outcome


def _training(target: Target) -> Callable:
    def run(function: Callable, rng: np.random.Generator) -> None:
        for bounds in _BOUNDS:
            (x,) = target.draw(rng, (4, 6), np.float64)
            outcome = _trained(target, function, x, int(rng.integers(2**32)), **bounds)
            before = outcome.arguments["x"]
            kept = before > 0
            if not np.array_equal(outcome.value[kept], before[kept]):
                raise _failure(
                    outcome,
                    "changed positive numbers; they are kept in training too.",
                    "Where does the slope apply, and where not?",
                )
            _judge_slopes(outcome, outcome.value[~kept] / before[~kept])

    return run


def _judge_slopes(outcome: Outcome, slopes: NDArray) -> None:
    lower, upper = outcome.settings.get("lower", 1 / 8), outcome.settings.get("upper", 1 / 3)
    rounding = 1e-12  # a product and a quotient, each off by half an ulp
    outside = ~((slopes >= lower * (1 - rounding)) & (slopes <= upper * (1 + rounding)))
    if outside.any():
        found = f"{slopes[outside][0]:.4g}"
        divided = np.all((1 / slopes >= lower) & (1 / slopes <= upper))
        raise _failure(
            outcome,
            f"multiplied a negative number by {found}; the slopes lie between {lower:.4g} and "
            f"{upper:.4g}.",
            "The numbers were divided by the slopes. Is that what the definition says?"
            if divided
            else "How do the two ends of the interval enter the draw? And is each draw used as "
            "a factor?",
        )
    if np.ptp(slopes) <= rounding:
        mean = abs(slopes[0] - (lower + upper) / 2) <= rounding
        raise _failure(
            outcome,
            f"multiplied all negative numbers by {slopes[0]:.4g}.",
            "This is what is asked for outside training. Is `training` looked at?"
            if mean
            else "One slope was drawn for the whole array. Each entry is to draw its own: how many "
            "numbers do you ask the generator for?",
        )
    if np.unique(np.round(slopes, 12)).size < slopes.size:
        raise _failure(
            outcome,
            f"used some slopes twice: {wording.values(np.sort(slopes))}.",
            "Are the slopes drawn for one axis only, or from a short list? Each entry of x is to "
            "draw its own, from a whole interval.",
        )


def _uniform(target: Target) -> Callable:
    def run(function: Callable, rng: np.random.Generator) -> None:
        seed = int(rng.integers(2**32))
        outcome = _trained(target, function, np.full(_MANY, -1.0), seed, lower=0.2, upper=0.6)
        quarters = np.histogram(-outcome.value, bins=4, range=(0.2, 0.6))[0]
        # A quarter holds a binomial number: five standard deviations are passed in 1 of 10⁶ runs.
        off = np.abs(quarters - _MANY / 4) > 5 * np.sqrt(_MANY * 3 / 16)
        if off.any():
            raise _failure(
                outcome,
                f"drew {_MANY} slopes, and the four quarters of the interval got "
                f"{', '.join(map(str, quarters))} of them; each should get about {_MANY // 4}.",
                "Which distribution are the slopes drawn from, and is it the slope itself that is "
                "drawn, or something that it is made from?",
            )

    return run


def _from_rng(target: Target) -> Callable:
    def run(function: Callable, rng: np.random.Generator) -> None:
        x = -np.abs(target.draw(rng, (12,), np.float64)[0])
        seeds = rng.choice(2**31, size=2, replace=False)
        first, again, other = (
            _trained(target, function, x.copy(), int(seed)) for seed in seeds[[0, 0, 1]]
        )
        if not np.array_equal(first.value, again.value):
            raise _failure(
                first,
                "gave different results for two generators in the same state.",
                "Then nobody can repeat an experiment. Where do the slopes come from, if not from "
                "`rng`?",
            )
        if np.array_equal(first.value, other.value):
            raise _failure(
                first,
                "gave the same result for two different generators.",
                "Is `rng` used, or a generator with a seed of its own?",
            )
        settings = {"training": False, "rng": np.random.default_rng(int(seeds[0]))}
        judge(target, _without_rng(target.run(function, (x.copy(),), settings)))

    return run


def _without_rng(outcome: Outcome) -> Outcome:
    """Return the outcome of a call outside training as if no generator had been given."""
    return Outcome(
        outcome.name, outcome.arguments, {}, outcome.after, outcome.value, outcome.warned
    )


def _failure(outcome: Outcome, said: str, hint: str = "") -> CheckFailure:
    given = f"with {wording.given(outcome.arguments)} "
    return CheckFailure(wording.paragraphs(f"{outcome} {given}{said}", hint))
