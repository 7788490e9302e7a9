import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from rectified.grading.feedback import HideTests
from rectified.grading.settings import configure

HIDDEN = '# Large inputs\n### BEGIN HIDDEN TESTS\ncheck("relu.large", relu)\n### END HIDDEN TESTS'


def cleared(source):
    error = new_output(
        "error", ename="CheckFailure", evalue="too large", traceback=[f"--> {source}"]
    )
    notebook, _ = HideTests().preprocess(
        new_notebook(cells=[new_code_cell(source, outputs=[error])]), {}
    )
    return notebook.cells[0]


def test_a_hidden_test_leaves_its_comment_and_its_message():
    cell = cleared(HIDDEN)
    assert cell.source == "# Large inputs"
    assert cell.outputs[0].traceback == ["CheckFailure: too large"]


def test_a_visible_cell_stays_as_it_is():
    cell = cleared("relu(1)")
    assert cell.source == "relu(1)"
    assert cell.outputs[0].traceback == ["--> relu(1)"]


@pytest.fixture
def shown():
    """What nbgrader's pages make of a cell, with the settings of a course."""

    def show(source: str, **settings: bool) -> str:
        config = Config()
        configure(config)
        cell = new_markdown_cell(source, metadata={"nbgrader": settings} if settings else {})
        page, _ = HTMLExporter(config=config).from_notebook_node(new_notebook(cells=[cell]))
        return page

    return show


@pytest.mark.parametrize(
    "script",
    [
        "<script>steal()</script>",
        "a <img src=x onerror=steal()> b",
        "<details ontoggle=steal() open>",
        "[here](javascript:steal())",
        "$<img src=x onerror=steal()>$",
    ],
)
def test_what_a_student_writes_runs_nothing_where_it_is_marked(shown, script):
    answer = shown(script, solution=True, grade=True)
    for live in ("<script>steal", "<img src", "<details on", "javascript:steal"):
        assert live not in answer


def test_a_students_mathematics_and_the_courses_html_are_shown(shown):
    assert "$x^2$" in shown("Since $x^2$ **grows**", solution=True)
    assert "<strong>grows</strong>" in shown("Since $x^2$ **grows**", solution=True)
    assert "<details>" in shown("<details><summary>Hint</summary>look</details>")
