"""nbgrader's gradebook, written to by one process, a submission at a time.

Scores and comments go where nbgrader's own commands look for them. Beside nbgrader's tables one of
ours keeps what was graded: a row for each submission and state of its files, never changed
afterwards. The row is written in the same transaction as the scores, so that a run that was killed
knows what is left, and a submission is recorded once for each state of its files.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from rectified.grading.backup import back_up
from rectified.grading.grader import NotebookOutcome, Outcome, outcome_of
from rectified.grading.tables import HISTORY, SET_COMMENT, SET_GRADE


class GradebookError(Exception):
    """The gradebook does not fit the course; the text says what to do."""


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds for one graded cell, a person's marks included."""

    auto: float | None
    manual: float | None
    extra: float | None
    needs_manual: bool
    comment: str | None

    @property
    def points(self) -> float | None:
        """The points that count: a person's before those of the checks, extra credit on top."""
        points = self.auto if self.manual is None else self.manual
        return None if points is None else points + (self.extra or 0.0)


class Book:
    """The gradebook of a course. Use as a context manager."""

    def __init__(self, db_url: str, course_id: str = ""):
        self.db_url = db_url
        self._gradebook = Gradebook(db_url, course_id)
        self._cells: dict[str, dict[str, tuple[str, str]]] = {}
        self._notebooks: dict[str, list[str]] = {}

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *error: object) -> None:
        self._gradebook.close()

    def prepare(self, assignment: str, notebooks: list[Path]) -> None:
        """Make the gradebook know the cells of an assignment, as `generate_assignment` does.

        Raises `GradebookError` if cells came or went after submissions had been recorded.
        """
        HISTORY.metadata.create_all(self._gradebook.engine)
        self._gradebook.update_or_create_assignment(assignment)
        for path in notebooks:
            resources = {
                "nbgrader": {"notebook": path.stem, "assignment": assignment, "db_url": self.db_url}
            }
            try:
                SaveCells().preprocess(nbformat.read(path, as_version=4), resources)
            except RuntimeError as error:
                raise GradebookError(f"{path.name}: {error}") from error
        self._gradebook.db.expire_all()
        self._cells.pop(assignment, None)

    def _cells_of(self, assignment: str) -> dict[str, tuple[str, str]]:
        """The (notebook, grade_id) of every cell that the gradebook knows, by its own key."""
        if assignment not in self._cells:
            notebooks = self._gradebook.find_assignment(assignment).notebooks
            self._notebooks[assignment] = [notebook.id for notebook in notebooks]
            self._cells[assignment] = {
                cell.id: (notebook.name, cell.name)
                for notebook in notebooks
                for cell in [*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells]
            }
            self._gradebook.db.expunge_all()
        return self._cells[assignment]

    def graded(self, assignment: str) -> dict[str, tuple[str, float]]:
        """Return the fingerprint and the score of each student's latest state on record."""
        if not inspect(self._gradebook.engine).has_table(HISTORY.name):
            return {}
        rows = self._gradebook.db.execute(
            select(HISTORY.c.student, HISTORY.c.fingerprint, HISTORY.c.score)
            .where(HISTORY.c.assignment == assignment)
            .order_by(HISTORY.c.id)
        )
        return {student: (fingerprint, score) for student, fingerprint, score in rows}

    def students(self) -> set[str]:
        """Return the students that the gradebook knows."""
        return {student.id for student in self._gradebook.students}

    def record(self, outcome: Outcome) -> dict[tuple[str, str], Marks]:
        """Write points, comments and the row of history of one submission, all or none.

        Returns what is on record then, as `marks` does.
        """
        cells = self._cells_of(outcome.assignment)
        results = {(n.name, cell.grade_id): cell for n in outcome.notebooks for cell in n.cells}
        notebooks = {notebook.name for notebook in outcome.notebooks}
        comments = {
            (notebook.name, name): text
            for notebook in outcome.notebooks
            for name, text in _comments(notebook).items()
        }
        with self._transaction() as database:
            submission = self._submission(outcome)
            if (when := _time(outcome.timestamp)) is not None:
                submission.timestamp = when
            key = submission.id
            grades = [
                {
                    "key": grade.id,
                    "auto": result.points,
                    "open": result.points is None or grade.manual_score is not None,
                }
                for grade in database.execute(self._rows(Grade, outcome.assignment, key))
                if (result := results.get(cells[grade.cell_id])) is not None
            ]
            said = [
                {"key": comment.id, "text": comments.get(cells[comment.cell_id])}
                for comment in database.execute(self._rows(Comment, outcome.assignment, key))
                if cells[comment.cell_id][0] in notebooks
            ]
            if grades:
                database.connection().execute(SET_GRADE, grades)
            if said:
                database.connection().execute(SET_COMMENT, said)
            database.execute(
                HISTORY.insert().values(
                    student=outcome.student,
                    assignment=outcome.assignment,
                    fingerprint=outcome.fingerprint,
                    score=outcome.score,
                    max_score=outcome.max_score,
                    isolation=outcome.isolation,
                    outcome=json.dumps(asdict(outcome)),
                    graded_at=datetime.now(UTC).replace(tzinfo=None),
                )
            )
            return self._marks(database, outcome.assignment, key)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """Let everything in the block be one transaction, nbgrader's own commits included."""
        registry = self._gradebook.db
        registry.remove()
        with self._gradebook.engine.begin() as connection:
            session = registry(bind=connection, join_transaction_mode="rollback_only")
            try:
                yield session
                session.flush()
            finally:
                registry.remove()

    def _submission(self, outcome: Outcome) -> SubmittedAssignment:
        try:
            return self._gradebook.find_submission(outcome.assignment, outcome.student)
        except MissingEntry:
            self._gradebook.update_or_create_student(outcome.student)
            with self._gradebook.db.no_autoflush:
                return self._gradebook.add_submission(outcome.assignment, outcome.student)

    def outcomes(self, assignment: str) -> Iterator[Outcome]:
        """Yield the latest outcome on record of each student, one at a time."""
        if not inspect(self._gradebook.engine).has_table(HISTORY.name):
            return
        latest = self._gradebook.db.execute(
            select(HISTORY.c.student, HISTORY.c.id)
            .where(HISTORY.c.assignment == assignment)
            .order_by(HISTORY.c.id)
        )
        for number in dict(tuple(row) for row in latest).values():
            text = self._gradebook.db.execute(
                select(HISTORY.c.outcome).where(HISTORY.c.id == number)
            ).scalar_one()
            yield outcome_of(json.loads(text))

    def history(self, assignment: str) -> list[tuple[str, str, float]]:
        """Return (student, fingerprint, score) of every state ever recorded, in order."""
        columns = (HISTORY.c.student, HISTORY.c.fingerprint, HISTORY.c.score)
        rows = self._gradebook.db.execute(
            select(*columns).where(HISTORY.c.assignment == assignment).order_by(HISTORY.c.id)
        )
        return [tuple(row) for row in rows]

    def marks(self, assignment: str, student: str) -> dict[tuple[str, str], Marks]:
        """Return what is recorded for one submission, by (notebook, grade_id)."""
        submission = self._gradebook.find_submission(assignment, student)
        found = self._marks(self._gradebook.db, assignment, submission.id)
        self._gradebook.db.expunge_all()
        return found

    def _marks(self, database: Session, assignment: str, key: str) -> dict[tuple[str, str], Marks]:
        cells = self._cells_of(assignment)
        comments = {
            cells[comment.cell_id]: comment.manual_comment
            for comment in database.execute(self._rows(Comment, assignment, key))
        }
        found = {
            cells[grade.cell_id]: Marks(
                grade.auto_score,
                grade.manual_score,
                grade.extra_credit,
                grade.needs_manual_grade,
                comments.pop(cells[grade.cell_id], None),
            )
            for grade in database.execute(self._rows(Grade, assignment, key))
        }
        return found | {
            name: Marks(None, None, None, False, comment) for name, comment in comments.items()
        }

    def _rows(self, model: type, assignment: str, key: str) -> Select:
        """All rows of a table of nbgrader's that belong to one submission.

        Asked for by cell and notebook as well, because the tables are indexed by these first: by
        the submission alone, each question would read the rows of the whole class.
        """
        cells, table = self._cells_of(assignment), model.__table__
        inside = select(SubmittedNotebook.id).where(
            SubmittedNotebook.notebook_id.in_(self._notebooks[assignment]),
            SubmittedNotebook.assignment_id == key,
        )
        return select(table).where(table.c.cell_id.in_(cells), table.c.notebook_id.in_(inside))

    def back_up(self, directory: Path) -> str:
        """Copy the gradebook into `directory`; return a line that says where, or why not."""
        return back_up(self._gradebook.engine.url, directory)


def _comments(notebook: NotebookOutcome) -> dict[str, str]:
    """The messages of the checks, gathered at the solution cells that they are about."""
    gathered: dict[str, list[str]] = {}
    for cell in notebook.cells:
        for name in cell.asks_for or (cell.grade_id,):
            if cell.message and cell.points is not None:
                gathered.setdefault(name, [])
                if cell.message not in gathered[name]:
                    gathered[name].append(cell.message)
    for name in notebook.answers:
        if name in gathered and notebook.problems:
            about = [
                line
                for line in notebook.problems
                if line.startswith((f"Cell {name} ", f"Cell {name}:"))
            ]
            gathered[name] = about + gathered[name]
    return {name: "\n\n".join(messages) for name, messages in gathered.items()}


def _time(text: str | None) -> datetime | None:
    """The time that a timestamp.txt says, or None if it says none."""
    if not text:
        return None
    try:
        return parse_utc(text)
    except Exception:
        return None
