"""Whatever is handed in, reading it gives answers and lines of trouble, and never an exception."""

import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rectified.grading.assignment import SourceCell, SourceNotebook
from rectified.grading.notebook import MAX_LINES, read_submission

STUB = "def f(x):\n    raise NotImplementedError()"
SOURCE = SourceNotebook(
    "tiny",
    (
        SourceCell("given", "import numpy as np", "setup", locked=True),
        SourceCell("solution", STUB, "f"),
        SourceCell("check", 'check("f.values", f)', "f-values", points=2.0, locked=True),
        SourceCell("question", "Why?", "why", "markdown", points=3.0),
    ),
)


def cell(cell_type: str, source, **settings_of_nbgrader) -> dict:
    metadata = {"nbgrader": settings_of_nbgrader} if settings_of_nbgrader else {}
    return {"cell_type": cell_type, "metadata": metadata, "source": source}


def notebook(*cells: dict) -> dict:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


GOOD = notebook(
    cell("code", "import numpy as np", grade_id="setup"),
    cell("code", "def f(x):\n    return x", grade_id="f"),
    cell("code", 'check("f.values", f)', grade_id="f-values", points=2.0),
    cell("markdown", "Because.", grade_id="why", points=3.0),
)


def read(content) -> tuple[dict, str]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    submission = read_submission(data, SOURCE)
    return submission.answers, " ".join(submission.problems)


def test_a_good_notebook_is_read_without_a_word():
    assert read(GOOD) == ({"f": "def f(x):\n    return x", "why": "Because."}, "")


def test_an_untouched_notebook_is_read_without_a_word():
    untouched = deepcopy(GOOD)
    untouched["cells"][1]["source"] = STUB
    assert read(untouched)[1] == ""


def test_lines_of_a_source_are_joined():
    lines = deepcopy(GOOD)
    lines["cells"][1]["source"] = ["def f(x):\n", "    return x"]
    assert read(lines) == read(GOOD)


def test_of_two_copies_the_last_one_that_was_changed_counts():
    copies = deepcopy(GOOD)
    copies["cells"].insert(1, cell("code", "def f(x):\n    return 1", grade_id="f"))
    copies["cells"].append(cell("code", STUB, grade_id="f"))
    answers, problems = read(copies)
    assert answers["f"] == "def f(x):\n    return x"
    assert "Cell f is there 3 times" in problems


def test_a_function_in_a_cell_that_lost_its_id_is_found():
    lost = deepcopy(GOOD)
    lost["cells"][1]["metadata"] = {}
    answers, problems = read(lost)
    assert answers["f"] == "def f(x):\n    return x"
    assert "another cell that defines f" in problems


def test_two_candidates_for_a_lost_cell_are_none():
    lost = deepcopy(GOOD)
    lost["cells"][1]["metadata"] = {}
    lost["cells"].append(deepcopy(lost["cells"][1]))
    assert read(lost) == ({"why": "Because."}, "Cell f is missing.")


def test_lines_of_trouble_are_limited():
    flood = notebook(*(cell("code", "x", grade_id=f"bonus{n}") for n in range(500)))
    assert len(read_submission(json.dumps(flood).encode(), SOURCE).problems) <= MAX_LINES


@pytest.mark.parametrize("kernel", ["R", "julia", "javascript"])
def test_another_language_is_named(kernel):
    other = GOOD | {"metadata": {"kernelspec": {"language": kernel}}}
    assert f"set to {kernel}" in read(other)[1]


# --- fuzz ----------------------------------------------------------------------------------------

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["cells", "metadata", "nbgrader", "grade_id", "source", "input", "cell_type",
             "points", "nbformat", "worksheets", "kernelspec", "language", "language_info"]
        )
        | st.text(max_size=8),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@st.composite
def damaged(draw) -> bytes:
    """A good notebook with parts replaced by anything, and then perhaps bytes by other bytes."""
    content = deepcopy(GOOD)
    for _ in range(draw(st.integers(0, 4))):
        place = content
        while isinstance(place, dict | list) and place:
            key = draw(st.sampled_from(list(place) if isinstance(place, dict) else
                                       range(len(place))))  # fmt: skip
            if draw(st.booleans()) or not isinstance(place[key], dict | list):
                place[key] = draw(anything)
                break
            place = place[key]
    data = json.dumps(content).encode()
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=6)) + data[at + draw(st.integers(0, 9)) :]
    return data


submissions = st.one_of(
    st.binary(max_size=200),
    anything.map(lambda value: json.dumps(value).encode()),
    damaged(),
)


def read_without_raising(data: bytes) -> None:
    submission = read_submission(data, SOURCE)
    assert set(submission.answers) <= {"f", "why"}
    assert all(type(answer) is str for answer in submission.answers.values())
    for text in [*submission.answers.values(), *submission.problems]:
        text.encode()


@given(submissions)
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_is_handed_in_raises(data):
    read_without_raising(data)
