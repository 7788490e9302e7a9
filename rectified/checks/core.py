"""A check, a topic, and the two ways to run them: ``check`` in a notebook, ``grade`` over a topic.

A check is a function of the student's callables and a random generator. It returns None when all
is well, a ``Partial`` for a share of the points, or raises ``CheckFailure`` with a message that
teaches. It calls the functions that it is given and looks at what comes back; it never asks where
they live, so that a function and a stand-in that runs it elsewhere are judged alike.

What a particular exercise demands lives in the module of its topic; mathematics lives there too.
"""

import os
import secrets
import traceback
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

import numpy as np

from rectified.checks import wording

SEED_VARIABLE = "RECTIFIED_SEED"


class CheckFailure(AssertionError):
    """A check that is not passed; its text is written for the student.

    In IPython, and so in nbgrader, the traceback is the text alone.
    """

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Partial(NamedTuple):
    """A share in [0, 1] of the points of a check, and what kept the rest away."""

    share: float
    message: str


@dataclass(frozen=True)
class Check:
    """One property that an exercise asks for.

    ``id`` is ``function.property``; ``functions`` are the names of the callables that ``run``
    takes, in order; ``run(*callables, rng)`` judges them; ``asks`` says in one line what is asked.
    """

    id: str
    points: int
    functions: tuple[str, ...]
    asks: str
    run: Callable[..., Partial | None]


@dataclass(frozen=True)
class Topic:
    """The checks of one exercise, under the slug that it has in every room.

    ``builds_on`` names, for a function, the earlier ones that a student is likely to call in it.
    """

    slug: str
    checks: tuple[Check, ...]
    builds_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What one check gave: ``points`` of ``max_points``, and a message unless all were earned."""

    id: str
    passed: bool
    points: float
    max_points: int
    message: str


@dataclass(frozen=True)
class Report:
    """The results of a topic, in the order of its checks, and the seed that repeats them."""

    topic: str
    seed: int
    results: tuple[Result, ...]

    @property
    def score(self) -> float:
        """The points earned."""
        return sum(result.points for result in self.results)

    @property
    def max_score(self) -> int:
        """The points to be had."""
        return sum(result.max_points for result in self.results)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, for JSON."""
        return asdict(self) | {"score": self.score, "max_score": self.max_score}


@cache
def slugs() -> tuple[str, ...]:
    """Return the slugs of all topics: the modules of this package that define ``TOPIC``."""
    package = import_module("rectified.checks")
    modules = (
        import_module(f"{package.__name__}.{m.name}") for m in iter_modules(package.__path__)
    )
    return tuple(module.TOPIC.slug for module in modules if hasattr(module, "TOPIC"))


def get_topic(slug: str) -> Topic:
    """Return the topic named ``slug``; KeyError with the known slugs if there is none."""
    if slug not in slugs():
        raise KeyError(f"there is no topic {slug!r}; the topics are {', '.join(slugs())}")
    return import_module(f"rectified.checks.{slug.replace('-', '_')}").TOPIC


def get_check(check_id: str) -> Check:
    """Return the check named ``check_id``; KeyError if no topic has it."""
    for slug in slugs():
        for candidate in get_topic(slug).checks:
            if candidate.id == check_id:
                return candidate
    raise KeyError(f"there is no check {check_id!r}")


def choose_seed(seed: int | None = None) -> int:
    """Return ``seed``, else the one in the environment (RECTIFIED_SEED), else a fresh one."""
    if seed is None:
        seed = int(os.environ.get(SEED_VARIABLE) or secrets.randbits(32))
    return seed


def run_check(check: Check, functions: Sequence[Callable], seed: int) -> Result:
    """Run one check with its own generator: the same inputs, whichever checks ran before it."""
    rng = np.random.default_rng([seed, zlib.crc32(check.id.encode())])
    try:
        partial = check.run(*functions, rng)
    except CheckFailure as failure:
        return Result(check.id, False, 0.0, check.points, str(failure))
    if partial is None or partial.share >= 1:
        return Result(check.id, True, float(check.points), check.points, "")
    return Result(check.id, False, check.points * partial.share, check.points, partial.message)


def check(check_id: str, *functions: Callable) -> float | None:
    """Run one check in a notebook; this is what a graded cell calls.

    Prints one line and returns None if all points are earned; returns the points earned if only
    some are, which nbgrader records as partial credit; raises CheckFailure if none are.
    """
    asked = get_check(check_id)
    if len(functions) != len(asked.functions):
        raise TypeError(f"check({check_id!r}, ...) takes {', '.join(asked.functions)}")
    result = run_check(asked, functions, choose_seed())
    if result.passed:
        plural = "" if asked.points == 1 else "s"
        print(f"{asked.id} passed, {asked.points} point{plural}: {asked.asks}")
        return None
    heading = wording.paragraphs(f"{asked.id} is not passed yet. It asks: {asked.asks}")
    message = f"{heading}\n\n{result.message}"
    if result.points == 0:
        raise CheckFailure(message) from None
    print(message)
    return result.points


def grade(topic: str, namespace: Mapping[str, Any], seed: int | None = None) -> Report:
    """Run every check of ``topic`` on the functions in ``namespace``.

    A function that is missing, or anything that goes wrong in one check, costs that check only.
    The same ``seed`` gives the same inputs.
    """
    seed = choose_seed(seed)
    asked = get_topic(topic)
    results = tuple(grade_check(check, namespace, seed) for check in asked.checks)
    return Report(topic, seed, point_back(asked, results))


def point_back(topic: Topic, results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the results, with a word in each failed one whose cause may lie further up.

    A function often calls an earlier one of the same notebook, and inherits its faults.
    """
    checks = {check.id: check for check in topic.checks}
    failing = {n for r in results if not r.passed for n in checks[r.id].functions}

    def pointed(result: Result) -> Result:
        names = checks[result.id].functions
        suspects = [n for name in names for n in topic.builds_on.get(name, ()) if n in failing]
        if result.passed or not suspects:
            return result
        if result.message in map(wording.still_to_write, names):
            return result
        which = " and ".join(suspects)
        fails = "fails its own checks" if len(suspects) == 1 else "fail their own checks"
        hint = wording.paragraphs(f"{which}, which you may be calling, {fails}: mend that first.")
        return replace(result, message=f"{hint}\n\n{result.message}")

    return tuple(map(pointed, results))


def grade_check(asked: Check, namespace: Mapping[str, Any], seed: int) -> Result:
    """Run one check on the functions in ``namespace``, whatever is or is not in it."""
    for name in asked.functions:
        if name not in namespace:
            trouble = wording.missing(name)
        elif not callable(namespace[name]):
            trouble = f"{name} is {wording.kind(namespace[name])}; it should be a function."
        else:
            continue
        return Result(asked.id, False, 0.0, asked.points, wording.paragraphs(trouble))
    try:
        return run_check(asked, tuple(namespace[name] for name in asked.functions), seed)
    except Exception:
        trouble = "This check itself broke: a mistake of the course, not of yours. Please report:"
        message = f"{wording.paragraphs(trouble)}\n\n{traceback.format_exc().strip()}"
        return Result(asked.id, False, 0.0, asked.points, message)
