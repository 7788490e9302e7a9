"""Read `source/<assignment>/` of a course: the instructor's notebooks, with solutions and tests.

Apart from `assignment`, which says what is in them, because nbgrader and nbformat take a second to
import and the processes that grade need neither.
"""

import ast
import re
from copy import deepcopy
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from traitlets.config import Config

from rectified.grading.assignment import SourceCell, SourceNotebook


class AssignmentError(ValueError):
    """A source notebook that cannot be graded by; the text says what to change."""


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
