"""Checks of ``simulate_born_dead``, whose result is random: right within its own scatter.

A share p among n trials scatters by √(p (1 − p)/n). Five times that is allowed: a right version
exceeds it once in about two million checks, while the wrong ideas in ``tests/mutants`` are off by
more than ten times the scatter at the sizes that are tried.
"""

from functools import cache

import numpy as np

from rectified.checks import wording
from rectified.checks.calling import call
from rectified.checks.core import Check, CheckFailure
from rectified.measure import born_dead

_NAME = "simulate_born_dead"
_TRIALS = 4000
_SCATTERS = 5.0
_BOTH = (
    "The input is one number, and only its sign counts: the network is constant exactly if it is "
    "dead at 1 and at -1. A layer that is silent for one of them is not yet the end of the other."
)
_APART = (
    "This is what comes out if the inputs 1 and -1 go through different weights. A network has one "
    "set of weights, and both inputs go through it."
)
_SAME = (
    "This is what comes out if the same weights serve in several layers. Where are they drawn, and "
    "how often?"
)
_NONE_DIED = (
    "Hardly any network died. Is every unit off where its pre-activation is negative, and also "
    "where it is exactly 0, as it is behind a layer that is silent?"
)


@cache
def _trusted(width: int, depth: int) -> tuple[float, int]:
    """Return a share from many networks, always the same ones, and how many there were."""
    number = 50_000
    return born_dead.simulate([width] * depth, number, np.random.default_rng(0)), number


def _simulate(function, width, depth, trials, rng) -> float:
    """Return the share that the student's function finds; refuse what is no share."""
    arguments = {"width": width, "depth": depth, "trials": trials, "rng": rng}
    outcome = call(_NAME, function, arguments, {})
    value = np.asarray(outcome.value, dtype=np.float64)
    if value.shape != () or not 0 <= value <= 1:
        raise CheckFailure(
            wording.paragraphs(
                f"{_told(width, depth, trials)} returned {wording.values(outcome.value)}; it "
                "should return one number from 0 to 1, the share of the networks that are dead.",
                "Is it a count, a percentage, or one answer for each network?",
            )
        )
    return float(value)


def _told(width: int, depth: int, trials: int) -> str:
    return f"{_NAME}(width={width}, depth={depth}, trials={trials}, rng)"


def _compare(found, expected, scatter, width, depth, because, hints) -> None:
    """Raise CheckFailure unless the share is as expected, within its scatter."""
    if abs(found - expected) <= _SCATTERS * scatter:
        return
    off = [(abs(found - value), hint) for value, hint in hints()]
    distance, hint = min(off, key=lambda pair: pair[0])  # the first of equal ones
    within = f" within {_SCATTERS * scatter:.2g}" if scatter else " exactly"
    raise CheckFailure(
        wording.paragraphs(
            f"{_told(width, depth, _TRIALS)} gives {found:.3g}. It should give {expected:.3g}"
            f"{within}, because {because}.",
            hint if distance <= max(_SCATTERS * scatter, 0.01) else "",
        )
    )


def _values(function, rng) -> None:
    for width, depth in ((3, 9), (2, 4)):
        expected, number = _trusted(width, depth)
        found = _simulate(function, width, depth, _TRIALS, rng)
        scatter = np.sqrt(expected * (1 - expected) * (1 / _TRIALS + 1 / number))

        def hints(expected=expected, width=width, depth=depth):
            yield born_dead.upper_bound([width] * depth), _BOTH
            yield born_dead.upper_bound([width] * depth) ** 2, _APART
            yield _trusted(width, depth - 1)[0], "That is the share with one hidden layer less."
            yield _trusted(width, depth + 1)[0], "That is the share with one hidden layer more."
            yield 1 - expected, "That is the share that lives."
            yield 0.0, _NONE_DIED
            yield 1.0, "Every network died. Are the weights of either sign, and new in each layer?"

        because = f"that is the share of {number} networks of this shape that are dead at 1 and -1"
        _compare(found, expected, scatter, width, depth, because, hints)


def _narrow(function, rng) -> None:
    for depth in (1, 2, 4):
        found = _simulate(function, 1, depth, _TRIALS, rng)
        expected = 1 - 0.5 ** (depth - 1)
        scatter = np.sqrt(expected * (1 - expected) / _TRIALS)
        because = (
            "the first layer, of one unit, is on for exactly one of the inputs 1 and -1, and each "
            "further layer passes that one on with chance 1/2"
        )
        hints = (
            (1 - 0.5**depth, _BOTH),
            ((1 - 0.5**depth) ** 2, _APART),
            (0.5, _SAME),
            (0.0, _NONE_DIED),
            (
                1.0,
                "Every network counts as dead. Is one dead input enough, or are these the living?",
            ),
        )
        _compare(found, expected, scatter, 1, depth, because, lambda hints=hints: hints)


def _generator(function, rng) -> None:
    seed = int(rng.integers(2**31))

    def share(seed):
        return _simulate(function, 3, 6, 500, np.random.default_rng(seed))

    # two independent runs agree with chance 3%, five pairs of them practically never
    found = [(share(seed + k), share(seed + k)) for k in range(5)]
    one, same = next((pair for pair in found if pair[0] != pair[1]), found[0])
    if one != same:
        raise CheckFailure(
            wording.paragraphs(
                f"{_told(3, 6, 500)} gives {one:.3g} and then {same:.3g} for two generators with "
                "the same seed. All random numbers should come from rng, so that a run can be "
                "repeated.",
                "Which line draws numbers from somewhere else?",
            )
        )
    if len({first for first, _ in found}) == 1:
        raise CheckFailure(
            wording.paragraphs(
                f"{_told(3, 6, 500)} gives {one:.3g} for five generators with different seeds. "
                "Other networks should be drawn from each.",
                "Is a generator with a seed of its own made inside the function?",
            )
        )


def _trials(function, rng) -> None:
    for trials in (1, 7):
        shares = [_simulate(function, 2, 3, trials, rng) for _ in range(60)]
        for share in shares:
            if abs(share * trials - round(share * trials)) > 1e-9:
                raise CheckFailure(
                    wording.paragraphs(
                        f"{_told(2, 3, trials)} gives {share:.3g}, which is no multiple of "
                        f"1/{trials}. It should be the share of dead networks among {trials}.",
                        "How many networks are drawn, and by what is their number divided?",
                    )
                )
        if len(set(shares)) == 1:
            raise CheckFailure(
                wording.paragraphs(
                    f"{_told(2, 3, trials)} gives {shares[0]:.3g} sixty times in a row. Among so "
                    "few networks the share should differ from run to run.",
                    "Are new networks drawn at every call?",
                )
            )


def _check(name, points, asks, run) -> Check:
    return Check(f"{_NAME}.{name}", points, (_NAME,), asks, run)


CHECKS = (
    _check("narrow", 2, "layers of one unit, where the share is known exactly.", _narrow),
    _check("values", 2, "layers of two and of three units.", _values),
    _check("generator", 1, "all random numbers come from rng.", _generator),
    _check("trials", 1, "a share among as many networks as were asked for.", _trials),
)
