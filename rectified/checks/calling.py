"""Calling a student's function: what it returned, what it did to its inputs, what it warned of.

Whatever goes wrong in the call becomes a ``CheckFailure`` that says where to look. Nothing is
judged here beyond "an array came back".
"""

import copy
import io
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rectified.checks import wording
from rectified.checks.core import CheckFailure

_ARRAY_FIRST = (
    "The input may be a plain list or a single number, which lacks what an array can do. "
    "Turn it into an array on the first line of the function."
)
_ONE_QUESTION = (
    "`if`, `and`, `or`, `not` and Python's own `max` ask one yes-or-no question, but the input "
    "holds many numbers, each with its own answer. Look for a NumPy operation that decides "
    "element by element."
)
_BROADCAST = (
    "Two arrays meet whose shapes do not fit together. Which shape has each, and along which axis "
    "is the smaller one to be repeated?"
)
_MATRICES = (
    "The lengths of two axes that a matrix product sums over do not agree. Which shape has each "
    "factor, and which of their axes belong together?"
)
_NO_AXIS = (
    "A factor of this matrix product is a single number, without any axis. Which of them should be "
    "an array: what was handed over, or what the function starts from?"
)
_RAGGED = (
    "Arrays of different lengths do not stack into one. Which function of NumPy joins them end to "
    "end?"
)
_NOTHING_TO_JOIN = (
    "For this input the list of arrays is empty, and there is nothing to join. What should come "
    "out then?"
)
_MASK = (
    "A mask picks out a flat row of entries. What is computed with or assigned to them must have "
    "an entry for each of them, or be one number."
)
_ONE_NUMBER = (
    "`float`, `int` and the functions of `math` take one number, but there are many here. Look for "
    "a NumPy operation that handles the whole array."
)
_INTEGERS = "An array of integers cannot store fractions or NaN; what dtype is it?"
_BOOLEANS = (
    "True and False stand for 1 and 0 here, but NumPy does not subtract booleans. Which dtype "
    "should the computation have, and which line decides that?"
)
_INDEX = (
    "An index does not fit the shape of this input. Which axis is it meant for, and how long is "
    "that one? Is an index needed at all?"
)
_NONE = "Something is None here: an argument with that default, or what a function did not return?"
_SIGNATURE = "Compare the line that starts with `def` with the signature in the task."
_LOOP = "A loop needs something with elements; a single number has none. Must there be a loop?"

_NO_LIST = (
    "A list cannot be computed with as an array can. Is there a NumPy operation that handles the "
    "whole array at once, or one that makes an array of the list in the end?"
)

# Exception type, a part of its text, and where to look. The first that fits is used.
_EXCEPTION_HINTS: tuple[tuple[type[BaseException], str, str], ...] = (
    (ValueError, "truth value of an array", _ONE_QUESTION),
    (ValueError, "could not be broadcast", _BROADCAST),
    (ValueError, "does not have enough dimensions", _NO_AXIS),
    (ValueError, "inhomogeneous shape", _RAGGED),
    (ValueError, "need at least one array", _NOTHING_TO_JOIN),
    (ValueError, "matmul", _MATRICES),
    (ValueError, "not aligned", _MATRICES),
    (TypeError, "boolean array indexing", _MASK),
    (ValueError, "boolean array indexing", _MASK),
    (ValueError, "read-only", "The function writes to its input. Build a new array instead."),
    (TypeError, "positional argument", _SIGNATURE),
    (TypeError, "keyword argument", _SIGNATURE),
    (TypeError, "iteration over a 0-d", _LOOP),
    (TypeError, "not iterable", _LOOP),
    (TypeError, "has no len()", _LOOP),
    (TypeError, "of unsized object", _LOOP),
    (TypeError, "only integer scalar arrays", "An index must be an integer or a mask of booleans."),
    (TypeError, "0-dimensional arrays can be converted", _ONE_NUMBER),
    (TypeError, "only length-1 arrays", _ONE_NUMBER),
    (TypeError, "can't multiply sequence", _ARRAY_FIRST),
    (TypeError, "numpy boolean", _BOOLEANS),
    (TypeError, "Cannot cast", _INTEGERS),
    (ValueError, "cannot convert float NaN", _INTEGERS),
    (TypeError, "NoneType", _NONE),
    (AttributeError, "NoneType", _NONE),
    (TypeError, "not subscriptable", "Something is indexed that has no entries, such as a number."),
    (TypeError, "list", _ARRAY_FIRST),
    (TypeError, "does not support item assignment", _ARRAY_FIRST),
    (AttributeError, "'list' object", _ARRAY_FIRST),
    (AttributeError, "'float' object", _ARRAY_FIRST),
    (AttributeError, "'int' object", _ARRAY_FIRST),
    (IndexError, "too many indices", "The input may have any number of axes, or none at all."),
    (IndexError, "", _INDEX),
    (NameError, "", "A name is used that does not exist: is it spelt right, did its cell run?"),
    (RecursionError, "", "The function calls itself without end."),
    (SystemExit, "", "The function ends the whole program; it should return a value."),
)


@dataclass(frozen=True)
class Outcome:
    """What came of one call.

    ``arguments`` are the inputs by name as they were before the call, ``after`` as the function
    left them; ``value`` is the result as a plain array, or a tuple of them; ``warned`` are the
    floating-point warnings; ``place`` says which of several arrays this is about.
    """

    name: str
    arguments: dict[str, Any]
    settings: dict[str, Any]
    after: dict[str, Any]
    value: NDArray | tuple[NDArray, ...]
    warned: tuple[str, ...]
    place: str = ""

    def __str__(self) -> str:
        return wording.call(self.name, self.arguments, self.settings) + self.place

    def part(self, number: int, name: str) -> "Outcome":
        """Return what came of the call in one of the arrays of its tuple."""
        return replace(self, value=self.value[number], place=_place(number, name))


@contextmanager
def quiet() -> Iterator[list[warnings.WarningMessage]]:
    """Let nothing of a student's code reach stderr; what it warns of is in the list.

    nbgrader takes all points from a cell that writes to stderr. A result that underflows to 0 is
    as right as any other rounding, and no warning.
    """
    with (
        warnings.catch_warnings(record=True) as caught,
        redirect_stderr(io.StringIO()),
        np.errstate(all="warn", under="ignore"),
    ):
        warnings.simplefilter("always")
        yield caught


def call(
    name: str,
    function: Callable,
    arguments: Mapping[str, Any],
    settings: Mapping[str, Any],
    parts: Sequence[str] = (),
) -> Outcome:
    """Call ``function(*arguments, **settings)`` and return what came of it.

    ``parts`` are the names of the arrays that it returns as a tuple; without them it is one array.

    Raises
    ------
    CheckFailure
        If the function raises, or returns something other than arrays of real numbers.
    """
    before = {key: copy.deepcopy(value) for key, value in arguments.items()}
    with quiet() as caught:
        try:
            value = function(*arguments.values(), **settings)
        except (Exception, SystemExit) as error:
            raise CheckFailure(explain(name, before, settings, error)) from None
    warned = tuple(str(w.message) for w in caught if issubclass(w.category, RuntimeWarning))
    described = wording.call(name, before, settings)
    result = (
        _as_arrays(value, described, before, parts)
        if parts
        else _as_array(value, described, before)
    )
    return Outcome(name, before, dict(settings), dict(arguments), result, warned)


def explain(name: str, arguments: Mapping, settings: Mapping, error: BaseException) -> str:
    """Return what to say of a call that ended in an exception."""
    if isinstance(error, NotImplementedError):
        return wording.still_to_write(name)
    text = " ".join(str(error).split())
    said = f"{type(error).__name__}: {text[:300]}" if text else type(error).__name__
    hint = next(
        (h for kind, part, h in _EXCEPTION_HINTS if isinstance(error, kind) and part in text), ""
    )
    return wording.paragraphs(
        f"{wording.call(name, arguments, settings)} with {wording.given(arguments)} "
        f"{wording.STOPPED} {said}",
        hint,
    )


def _place(number: int, name: str) -> str:
    return f"[{number}] ({name})"


def _as_arrays(
    value: Any, described: str, arguments: Mapping, parts: Sequence[str]
) -> tuple[NDArray, ...]:
    """Return a result as a tuple of arrays, one for each of ``parts``."""
    several = isinstance(value, tuple | list)
    if value is not None and not (several and len(value) == len(parts)):
        count = f" of length {len(value)}" if several else ""
        raise CheckFailure(
            wording.paragraphs(
                f"{described} returned {wording.kind(value)}{count}; it should return "
                f"{len(parts)} arrays or numbers, separated by a comma: {' and '.join(parts)}.",
            )
        )
    if value is None:
        _as_array(value, described, arguments)
    return tuple(
        _as_array(each, described + _place(number, name), arguments)
        for number, (name, each) in enumerate(zip(parts, value, strict=True))
    )


def _as_array(value: Any, described: str, arguments: Mapping) -> NDArray:
    """Return a result as an array; refuse what is not an array or a number."""
    if value is None:
        raise CheckFailure(
            wording.paragraphs(
                f"{described} returned None. Does the function end with a `return` of its "
                "result? Printing a result does not hand it over."
            )
        )
    if type(value) is np.ndarray and value.dtype.kind in "fiub":
        return value
    if isinstance(value, np.generic | float | int) and np.asarray(value).dtype.kind in "fiub":
        return np.asarray(value)
    what = wording.kind(value)
    if isinstance(value, np.ndarray | np.generic):
        what = f"{type(value).__name__} with dtype {value.dtype}"
    raise CheckFailure(
        wording.paragraphs(
            f"{described} with {wording.given(arguments)} returned {what}; "
            "it should return a NumPy array of real numbers.",
            _NO_LIST if isinstance(value, list | tuple) else "",
        )
    )
