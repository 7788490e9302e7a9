"""Check one notebook on the student's own machine: run it, then ask its topic's checks anew.

The notebook's own check cells are not run and may be edited or gone. There is no sandbox: a
student's code runs with the student's rights. The file is never written to.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from rectified.checks.core import Report, Result, choose_seed, get_topic, grade, topics

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
class SelfCheck:
    """What came of checking a notebook.

    ``stopped`` are the cells that ended in an error, each as ``(number, error)``; an untouched
    function that is called is none.
    """

    report: Report
    questions: tuple[Question, ...]
    stopped: tuple[tuple[int, str], ...]


def self_check(path: Path, seed: int | None = None, seconds_per_cell: int = 60) -> SelfCheck:
    """Run the notebook in its own folder and check what it defines.

    Raises
    ------
    SelfCheckError
        If the file is no notebook, its topic is not known, a cell runs longer than
        ``seconds_per_cell`` (the checks together have five times as long), or the kernel dies.
    """
    notebook = read_notebook(path)
    topic = _topic_of(notebook, path)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and not _is_check(cell)]
    notebook.cells = cells
    seed = choose_seed(seed)
    with TemporaryDirectory() as directory:
        answer = Path(directory, "report.json")
        ask = nbformat.v4.new_code_cell(
            f"__import__({__name__!r}, fromlist=['write_report'])"
            f".write_report({topic!r}, {seed}, {str(answer)!r}, globals())"
        )
        _execute(notebook, ask, path.parent, seconds_per_cell)
        if not answer.exists():
            raise SelfCheckError(f"The checks of {path.name} did not run to their end.{_said(ask)}")
        plain = json.loads(answer.read_text(encoding="utf-8"))
    report = Report(topic, seed, tuple(Result(**result) for result in plain["results"]))
    stopped = tuple(
        (number, error)
        for number, cell in zip(_numbers(path), cells, strict=True)
        if (error := _error_of(cell)) and not error.startswith("NotImplementedError")
    )
    return SelfCheck(report, _questions(path), stopped)


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
            f"The topics are: {', '.join(sorted(topics()))}."
        ) from None


def _execute(notebook: NotebookNode, ask: NotebookNode, folder: Path, seconds: int) -> None:
    """Run every cell, whatever the ones before it did, then ``ask``."""
    here = AsyncKernelManager(
        kernel_name="python3",  # with no other folders to look in, this is sys.executable
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
    )
    client = NotebookClient(
        notebook,
        km=here,
        timeout=seconds,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    cell = ask
    try:
        with client.setup_kernel(stderr=subprocess.DEVNULL):
            for index, cell in enumerate(notebook.cells):
                client.execute_cell(cell, index)
            cell = ask
            client.timeout = 5 * seconds
            notebook.cells.append(ask)
            client.execute_cell(ask, len(notebook.cells) - 1)
    except CellTimeoutError:
        raise SelfCheckError(
            f"{_where(cell, ask)} ran longer than {client.timeout} seconds and was stopped. "
            "Is there a loop that never ends?"
        ) from None
    except DeadKernelError:
        raise SelfCheckError(
            f"{_where(cell, ask)} made Python itself stop: out of memory, or a crash?"
        ) from None


def _where(cell: NotebookNode, ask: NotebookNode) -> str:
    if cell is ask:
        return "One of the functions, when the checks called it,"
    opening = next((line for line in cell.source.splitlines() if line.strip()), "")
    return f"The cell that begins with `{opening.strip()}`"


def _error_of(cell: NotebookNode) -> str:
    for output in cell.outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}".splitlines()[0]
    return ""


def _said(cell: NotebookNode) -> str:
    error = _error_of(cell)
    return f" {error}" if error else ""


def _numbers(path: Path) -> list[int]:
    """Return the place in the file, from 1, of each cell that is run."""
    cells = read_notebook(path).cells
    return [n for n, c in enumerate(cells, 1) if c.cell_type == "code" and not _is_check(c)]


def _questions(path: Path) -> tuple[Question, ...]:
    return tuple(
        Question(
            str(cell.metadata.nbgrader.get("grade_id")),
            float(cell.metadata.nbgrader.get("points", 0)),
            UNANSWERED not in cell.source,
        )
        for cell in read_notebook(path).cells
        if cell.metadata.nbgrader.get("grade") and cell.metadata.nbgrader.get("solution")
    )


if sys.platform == "win32":  # pragma: no cover - zmq needs a selector loop there
    import asyncio

    asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
