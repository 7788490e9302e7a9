"""Grade one submission: bytes in, points and messages out. No database, no course directory.

A `Job` carries everything that the grading depends on and an `Outcome` everything that came of
it, so that a job may run in another process or on another machine, and twice gives the same.
"""

import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rectified.checks.core import Result, get_topic, grade_check, point_back, slugs
from rectified.grading.assignment import SourceCell, SourceNotebook, given_code
from rectified.grading.notebook import Submission, read_submission
from rectified.grading.plain import plain_line, plain_lines
from rectified.grading.remote import Cell, Loaded, StudentProcess, StudentProcessError
from rectified.grading.sandbox import Limits, Sandbox, SandboxError, make_sandbox


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    ``files`` holds the bytes of each submitted notebook by its name, or None where it is missing;
    ``problems`` what was noticed while they were fetched; ``seed`` what the checks draw their
    inputs from; ``fingerprint`` a text that changes with whatever the result depends on.
    """

    student: str
    assignment: str
    notebooks: tuple[SourceNotebook, ...]
    files: dict[str, bytes | None]
    problems: tuple[str, ...]
    seed: int
    fingerprint: str
    timestamp: str | None = None
    isolation: str = "bubblewrap"
    limits: Limits = field(default_factory=Limits)
    preload: tuple[str, ...] = ("numpy",)


@dataclass(frozen=True)
class CellOutcome:
    """What one graded cell gave; ``points`` is None where a person has to decide.

    ``in_sandbox`` says that the points rest on a test that ran beside the student's code.
    """

    grade_id: str
    points: float | None
    max_points: float
    message: str = ""
    check_id: str | None = None
    asks_for: tuple[str, ...] = ()
    in_sandbox: bool = False


@dataclass
class NotebookOutcome:
    """What one notebook gave: its cells in order, the student's text by id, lines of trouble."""

    name: str
    cells: list[CellOutcome]
    answers: dict[str, str]
    problems: list[str]


@dataclass
class Outcome:
    """What came of a job."""

    student: str
    assignment: str
    notebooks: list[NotebookOutcome]
    problems: list[str]
    fingerprint: str
    isolation: str
    seed: int
    timestamp: str | None = None

    @property
    def cells(self) -> list[CellOutcome]:
        """The graded cells of all notebooks."""
        return [cell for notebook in self.notebooks for cell in notebook.cells]

    @property
    def score(self) -> float:
        """The points that were decided here."""
        return sum(cell.points or 0.0 for cell in self.cells)

    @property
    def max_score(self) -> float:
        """The points to be had, those marked by hand included."""
        return sum(cell.max_points for cell in self.cells)


def outcome_of(plain: dict[str, Any]) -> Outcome:
    """Return the outcome that `dataclasses.asdict` made plain data of."""
    notebooks = [
        NotebookOutcome(
            **notebook
            | {
                "cells": [
                    CellOutcome(**cell | {"asks_for": tuple(cell["asks_for"])})
                    for cell in notebook["cells"]
                ]
            }
        )
        for notebook in plain["notebooks"]
    ]
    return Outcome(**plain | {"notebooks": notebooks})


def grade_job(job: Job) -> Outcome:
    """Grade one submission. Whatever is wrong with it becomes a line of its outcome.

    Raises `SandboxError` if the sandbox itself does not start: that is no student's doing.
    """
    sandbox = _sandbox(job.isolation, job.limits, job.preload)
    notebooks = []
    for source in job.notebooks:
        try:
            notebooks.append(_grade_notebook(source, job, sandbox))
        except SandboxError:
            raise
        except Exception:
            line = f"{source.name} could not be graded, by a fault of the grader. Please report: "
            problems = [line + plain_line(traceback.format_exc(), 4_000)]
            cells = _undecided(source, "Not graded, by a fault of the grader.")
            notebooks.append(NotebookOutcome(source.name, cells, {}, problems))
    return Outcome(
        job.student,
        job.assignment,
        notebooks,
        list(job.problems),
        job.fingerprint,
        job.isolation,
        job.seed,
        job.timestamp,
    )


class _Sandboxes(threading.local):
    """The sandboxes of one thread, by what was wished: started once, used for many submissions."""

    def __init__(self):
        self.started: dict[tuple, Sandbox] = {}


_sandboxes = _Sandboxes()


def _sandbox(*wanted: Any) -> Sandbox:
    if wanted not in _sandboxes.started:
        _sandboxes.started[wanted] = make_sandbox(*wanted)
    return _sandboxes.started[wanted]


def close_sandboxes() -> None:
    """End the sandboxes that `grade_job` left running in this thread for the next job."""
    while _sandboxes.started:
        _sandboxes.started.popitem()[1].close()


def _grade_notebook(source: SourceNotebook, job: Job, sandbox: Sandbox) -> NotebookOutcome:
    data = job.files.get(source.name)
    if data is None:
        missing = f"{source.name}.ipynb was not submitted."
        return NotebookOutcome(source.name, _no_points(source, missing), {}, [missing])
    submission = read_submission(data, source)
    if not submission.answers:
        reason = "Nothing of this notebook could be read."
        problems = submission.problems
        return NotebookOutcome(source.name, _no_points(source, reason), {}, problems)
    asked = {name for cell in source.cells for name in cell.asks_for}
    cells = _to_load(source, submission)
    with StudentProcess(sandbox, cells, sorted(asked)) as process:
        try:
            loaded = process.load()
        except StudentProcessError as error:
            submission.tell(f"{source.name} could not be loaded: {error}.")
            loaded = Loaded()
        for name, error in loaded.errors.items():
            submission.tell(f"Cell {name}: {error}")
        results = _run_checks(source, loaded, job.seed)
        graded = [_grade_cell(cell, submission, results, process) for cell in _graded(source.cells)]
        for problem in process.problems:
            submission.tell(f"{problem[:1].upper()}{problem[1:]}.")
    return NotebookOutcome(source.name, graded, submission.answers, submission.problems)


def _to_load(source: SourceNotebook, submission: Submission) -> list[Cell]:
    """The cells that run in the sandbox, in the order of the source."""
    cells = []
    for cell in source.cells:
        if cell.kind == "given" and (code := given_code(cell)):
            cells.append(Cell(cell.grade_id or "given", code, given=True))
        elif cell.by_student and cell.cell_type == "code" and cell.grade_id in submission.answers:
            cells.append(Cell(cell.grade_id, submission.answers[cell.grade_id]))
    return cells


def _run_checks(source: SourceNotebook, loaded: Loaded, seed: int) -> dict[str, Result]:
    """Run the check of each check cell over the student's functions.

    The generators of their inputs are made here, after the student's code was loaded.
    """
    topics = [get_topic(slug) for slug in slugs()]
    known = {check.id: (topic, check) for topic in topics for check in topic.checks}
    cells = [cell for cell in source.cells if cell.check_id in known]
    found: dict[str, dict[str, Result]] = {}
    for cell in cells:
        topic, check = known[cell.check_id]
        names = zip(check.functions, cell.asks_for, strict=False)
        namespace = {name: loaded.namespace[own] for name, own in names if own in loaded.namespace}
        found.setdefault(topic.slug, {})[cell.grade_id] = grade_check(check, namespace, seed)
    results = {}
    for slug, own in found.items():
        pointed = point_back(get_topic(slug), list(own.values()))
        results |= zip(own, pointed, strict=True)
    return results


def _grade_cell(
    cell: SourceCell,
    submission: Submission,
    results: dict[str, Result],
    process: StudentProcess,
) -> CellOutcome:
    if cell.kind == "check":
        return _from_check(cell, results.get(cell.grade_id))
    if cell.kind == "own":
        return _from_own_test(cell, process)
    if cell.kind == "question" and not _answered(cell, submission):
        return CellOutcome(cell.grade_id, 0.0, cell.points, "No answer was given.")
    return CellOutcome(cell.grade_id, None, cell.points, "Marked by hand.")


def _from_check(cell: SourceCell, result: Result | None) -> CellOutcome:
    about = {"check_id": cell.check_id, "asks_for": cell.asks_for}
    if result is None:
        message = f"There is no check {cell.check_id!r}: a mistake of the course, not of yours."
        return CellOutcome(cell.grade_id, None, cell.points, message, **about)
    points = cell.points * result.points / result.max_points
    return CellOutcome(cell.grade_id, points, cell.points, plain_lines(result.message), **about)


def _from_own_test(cell: SourceCell, process: StudentProcess) -> CellOutcome:
    """Points of an instructor's plain test, by nbgrader's rule: no error, or a number of points."""
    try:
        value = process.run(Cell(cell.grade_id, cell.test))
    except Exception as error:
        text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return CellOutcome(cell.grade_id, 0.0, cell.points, plain_lines(text), in_sandbox=True)
    points = cell.points
    if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
        points = min(max(float(value), 0.0), cell.points)
    return CellOutcome(cell.grade_id, points, cell.points, in_sandbox=True)


def _answered(cell: SourceCell, submission: Submission) -> bool:
    answer = submission.answers.get(cell.grade_id, "")
    return bool(answer.strip()) and answer.split() != cell.source.split()


def _no_points(source: SourceNotebook, message: str) -> list[CellOutcome]:
    """Every graded cell with 0 points; nothing is left to a person where nothing was handed in."""
    return [replace(cell, points=0.0) for cell in _undecided(source, message)]


def _undecided(source: SourceNotebook, message: str) -> list[CellOutcome]:
    """Every graded cell without points: a person has to decide."""
    return [
        CellOutcome(cell.grade_id, None, cell.points, message, cell.check_id, cell.asks_for)
        for cell in _graded(source.cells)
    ]


def _graded(cells: Sequence[SourceCell]) -> list[SourceCell]:
    return [cell for cell in cells if cell.kind in ("check", "own", "question", "task")]
