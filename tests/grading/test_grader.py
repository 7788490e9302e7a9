"""One submission, from its bytes to points and messages: a job in, an outcome out."""

import json
from dataclasses import asdict

import pytest

from rectified.grading import grader
from rectified.grading.assignment import SourceNotebook
from rectified.grading.grader import Job, Outcome, close_sandboxes, grade_job, outcome_of
from rectified.grading.sandbox import Limits
from rectified.grading.sources import read_assignment
from tests import needs
from tests.attacks import classroom
from tests.grading import generated

pytestmark = needs.bubblewrap


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> SourceNotebook:
    course = classroom.new_course(tmp_path_factory.mktemp("source") / "course")
    return read_assignment(course / "source" / "relu")[0]


@pytest.fixture
def grade(source):
    def graded(answers: dict[str, str], limits: Limits = classroom.LIMITS) -> Outcome:
        data = json.dumps(classroom.solved(answers)).encode()
        job = Job("ada", "relu", (source,), {"relu": data}, (), 1, "", limits=limits)
        return grade_job(job)

    yield graded
    close_sandboxes()


@pytest.mark.parametrize("slug", generated.SLUGS)
def test_every_solution_gets_full_marks_and_every_untouched_release_none(slug, tmp_path):
    course = generated.course_of(tmp_path / "course", [slug])
    source = read_assignment(course / "source" / slug)[0]
    scores = {}
    for kind in ("right", "blank"):
        files = {slug: generated.submission(slug, kind)}
        outcome = grade_job(Job("ada", slug, (source,), files, (), 1, ""))
        (notebook,) = outcome.notebooks
        checked = [cell for cell in notebook.cells if cell.points is not None]
        scores[kind] = {cell.grade_id: cell.points for cell in checked}
        assert kind == "blank" or all(cell.points == cell.max_points for cell in checked), [
            cell.message for cell in checked
        ]
    close_sandboxes()
    assert sum(scores["right"].values()) > 0
    assert sum(scores["blank"].values()) == 0


def messages(outcome: Outcome, function: str) -> list[str]:
    return [cell.message for cell in outcome.cells if function in cell.asks_for and cell.message]


def test_a_fault_that_is_inherited_points_back_to_its_origin(grade):
    wrong = classroom.RIGHT | {"relu_grad": "def relu_grad(x):\n    return as_floats(x) * 0 + 3"}
    inherited = messages(grade(wrong), "relu_backward")
    assert inherited
    assert all("fails its own checks: mend that first." in text for text in inherited)
    alone = classroom.RIGHT | {"relu_backward": "def relu_backward(g, x):\n    return g"}
    assert not any("mend that first" in text for text in messages(grade(alone), "relu_backward"))


def test_a_submission_that_uses_up_its_time_while_loading_gets_a_line_and_no_points(grade):
    endless = dict.fromkeys(classroom.RIGHT, "while True:\n    pass")
    limits = Limits(call_cpu_seconds=5.0, call_seconds=5.0, submission_seconds=0.6)
    outcome = grade(endless, limits)
    assert outcome.score == 0
    said = " ".join(outcome.notebooks[0].problems)
    assert "relu could not be loaded" in said
    assert "fault of the grader" not in said


def test_text_of_a_student_steers_no_terminal_and_breaks_no_line(grade):
    text = "'\\x1b[2J\\x00\\ud800\\n  honest  26 of 26'"
    code = f"raise ValueError({text})"
    outcome = grade(classroom.RIGHT | {"relu": code, "relu_grad": f"def relu_grad(x):\n    {code}"})
    (problem,) = outcome.notebooks[0].problems
    assert problem == "Cell relu: ValueError (line 1): ?[2J?? honest 26 of 26"
    for cell in outcome.cells:
        assert all(c == "\n" or c.isprintable() for c in cell.message)
        cell.message.encode()


def test_a_fault_of_the_grader_is_left_to_a_person(grade, monkeypatch):
    def broken(*arguments):
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(grader, "_run_checks", broken)
    outcome = grade(classroom.RIGHT)
    assert {cell.points for cell in outcome.cells} == {None}
    assert "fault of the grader" in outcome.notebooks[0].problems[0]


def test_an_outcome_survives_as_plain_data(grade):
    outcome = grade(classroom.RIGHT)
    assert outcome_of(json.loads(json.dumps(asdict(outcome)))) == outcome
