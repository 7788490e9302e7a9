"""How a message of a check is put into words: numbers, arrays and paragraphs, nothing else."""

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np

STOPPED = "stopped with"  # between the call and the exception that ended it
_MOST = 12  # numbers of an array with several axes, or of a list of arrays, that are shown
WIDTH = 78  # `nbgrader validate` indents by 4 and cuts what goes beyond column 87


def number(value) -> str:
    """Return one number in its shortest exact decimal form for its dtype, a zero without sign.

    >>> number(np.float32(-0.1)), number(-0.0)
    ('-0.1', '0.0')
    """
    value = np.asarray(value)[()]
    return str(abs(value) if value == 0 and value.dtype.kind == "f" else value)


def values(value) -> str:
    """Return a short, readable form of an input or a result; large arrays are abbreviated.

    >>> values(np.arange(20.0))
    '[0.0, 1.0, 2.0, ..., 17.0, 18.0, 19.0]'
    >>> values([1, 2])
    '[1, 2]'
    >>> values([np.ones(2), np.zeros(1)]), values([np.ones(20)])
    ('[[1.0, 1.0], [0.0]]', 'a list of 1 array of shape (20,)')
    """
    if isinstance(value, np.ndarray) and value.ndim > 1 and value.size > _MOST:
        return kind(value)
    if isinstance(value, np.ndarray) and value.ndim:
        return np.array2string(
            value, separator=", ", threshold=8, edgeitems=3, formatter={"all": number}
        )
    if isinstance(value, np.ndarray | np.generic):
        return number(value)
    if isinstance(value, list) and value and all(isinstance(v, np.ndarray) for v in value):
        if sum(v.size for v in value) <= _MOST:
            return f"[{', '.join(map(values, value))}]"
        shapes = ", ".join(str(v.shape) for v in value)
        plural = "" if len(value) == 1 else "s"
        return f"a list of {len(value)} array{plural} of shape {textwrap.shorten(shapes, 60)}"
    if isinstance(value, np.random.Generator):
        return "generator"
    if callable(value):
        return "a function"
    return textwrap.shorten(repr(value), 200)


def kind(value) -> str:
    """Return what ``value`` is, with its article: ``an array of shape (3,)``, ``a list``."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a single number"
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def call(name: str, arguments: Mapping, settings: Mapping) -> str:
    """Return the call as a reader would type it: ``prelu(x, slope=0.2)``."""
    keywords = [f"{key}={values(value)}" for key, value in settings.items()]
    return f"{name}({', '.join([*arguments, *keywords])})"


def given(arguments: Mapping) -> str:
    """Return ``x = [...]`` for each argument, joined by ``and``."""
    return " and ".join(f"{key} = {values(value)}" for key, value in arguments.items())


def still_to_write(name: str) -> str:
    """Return what is said of a function that raises NotImplementedError."""
    return paragraphs(
        f"{name} is still to be written, or calls a function that is. Find its cell, replace the "
        "line `raise NotImplementedError()` by your own code, and run the cell."
    )


def missing(name: str) -> str:
    """Return what is said of a function that does not exist."""
    return paragraphs(f"{name} is not defined. Is its cell there, and did it run without an error?")


def gist(message: str) -> str:
    """Return what makes a message a new one: of an exception, all but the call that raised it.

    >>> gist("f(x) with x = [1.0] stopped with ValueError: no. Look there.")
    'ValueError: no. Look there.'
    """
    flat = " ".join(message.split())
    return flat.partition(f" {STOPPED} ")[2] or flat


def bullets(items: Sequence[str]) -> str:
    """Return a list, a line or more for each item."""
    return "\n".join(textwrap.fill(f"- {item}", WIDTH, subsequent_indent="  ") for item in items)


def paragraphs(*parts: str) -> str:
    """Return the parts that are not empty, each wrapped, with a blank line between them."""
    return "\n\n".join(textwrap.fill(" ".join(part.split()), WIDTH) for part in parts if part)
