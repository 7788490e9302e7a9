"""How graded notebooks are shown: no hidden test to a student, no student's script to a teacher."""

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
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


@pass_context
def student_markdown(context: Context, source: str) -> str:
    """Render Markdown; what a student wrote in HTML is shown as text, its links run nothing.

    nbgrader's grading page would run a script in a student's answer with the rights of whoever
    grades it. The course's own cells keep their HTML: hints are folded by it.
    """
    cell = context.get("cell") or {}
    settings = cell.get("metadata", {}).get("nbgrader", {})
    theirs = bool(settings.get("solution") or settings.get("task"))
    renderer = IPythonRenderer(
        escape=theirs,
        allow_harmful_protocols=not theirs,
        attachments=cell.get("attachments", {}),
    )
    return MarkdownWithMath(renderer=renderer).render(source)
