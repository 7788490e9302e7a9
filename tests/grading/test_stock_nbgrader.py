"""The unchanged nbgrader: release, validate, autograde, feedback, in a course made by us."""

import html
import re
import warnings

import nbformat
import pytest

from rectified.checks.core import get_topic
from rectified.grading.source import HIDDEN, grade_id_of, read_source, without
from tools.exercises import ROOT

pytestmark = [pytest.mark.nbgrader, pytest.mark.xdist_group("nbgrader")]

# Right code that talks: a warning, a print, and a logger bound to stderr before the check runs.
TALKATIVE = """\
import logging
import sys
import warnings

logging.basicConfig(stream=sys.stderr)
_quiet_{name} = {name}


def {name}(*arguments):
    warnings.warn("this may be slow")
    print("called", file=sys.stderr)
    logging.warning("called")
    return _quiet_{name}(*arguments)
"""


@pytest.fixture(scope="module")
def source():
    return read_source(ROOT / "solutions" / "relu.md")


@pytest.fixture(scope="module")
def right(source):
    """Every solution cell of the source, by its id; the questions are answered in words."""
    cells = [cell for cell in source.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        if cell.cell_type == "code"
        else "It is 0 by convention."
        for cell in cells
    }


@pytest.fixture(scope="module")
def course(new_course, submit, right, nbgrader):
    """A course with four graded submissions and their feedback."""
    course = new_course()
    functions = {name for check in get_topic("relu").checks for name in check.functions}
    submit(course, "right", right)
    submit(course, "half-right", {"relu": right["relu"]})
    submit(course, "unsolved", {})
    talkative = {name: right[name] + "\n\n\n" + TALKATIVE.format(name=name) for name in functions}
    submit(course, "talkative", right | talkative)
    for command in ("autograde", "generate_feedback"):
        done = nbgrader(course, command, "relu")
        assert done.returncode == 0, done.stderr
    return course


@pytest.fixture(scope="module")
def scores(course):
    """The automatic scores of a student by cell, read from the gradebook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of nbgrader, on Python 3.12
        from nbgrader.api import Gradebook

    def read(student: str) -> dict[str, float | None]:
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
            notebook = gradebook.find_submission_notebook("relu", "relu", student)
            return {grade.name: grade.auto_score for grade in notebook.grades}

    return read


@pytest.fixture(scope="module")
def expected(source):
    """The scores of someone who wrote these functions and, perhaps, answered the questions."""

    def points(functions: set[str], answered: bool) -> dict[str, float | None]:
        by_check = {
            grade_id_of(check.id): float(check.points) if functions >= {*check.functions} else 0.0
            for check in get_topic("relu").checks
        }
        questions = {
            cell.metadata.nbgrader.grade_id: None if answered else 0.0
            for cell in source.cells
            if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("grade")
        }
        return by_check | questions

    return points


def test_the_released_notebook_is_the_committed_exercise_but_for_the_course(course):
    released = nbformat.read(course / "release/relu/relu.ipynb", as_version=4)
    assert released == nbformat.read(ROOT / "exercises" / "relu.ipynb", as_version=4)


def test_a_right_submission_gets_every_point(scores, expected, right):
    assert scores("right") == expected(set(right), answered=True)


def test_half_a_submission_gets_the_points_of_that_half(scores, expected):
    half = expected({"relu"}, answered=False)
    assert scores("half-right") == half
    assert 0 < sum(half.values()) < sum(check.points for check in get_topic("relu").checks)


def test_an_unsolved_submission_gets_no_point(scores, expected):
    assert scores("unsolved") == expected(set(), answered=False)
    assert set(scores("unsolved").values()) == {0.0}


def test_warnings_and_log_lines_cost_nothing(scores, expected, right):
    assert scores("talkative") == expected(set(right), answered=True)


def test_validate_passes_the_solved_notebook(course, nbgrader):
    done = nbgrader(course, "validate", "submitted/right/relu/relu.ipynb")
    assert "Success! Your notebook passes all the tests." in done.stdout


def test_validate_fails_the_unsolved_notebook_and_says_what_to_do(course, nbgrader):
    done = nbgrader(course, "validate", "submitted/unsolved/relu/relu.ipynb")
    assert "VALIDATION FAILED" in done.stdout
    assert "relu is still to be written" in done.stdout


@pytest.mark.parametrize("student", ["right", "half-right", "unsolved"])
def test_feedback_shows_no_hidden_test(course, source, student):
    page = (course / "feedback" / student / "relu" / "relu.html").read_text(encoding="utf-8")
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    hidden, visible = set(), set()
    for cell in source.cells:
        shown = without(cell.source, *HIDDEN)
        visible |= {line.strip() for line in shown.splitlines()}
        hidden |= {line.strip() for line in cell.source.splitlines()}
    hidden = {line for line in hidden - visible if line}
    assert any(line.startswith("check(") for line in hidden)
    assert [line for line in hidden if line in text] == []
    assert any(line in text for line in visible if line.startswith("check("))
