"""Read tests/mutants/<slug>.py: versions of a student's functions, wrong and right.

Such a file holds functions with a decorator that says what each is for:

    @wrong("relu.values")       # must lose points at this check; the function is relu
    def heaviside_step(x): ...

    @right("relu")              # must not lose a point at any check of relu
    def where_negative(x): ...

The name and the docstring say which idea the version stands for. A check that takes several
functions gets the first right version of each of the others.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rectified.checks.core import Topic, get_topic

DIRECTORY = Path(__file__).resolve().parents[1] / "tests" / "mutants"


@dataclass(frozen=True)
class Version:
    """One way to write ``asked``; ``check`` is the one that must catch it, None if it is right."""

    asked: str
    name: str
    function: Callable
    check: str | None


_versions: list[Version] = []


def wrong(check_id: str, of: str | None = None) -> Callable[[Callable], Callable]:
    """Mark a wrong version, which ``check_id`` must catch; ``of`` if its function has another name.

    Without ``of`` it is a version of the function before the dot.
    """
    return _marker(of or check_id.split(".")[0], check_id)


def right(asked: str) -> Callable[[Callable], Callable]:
    """Mark a right version of the function named ``asked``."""
    return _marker(asked, None)


def _marker(asked: str, check_id: str | None) -> Callable[[Callable], Callable]:
    def mark(function: Callable) -> Callable:
        _versions.append(Version(asked, function.__name__, function, check_id))
        return function

    return mark


@dataclass(frozen=True)
class Mutants:
    """The versions that belong to a topic."""

    topic: Topic
    versions: tuple[Version, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The functions that the topic asks for, in order."""
        return tuple(dict.fromkeys(name for c in self.topic.checks for name in c.functions))

    def wrong(self, asked: str) -> list[Version]:
        """Return the wrong versions of a function."""
        return [v for v in self.versions if v.asked == asked and v.check]

    def right(self, asked: str) -> list[Version]:
        """Return the right versions of a function."""
        return [v for v in self.versions if v.asked == asked and not v.check]

    def functions(self, names: tuple[str, ...], version: Version) -> list[Callable]:
        """Return the functions of a check: ``version`` in its place, else the first right ones."""
        return [
            version.function if name == version.asked else self.right(name)[0].function
            for name in names
        ]


def all_slugs() -> list[str]:
    """Return the slugs that have a file of versions."""
    return sorted(path.stem.replace("_", "-") for path in DIRECTORY.glob("[!_]*.py"))


def load(slug: str) -> Mutants:
    """Return the versions in the file of ``slug``."""
    name = slug.replace("-", "_")
    spec = importlib.util.spec_from_file_location(f"mutants_{name}", DIRECTORY / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    _versions.clear()
    spec.loader.exec_module(module)
    return Mutants(get_topic(slug), tuple(_versions))
