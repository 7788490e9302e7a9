"""The students' notebooks: in step with the solutions, and empty of them."""

import shutil

import nbformat
import pytest

from rectified.grading.source import HIDDEN, SOLUTION, read_source, without
from tools import exercises
from tools.exercises import ROOT, build, exercise, main

SOLUTIONS = sorted((ROOT / "solutions").glob("*.md"))
each_solution = pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda path: path.stem)


@each_solution
def test_the_committed_exercise_is_what_the_solution_makes(solution):
    committed = (ROOT / "exercises" / f"{solution.stem}.ipynb").read_text(encoding="utf-8")
    assert committed == exercise(solution), "run: make exercises"


def test_every_exercise_has_a_solution():
    assert [path.stem for path in sorted((ROOT / "exercises").glob("*.ipynb"))] == [
        path.stem for path in SOLUTIONS
    ]


@each_solution
def test_an_exercise_is_a_valid_notebook_without_outputs(solution):
    notebook = nbformat.read(ROOT / "exercises" / f"{solution.stem}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells)


def secret_lines(solution):
    """Lines that stand in solutions and hidden tests and nowhere else in the source."""
    everything, open_to_all = set(), set()
    for cell in read_source(solution).cells:
        shown = without(without(cell.source, *SOLUTION), *HIDDEN)
        everything |= {line.strip() for line in cell.source.splitlines()}
        open_to_all |= {line.strip() for line in shown.splitlines()}
    return {line for line in everything - open_to_all if len(line) > 3}


@each_solution
def test_no_exercise_holds_a_part_of_a_solution(solution):
    secrets = secret_lines(solution)
    assert len(secrets) > 4, "there is something to keep"
    notebook = nbformat.read(ROOT / "exercises" / f"{solution.stem}.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells)
    lines = {line.strip() for line in text.splitlines()}
    found = {line for line in secrets if line in lines or (len(line) > 12 and line in text)}
    assert found == set()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A copy of one solution with its exercise, in place of the repository."""
    for name in ("solutions/relu.md", "exercises/relu.ipynb"):
        target = tmp_path / name
        target.parent.mkdir()
        shutil.copy(ROOT / name, target)
    monkeypatch.setattr(exercises, "ROOT", tmp_path)
    return tmp_path


def test_check_is_quiet_when_all_is_in_step(repository, capsys):
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_check_names_what_differs_and_changes_nothing(repository, capsys):
    edited = repository / "exercises" / "relu.ipynb"
    edited.write_text("{}", encoding="utf-8")
    (repository / "exercises" / "gone.ipynb").write_text("{}", encoding="utf-8")
    assert main(["--check"]) == 1
    assert capsys.readouterr().out.split("\n") == [
        "differs: exercises/relu.ipynb",
        "differs: exercises/gone.ipynb",
        "",
    ]
    assert edited.read_text(encoding="utf-8") == "{}"


def test_building_mends_and_removes(repository):
    wanted = (repository / "exercises" / "relu.ipynb").read_bytes()
    (repository / "exercises" / "relu.ipynb").unlink()
    (repository / "exercises" / "gone.ipynb").write_text("{}", encoding="utf-8")
    assert main([]) == 0
    assert [path.name for path in (repository / "exercises").iterdir()] == ["relu.ipynb"]
    assert (repository / "exercises" / "relu.ipynb").read_bytes() == wanted


def test_one_slug_leaves_the_others_alone(repository):
    (repository / "exercises" / "other.ipynb").write_text("{}", encoding="utf-8")
    assert build(repository / "solutions", repository / "exercises", ["relu"], check=False) == []
    assert (repository / "exercises" / "other.ipynb").exists()


def test_an_unknown_slug_is_refused(repository, capsys):
    assert main(["rleu"]) == 1
    assert "no solution for: rleu" in capsys.readouterr().err


def test_a_faulty_solution_is_refused_with_its_reason(repository, capsys):
    solution = repository / "solutions" / "relu.md"
    solution.write_text(
        solution.read_text(encoding="utf-8").replace("### END SOLUTION", "", 1), encoding="utf-8"
    )
    assert main([]) == 1
    assert "do not come in pairs" in capsys.readouterr().err
