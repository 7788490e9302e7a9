"""What an assignment asks for, read from the instructor's source notebook.

Only this file is believed: which cells there are, their order, their points, which check each
graded cell runs. A submission fills in the cells that are the student's, and no more.

A course's own cells come into the sandbox as well, so that the student's functions find their
imports and the helpers that the notebook gave them: of a locked cell every statement, of any other
ungraded cell the imports. A statement that fails there (an import of `rectified`, the style of the
plots) is passed over.
"""

import ast
import hashlib
import json
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from traitlets.config import Config


class AssignmentError(ValueError):
    """A source notebook that cannot be graded by; the text says what to change."""


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source notebook.

    ``kind`` is "solution" (the student's code), "question" (the student's, marked by hand),
    "check" (one call of `check`), "own" (an instructor's own test), "task" (marked by hand as a
    whole), "given" (code that runs before the student's) or "text". ``source`` is what
    students were given: without solutions and hidden tests. ``test`` is what an own test runs.
    """

    kind: str
    source: str
    grade_id: str | None = None
    cell_type: str = "code"
    points: float = 0.0
    check_id: str | None = None
    asks_for: tuple[str, ...] = ()
    locked: bool = False
    test: str = ""

    @property
    def by_student(self) -> bool:
        """Whether the student writes this cell."""
        return self.kind in ("solution", "question")


@dataclass(frozen=True)
class SourceNotebook:
    """A notebook of an assignment, as the instructor wrote it."""

    name: str
    cells: tuple[SourceCell, ...]

    @property
    def by_id(self) -> dict[str, SourceCell]:
        """The cells that have an id."""
        return {cell.grade_id: cell for cell in self.cells if cell.grade_id}

    @property
    def max_score(self) -> float:
        """The points of all cells together."""
        return sum(cell.points for cell in self.cells)

    def fingerprint(self) -> str:
        """A text that changes with whatever the grading of this notebook depends on."""
        plain = json.dumps([asdict(cell) for cell in self.cells])
        return hashlib.sha256(plain.encode()).hexdigest()


def read_assignment(directory: Path, config: Config | None = None) -> list[SourceNotebook]:
    """Read the notebooks in `directory`, `source/<assignment>` of a course with this `config`.

    Raises `AssignmentError` if there is none or one cannot be graded by.
    """
    paths = sorted(directory.glob("*.ipynb"))
    if not paths:
        raise AssignmentError(f"there is no notebook in {directory}")
    return [read_source_notebook(path, config) for path in paths]


def read_source_notebook(path: Path, config: Config | None = None) -> SourceNotebook:
    """Read one source notebook. Raises `AssignmentError` with everything that is wrong."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:
        raise AssignmentError(f"{path} is not a notebook: {error}") from error
    released = deepcopy(notebook)
    for clear in (ClearSolutions(config=config), ClearHiddenTests(config=config)):
        released, _ = clear.preprocess(released, {})
    pairs = zip(notebook.cells, released.cells, strict=True)
    cells = tuple(_source_cell(cell, given.source) for cell, given in pairs)
    problems = []
    seen = set()
    for cell in cells:
        if cell.kind in ("text", "given") and cell.grade_id is None:
            continue
        if not cell.grade_id:
            problems.append(f"a {cell.kind} cell has no grade_id")
        elif cell.grade_id in seen:
            problems.append(f"the grade_id {cell.grade_id!r} is used more than once")
        seen.add(cell.grade_id)
        if cell.kind == "own" and re.search(r"^(check\(|(from|import) rectified)", cell.test, re.M):
            problems.append(
                f"{cell.grade_id} mixes `check` or the package with code of its own: a graded "
                "cell is either one `check(...)` or plain asserts, which run in the sandbox"
            )
    if problems:
        raise AssignmentError("\n".join(f"{path}: {problem}" for problem in problems))
    return SourceNotebook(path.stem, cells)


def _source_cell(cell: NotebookNode, given: str) -> SourceCell:
    settings = cell.metadata.get("nbgrader", {})
    grade, solution = bool(settings.get("grade")), bool(settings.get("solution"))
    common = {
        "source": given,
        "grade_id": settings.get("grade_id"),
        "cell_type": cell.cell_type,
        "points": float(settings.get("points") or 0.0),
        "locked": bool(settings.get("locked")),
    }
    if settings.get("task"):
        return SourceCell("task", **common)
    if solution:
        return SourceCell("question" if grade else "solution", **common)
    if grade and cell.cell_type == "code":
        check_id, asks_for = the_check(cell.source)
        if check_id is not None:
            return SourceCell("check", check_id=check_id, asks_for=asks_for, **common)
        return SourceCell("own", test=cell.source, **common)
    return SourceCell("given" if cell.cell_type == "code" else "text", **common)


def the_check(source: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the id and the function names of a cell that is one `check(...)` and no more.

    >>> the_check('# a comment\\ncheck("relu.values", relu)')
    ('relu.values', ('relu',))
    >>> the_check("assert relu(1) == 1")
    (None, ())
    """
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None, ()
    if len(body) != 1 or not isinstance(body[0], ast.Expr):
        return None, ()
    call = body[0].value
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args):
        return None, ()
    first, *rest = call.args
    named = all(isinstance(argument, ast.Name) for argument in rest)
    if call.func.id != "check" or call.keywords or not named:
        return None, ()
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return None, ()
    return first.value, tuple(argument.id for argument in rest)


def given_code(cell: SourceCell) -> str:
    """Return what of a course's own cell runs before the student's code."""
    if cell.locked:
        return cell.source
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return ""
    imports = [line for line in body if isinstance(line, ast.Import | ast.ImportFrom)]
    return "\n".join(ast.unparse(line) for line in imports)


def imported(notebooks: Sequence[SourceNotebook]) -> set[str]:
    """Return the modules that the course's own cells import: the sandbox has them ready."""
    found = set()
    for cell in (cell for notebook in notebooks for cell in notebook.cells):
        if cell.kind != "given":
            continue
        for line in ast.walk(ast.parse(given_code(cell) or "")):
            if isinstance(line, ast.Import):
                found |= {alias.name for alias in line.names}
            elif isinstance(line, ast.ImportFrom) and line.module and not line.level:
                found.add(line.module)
    return found
