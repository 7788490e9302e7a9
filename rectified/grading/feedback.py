"""What a student sees of a graded notebook: the result of every check, no hidden test."""

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from rectified.grading.source import HIDDEN, without


class HideTests(Preprocessor):
    """Take hidden tests out of a graded notebook, and out of the tracebacks that quote them.

    nbgrader puts the hidden tests back for marking and would print them in the feedback. Of an
    error in such a cell its message stays, because that is what teaches.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        """Clear one cell; nbconvert calls this for each cell of a notebook."""
        if cell.cell_type == "code" and HIDDEN[0] in cell.source:
            cell.source = without(cell.source, *HIDDEN)
            for output in cell.outputs:
                if output.output_type == "error":
                    output.traceback = [f"{output.ename}: {output.evalue}"]
        return cell, resources
