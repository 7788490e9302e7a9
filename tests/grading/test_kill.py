"""A run that is killed at any moment loses nothing: the next ones finish it, and nothing twice."""

import json
import multiprocessing
import random
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from rectified.grading.place import Course
from rectified.grading.runner import Options, grade_course
from tests.attacks import classroom

pytestmark = [
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
    pytest.mark.xdist_group("kill"),
]
KILLS = 20
STUDENTS = 48


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[Path, Path]:
    """Two equal courses, the first of them graded in one go."""
    course = classroom.new_course(tmp_path_factory.mktemp("kill") / "course")
    (course / ".rectified").mkdir()
    (course / ".rectified" / "secret").write_bytes(b"s" * 32)
    kinds = list(classroom.HONEST.values())
    for number in range(STUDENTS - len(kinds)):
        notebook = classroom.solved(kinds[number % len(kinds)])
        classroom.hand_in(course, f"student-{number:03}", json.dumps(notebook).encode())
    other = course.with_name("other")
    shutil.copytree(course, other)
    grade_course(Course(course), [], Options())
    return course, other


def rows(course: Path) -> int:
    """How many submissions are on record."""
    try:
        with sqlite3.connect(f"file:{course}/gradebook.db?mode=ro", uri=True) as book:
            return book.execute("select count(*) from rectified_history").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def content(course: Path) -> list[tuple]:
    """What the gradebook says of everybody: every grade, every comment, the history."""
    with sqlite3.connect(course / "gradebook.db") as book:
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


def test_twenty_kills_change_nothing(undisturbed):
    course, disturbed = undisturbed
    moments = random.Random(8)
    begin = multiprocessing.get_context("fork")  # as the command, without its second of imports
    unfinished = 0
    for kill in range(KILLS):
        # Somewhere between the start of the program and the next few submissions on record.
        until = rows(disturbed) + moments.choice([0, 0, 1, 2, 3])
        run = begin.Process(target=grade_course, args=(Course(disturbed), [], Options()))
        run.start()
        if kill % 4 == 0:
            time.sleep(moments.uniform(0.0, 2.0))
        while rows(disturbed) < until and run.is_alive():
            time.sleep(0.002)
        time.sleep(moments.uniform(0.0, 0.05))
        run.kill()
        run.join()
        unfinished += rows(disturbed) < STUDENTS
    assert unfinished >= KILLS // 2, "the kills came too late to disturb anything"
    grade_course(Course(disturbed), [], Options())
    assert rows(disturbed) == STUDENTS
    assert content(disturbed) == content(course)
    assert written(disturbed) == written(course)
