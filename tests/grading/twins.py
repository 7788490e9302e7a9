"""Two courses with the same students: one graded undisturbed, to compare the other with."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from rectified.grading.place import Course
from rectified.grading.runner import Options, grade_course
from tests.grading.generated import course_of, generate


def twins(place: Path, students: int) -> tuple[Path, Path]:
    """Two equal courses, the first of them graded in one go."""
    course = course_of(place / "course", ["relu"])
    generate(course, students, ("relu",))
    (course / ".rectified").mkdir()
    (course / ".rectified" / "secret").write_bytes(b"s" * 32)
    other = course.with_name("other")
    shutil.copytree(course, other)
    grade_course(Course(course), [], Options())
    return course, other


def rows(course: Path) -> int:
    """How many submissions are on record."""
    try:
        with closing(sqlite3.connect(f"file:{course}/gradebook.db?mode=ro", uri=True)) as book:
            return book.execute("select count(*) from rectified_history").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def content(course: Path) -> list[tuple]:
    """What the gradebook says of everybody: every grade, every comment, the history."""
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        grades = book.execute(
            "select student_id, s.timestamp, base_cell.name, auto_score, manual_score, "
            "needs_manual_grade "
            "from grade join base_cell on base_cell.id = cell_id "
            "join submitted_notebook on submitted_notebook.id = grade.notebook_id "
            "join submitted_assignment s on s.id = submitted_notebook.assignment_id "
        ).fetchall()
        comments = book.execute(
            "select student_id, base_cell.name, auto_comment "
            "from comment join base_cell on base_cell.id = cell_id "
            "join submitted_notebook on submitted_notebook.id = comment.notebook_id "
            "join submitted_assignment s on s.id = submitted_notebook.assignment_id "
        ).fetchall()
        history = book.execute(
            "select student, assignment, fingerprint, score, outcome from rectified_history"
        ).fetchall()
    return [sorted(map(repr, found)) for found in (grades, comments, history)]


def written(course: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(course)): path.read_bytes()
        for step in ("feedback", "autograded")
        for path in (course / step).rglob("*")
        if path.is_file()
    }
