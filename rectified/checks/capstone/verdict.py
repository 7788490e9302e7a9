"""The comparison over seeds: the mean of paired differences, with its interval."""

from dataclasses import replace

import numpy as np

from rectified.checks import properties
from rectified.checks.core import Check
from rectified.checks.judging import Misconception, Target
from rectified.tournament import paired_interval

_T10 = 2.2621571627409915


def _reference(mine, theirs):
    return tuple(np.asarray(number) for number in paired_interval(np.subtract(mine, theirs)))


def _around(center, half):
    return np.asarray(center), np.asarray(center - half), np.asarray(center + half)


def _half(differences, quantile=None, ddof=1):
    if quantile is None:
        _, low, high = paired_interval(differences)
        quantile = (high - low) / 2 / (differences.std(ddof=1) / differences.size**0.5)
    return quantile * differences.std(ddof=ddof) / differences.size**0.5


def _unpaired(mine, theirs):
    half = _half(mine - theirs) / np.std(mine - theirs, ddof=1)
    return _around(np.mean(mine - theirs), half * np.sqrt(mine.var(ddof=1) + theirs.var(ddof=1)))


def _idea(returns, hint):
    return Misconception(returns, hint)


_IDEAS = (
    _idea(
        lambda m, t: _reference(t, m),
        "The differences are taken the other way round: negative should mean that mine has the "
        "smaller error.",
    ),
    _idea(
        lambda m, t: _unpaired(np.asarray(m), np.asarray(t)),
        "This interval treats the two as if their seeds had nothing to do with each other. What "
        "is the spread of the differences, seed by seed?",
    ),
    _idea(
        lambda m, t: _around(np.mean(m - t), _half(m - t) * np.sqrt(m.size)),
        "This is the spread of single differences. The mean of n of them spreads less.",
    ),
    _idea(
        lambda m, t: _around(np.mean(m - t), _half(m - t, ddof=0)),
        "NumPy's std divides by n unless it is told otherwise; a sample of n numbers leaves "
        "n - 1 degrees of freedom.",
    ),
    _idea(
        lambda m, t: _around(np.mean(m - t), _half(m - t, 1.96)),
        "1.96 is for a spread that is known. Here it is estimated from a few differences.",
    ),
    _idea(
        lambda m, t: _around(np.mean(m - t), _half(m - t, 1.0)),
        "This is one standard error on each side. How many does a 95% interval take?",
    ),
    _idea(
        lambda m, t: _around(np.mean(m - t), _half(m - t, _T10)),
        "This is right for ten seeds. The number of standard errors depends on how many seeds "
        "there are.",
    ),
)


def _draw(count):
    """Return a maker of two rows of scores of the same seeds: what they share is most of it."""

    def draw(rng, shape, dtype):
        shared = rng.uniform(4, 12, count)
        mine = shared + rng.normal(0.3, 0.5, count)
        return np.round(mine, 2), np.round(shared, 2)

    return draw


_ULPS = 512.0  # a quantile from a table of 12 digits would be off by 4e3 units; SciPy's by a few
_TARGET = Target(
    name="compare",
    arguments=("mine", "theirs"),
    reference=_reference,
    why=lambda mine, theirs: (
        "that belongs to the mean of the differences, mine minus theirs, and to Student's 95% "
        "interval around it"
    ),
    examples=(
        np.array([5.0, 7.0, 6.0, 9.0, 4.0, 8.0, 7.5, 6.5, 5.5, 6.0]),
        np.array([5.5, 7.0, 7.0, 9.5, 3.5, 9.0, 8.5, 6.0, 6.5, 7.0]),
    ),
    draw=_draw(10),
    misconceptions=_IDEAS,
    ulps=_ULPS,
    epsilons=_ULPS,
    elementwise=False,
    parts=("difference", "low", "high"),
)


def checks_of_comparison() -> tuple[Check, ...]:
    """Return what is asked of ``compare``."""
    others = (_with_count(count) for count in (4, 25))
    return (
        properties.check(
            _TARGET,
            "values",
            3,
            "the mean difference of ten seeds and its 95% interval.",
            properties.values(_TARGET),
        ),
        properties.check(
            _TARGET,
            "any_count",
            2,
            "the same for 4 seeds and for 25.",
            properties.fresh(*others),
        ),
        properties.check(
            _TARGET,
            "untouched",
            1,
            "the scores are the same after the call.",
            properties.untouched(_TARGET),
        ),
    )


def _with_count(count):
    return replace(_TARGET, draw=_draw(count))
