"""What a worker answers, taken for what it may be: errors, and inputs as a function left them."""

import builtins
from typing import Any

import numpy as np

from rectified.grading.jail.wire import MAX_TEXT, Foreign


def copy_back(original: Any, after: Any) -> Any:
    """Write into `original` what a function made of its copy; return the value in its place.

    A generator goes on, but not where the function says.
    """
    if isinstance(original, np.ndarray):
        if not isinstance(after, np.ndarray) or isinstance(after, Foreign):
            raise TypeError("an array came back as something else")
        if after.shape != original.shape or after.dtype != original.dtype:
            raise ValueError("an array came back with another shape or dtype")
        if original.flags.writeable:
            np.copyto(original, after)
        return original
    if isinstance(original, list) and isinstance(after, list):
        kept = [copy_back(*pair) for pair in zip(original, after, strict=False)]
        original[:] = kept + after[len(kept) :]
        return original
    if isinstance(original, dict) and isinstance(after, dict):
        kept = {key: copy_back(original[key], after[key]) for key in original if key in after}
        original.clear()
        original.update(after | kept)
        return original
    if isinstance(original, tuple) and isinstance(after, tuple):
        for pair in zip(original, after, strict=True):
            copy_back(*pair)
        return original
    if isinstance(original, np.random.Generator):
        _move_on(original)
        return original
    return original if callable(original) else after


def _move_on(generator: np.random.Generator) -> None:
    """Let a generator go on elsewhere, as if it had been drawn from.

    How far the function drew is not asked: whoever answers could choose what is drawn later on.
    """
    source = generator.bit_generator
    fresh = type(source)(generator.integers(2**63, size=4).tolist())
    source.state = fresh.state


def error_of(description: Any) -> Exception:
    """Return the exception that a worker describes, of the nearest built-in type."""
    name, own_name, text, _ = _parts(description)
    kind = getattr(builtins, name, RuntimeError)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        return RuntimeError(f"{own_name}: {text}" if text else own_name)
    if issubclass(kind, UnicodeError | ImportError | BaseExceptionGroup | StopIteration):
        return RuntimeError(f"{own_name}: {text}")
    return kind(text) if own_name == name else kind(f"{own_name}: {text}")


def warnings_of(heard: Any) -> list[tuple[type[Warning], str]]:
    """Return the warnings that a worker lists, each of a built-in type.

    Raises `TypeError` if it is no such list.
    """
    found = []
    for pair in [] if heard is None else heard:
        if not (isinstance(pair, list) and len(pair) == 2):
            raise TypeError("a warning of unknown form")
        category = getattr(builtins, str(pair[0]), RuntimeWarning)
        known = isinstance(category, type) and issubclass(category, Warning)
        found.append((category if known else RuntimeWarning, str(pair[1])[:MAX_TEXT]))
    return found


def error_text(description: Any, lines: bool = False) -> str:
    _, own_name, text, line = _parts(description)
    where = f" (line {line})" if lines and line is not None else ""
    return f"{own_name}{where}: {text}" if text else f"{own_name}{where}"


def _parts(description: Any) -> tuple[str, str, str, int | None]:
    if not (isinstance(description, list) and len(description) == 4):
        return "RuntimeError", "RuntimeError", "an error of unknown form", None
    name, own_name, text, line = description
    line = line if type(line) is int else None
    return str(name)[:80], str(own_name)[:80], str(text)[:MAX_TEXT], line


def builtin_name(error: Exception) -> str:
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")
