"""`rectified check`: a student's notebook in, a table out, and never an unexplained failure."""

import json
import sys

import nbformat
import pytest

from rectified.checks.core import get_topic
from rectified.cli import main
from rectified.grading.selfcheck import SelfCheckError, read_notebook, self_check
from rectified.grading.source import read_source
from tools.exercises import ROOT

UNSOLVED = ROOT / "exercises" / "relu.ipynb"


@pytest.fixture
def solved(tmp_path):
    path = tmp_path / "relu.ipynb"
    nbformat.write(read_source(ROOT / "solutions" / "relu.md"), path)
    return path


def notebook(path, *cells, topic="relu"):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata["rectified"] = {"topic": topic}
    nbformat.write(made, path)
    return path


def test_a_solved_notebook_earns_all_points_and_is_not_changed(solved, capsys):
    before = solved.read_bytes()
    assert main(["check", str(solved), "--seed", "4"]) == 0
    out, err = capsys.readouterr()
    assert err == "rectified check: running relu.ipynb …\n"
    assert out.startswith("relu.ipynb, seed 4 (--seed 4 draws the same inputs again)\n")
    assert "26 of 26 points. 4 more are graded by hand." in out
    for check in get_topic("relu").checks:
        row = next(line for line in out.splitlines() if line.startswith(f"{check.id} "))
        assert row.split() == [check.id, f"{check.points}/{check.points}", "passed"]
    assert solved.read_bytes() == before
    assert [path.name for path in solved.parent.iterdir()] == [solved.name]


def test_an_untouched_notebook_earns_nothing_and_says_so_once_a_function(capsys):
    assert main(["check", str(UNSOLVED)]) == 1
    out = capsys.readouterr().out
    assert "0 of 26 points." in out
    assert out.count("is still to be written") == 3
    assert "as for relu_grad.values" in out
    assert "no answer yet" in out
    assert "stopped with an error" not in out


def test_json_holds_the_report_the_questions_and_the_stopped_cells(tmp_path, capsys):
    path = notebook(
        tmp_path / "mine.ipynb",
        "import numpy as np\ndef relu(x):\n    return np.abs(np.asarray(x, float))",
        "1 / 0",
        "def relu_grad(x):\n    return x +",
    )
    assert main(["check", str(path), "--json", "--seed", "9"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["topic"], said["seed"], said["score"], said["max_score"]) == ("relu", 9, 0, 26)
    assert [stop["cell"] for stop in said["stopped"]] == [2, 3]
    assert [stop["opening"] for stop in said["stopped"]] == ["1 / 0", "def relu_grad(x):"]
    assert said["stopped"][0]["error"] == "ZeroDivisionError: division by zero"
    assert "SyntaxError" in said["stopped"][1]["error"]
    assert said["questions"] == []
    assert "relu_grad is not defined" in said["results"][7]["message"]


def test_an_error_that_comes_again_is_told_once(tmp_path, capsys):
    path = notebook(
        tmp_path / "relu.ipynb",
        "def relu(x):\n    if x > 0:\n        return x\n    return 0.0",
        "def relu_grad(x):\n    if x > 0:\n        return 1.0\n    return 0.0",
        "def relu_backward(grad_output, x):\n    return grad_output if x > 0 else 0.0",
    )
    assert main(["check", str(path)]) == 1
    out = capsys.readouterr().out
    assert out.count("one yes-or-no question") == 1
    assert out.count("as for relu.values") == len(get_topic("relu").checks) - 1
    assert len(out.splitlines()) < 45


def test_a_list_in_a_message_keeps_its_lines(tmp_path, capsys):
    path = notebook(
        tmp_path / "leaky.ipynb",
        "def accepts_leaky_pair(f, f_grad, negative_slope):\n    return True",
        topic="leaky",
    )
    assert main(["check", str(path)]) == 1
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "- a pair without any leak" in lines
    assert "- a pair whose two sides are swapped" in lines


def test_a_function_whose_cell_did_not_run_is_not_just_missing(solved, capsys):
    book = nbformat.read(solved, as_version=4)
    cell = next(
        c for c in book.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "relu_grad"
    )
    cell.source = "def relu_grad(x):\n    return np.heaviside(x, 0))"
    nbformat.write(book, solved)
    assert main(["check", str(solved)]) == 1
    out = capsys.readouterr().out
    assert "  `def relu_grad(x):`: SyntaxError: unmatched ')' (line 2)\n" in out
    out = " ".join(out.split())
    assert "There is no relu_grad: its cell stopped with SyntaxError: unmatched ')'" in out
    assert "relu_grad is not defined." not in out


def test_the_notebooks_own_check_cells_do_not_matter(solved):
    book = nbformat.read(solved, as_version=4)
    checks = [c for c in book.cells if c.source.startswith(("check(", "#"))]
    checks[0].source = "raise RuntimeError('edited')"
    checks[1].source = "def relu(x):\n    return 'forged in a locked cell'"
    book.cells = [cell for cell in book.cells if cell not in checks[2:]]
    nbformat.write(book, solved)
    outcome = self_check(solved)
    assert outcome.report.score == 26
    assert outcome.stopped == ()


def test_names_that_the_notebook_took_do_not_disturb_the_checks(tmp_path, solved):
    book = nbformat.read(solved, as_version=4)
    shadows = "grade = check = print = json = open = globals().get('missing')\nrng = 3"
    book.cells.append(nbformat.v4.new_code_cell(shadows))
    nbformat.write(book, solved)
    assert self_check(solved).report.score == 26


def test_it_runs_in_the_notebooks_folder(tmp_path):
    (tmp_path / "readings.txt").write_text("1.5", encoding="utf-8")
    path = notebook(tmp_path / "relu.ipynb", "value = float(open('readings.txt').read())")
    assert self_check(path).stopped == ()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.ipynb", None, "There is no file"),
        ("text.ipynb", b"not JSON", "holds no JSON"),
        ("empty.ipynb", b"", "holds no JSON"),
        ("latin.ipynb", '{"nbformat": 4, "é": 1}'.encode("latin-1"), "holds no JSON"),
        ("list.ipynb", b"[]", "is not a notebook"),
        ("object.ipynb", b"{}", "is not a notebook"),
        ("old.ipynb", b'{"nbformat": 3, "worksheets": []}', "old or damaged"),
        ("cells.ipynb", b'{"nbformat": 4, "cells": 7}', "old or damaged"),
        (
            "other.ipynb",
            b'{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "R"}}}',
            "a notebook in R",
        ),
        ("unknown.ipynb", b'{"nbformat": 4, "cells": []}', "there is no topic 'unknown'"),
    ],
)
def test_what_cannot_be_checked_is_explained(tmp_path, capsys, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert main(["check", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("rectified check: ")
    assert "running" not in err
    assert said in err


def test_a_folder_is_no_notebook(tmp_path):
    with pytest.raises(SelfCheckError, match="is a folder"):
        read_notebook(tmp_path)


def test_cells_need_not_be_valid_in_every_respect(tmp_path):
    path = tmp_path / "relu.ipynb"
    cells = [
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"], "metadata": None},
        {"cell_type": "markdown"},
        7,
        {"source": 3, "metadata": {"nbgrader": 4}},
    ]
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    read = read_notebook(path).cells
    assert [cell.source for cell in read] == ["a = 1\nb = 2", "", "", "3"]
    assert [cell.cell_type for cell in read] == ["code", "markdown", "markdown", "markdown"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("# for ever\nwhile True: pass", "begins with `# for ever` ran longer than 1 seconds"),
        (
            "def relu(x):\n    while True: pass",
            "One of the functions, when checked, ran longer than 5 seconds",
        ),
    ],
)
def test_what_never_ends_is_named(tmp_path, cell, said):
    path = notebook(tmp_path / "relu.ipynb", cell)
    with pytest.raises(SelfCheckError) as caught:
        self_check(path, seconds_per_cell=1)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("# the end\nimport os; os._exit(1)", "begins with `# the end` made Python itself stop"),
        (
            "import os\ndef relu(x):\n    os._exit(1)",
            "One of the functions, when checked, made Python itself stop",
        ),
    ],
)
def test_what_makes_python_stop_is_named(tmp_path, cell, said):
    path = notebook(tmp_path / "relu.ipynb", cell)
    with pytest.raises(SelfCheckError) as caught:
        self_check(path)
    assert said in str(caught.value)


def test_bad_usage_exits_with_2(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["check", "relu.ipynb", "--seed", "-1"])
    assert caught.value.code == 2
    assert "must not be negative" in capsys.readouterr().err


def test_a_python_that_cannot_run_notebooks_is_explained(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipykernel.kernelspec", None)
    with pytest.raises(SelfCheckError, match="pip install ipykernel"):
        self_check(notebook(tmp_path / "relu.ipynb", "x = 1"))
