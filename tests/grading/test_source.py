"""Solutions that are read, and solutions that are refused with a reason."""

import nbformat
import pytest

from rectified.checks.core import Check, Topic
from rectified.grading.source import SourceError, grade_id_of, read_source

TOPIC = Topic(
    "double",
    (
        Check("double.values", 2, ("double",), "values", print),
        Check("half.values", 3, ("half", "double"), "values", print),
    ),
)
HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: anything
  language: python
  name: python3
---
"""
SETUP = "---\nnbgrader: {grade_id: setup}\n---\nfrom rectified.checks import check"
DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
HALF = DOUBLE.replace("double", "half").replace("2 * x", "x / 2")
CHECK_DOUBLE = 'check("double.values", double)'
CHECK_HALF = (
    '# More\n### BEGIN HIDDEN TESTS\ncheck("half.values", half, double)\n### END HIDDEN TESTS'
)
QUESTION = """\
+++ {"nbgrader": {"grade_id": "why", "points": 1}}

### BEGIN SOLUTION
Because.
### END SOLUTION

+++
"""
CELLS = {
    "setup": SETUP,
    "double": DOUBLE,
    "check double": CHECK_DOUBLE,
    "half": HALF,
    "check half": CHECK_HALF,
    "plain": "double(3)",
}


@pytest.fixture
def read(tmp_path):
    def read(cells=CELLS, text=QUESTION):
        path = tmp_path / "double.md"
        code = "".join(f"\n```{{code-cell}} ipython3\n{cell}\n```\n" for cell in cells.values())
        path.write_text(f"{HEADER}\n# Double\n{code}\n{text}\nThe end.\n", encoding="utf-8")
        return read_source(path, TOPIC)

    return read


def described(notebook):
    keys = ("grade_id", "points", "grade", "solution", "locked")
    return [
        tuple(cell.metadata.nbgrader.get(key) for key in keys)
        for cell in notebook.cells
        if "nbgrader" in cell.metadata
    ]


def test_each_cell_gets_the_metadata_of_its_kind(read):
    assert described(read()) == [
        ("setup", None, False, False, True),
        ("double", None, False, True, False),
        ("double-values", 2, True, False, True),
        ("half", None, False, True, False),
        ("half-values", 3, True, False, True),
        ("why", 1, True, True, False),
    ]


def test_all_keys_may_be_written_out(read):
    keys = "grade: true, grade_id: double-values, locked: true, points: 2, schema_version: 3"
    written = f"---\nnbgrader: {{{keys}, solution: false, task: false}}\n---\n{CHECK_DOUBLE}"
    assert read(CELLS | {"check double": written}) == read()


def test_equal_text_gives_an_equal_notebook_with_a_plain_kernel(read):
    notebook = read()
    assert notebook == read()
    assert notebook.metadata.kernelspec.display_name == "Python 3 (ipykernel)"
    assert notebook.metadata.rectified == {"topic": "double"}
    assert set(notebook.metadata) == {"kernelspec", "language_info", "rectified"}
    nbformat.validate(notebook)


def test_cells_alike_have_ids_of_their_own(read):
    notebook = read(CELLS | {"again": CELLS["plain"], "and again": CELLS["plain"]})
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


def test_a_check_id_becomes_a_grade_id_that_nbgrader_accepts():
    assert grade_id_of("dying-units.bias_only") == "dying-units-bias_only"


def with_keys(keys, cell):
    return f"---\nnbgrader: {{{keys}}}\n---\n{cell}"


FAULTS = {
    "two functions": ({"double": f"def helper():\n    pass\n\n\n{DOUBLE}"}, "helper, double"),
    "no function": ({"double": DOUBLE.replace("def double(x):", "if True:")}, "holds: none"),
    "no Python": ({"double": DOUBLE.replace("2 * x", "2 x")}, "no plain Python"),
    "grade_id of a solution": (
        {"double": with_keys("grade_id: twice", DOUBLE)},
        "grade_id is 'twice', but the cell says 'double'",
    ),
    "grade_id of a check": (
        {"check double": with_keys("grade_id: double.values", CHECK_DOUBLE)},
        "the cell says 'double-values'",
    ),
    "points of a check": (
        {"check double": with_keys("points: 5", CHECK_DOUBLE)},
        "points is 5, but the cell says 2",
    ),
    "points of a solution": ({"double": with_keys("points: 1", DOUBLE)}, "has no points"),
    "a flag": ({"double": with_keys("locked: true", DOUBLE)}, "locked is True"),
    "an unknown key": ({"double": with_keys("weight: 1", DOUBLE)}, "weight means nothing"),
    "an id twice": ({"again": DOUBLE}, "grade_id 'double' is used 2 times"),
    "no grade_id": ({"setup": SETUP.replace("grade_id: setup", "locked: true")}, "needs an nbg"),
    "open region": ({"double": DOUBLE.replace("### END SOLUTION", "")}, "in pairs"),
    "two checks in a cell": ({"check double": f"{CHECK_DOUBLE}\n{CHECK_DOUBLE}"}, "one check"),
    "check not last": ({"check double": f"{CHECK_DOUBLE}\nprint(1)"}, "the last line"),
    "check and solution": ({"double": f"{DOUBLE}\n\n\n{CHECK_DOUBLE}"}, "in one cell"),
    "a check unknown": ({"check double": 'check("double.speed", double)'}, "no check 'double.sp"),
    "an id computed": ({"check double": 'check("double" + ".values", double)'}, "written out"),
    "wrong functions": ({"check double": 'check("double.values", half)'}, "takes double"),
    "a check unused": ({"check double": "double(2)"}, "check 'double.values' is never called"),
    "hidden tests alone": (
        {"check half": CHECK_HALF.removeprefix("# More\n")},
        "nothing but hidden tests",
    ),
    "hidden without check": (
        {"plain": "### BEGIN HIDDEN TESTS\nassert double(1)\n### END HIDDEN TESTS"},
        "hidden tests outside",
    ),
    "work that nobody checks": ({"more": DOUBLE.replace("double", "treble")}, "never checked"),
    "work missing": ({"half": "half = None"}, "no solution cell holds 'half'"),
}


@pytest.mark.parametrize(("cells", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named(read, cells, reason):
    with pytest.raises(SourceError) as caught:
        read(CELLS | cells)
    assert any(reason in problem for problem in caught.value.problems), caught.value.problems


def test_a_question_needs_points_and_a_name(read):
    question = QUESTION.replace('"grade_id": "why", "points": 1', "")
    with pytest.raises(SourceError) as caught:
        read(text=question)
    assert len(caught.value.problems) == 2


def test_all_faults_are_told_at_once_with_the_file_and_the_cell(read):
    with pytest.raises(SourceError) as caught:
        read(CELLS | FAULTS["two functions"][0] | FAULTS["a check unknown"][0])
    message = str(caught.value)
    assert "double.md: cell 3 (def helper():): a solution cell holds one function" in message
    assert "double.md: cell 4 (check(" in message
