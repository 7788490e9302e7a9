"""Put a graded notebook together: the course's cells, the student's answers, what the checks said.

This is what lands in `autograded/`, where formgrader and `nbgrader generate_feedback` find it.
Nothing else of the submission is in it, and nothing that students must not see.
"""

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from rectified.grading.assignment import SourceCell, SourceNotebook
from rectified.grading.grader import CellOutcome, NotebookOutcome

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def rebuild(source: SourceNotebook, outcome: NotebookOutcome) -> str:
    """Return the graded notebook as the text of an .ipynb file; equal input gives equal text."""
    results = {cell.grade_id: cell for cell in outcome.cells}
    cells = []
    if outcome.problems:
        lines = "\n".join(f"- {problem}" for problem in outcome.problems)
        cells.append(new_markdown_cell(f"**About this submission**\n\n{lines}", id="problems"))
    for number, cell in enumerate(source.cells):
        text = cell.source
        if cell.by_student:
            text = outcome.answers.get(cell.grade_id, "")
        node = _node(cell, text, f"cell-{number}")
        if cell.cell_type == "code" and cell.grade_id in results:
            node.outputs = _outputs(results[cell.grade_id])
        cells.append(node)
    notebook = new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    return nbformat.writes(notebook) + "\n"


def _node(cell: SourceCell, text: str, name: str) -> NotebookNode:
    make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
    node = make(text, id=name)
    if cell.grade_id:
        node.metadata["nbgrader"] = {
            "grade": cell.kind in ("check", "own", "question"),
            "grade_id": cell.grade_id,
            "locked": cell.locked,
            "schema_version": 3,
            "solution": cell.by_student,
            "task": cell.kind == "task",
        }
        if cell.points:
            node.metadata["nbgrader"]["points"] = cell.points
    return node


def _outputs(result: CellOutcome) -> list[NotebookNode]:
    if result.points is None:
        return []
    text = f"{result.points:g} of {result.max_points:g} points. {result.message}".strip()
    if result.points >= result.max_points:
        return [new_output("stream", name="stdout", text=f"{text}\n")]
    return [new_output("error", ename="CheckFailure", evalue=text, traceback=text.splitlines())]
