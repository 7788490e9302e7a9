"""Put a graded notebook together: the course's cells, the student's answers, what the checks said.

This is what lands in `autograded/`, where formgrader and `nbgrader generate_feedback` find it.
Nothing else of the submission is in it, and nothing that students must not see. It is written as
plain JSON: nbformat would validate every cell of it twice, which takes longer than the grading.
"""

import json

from rectified.grading.assignment import SourceCell, SourceNotebook
from rectified.grading.grader import CellOutcome, NotebookOutcome
from rectified.grading.plain import markdown_of

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def rebuild(source: SourceNotebook, outcome: NotebookOutcome) -> str:
    """Return the graded notebook as the text of an .ipynb file; equal input gives equal text."""
    results = {cell.grade_id: cell for cell in outcome.cells}
    cells = []
    if outcome.problems:
        lines = "\n".join(f"- {markdown_of(line)}" for line in outcome.problems)
        cells.append(_text(f"**About this submission**\n\n{lines}", "problems"))
    for number, cell in enumerate(source.cells):
        text = outcome.answers.get(cell.grade_id, "") if cell.by_student else cell.source
        node = _text(text, f"cell-{number}")
        if cell.cell_type == "code":
            result = results.get(cell.grade_id)
            node |= {"cell_type": "code", "execution_count": None, "outputs": _outputs(result)}
        if cell.grade_id:
            node["metadata"]["nbgrader"] = _settings(cell)
        cells.append(node)
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": KERNEL},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, sort_keys=True) + "\n"


def _text(text: str, name: str) -> dict:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def _settings(cell: SourceCell) -> dict:
    settings = {
        "grade": cell.kind in ("check", "own", "question"),
        "grade_id": cell.grade_id,
        "locked": cell.locked,
        "schema_version": 3,
        "solution": cell.by_student,
        "task": cell.kind == "task",
    }
    return settings | ({"points": cell.points} if cell.points else {})


def _outputs(result: CellOutcome | None) -> list[dict]:
    if result is None or result.points is None:
        return []
    text = f"{result.points:g} of {result.max_points:g} points. {result.message}".strip()
    if result.points >= result.max_points:
        return [{"output_type": "stream", "name": "stdout", "text": f"{text}\n"}]
    lines = text.splitlines()
    return [{"output_type": "error", "ename": "CheckFailure", "evalue": text, "traceback": lines}]
