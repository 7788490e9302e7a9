"""Classes of any size for any exercises: right, partly right, wrong, slow and broken work.

Made from the solutions and the released notebooks, so that a new exercise needs nothing here. The
same students hand in the same work every time.
"""

import json
import re
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from rectified.grading.course import make_course
from rectified.grading.source import read_source

ROOT = Path(__file__).parents[2]
SLUGS = tuple(path.stem for path in sorted((ROOT / "solutions").glob("*.md")))

#: What the students of a class hand in, in turn; the names say what to expect of it.
KINDS = ("right", "partly", "wrong", "slow", "right", "unfinished", "broken-cell", "blank", "torn")

#: Every call of a function takes .2 ms longer, as a Python loop over some thousand numbers does.
SLOW = """

_{name}_as_it_was = {name}

def {name}(*arguments, **keywords):
    for _ in range(300):
        sum(range(100))
    return _{name}_as_it_was(*arguments, **keywords)
"""


def course_of(directory: Path, slugs: Iterable[str]) -> Path:
    """Make a course directory that has these exercises and no other."""
    with TemporaryDirectory() as place:
        for slug in slugs:
            shutil.copy(ROOT / "solutions" / f"{slug}.md", place)
        make_course(directory, place)
    return directory


def generate(course: Path, size: int, slugs: Iterable[str] = SLUGS) -> None:
    """Let `size` students hand in every exercise of `slugs` in a course directory."""
    for slug in slugs:
        for number in range(size):
            directory = course / "submitted" / student(number) / slug
            directory.mkdir(parents=True)
            (directory / f"{slug}.ipynb").write_bytes(submission(slug, kind(number)))
            stamp = f"2026-03-{1 + number % 28:02} 12:00:00 UTC"
            (directory / "timestamp.txt").write_text(stamp)


def kind(number: int) -> str:
    """What student `number` hands in."""
    return KINDS[number % len(KINDS)]


def student(number: int) -> str:
    """The name of student `number`, which tells its kind."""
    return f"s{number:04}-{kind(number)}"


@cache
def submission(slug: str, kind: str) -> bytes:
    """The bytes that a student of this kind hands in for an exercise."""
    notebook = nbformat.read(ROOT / "exercises" / f"{slug}.ipynb", as_version=4)
    answers = _answers(slug, kind)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    data = json.dumps(notebook).encode()
    return data[: len(data) // 2] if kind == "torn" else data


def _answers(slug: str, kind: str) -> dict[str, str]:
    """The cells that a student of this kind fills in."""
    right = _right(slug)
    names = [name for name, text in right.items() if re.search(rf"^def {name}\b", text, re.M)]
    if kind in ("right", "torn"):
        return right
    if kind == "slow":
        return right | {name: right[name] + SLOW.format(name=name) for name in names}
    if kind == "wrong":
        lines = "(*arguments, **keywords):\n    return arguments[0]"
        return right | {name: f"def {name}{lines}" for name in names}
    if kind == "partly":  # the last function is wrong, the others are right
        return right | {names[-1]: f"def {names[-1]}(*arguments, **keywords):\n    return None"}
    if kind == "broken-cell":
        return right | {names[0]: right[names[0]].replace("):", ")", 1)}
    half = names[: len(names) // 2]
    return {name: right[name] for name in half} if kind == "unfinished" else {}


@cache
def _right(slug: str) -> dict[str, str]:
    """The solved cells of an exercise by their id; its questions are answered in words."""
    cells = {}
    for cell in read_source(ROOT / "solutions" / f"{slug}.md").cells:
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("solution"):
            is_code = cell.cell_type == "code"
            cells[settings.grade_id] = cell.source if is_code else "It is 0 by convention."
    return cells
