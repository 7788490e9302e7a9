"""A class is graded into nbgrader's gradebook: once, completely, beside what a person marked."""

import csv
import fcntl
import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbgrader.api import Comment, Grade, Gradebook
from sqlalchemy.dialects import sqlite

from rectified.cli import main
from rectified.grading.gradebook import Book
from rectified.grading.place import Course, CourseError
from rectified.grading.runner import Options, grade_course
from rectified.grading.sandbox import SandboxError
from rectified.grading.sources import AssignmentError, read_assignment
from tests import needs
from tests.attacks import classroom

pytestmark = [
    needs.bubblewrap,
    pytest.mark.xdist_group("runner"),
]
ONE = Options(workers=1)
BLANK, PARTLY, RIGHT, WRONG = (f"honest-{kind}" for kind in ("blank", "partly", "right", "wrong"))


@pytest.fixture(scope="module")
def graded_once(tmp_path_factory) -> Path:
    course = classroom.new_course(tmp_path_factory.mktemp("graded") / "course")
    (course / ".rectified").mkdir()
    (course / ".rectified" / "secret").write_bytes(b"s" * 32)
    grade_course(Course(course), [], ONE)
    return course


@pytest.fixture
def course(graded_once, tmp_path) -> Path:
    """A course that was graded, to do with as the test likes."""
    shutil.copytree(graded_once, tmp_path / "course")
    return tmp_path / "course"


def resubmit(course: Path, student: str, answers: dict[str, str]) -> None:
    path = course / "submitted" / student / "relu" / "relu.ipynb"
    path.write_text(json.dumps(classroom.solved(answers)))


def regrade(course: Path):
    return {line.student: line for line in grade_course(Course(course), [], ONE).lines}


def gradebook(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course}/gradebook.db")


def history(course: Path) -> list[tuple]:
    with Book(f"sqlite:///{course}/gradebook.db") as book:
        return book.history("relu")


def test_the_gradebook_has_the_points_as_nbgrader_keeps_them(course):
    with gradebook(course) as book:
        scores = {s.student.id: s.score for s in book.find_assignment("relu").submissions}
        assert scores[RIGHT] == 26
        assert scores[WRONG] == scores[BLANK] == 0
        assert 18 < scores[PARTLY] < 26
        assert str(book.find_submission("relu", RIGHT).timestamp) == "2026-03-01 12:00:00"


def test_messages_are_comments_at_the_cell_that_they_are_about(course):
    with gradebook(course) as book:
        comments = {
            name: book.find_comment("relu", "relu", "relu", name).auto_comment
            for name in (RIGHT, PARTLY, BLANK)
        }
    assert comments[RIGHT] is None
    assert "relu(x)" in comments[PARTLY]
    assert "still to be written" in comments[BLANK]


@pytest.mark.parametrize("model", [Grade, Comment])
def test_one_submission_is_found_without_reading_those_of_the_class(course, model):
    """So that the last of two thousand costs what the first did."""
    with Book(f"sqlite:///{course}/gradebook.db") as book:
        question = book._rows(model, "relu", "key")
    question = question.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with closing(sqlite3.connect(course / "gradebook.db")) as database:
        plan = [row[3] for row in database.execute(f"explain query plan {question}")]
    assert any(step.startswith(f"SEARCH {model.__tablename__} ") for step in plan)
    assert not [step for step in plan if step.startswith("SCAN")]


def test_questions_stay_open_if_they_were_answered(course):
    with gradebook(course) as book:
        waits = {
            name: book.find_grade("keep-the-output", "relu", "relu", name).needs_manual_grade
            for name in (RIGHT, BLANK)
        }
    assert waits == {RIGHT: True, BLANK: False}


def test_what_was_graded_is_not_graded_again(course):
    before = history(course)
    lines = regrade(course)
    assert history(course) == before
    assert not any(line.changed for line in lines.values())
    assert len(list((course / ".rectified" / "backups").iterdir())) == 1


def test_a_new_version_is_graded_and_shows_old_and_new(course, capsys):
    resubmit(course, WRONG, classroom.RIGHT)
    assert main(["grade", str(course), "--workers", "1"]) == 0
    assert "graded again: 0 → 26" in capsys.readouterr().out
    assert [row[2] for row in history(course) if row[0] == WRONG] == [0, 26]
    assert len(list((course / ".rectified" / "backups").iterdir())) == 2


def test_a_backup_holds_what_was_there_before(course):
    resubmit(course, WRONG, classroom.RIGHT)
    regrade(course)
    last = max((course / ".rectified" / "backups").iterdir())
    with closing(sqlite3.connect(last)) as book:
        found = book.execute("select score from rectified_history where student = ?", (WRONG,))
        assert found.fetchall() == [(0.0,)]


def test_the_marks_of_a_person_are_never_overwritten(course):
    with gradebook(course) as book:
        written = book.find_grade("keep-the-output", "relu", "relu", RIGHT)
        written.manual_score, written.needs_manual_grade = 3.5, False
        corrected = book.find_grade("relu-values", "relu", "relu", RIGHT)
        corrected.manual_score = 1.0
        book.find_comment("keep-the-output", "relu", "relu", RIGHT).manual_comment = "well said"
        book.db.commit()
    answers = classroom.RIGHT | {"relu": "def relu(x):\n    return None"}
    resubmit(course, RIGHT, answers | {"keep-the-output": "Another answer."})
    line = regrade(course)[RIGHT]
    assert line.score == 18
    with gradebook(course) as book:
        written = book.find_grade("keep-the-output", "relu", "relu", RIGHT)
        assert (written.manual_score, written.needs_manual_grade) == (3.5, True)
        assert book.find_grade("relu-values", "relu", "relu", RIGHT).score == 1.0
    assert line.total == 18 + 3.5 + 1.0
    page = (course / "feedback" / RIGHT / "relu" / "relu.html").read_text()
    assert "22.5 of 30 points" in page
    assert "well said" in page


def test_the_page_shows_code_and_messages_and_nothing_hidden(course):
    page = (course / "feedback" / PARTLY / "relu" / "relu.html").read_text()
    assert "relu.nan" in page
    assert "<script" not in page
    source = nbformat.read(course / "source" / "relu" / "relu.ipynb", as_version=4)
    hidden = [
        line.strip()
        for cell in source.cells
        if "### BEGIN" in cell.source
        for line in cell.source.split("### BEGIN")[1].split("### END")[0].splitlines()[1:]
        if len(line.strip()) > 25 and line.strip() not in str(classroom.RIGHT)
    ]
    assert len(hidden) > 20
    for step in ("feedback", "autograded"):
        for path in (course / step).rglob("relu.*"):
            text = path.read_text()
            assert not [line for line in hidden if line in text]


def test_text_of_a_student_is_no_html(course):
    answers = {"keep-the-output": "<script>alert(1)</script>", "relu": "# </pre><b>bold</b>"}
    resubmit(course, WRONG, classroom.RIGHT | answers)
    regrade(course)
    page = (course / "feedback" / WRONG / "relu" / "relu.html").read_text()
    assert "<script" not in page
    assert "<b>" not in page


def test_what_the_report_quotes_is_no_mark_up(course):
    loud = "raise ValueError('<img src=x onerror=alert(1)> [x](javascript:y)')"
    resubmit(course, WRONG, classroom.RIGHT | {"relu": loud})
    regrade(course)
    path = course / "autograded" / WRONG / "relu" / "relu.ipynb"
    html, _ = HTMLExporter().from_filename(str(path))
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert "&lt;img" in html


def test_a_submission_that_cannot_be_recorded_is_named_and_costs_nobody_else(
    course, capsys, monkeypatch
):
    record = Book.record

    def refuse(book: Book, outcome) -> dict:
        if outcome.student == WRONG:
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        return record(book, outcome)

    monkeypatch.setattr(Book, "record", refuse)
    resubmit(course, WRONG, classroom.RIGHT)
    resubmit(course, BLANK, classroom.RIGHT)
    assert main(["grade", str(course), "--workers", "1"]) == 3
    assert f"NOT GRADED: relu, {WRONG}: not recorded" in capsys.readouterr().out
    assert [row[2] for row in history(course) if row[0] == BLANK] == [0, 26]


def test_a_name_that_no_student_can_have_is_named(course, capsys):
    strange = os.fsencode(course / "submitted") + b"/\xff\n"
    os.makedirs(strange + b"/relu")
    assert main(["grade", str(course), "--workers", "1"]) == 3
    assert r"NOT GRADED: relu, '\udcff\n': a name" in capsys.readouterr().out


def test_graded_notebooks_are_valid(course):
    for path in (course / "autograded").rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert "raise NotImplementedError" not in notebook.cells[0].source


def test_without_anything_new_a_page_still_shows_what_a_person_marked(course):
    with gradebook(course) as book:
        book.find_grade("keep-the-output", "relu", "relu", RIGHT).manual_score = 4.0
        book.db.commit()
    assert regrade(course)[RIGHT].total == 30
    assert "30 of 30" in (course / "feedback" / RIGHT / "relu" / "relu.html").read_text()


OWN_TEST = (
    "assert relu(2.0) == 2.0\n### BEGIN HIDDEN TESTS\nassert relu(-7.5) == 0\n### END HIDDEN TESTS"
)


def add_cell(course: Path, source: str, grade_id: str = "own") -> None:
    path = course / "source" / "relu" / "relu.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["nbgrader"] = {
        "grade": True, "grade_id": grade_id, "locked": True, "points": 5,
        "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip
    notebook.cells.append(cell)
    nbformat.write(notebook, path)


def test_an_instructors_own_test_runs_beside_the_student_and_the_report_says_so(tmp_path, capsys):
    course = classroom.new_course(tmp_path / "course")
    add_cell(course, OWN_TEST)
    add_cell(course, "2.5", grade_id="half")
    assert main(["grade", str(course), "--workers", "1"]) == 1  # the cells were not handed out
    assert "7.5 rest on tests that ran beside the student's code" in capsys.readouterr().out
    with gradebook(course) as book:
        assert book.find_grade("own", "relu", "relu", RIGHT).auto_score == 5
        assert book.find_grade("own", "relu", "relu", BLANK).auto_score == 0
        assert book.find_grade("half", "relu", "relu", BLANK).auto_score == 2.5
    page = (course / "feedback" / RIGHT / "relu" / "relu.html").read_text()
    assert "own, half" in page
    assert "-7.5" not in page


def test_a_cell_that_mixes_both_kinds_of_test_is_refused(tmp_path):
    course = classroom.new_course(tmp_path / "course")
    add_cell(course, 'assert relu(1) == 1\ncheck("relu.values", relu)')
    with pytest.raises(AssignmentError, match="own mixes"):
        read_assignment(course / "source" / "relu")


def test_cells_that_came_after_grading_are_refused_before_anything_changes(course, capsys):
    before = history(course)
    add_cell(course, "pass")
    assert main(["grade", str(course)]) == 2
    assert "Cannot add or remove cells" in capsys.readouterr().err
    assert history(course) == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [(["/nowhere"], "is no course"), (["COURSE", "leaky-relu"], "no source for leaky-relu")],
)
def test_what_cannot_be_graded_is_said_and_nothing_is_done(course, capsys, arguments, reason):
    arguments = [str(course) if word == "COURSE" else word for word in arguments]
    assert main(["grade", *arguments]) == 2
    assert reason in capsys.readouterr().err


def test_two_runs_at_a_time_are_refused(course):
    with open(course / ".rectified" / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(CourseError, match="another run"):
            grade_course(Course(course), [], ONE)


def test_without_bubblewrap_nothing_is_graded(course, monkeypatch):
    resubmit(course, WRONG, classroom.RIGHT)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxError, match="--isolation none"):
        grade_course(Course(course), [], ONE)


def test_grading_without_isolation_is_named_everywhere(course, capsys):
    assert main(["grade", str(course), "--isolation", "none", "--workers", "1"]) == 0
    assert "WITHOUT ISOLATION" in capsys.readouterr().out
    page = (course / "feedback" / RIGHT / "relu" / "relu.html").read_text()
    assert "without isolation" in page
    with gradebook(course) as book:
        assert book.find_submission("relu", RIGHT).score == 26


def test_scores_are_written_for_other_programs(course, tmp_path, capsys):
    assert main(["grade", str(course), "--json", "--csv", str(tmp_path / "scores.csv")]) == 0
    run = json.loads(capsys.readouterr().out)
    assert run["isolation"] == "bubblewrap"
    assert [line["student"] for line in run["lines"]] == sorted(classroom.HONEST)
    with open(tmp_path / "scores.csv", encoding="utf-8") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert float(rows[RIGHT]["total"]) == 26
    assert float(rows[RIGHT]["by_hand"]) == 4


def test_a_table_that_cannot_be_written_does_not_hide_what_was_graded(course, tmp_path, capsys):
    assert main(["grade", str(course), "--csv", str(tmp_path / "none" / "scores.csv")]) == 1
    said = capsys.readouterr()
    assert "4 submissions" in said.out
    assert "all is recorded, but not written" in said.err


def test_a_cluster_that_is_not_there_is_said_before_anything_changes(course, capsys, monkeypatch):
    resubmit(course, WRONG, classroom.RIGHT)
    before = history(course)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["grade", str(course), "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "pip install 'rectified[dask]'" in capsys.readouterr().err
    assert history(course) == before
    assert len(list((course / ".rectified" / "backups").iterdir())) == 1


def test_trouble_in_a_submission_shows_in_the_status(course, capsys):
    (course / "submitted" / WRONG / "relu" / "relu.ipynb").write_text("not a notebook")
    assert main(["grade", str(course), "--workers", "1"]) == 1
    assert f"relu, {WRONG}: The file is not a notebook" in capsys.readouterr().out


def test_who_submitted_nothing_is_named(course, capsys):
    with gradebook(course) as book:
        book.add_student("absent")
    assert main(["grade", str(course)]) == 0
    assert "nothing submitted by: absent" in capsys.readouterr().out


@pytest.mark.nbgrader
def test_nbgraders_own_commands_go_on_working(course, nbgrader, tmp_path):
    done = nbgrader(course, "generate_feedback", "relu", "--force")
    assert done.returncode == 0, done.stderr
    page = (course / "feedback" / PARTLY / "relu" / "relu.html").read_text()
    assert "np.maximum(as_floats(x), 0)" not in page.split("relu_grad")[0]
    done = nbgrader(course, "export", f"--to={tmp_path / 'grades.csv'}")
    assert done.returncode == 0, done.stderr
    with open(tmp_path / "grades.csv", encoding="utf-8") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores[RIGHT] == 26


@pytest.mark.nbgrader
def test_honest_students_get_the_points_that_nbgrader_gives(graded_once, tmp_path, nbgrader):
    course = classroom.new_course(tmp_path / "course")
    assert nbgrader(course, "generate_assignment", "relu").returncode == 0
    done = nbgrader(course, "autograde", "relu")
    assert done.returncode == 0, done.stderr
    with gradebook(course) as theirs, gradebook(graded_once) as ours:
        for student in classroom.HONEST:
            for notebook in theirs.find_submission("relu", student).notebooks:
                for grade in notebook.grades:
                    found = ours.find_grade(grade.name, "relu", "relu", student)
                    assert (found.auto_score, found.needs_manual_grade) == (
                        grade.auto_score,
                        grade.needs_manual_grade,
                    ), (student, grade.name)
