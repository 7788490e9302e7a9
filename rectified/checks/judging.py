"""What a function should be (``Target``), and the judgement of one call against it.

A wrong result is compared with what known misconceptions would have returned, so that the message
can name the likely misunderstanding. Which inputs are tried is the business of ``properties``.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rectified.checks import wording
from rectified.checks.calling import Outcome, call
from rectified.checks.core import CheckFailure

Draw = Callable[[np.random.Generator, tuple[int, ...], type], tuple[NDArray, ...]]


_REARRANGED = (
    "The numbers are there, but their arrangement is another. Which step changes the shape?"
)
_ONE_ANSWER = (
    "A single number came back that is none of those asked for. An `if`, and Python's own `max` "
    "and `min`, decide once for the whole array, even where that holds one number only."
)
_REDUCED = "The whole array was reduced to one number. Which step adds up, averages or picks out?"
_MADE_NAN = (
    "NaN came out where a number should. Was it put there on purpose, or is something like 0/0, "
    "infinity/infinity, infinity - infinity or 0 times infinity evaluated on the way?"
)
_CANCELLED = (
    "Compared with 1 this is right to the last digit, but the result is small, and of its own "
    "digits few or none are right. Is it the difference of two nearly equal numbers?"
)
_NEARLY = (
    "It is close, but not exact. Is it an approximation, such as a difference quotient, where a "
    "formula exists?"
)


@dataclass(frozen=True)
class Misconception:
    """A wrong idea: what a function built on it returns, and what to say about it.

    ``returns`` takes the arguments of the function that was asked for.
    """

    returns: Callable[..., ArrayLike]
    hint: str


@dataclass(frozen=True)
class Target:
    """The function that a student is asked for, and what is known about it.

    name : as in the task.
    arguments : the names of its array arguments, in order.
    reference : the trusted function; it also says which shape and dtype are right.
    why : the reason for the value expected at given arguments, as the end of "because …". For an
        elementwise function it is called with the numbers at one position, else with everything.
    examples : one array per argument, of simple numbers on which wrong versions go astray.
    draw : ``draw(rng, shape, dtype)`` returns fresh arguments, one array each, away from kinks.
    settings : keyword arguments to try; the first are used where one setting is enough.
    misconceptions : tried in order against a wrong result.
    ulps, epsilons : by how much a right version may differ from the reference: in units in the
        last place of the expected number, and in epsilons of its dtype (which count where a sum of
        larger terms comes out small). A reason stands beside each use; `tools.margins` shows how
        far right versions keep below it, and wrong ones above.
    elementwise : whether each result depends on the arguments at its own position alone.
    parts : the names of the arrays that are returned as a tuple; empty if it is one array. The
        reference and the misconceptions return tuples as well.
    """

    name: str
    arguments: tuple[str, ...]
    reference: Callable[..., NDArray]
    why: Callable[..., str]
    examples: tuple[NDArray, ...]
    draw: Draw
    misconceptions: tuple[Misconception, ...] = ()
    settings: tuple[Mapping[str, Any], ...] = field(default=({},))
    ulps: float = 0.0
    epsilons: float = 0.0
    elementwise: bool = True
    parts: tuple[str, ...] = ()

    def run(self, function: Callable, arguments: tuple, settings: Mapping[str, Any]) -> Outcome:
        """Call the student's function on ``arguments``."""
        named = dict(zip(self.arguments, arguments, strict=True))
        return call(self.name, function, named, settings, self.parts)

    def drawn(self, *draws: Draw, **changes: Any) -> tuple["Target", ...]:
        """Return the target once for each of ``draws``, its other fields as ``changes`` says."""
        return tuple(replace(self, draw=draw, **changes) for draw in draws)

    def part(self, number: int) -> "Target":
        """Return what is known about one of the arrays of the tuple."""

        def pick(function: Callable) -> Callable:
            return lambda *arguments, **settings: function(*arguments, **settings)[number]

        ideas = (Misconception(pick(idea.returns), idea.hint) for idea in self.misconceptions)
        return replace(self, parts=(), reference=pick(self.reference), misconceptions=tuple(ideas))

    def expected(self, outcome: Outcome) -> NDArray:
        """Return what the reference gives for the call behind ``outcome``."""
        return self.reference(*_copies(outcome), **outcome.settings)


def _copies(outcome: Outcome) -> list[Any]:
    """Return the arguments of a call, numbers and lists of numbers as arrays."""
    return [
        copy.deepcopy(value) if _is_composite(value) else np.array(value)
        for value in outcome.arguments.values()
    ]


def _is_composite(value: Any) -> bool:
    """Whether an argument is no array: a function, or a list of arrays."""
    is_list = isinstance(value, list | tuple)
    return callable(value) or (is_list and any(isinstance(v, np.ndarray) for v in value))


def deviation(
    value: NDArray, expected: NDArray, ulps: float = 0.0, epsilons: float = 0.0
) -> NDArray[np.float64]:
    """Return by how much ``value`` differs from ``expected``, as a multiple of what is allowed.

    Where nothing is allowed the unit is one ulp, or, at 0, the smallest number. NaN agrees with
    NaN, an infinity with itself, −0 with 0; where they do not agree the deviation is infinite.

    >>> deviation(np.array([1.0, 1.0 + 2**-51, np.nan]), np.ones(3), ulps=4.0)
    array([0. , 0.5, inf])
    """
    with np.errstate(all="ignore"):
        ulp = np.spacing(np.abs(expected)).astype(np.float64)
        unit = ulps * ulp + epsilons * float(np.finfo(expected.dtype).eps)
        unit = np.where(unit > 0, unit, ulp)
        wide_value, wide_expected = value.astype(np.float64), expected.astype(np.float64)
        off = np.abs(wide_value - wide_expected) / unit
    both_nan = np.isnan(wide_value) & np.isnan(wide_expected)
    agrees = (wide_value == wide_expected) | both_nan
    return np.where(agrees, 0.0, np.where(np.isfinite(off), off, np.inf))


def wrong_positions(
    value: NDArray, expected: NDArray, ulps: float = 0.0, epsilons: float = 0.0
) -> NDArray[np.bool_]:
    """Return where ``value`` differs from ``expected`` by more than is allowed.

    >>> wrong_positions(np.array([1.0, np.nan]), np.array([1.0, 0.0]))
    array([False,  True])
    """
    limit = 1.0 if ulps or epsilons else 0.0
    return deviation(value, expected, ulps, epsilons) > limit


_measured: ContextVar[list[float] | None] = ContextVar("measured", default=None)


@contextmanager
def measure() -> Iterator[list[float]]:
    """Collect the largest deviation of every result that is judged meanwhile."""
    found: list[float] = []
    token = _measured.set(found)
    try:
        yield found
    finally:
        _measured.reset(token)


def judge_shape(target: Target, outcome: Outcome) -> NDArray:
    """Raise CheckFailure unless the result has the right shape; return what is expected."""
    expected = target.expected(outcome)
    if outcome.value.shape != expected.shape:
        whose = ", that of x" if len(target.arguments) == 1 else ""
        reason = f"{whose}: one result for each number"
        raise CheckFailure(
            wording.paragraphs(
                f"{outcome} with {wording.given(outcome.arguments)} returned "
                f"{wording.kind(outcome.value)}; it should have shape {expected.shape}"
                f"{reason if target.elementwise else ''}.",
                diagnose(target, outcome),
            )
        )
    return expected


def judge(target: Target, outcome: Outcome, about: str = "") -> None:
    """Raise CheckFailure unless the result has the right shape and values.

    ``about`` names the kind of input when the check is not about plain values, for the message.
    """
    for number, name in enumerate(target.parts):
        judge(target.part(number), outcome.part(number, name), about)
    if target.parts:
        return
    expected = _in_precision_of(outcome.value, judge_shape(target, outcome))
    tolerance = target.ulps, target.epsilons
    wrong = wrong_positions(outcome.value, expected, *tolerance)
    if (found := _measured.get()) is not None:
        found.append(float(np.max(deviation(outcome.value, expected, *tolerance), initial=0.0)))
    if not wrong.any():
        return
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    pieces = dict(zip(outcome.arguments, _copies(outcome), strict=True))
    if target.elementwise:
        pieces = {key: np.broadcast_to(v, wrong.shape)[first] for key, v in pieces.items()}
    place = f" at position {first}" if first and not target.elementwise else ""
    count = int(wrong.sum())
    verb = "is" if count == 1 else "are"
    others = f" {count} of the {wrong.size} values {verb} wrong." if wrong.size > 1 else ""
    raise CheckFailure(
        wording.paragraphs(
            f"{outcome}{about} at {wording.given(pieces)} gives "
            f"{wording.number(outcome.value[first])}{place}. It should give "
            f"{wording.number(expected[first])}, because "
            f"{target.why(*pieces.values(), **outcome.settings)}.{others}",
            diagnose(target, outcome),
        )
    )


def _in_precision_of(value: NDArray, expected: NDArray) -> NDArray:
    """Return ``expected`` rounded to the dtype of ``value`` where that holds fewer digits.

    The wrong dtype is the business of the check for dtypes; here the numbers count.
    """
    if value.dtype.kind == "f" and value.dtype.itemsize < expected.dtype.itemsize:
        with np.errstate(over="ignore"):
            return expected.astype(value.dtype)
    return expected


def diagnose(target: Target, outcome: Outcome) -> str:
    """Return the hint of the first misconception that explains this wrong result, or ``""``.

    It has to be wrong at the same positions and to give the same numbers there. Without one, what
    can be said about the numbers in general is.
    """
    value = outcome.value
    expected = _in_precision_of(value, target.expected(outcome))
    arrays = _copies(outcome)
    close = 1e-2 if value.dtype == np.float16 else 1e-5
    allowed = target.ulps, target.epsilons
    comparable = value.shape == expected.shape
    wrong = wrong_positions(value, expected, *allowed) if comparable else ...
    for idea in target.misconceptions:
        try:
            with np.errstate(all="ignore"):
                imagined = np.asarray(idea.returns(*arrays, **outcome.settings))
        except (TypeError, ValueError, IndexError):
            continue  # this idea does not work for inputs of this shape
        if imagined.shape != value.shape:
            continue
        if comparable:
            elsewhere = wrong_positions(imagined, expected, *allowed) != wrong
            if elsewhere.any():
                continue
        if _agree(imagined[wrong], value[wrong], close):
            return idea.hint
    if value.shape != expected.shape:
        if value.size == expected.size and _agree(
            np.sort(value, axis=None), np.sort(expected, axis=None), 1e-5
        ):
            return _REARRANGED
        if value.ndim == 0:
            return _ONE_ANSWER if expected.size == 1 else _REDUCED
        return ""
    if np.any(np.isnan(value) & ~np.isnan(expected)):
        return _MADE_NAN
    with np.errstate(invalid="ignore"):
        off = np.abs(value.astype(np.float64) - expected)
    if 0 < np.nanmax(off, initial=0.0) <= 16 * np.finfo(expected.dtype).eps:
        return _CANCELLED
    return _NEARLY if _agree(value, expected, 1e-3) else ""


def _agree(one: NDArray, other: NDArray, relative: float) -> bool:
    """Return whether two arrays of one shape say the same, up to rounding, in their own scale."""
    one, other = one.astype(np.float64), other.astype(np.float64)
    scale = np.max(np.abs(other), initial=0.0, where=np.isfinite(other))
    return np.allclose(one, other, rtol=relative, atol=relative / 1e3 * scale, equal_nan=True)
