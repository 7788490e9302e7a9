r"""Read `solutions/<slug>.md` as the notebook that nbgrader starts from.

An author writes an ordinary MyST notebook and no nbgrader metadata, because what a cell holds
says what it is:

=================  =====================================================  =====================
kind of cell       told by                                                nbgrader's `grade_id`
=================  =====================================================  =====================
solution           code with a `### BEGIN SOLUTION` region; it holds      the function's name
                   one function
check              code that ends in one `check("relu.values", relu)`,    the check's id, with
                   perhaps in a `### BEGIN HIDDEN TESTS` region;          `-` in place of `.`
                   the check itself says how many points it is worth
question           text with a `### BEGIN SOLUTION` region that holds     written by the author
                   the marking guide; marked by hand
locked             code or text that carries a `grade_id` and is none     written by the author
                   of these, such as the imports
=================  =====================================================  =====================

Only the last two need a word of metadata: `+++ {"nbgrader": {"grade_id": "why", "points": 2}}`
opens a question, and in a locked code cell

    ```{code-cell} ipython3
    ---
    nbgrader: {grade_id: setup}
    ---

Any of nbgrader's keys may be written out as well, and then has to agree with what the cell holds.
Every other cell is the student's to change.
"""

import ast
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from rectified.checks.core import Check, Topic, get_topic

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
HIDDEN = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
FLAGS = {
    "solution": {"grade": False, "locked": False, "solution": True},
    "check": {"grade": True, "locked": True, "solution": False},
    "question": {"grade": True, "locked": False, "solution": True},
    "locked": {"grade": False, "locked": True, "solution": False},
}


class SourceError(ValueError):
    """A solution that cannot become an exercise; `problems` lists every reason."""

    def __init__(self, path: Path, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))


def read_source(path: Path, topic: Topic | None = None) -> NotebookNode:
    """The notebook of a solution, every cell with the metadata that nbgrader asks for.

    Equal text gives an equal notebook, cell ids included. `topic` holds the checks, by default
    those of the slug, which is the stem of the file. Raises `SourceError` with everything that is
    wrong, each with its cell, and `KeyError` for a slug without checks. The notebook carries the
    slug as `rectified: {topic: ...}` in its metadata, so that it can be renamed.
    """
    topic = topic or get_topic(path.stem)
    checks = {check.id: check for check in topic.checks}
    notebook = jupytext.read(path, fmt="md:myst")
    cells = [_Cell(number, cell) for number, cell in enumerate(notebook.cells, 1)]
    for cell in cells:
        cell.describe(checks)
    problems = [problem for cell in cells for problem in cell.problems]
    problems += _problems_across(cells, checks)
    if problems:
        raise SourceError(path, problems)
    notebook.metadata = nbformat.from_dict(METADATA | {"rectified": {"topic": topic.slug}})
    _name_cells(notebook)
    return notebook


def grade_id_of(check_id: str) -> str:
    """The id of the cell that runs a check: nbgrader allows no dot in it.

    >>> grade_id_of("dying-units.revival")
    'dying-units-revival'
    """
    return check_id.replace(".", "-")


def without(source: str, begin: str, end: str) -> str:
    """The text without the regions between two markers, and without the markers."""
    kept, inside = [], False
    for line in source.splitlines():
        inside = inside or begin in line
        if not inside:
            kept.append(line)
        inside = inside and end not in line
    return "\n".join(kept)


@dataclass
class _Cell:
    """One cell of a solution, and what is wrong with it."""

    number: int
    node: NotebookNode
    kind: str | None = None
    check: Check | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def grade_id(self) -> str | None:
        return self.node.metadata.get("nbgrader", {}).get("grade_id")

    def describe(self, checks: Mapping[str, Check]) -> None:
        """Find the kind of the cell and write its metadata."""
        for begin, end in (SOLUTION, HIDDEN):
            if not _regions_close(self.node.source, begin, end):
                self._wrong(f"### {begin} and ### {end} do not come in pairs")
        implied = self._implied(checks)
        if self.kind is None:
            return
        written = self.node.metadata.get("nbgrader", {})
        known = implied | {"schema_version": 3, "task": False}
        for key, value in written.items():
            if key not in known and key not in ("grade_id", "points"):
                self._wrong(f"nbgrader: {key} means nothing in a {self.kind} cell")
            elif key in known and value != known[key]:
                self._wrong(f"nbgrader: {key} is {value!r}, but the cell says {known[key]!r}")
        self.node.metadata["nbgrader"] = NotebookNode(known | written)
        if not self.grade_id:
            self._wrong(f"a {self.kind} cell needs an nbgrader grade_id")
        if self.kind == "question" and not isinstance(written.get("points"), int | float):
            self._wrong("a question needs points")
        if self.kind in ("solution", "locked") and "points" in written:
            self._wrong(f"a {self.kind} cell has no points")

    def _implied(self, checks: Mapping[str, Check]) -> dict:
        """The metadata that the content of the cell decides, after setting its kind."""
        source, is_code = self.node.source, self.node.cell_type == "code"
        solves = SOLUTION[0] in source
        calls = _check_calls(source) if is_code else []
        if HIDDEN[0] in source and not calls:
            self._wrong("hidden tests outside a cell that calls check")
        if solves and calls:
            self._wrong("a solution and a check in one cell")
        if solves and is_code:
            self.kind = "solution"
            return FLAGS["solution"] | self._function_name()
        if solves:
            self.kind = "question"
        elif calls:
            self.kind = "check"
            return FLAGS["check"] | self._check(calls, checks)
        elif "nbgrader" in self.node.metadata:
            self.kind = "locked"
        return FLAGS.get(self.kind, {})

    def _function_name(self) -> dict:
        try:
            body = ast.parse(self.node.source).body
        except SyntaxError as error:
            self._wrong(f"the solution is no plain Python: {error.msg}")
            return {}
        names = [
            statement.name
            for statement in body
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        ]
        if len(names) != 1:
            found = ", ".join(names) or "none"
            self._wrong(f"a solution cell holds one function, this one holds: {found}")
            return {}
        return {"grade_id": names[0]}

    def _check(self, calls: list[ast.Call], checks: Mapping[str, Check]) -> dict:
        call = calls[-1]
        first = call.args[0] if call.args else None
        if len(calls) > 1:
            self._wrong("a check cell holds one check, so that each earns its own points")
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            self._wrong("a check is called with its id first, written out")
            return {}
        last = ast.parse(self.node.source).body[-1]
        if not (isinstance(last, ast.Expr) and last.value.lineno == call.lineno):
            self._wrong("the check is the last line of its cell: its value is the score")
        if not without(self.node.source, *HIDDEN).strip():
            self._wrong("nothing but hidden tests: say in a comment what they will ask")
        implied = {"grade_id": grade_id_of(first.value)}
        self.check = checks.get(first.value)
        if self.check is None:
            self._wrong(f"this topic has no check {first.value!r}")
            return implied
        if [ast.unparse(argument) for argument in call.args[1:]] != list(self.check.functions):
            self._wrong(f"{first.value!r} takes {', '.join(self.check.functions)}")
        return implied | {"points": self.check.points}

    def _wrong(self, reason: str) -> None:
        opening = next((line for line in self.node.source.splitlines() if line.strip()), "")
        self.problems.append(f"cell {self.number} ({opening.strip()[:40]}): {reason}")


def _problems_across(cells: list[_Cell], checks: Mapping[str, Check]) -> list[str]:
    """What only the whole notebook shows: ids twice, work unchecked, checks unused."""
    counts = Counter(cell.grade_id for cell in cells if cell.kind and cell.grade_id)
    solved = {cell.grade_id for cell in cells if cell.kind == "solution"}
    used = {cell.check.id: cell.check for cell in cells if cell.check}
    asked = {name for check in used.values() for name in check.functions}
    return [
        *(f"grade_id {name!r} is used {n} times" for name, n in counts.items() if n > 1),
        *(f"no solution cell holds {name!r}, which is checked" for name in sorted(asked - solved)),
        *(f"{name!r} is asked for and never checked" for name in sorted(solved - asked - {None})),
        *(f"check {name!r} is never called" for name in checks if name not in used),
    ]


def _check_calls(source: str) -> list[ast.Call]:
    """The calls of `check` at the top level of a code cell."""
    if "check(" not in source:
        return []
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return []
    values = [statement.value for statement in body if isinstance(statement, ast.Expr)]
    return [
        value
        for value in values
        if isinstance(value, ast.Call) and getattr(value.func, "id", None) == "check"
    ]


def _regions_close(source: str, begin: str, end: str) -> bool:
    inside = False
    for line in source.splitlines():
        if (begin in line and inside) or (end in line and not inside):
            return False
        inside = begin in line or (inside and end not in line)
    return not inside


def _name_cells(notebook: NotebookNode) -> None:
    """Give each cell an id that its content decides, so that equal text is equal bytes."""
    seen = Counter()
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name is None:
            digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
            seen[digest] += 1
            name = f"{digest}-{seen[digest]}" if seen[digest] > 1 else digest
        cell.id = name[:64]
