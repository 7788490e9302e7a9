"""The commands `rectified course` and `rectified grade`.

Exit status of `grade`: 0 all graded; 1 all graded, but something in it deserves a look (a
submission with a line of trouble); 2 not begun, nothing changed; 3 stopped before the end: what
was graded is recorded, and the same command does the rest.
"""

import argparse
import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

ALL_GRADED, LOOK, NOT_BEGUN, STOPPED = 0, 1, 2, 3


def add_course(commands: Any) -> None:
    """Add the subcommand `course` to the subparsers `commands`."""
    course = commands.add_parser(
        "course",
        help="make a course directory for nbgrader",
        description="Make DIR a course directory: nbgrader's settings and the source of every "
        "exercise. Called again it adds what is missing; nothing is overwritten.",
    )
    course.add_argument("directory", type=Path, metavar="DIR")
    course.add_argument(
        "--solutions", type=Path, help="the directory of the solutions (default: the checkout's)"
    )
    course.set_defaults(run=_course)


def add_grade(commands: Any) -> None:
    """Add the subcommand `grade` to the subparsers `commands`."""
    grade = commands.add_parser(
        "grade",
        help="grade the submissions of a course",
        description="Grade what is new or changed under submitted/ of the course in DIR, record "
        "it in nbgrader's gradebook, write autograded/ and feedback/.",
        epilog="Exit status: 0 all graded; 1 all graded, some submissions deserve a look; 2 not "
        "begun; 3 stopped before the end, run it again.",
    )
    grade.add_argument("directory", type=Path, metavar="DIR")
    grade.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="(default: all)")
    grade.add_argument(
        "--isolation",
        choices=("bubblewrap", "none"),
        default="bubblewrap",
        help="none: students' code runs with your rights; every report says so",
    )
    grade.add_argument("--workers", type=int, help="processes at a time (default: one a core)")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="grade on a Dask cluster, tcp://…")
    grade.add_argument("--csv", type=Path, metavar="FILE", help="write all scores to FILE as well")
    grade.add_argument("--json", action="store_true", help="print JSON instead of a table")
    grade.set_defaults(run=_grade)


def _course(options: argparse.Namespace) -> int:
    from rectified.grading.course import make_course  # jupytext takes a while to import

    try:
        made = make_course(options.directory, options.solutions)
    except (FileExistsError, FileNotFoundError, ValueError) as error:
        print(f"rectified course: {error}", file=sys.stderr)
        return NOT_BEGUN
    for path in made:
        print(f"made: {path}")
    if not made:
        print("nothing was missing")
    return ALL_GRADED


def _grade(options: argparse.Namespace) -> int:
    # nbgrader and SQLAlchemy take a second to import, which the other commands need not wait for
    from sqlalchemy.exc import SQLAlchemyError
    from tqdm import tqdm

    from rectified.grading.gradebook import GradebookError
    from rectified.grading.place import Course, CourseError
    from rectified.grading.pool import ClusterError
    from rectified.grading.runner import Options, grade_course
    from rectified.grading.sandbox import SandboxError
    from rectified.grading.sources import AssignmentError

    bar = tqdm(total=0, unit="submission", disable=options.json or None, leave=False)

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    wishes = Options(options.isolation, options.workers, options.scheduler)
    refusals = (
        CourseError,
        ClusterError,
        AssignmentError,
        GradebookError,
        SandboxError,
        SQLAlchemyError,
        OSError,
    )
    with bar:
        try:
            course = Course(options.directory)
            run = grade_course(course, options.assignments, wishes, progress)
        except refusals as error:
            begun = bar.n > 0
            print(f"rectified grade: {error}", file=sys.stderr)
            return STOPPED if begun else NOT_BEGUN
        except KeyboardInterrupt:
            print("rectified grade: stopped; run it again for the rest", file=sys.stderr)
            return STOPPED
    print(json.dumps(asdict(run), indent=2) if options.json else table(run))
    if options.csv:
        try:
            _write_csv(options.csv, run)
        except OSError as error:
            print(f"rectified grade: all is recorded, but not written: {error}", file=sys.stderr)
            return LOOK
    if run.failed:
        return STOPPED
    return LOOK if any(line.problems for line in run.lines) else ALL_GRADED


def table(run: Any) -> str:
    """Return what a run did, for a person: a table for each assignment, then what needs a look."""
    text = []
    for assignment in sorted({line.assignment for line in run.lines} | set(run.missing)):
        lines = [line for line in run.lines if line.assignment == assignment]
        text += [assignment, *_rows(lines)]
        if lines:
            mean = sum(line.total for line in lines) / len(lines)
            again = sum(line.changed and line.before is not None for line in lines)
            new = sum(line.changed for line in lines) - again
            text.append(
                f"{len(lines)} submissions: {new} new, {again} graded again, "
                f"{len(lines) - new - again} as before; mean {mean:.2f} of {lines[0].max_score:g}"
            )
        if missing := run.missing.get(assignment):
            text.append(f"nothing submitted by: {', '.join(missing)}")
        text.append("")
    looks = [(line, problem) for line in run.lines for problem in line.problems]
    if looks:
        text.append("Deserves a look:")
        text += [f"  {line.assignment}, {line.student}: {problem}" for line, problem in looks]
        text.append("")
    text += [f"NOT GRADED: {line}" for line in run.failed]
    text += run.notes
    if run.isolation == "none":
        text.append("WITHOUT ISOLATION: students' code ran with the rights of this account.")
    return "\n".join(text).rstrip()


def _rows(lines: list) -> list[str]:
    width = max((len(line.student) for line in lines), default=0)
    rows = []
    for line in lines:
        row = f"  {line.student:{width}}  {line.total:6g} of {line.max_score:g}"
        if line.by_hand:
            row += f", {line.by_hand:g} to be marked by hand"
        if line.by_own_tests:
            row += f", {line.by_own_tests:g} rest on tests that ran beside the student's code"
        if line.changed and line.before is not None:
            row += f", graded again: {line.before:g} → {line.score:g} by the checks"
        rows.append(row)
    return rows


def _write_csv(path: Path, run: Any) -> None:
    names = ("assignment", "student", "total", "score", "max_score", "by_hand", "by_own_tests")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*names, "timestamp", "isolation"])
        for line in run.lines:
            values = [getattr(line, name) for name in names]
            writer.writerow([*values, line.timestamp or "", run.isolation])
