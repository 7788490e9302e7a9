"""Check one notebook on the student's own machine: run it, then ask its topic's checks anew.

The notebook's own check cells are not run and may be edited or gone. There is no sandbox: a
student's code runs with the student's rights. The file is never written to.
"""

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from rectified.checks import wording
from rectified.checks.core import Report, Result, choose_seed, get_topic, grade, slugs

UNANSWERED = "YOUR ANSWER HERE"


class SelfCheckError(Exception):
    """The notebook could not be checked; the text says why and what to do."""


@dataclass(frozen=True)
class Question:
    """A written answer, which a person marks."""

    id: str
    points: float
    answered: bool


@dataclass(frozen=True)
class Stopped:
    """A cell that ended in an error.

    ``cell`` counts all cells from 1; ``opening`` is its first line, by which it can be found.
    """

    cell: int
    opening: str
    error: str


@dataclass(frozen=True)
class SelfCheck:
    """What came of checking a notebook; an untouched function that is called stops no cell."""

    report: Report
    questions: tuple[Question, ...]
    stopped: tuple[Stopped, ...]


def self_check(
    path: Path,
    seed: int | None = None,
    seconds_per_cell: int = 60,
    tell: Callable[[str], None] = lambda line: None,
) -> SelfCheck:
    """Run the notebook in its own folder and check what it defines.

    ``tell`` hears in a line when the work begins, which takes seconds.

    Raises
    ------
    SelfCheckError
        If the file is no notebook, its topic is not known, a cell runs longer than
        ``seconds_per_cell`` (the checks together have five times as long), or the kernel dies.
    """
    notebook = read_notebook(path)
    topic = _topic_of(notebook, path)
    seed = choose_seed(seed)
    to_run = [
        (number, cell)
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code" and not _is_check(cell)
    ]
    tell(f"running {path.name} …")
    with TemporaryDirectory() as directory:
        answer = Path(directory, "report.json")
        ask = nbformat.v4.new_code_cell(
            f"__import__({__name__!r}, fromlist=['write_report'])"
            f".write_report({topic!r}, {seed}, {str(answer)!r}, globals())"
        )
        _execute([*(cell for _, cell in to_run), ask], path.parent, seconds_per_cell)
        if not answer.exists():
            raise SelfCheckError(
                f"The checks of {path.name} did not run to their end. {_error_of(ask)}"
            )
        results = json.loads(answer.read_text(encoding="utf-8"))["results"]
    broken = {_grade_id(cell): _error_of(cell) for _, cell in to_run if _error_of(cell)}
    report = Report(topic, seed, tuple(_explained(Result(**r), broken) for r in results))
    stopped = tuple(
        Stopped(number, _opening(cell), error)
        for number, cell in to_run
        if (error := _error_of(cell)) and not error.startswith(NotImplementedError.__name__)
    )
    return SelfCheck(report, _questions(notebook), stopped)


def _explained(result: Result, broken: Mapping[str, str]) -> Result:
    """Return the result; where a function is missing because its cell stopped, it says so."""
    for name, error in broken.items():
        missing = wording.missing(name)
        if missing in result.message:
            why = wording.paragraphs(f"There is no {name}: its cell stopped with {error}")
            return replace(result, message=result.message.replace(missing, why, 1))
    return result


def write_report(topic: str, seed: int, answer: str, namespace: Mapping[str, Any]) -> None:
    """Check ``namespace`` and write the report as JSON; this runs in the notebook's kernel."""
    text = json.dumps(grade(topic, namespace, seed).as_dict())
    Path(answer).write_text(text, encoding="utf-8")


def read_notebook(path: Path) -> NotebookNode:
    """Return the cells of a notebook, each with its type, text and nbgrader metadata alone.

    What else the file holds does not matter here, so it need not be valid in every respect.
    """
    if path.is_dir():
        raise SelfCheckError(f"{path} is a folder; name a notebook in it.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SelfCheckError(f"There is no file {path}.") from None
    except OSError as error:
        raise SelfCheckError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise SelfCheckError(f"{path} is not a notebook: it holds no JSON.") from None
    if not isinstance(content, dict) or "nbformat" not in content:
        raise SelfCheckError(f"{path} is not a notebook.")
    if content["nbformat"] != 4 or not isinstance(content.get("cells"), list):
        raise SelfCheckError(
            f"{path} has an old or damaged notebook format. Open it in JupyterLab and save it."
        )
    metadata = _mapping(content, "metadata")
    language = _mapping(metadata, "kernelspec").get("language", "python")
    if language != "python":
        raise SelfCheckError(f"{path} is a notebook in {language}; the checks are for Python.")
    cells = [_bare_cell(cell) for cell in content["cells"]]
    return nbformat.v4.new_notebook(cells=cells, metadata={"rectified": metadata.get("rectified")})


def _bare_cell(cell: Any) -> NotebookNode:
    if not isinstance(cell, dict):
        return nbformat.v4.new_markdown_cell("")
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    metadata = {"nbgrader": _mapping(_mapping(cell, "metadata"), "nbgrader")}
    if cell.get("cell_type") == "code":
        return nbformat.v4.new_code_cell(text, metadata=metadata)
    return nbformat.v4.new_markdown_cell(text, metadata=metadata)


def _mapping(parent: Mapping, key: str) -> dict:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.nbgrader.get("grade_id"))


def _is_check(cell: NotebookNode) -> bool:
    nbgrader = cell.metadata.nbgrader
    return bool(nbgrader.get("grade")) and not nbgrader.get("solution")


def _topic_of(notebook: NotebookNode, path: Path) -> str:
    """Return the topic that the notebook names, else that of its file name."""
    named = notebook.metadata.rectified
    slug = named.get("topic") if isinstance(named, dict) else path.stem
    try:
        return get_topic(str(slug)).slug
    except KeyError:
        raise SelfCheckError(
            f"{path.name} belongs to no exercise that has checks: there is no topic {slug!r}. "
            f"The topics are: {', '.join(slugs())}."
        ) from None


def _execute(cells: list[NotebookNode], folder: Path, seconds: int) -> None:
    """Run every cell, whatever the ones before it did; the last one runs the checks."""
    here = AsyncKernelManager(
        kernel_name="python3",  # with no folders to look in, that is the Python that runs this
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
    )
    client = NotebookClient(
        nbformat.v4.new_notebook(cells=cells),
        km=here,
        timeout=seconds,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    current = ""
    try:
        with client.setup_kernel(cleanup_kc=True, stderr=subprocess.DEVNULL):
            for index, cell in enumerate(cells):
                last = index == len(cells) - 1
                current = "One of the functions, when checked," if last else _named(cell)
                client.timeout = 5 * seconds if last else seconds
                client.execute_cell(cell, index)
    except NoSuchKernel:
        raise SelfCheckError(
            "This Python cannot run notebooks yet; `pip install ipykernel` adds what it needs."
        ) from None
    except CellTimeoutError:
        raise SelfCheckError(
            f"{current} ran longer than {client.timeout} seconds and was stopped. "
            "Is there a loop that never ends?"
        ) from None
    except DeadKernelError:
        raise SelfCheckError(
            f"{current} made Python itself stop. Did it run out of memory, or call `os._exit`?"
        ) from None


def _named(cell: NotebookNode) -> str:
    return f"The cell that begins with `{_opening(cell)}`"


def _opening(cell: NotebookNode) -> str:
    return next((line.strip() for line in cell.source.splitlines() if line.strip()), "")


def _error_of(cell: NotebookNode) -> str:
    for output in cell.outputs:
        if output.output_type == "error":
            said = f"{output.ename}: {output.evalue}".splitlines()[0]
            return re.sub(r"\(\d+\.py, (line \d+)\)$", r"(\1)", said)  # IPython's name of a cell
    return ""


def _questions(notebook: NotebookNode) -> tuple[Question, ...]:
    return tuple(
        Question(
            _grade_id(cell),
            float(cell.metadata.nbgrader.get("points", 0)),
            UNANSWERED not in cell.source,
        )
        for cell in notebook.cells
        if cell.metadata.nbgrader.get("grade") and cell.metadata.nbgrader.get("solution")
    )
