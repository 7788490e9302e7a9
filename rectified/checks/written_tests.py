"""Tasks that ask the student for a test: a function that says whether a pair of functions is right.

It is shown right pairs, written in different styles, and wrong ones, each with one kind of bug, in
random order. It has to accept every right pair; the score is then the share of wrong ones that it
rejects. What slipped through is named by the kind of its bug, never by its code.

The student's test calls the functions of a pair. It may do so from another process, so that no
kind of bug may lie in what a function does to its arguments.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rectified.checks import calling, wording
from rectified.checks.core import CheckFailure, Partial

_MOST = 6  # bugs that are named at a time
_TOO_STRICT = (
    "It must not ask for more than the definition does. Is a value compared that the task leaves "
    "open? Are roundings counted as mistakes? Is NaN, which equals nothing, compared?"
)
_UNTRIED = (
    "Which input would such a pair treat differently from a right one? Is it among those that your "
    "test tries?"
)


@dataclass(frozen=True)
class Pair:
    """What the student's test is called with.

    functions : what is to be judged, such as f and f_grad; each takes an array.
    settings : further arguments of the test, by name.
    style : of a right pair, what is unusual about it, as the end of "a right pair …".
    bug : the kind of bug, as the end of "a pair …"; empty for a right pair.
    """

    functions: tuple[Callable, ...]
    settings: dict[str, Any]
    style: str = ""
    bug: str = ""


def member(function: Callable, *settings: Any) -> Callable:
    """Return ``function(x, *settings)`` as a student gets to see it: of x alone, and quiet.

    x becomes a float64 array, and an array of its shape comes back.
    """

    def apply(x: Any) -> np.ndarray:
        with np.errstate(all="ignore"):
            return np.asarray(function(np.asarray(x, dtype=np.float64), *settings))

    apply.__qualname__ = "a function of the pair"  # as it is called in error messages
    return apply


Pairs = Callable[[np.random.Generator], Sequence[Pair]]


def caught(
    name: str,
    arguments: Sequence[str],
    pairs: Pairs,
    too_strict: str = _TOO_STRICT,
    untried: str = _UNTRIED,
) -> Callable[..., Partial | None]:
    """Return the run of a check: the share of wrong pairs that the test ``name`` rejects.

    ``arguments`` are the names of the functions of a pair; ``pairs(rng)`` makes them afresh.
    ``too_strict`` says where to look if a right pair is rejected, ``untried`` if a wrong one
    slips through.
    """

    def run(test: Callable, rng: np.random.Generator) -> Partial | None:
        made = list(pairs(rng))
        answers = {i: _accepts(name, arguments, test, made[i]) for i in rng.permutation(len(made))}
        for i, pair in enumerate(made):
            if not pair.bug and answers[i] is not True:
                hint = _pattern(made, answers) or too_strict
                raise CheckFailure(_rejected(name, pair, answers[i], hint))
        missed = [pair.bug for i, pair in enumerate(made) if pair.bug and answers[i] is True]
        wrong = sum(bool(pair.bug) for pair in made)
        if not missed:
            return None
        return Partial(1 - len(missed) / wrong, _slipped(name, missed, wrong, untried))

    return run


def _accepts(name: str, arguments: Sequence[str], test: Callable, pair: Pair) -> bool | str:
    """Return the answer, or what to say of the exception that came instead."""
    named = dict(zip(arguments, pair.functions, strict=True))
    with calling.quiet():
        try:
            answer = test(*pair.functions, *pair.settings.values())
        except (Exception, SystemExit) as error:
            if isinstance(error, NotImplementedError):
                raise CheckFailure(wording.still_to_write(name)) from None
            return calling.explain(name, named | pair.settings, {}, error)
    if not isinstance(answer, bool | np.bool_):
        shown = f"{name}({', '.join([*named, *pair.settings])})"
        raise CheckFailure(
            wording.paragraphs(
                f"{shown} returned {wording.kind(answer)}; it should return one boolean: whether "
                "the pair is right.",
                "Does it print its verdict instead of returning it? Or does it return the "
                "comparison of two arrays, which has an answer for every entry?",
            )
        )
    return bool(answer)


def _pattern(pairs: Sequence[Pair], answers: Mapping[int, bool | str]) -> str:
    """Return what to say of a test that answers all right pairs alike, and all wrong ones."""
    right, wrong = (
        {answers[i] for i, pair in enumerate(pairs) if bool(pair.bug) is bad}
        for bad in (False, True)
    )
    if (right, wrong) == ({False}, {True}):
        return "It accepts every wrong pair and no right one. Is the verdict turned round?"
    if (right, wrong) == ({False}, {False}):
        return "It rejects every pair, right or wrong. Which of its conditions can never hold?"
    return ""


def _rejected(name: str, pair: Pair, answer: bool | str, too_strict: str) -> str:
    given = wording.given(pair.settings)
    said = wording.paragraphs(
        f"{name} rejects a right pair{f', with {given}' if given else ''}: one {pair.style}. A "
        "test that rejects what is right earns nothing, whatever else it catches."
    )
    hint = wording.paragraphs(too_strict)
    return f"{said}\n\n{answer if isinstance(answer, str) else hint}"


def _slipped(name: str, missed: Sequence[str], wrong: int, untried: str) -> str:
    found = wrong - len(missed)
    said = wording.paragraphs(
        f"{name} accepts every right pair and rejects {found} of {wrong} wrong ones. "
        f"{'This slips' if len(missed) == 1 else 'These slip'} through:"
    )
    hint = wording.paragraphs(untried)
    shown = [f"a pair {bug}" for bug in missed[:_MOST]]
    if len(missed) > _MOST:
        shown.append(f"and {len(missed) - _MOST} more")
    return "\n\n".join([said, wording.bullets(shown), hint])
