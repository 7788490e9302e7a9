from nbformat.v4 import new_code_cell, new_notebook, new_output

from rectified.grading.feedback import HideTests

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
