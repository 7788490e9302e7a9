"""Grade a class: find what is new, have it graded, record it, write the pages.

One process, this one, writes to the gradebook. The gradebook itself says what is done: a
submission is on record with a fingerprint of everything that its result depends on, and only what
has another fingerprint is graded. A run that was killed is continued by running it again.
"""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy.exc import DataError

import rectified
from rectified.grading.assignment import SourceNotebook, imported
from rectified.grading.gradebook import Book, Marks
from rectified.grading.grader import Job, Outcome
from rectified.grading.page import feedback_page
from rectified.grading.place import Course, CourseError, write
from rectified.grading.pool import Cluster, Local, graded
from rectified.grading.rebuild import rebuild
from rectified.grading.sandbox import PACKAGES, Limits, SandboxError, make_sandbox
from rectified.grading.sources import read_assignment
from rectified.grading.submitted import BOOKKEEPING, Submitted, read_submitted

JUDGES = ("checks", "activations", "networks", "measure", "grading/jail")
JUDGING = (
    "answers", "assignment", "bubblewrap", "connection", "grader", "notebook", "plain", "remote",
    "sandbox", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class Options:
    """How to grade: where jobs run, in what isolation, within which limits."""

    isolation: str = "bubblewrap"
    workers: int | None = None
    scheduler: str | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Line:
    """What a run did with one submission.

    ``score`` is what the checks gave and ``before`` what they gave for the state that was on
    record until then; ``total`` counts a person's marks as well; ``by_hand`` are the points that
    still wait for a person, ``by_own_tests`` those that rest on tests in the sandbox.
    """

    assignment: str
    student: str
    score: float
    total: float
    max_score: float
    timestamp: str | None = None
    before: float | None = None
    changed: bool = True
    problems: tuple[str, ...] = ()
    by_own_tests: float = 0.0
    by_hand: float = 0.0


@dataclass
class Run:
    """What came of a run."""

    isolation: str
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)


def grade_course(
    course: Course,
    assignments: list[str],
    options: Options,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Run:
    """Grade what is new or changed in `assignments` (default: all), and record it.

    Raises `CourseError`, `AssignmentError`, `ClusterError` or `SandboxError` before anything is
    changed if the course cannot be graded. `progress` is told how many of how many are done.
    """
    known = course.assignments()
    if unknown := [name for name in assignments if name not in known]:
        raise CourseError(f"no source for {', '.join(unknown)}; there is {', '.join(known)}")
    sources = {
        name: tuple(read_assignment(course.source(name), course.config))
        for name in assignments or known
    }
    make_sandbox(options.isolation, options.limits).close()
    run = Run(options.isolation)
    place = Cluster(options.scheduler) if options.scheduler else Local(options.workers)
    with closing(place) as where, course.locked(), Book(course.db_url, course.course_id) as book:
        todo = {
            name: _changed(course, book, name, notebooks, options, run)
            for name, notebooks in sources.items()
        }
        total = sum(len(names) for names in todo.values())
        if total:
            run.notes.append(book.back_up(course.own / "backups"))
            for name in todo:
                if todo[name]:
                    book.prepare(name, sorted(course.source(name).glob("*.ipynb")))
            jobs = (
                _job(course, name, sources[name], student, options)
                for name, students in todo.items()
                for student in students
            )
            _grade(course, book, sources, jobs, where, run, lambda done: progress(done, total))
        for name, notebooks in sources.items():
            _tell_of_unchanged(course, book, name, notebooks, set(todo[name]), run)
            seen = {line.student for line in run.lines if line.assignment == name}
            run.missing[name] = sorted(book.students() - seen)
    run.lines.sort(key=lambda line: (line.assignment, line.student))
    return run


def _changed(
    course: Course,
    book: Book,
    assignment: str,
    notebooks: tuple[SourceNotebook, ...],
    options: Options,
    run: Run,
) -> list[str]:
    """Return whose submissions are not on record as they are."""
    on_record = book.graded(assignment)
    changed = []
    for student in course.students(assignment):
        if not student.isprintable():
            run.failed.append(f"{assignment}, {student!r}: a name that no student can have")
            continue
        job = _job(course, assignment, notebooks, student, options)
        if job.fingerprint != on_record.get(student, ("", 0.0))[0]:
            changed.append(student)
    return changed


def _job(
    course: Course,
    assignment: str,
    notebooks: tuple[SourceNotebook, ...],
    student: str,
    options: Options,
) -> Job:
    directory = course.path("submitted", student, assignment)
    found = read_submitted(directory, [notebook.name for notebook in notebooks]) or Submitted()
    digest = hashlib.sha256(judges().encode())
    parts = [options.isolation, repr(options.limits), found.timestamp or "", *found.problems]
    parts += [notebook.fingerprint for notebook in notebooks]
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode(errors="replace"))
    for name, data in sorted(found.files.items()):
        digest.update(f"{name}:{-1 if data is None else len(data)}:".encode())
        digest.update(data or b"")
    who = f"{assignment}\0{student}".encode(errors="replace")
    seed = int.from_bytes(hashlib.sha256(course.secret() + who).digest()[:4], "big")
    modules = {name for name in imported(notebooks) if name.split(".")[0] in PACKAGES}
    return Job(
        student=student,
        assignment=assignment,
        notebooks=notebooks,
        files=found.files,
        problems=tuple(found.problems),
        seed=seed,
        fingerprint=digest.hexdigest(),
        timestamp=found.timestamp,
        isolation=options.isolation,
        limits=options.limits,
        preload=tuple(sorted(modules | {"numpy"})),
    )


def _grade(
    course: Course,
    book: Book,
    sources: dict[str, tuple[SourceNotebook, ...]],
    jobs: Iterable[Job],
    where: Local | Cluster,
    run: Run,
    progress: Callable[[int], None],
) -> None:
    on_record = {name: book.graded(name) for name in sources}
    for done, (job, outcome) in enumerate(graded(jobs, where), 1):
        if isinstance(outcome, SandboxError):
            raise outcome
        if not isinstance(outcome, Outcome):
            run.failed.append(f"{job.assignment}, {job.student}: {outcome!r}")
            continue
        notebooks = sources[job.assignment]
        _write_autograded(course, outcome, notebooks)
        try:
            marks = book.record(outcome)
        except (ValueError, LookupError, DataError) as error:  # one submission, not the run
            run.failed.append(f"{job.assignment}, {job.student}: not recorded, {error!r}")
            continue
        before = on_record[job.assignment].get(job.student, (None, None))[1]
        _write_feedback(course, outcome, notebooks, marks)
        run.lines.append(_line(outcome, marks, before, changed=True))
        progress(done)


def _line(
    outcome: Outcome, marks: dict[tuple[str, str], Marks], before: float | None, changed: bool
) -> Line:
    problems = [*outcome.problems]
    for notebook in outcome.notebooks:
        problems += notebook.problems
    return Line(
        assignment=outcome.assignment,
        student=outcome.student,
        score=outcome.score,
        total=sum(mark.points or 0.0 for mark in marks.values()),
        max_score=outcome.max_score,
        timestamp=outcome.timestamp,
        before=before,
        changed=changed,
        problems=tuple(problems),
        by_own_tests=sum(cell.points or 0.0 for cell in outcome.cells if cell.in_sandbox),
        by_hand=sum(
            cell.max_points
            for notebook in outcome.notebooks
            for cell in notebook.cells
            if marks[notebook.name, cell.grade_id].points is None
        ),
    )


def _write_autograded(
    course: Course, outcome: Outcome, notebooks: tuple[SourceNotebook, ...]
) -> None:
    directory = course.path("autograded", outcome.student, outcome.assignment)
    graded_notebooks = {notebook.name: notebook for notebook in outcome.notebooks}
    for source in notebooks:
        text = rebuild(source, graded_notebooks[source.name])
        write(directory / f"{source.name}.ipynb", text.encode())
    _write_bookkeeping(course, outcome, directory)


def _write_feedback(
    course: Course,
    outcome: Outcome,
    notebooks: tuple[SourceNotebook, ...],
    marks: dict[tuple[str, str], Marks],
) -> None:
    directory = course.path("feedback", outcome.student, outcome.assignment)
    graded_notebooks = {notebook.name: notebook for notebook in outcome.notebooks}
    for source in notebooks:
        if source.name in graded_notebooks:
            page = feedback_page(source, outcome, graded_notebooks[source.name], marks)
            write(directory / f"{source.name}.html", page.encode(errors="replace"))
    _write_bookkeeping(course, outcome, directory)


def _tell_of_unchanged(
    course: Course,
    book: Book,
    assignment: str,
    notebooks: tuple[SourceNotebook, ...],
    fresh: set[str],
    run: Run,
) -> None:
    """Report who was not graded in this run, with a new page: a person may have marked since."""
    for outcome in book.outcomes(assignment):
        if outcome.student not in fresh:
            marks = book.marks(assignment, outcome.student)
            _write_feedback(course, outcome, notebooks, marks)
            run.lines.append(_line(outcome, marks, before=outcome.score, changed=False))


def _write_bookkeeping(course: Course, outcome: Outcome, directory: Path) -> None:
    """Copy what nbgrader's exchange needs to know of a submission."""
    submitted = course.path("submitted", outcome.student, outcome.assignment)
    found = read_submitted(submitted, [])
    for name in BOOKKEEPING:
        if found is not None and name in found.bookkeeping:
            write(directory / name, found.bookkeeping[name])


@cache
def judges() -> str:
    """Return a text that changes with the code of the package that decides about points."""
    root = Path(rectified.__file__).parent
    digest = hashlib.sha256()
    files = [path for room in JUDGES for path in sorted(root.joinpath(room).rglob("*.py"))]
    files += [root / "grading" / f"{name}.py" for name in JUDGING]
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
