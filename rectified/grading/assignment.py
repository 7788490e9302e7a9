"""What an assignment asks for: the cells of the instructor's source notebook.

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
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache


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

    @cached_property
    def fingerprint(self) -> str:
        """A text that changes with whatever the grading of this notebook depends on."""
        plain = json.dumps([asdict(cell) for cell in self.cells])
        return hashlib.sha256(plain.encode()).hexdigest()


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


@lru_cache
def imported(notebooks: tuple[SourceNotebook, ...]) -> set[str]:
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
