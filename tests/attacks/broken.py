"""Submissions that are not what was handed out: edited, torn, mislabelled, or no notebook at all.

Each is a function of a solved notebook that returns the bytes to submit, with the points that are
left. What can be graded is graded.
"""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import nbformat

FULL = 26.0


@dataclass(frozen=True)
class Broken:
    """A broken submission: how it is made, what it scores, what the report has to say."""

    name: str
    make: Callable[[dict], bytes]
    score: float
    says: str


BROKEN: list[Broken] = []


def broken(name: str, score: float, says: str):
    """Add a function that turns a solved notebook (as JSON) into the bytes that are submitted."""

    def register(make: Callable[[dict], dict | bytes]) -> Callable:
        def to_bytes(notebook: dict) -> bytes:
            made = make(deepcopy(notebook))
            return made if isinstance(made, bytes) else json.dumps(made).encode()

        BROKEN.append(Broken(name, to_bytes, score, says))
        return make

    return register


def cell(notebook: dict, grade_id: str) -> dict:
    """The cell with this id."""
    return next(
        c
        for c in notebook["cells"]
        if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


@broken("check cells edited", FULL, "edited")
def _(notebook):
    cell(notebook, "relu-values")["source"] = "assert True"
    return notebook


@broken("check cells deleted", FULL, "deleted")
def _(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if "check(" not in "".join(c["source"])]
    return notebook


@broken("a check cell duplicated", FULL, "copied")
def _(notebook):
    notebook["cells"].append(cell(notebook, "relu-values"))
    return notebook


@broken("a solution cell duplicated", FULL, "2 times")
def _(notebook):
    place = notebook["cells"].index(cell(notebook, "relu"))
    copy = deepcopy(notebook["cells"][place])
    copy["source"] = "def relu(x):\n    raise NotImplementedError()"
    notebook["cells"].insert(place, copy)
    return notebook


@broken("a solution cell deleted", FULL - 8, "Cell relu is missing")
def _(notebook):
    notebook["cells"].remove(cell(notebook, "relu"))
    return notebook


@broken("a solution cell split in two", FULL, "another cell that defines relu")
def _(notebook):
    place = notebook["cells"].index(cell(notebook, "relu"))
    whole = notebook["cells"][place]["source"]
    notebook["cells"][place]["source"] = "# see below"
    notebook["cells"].insert(
        place + 1, {"cell_type": "code", "metadata": {}, "source": whole, "outputs": []}
    )
    return notebook


@broken("two solution cells merged", FULL, "Cell relu_grad is missing")
def _(notebook):
    second = cell(notebook, "relu_grad")
    first = cell(notebook, "relu")
    first["source"] = "".join(first["source"]) + "\n\n" + "".join(second["source"])
    notebook["cells"].remove(second)
    return notebook


@broken("a solution cell turned into text", FULL, "turned into markdown")
def _(notebook):
    cell(notebook, "relu")["cell_type"] = "markdown"
    return notebook


@broken("cells in reverse order", FULL, "another order")
def _(notebook):
    notebook["cells"].reverse()
    return notebook


@broken("points raised to 1000", FULL, "points of cell relu-values were changed")
def _(notebook):
    cell(notebook, "relu-values")["metadata"]["nbgrader"]["points"] = 1000
    return notebook


@broken("a check cell renamed", FULL, "'relu-bonus' is not of this exercise")
def _(notebook):
    cell(notebook, "relu-values")["metadata"]["nbgrader"]["grade_id"] = "relu-bonus"
    return notebook


@broken("ids of solution cells exchanged", FULL, "another order")
def _(notebook):
    one, other = cell(notebook, "relu"), cell(notebook, "relu_grad")
    one["metadata"]["nbgrader"]["grade_id"] = "relu_grad"
    other["metadata"]["nbgrader"]["grade_id"] = "relu"
    return notebook


@broken("graded cells added", FULL, "'bonus' is not of this exercise")
def _(notebook):
    extra = deepcopy(cell(notebook, "relu-values"))
    extra["metadata"]["nbgrader"] |= {"grade_id": "bonus", "points": 50}
    extra["source"] = "pass"
    notebook["cells"].append(extra)
    return notebook


@broken("a syntax error in one cell", FULL - 8, "SyntaxError")
def _(notebook):
    cell(notebook, "relu")["source"] = "def relu(x)\n    return 0"
    return notebook


@broken("lines that only IPython knows", FULL, "")
def _(notebook):
    part = cell(notebook, "relu")
    part["source"] = "%matplotlib inline\n!ls\n" + "".join(part["source"])
    return notebook


@broken("not JSON", 0, "not a notebook")
def _(notebook):
    return b"def relu(x):\n    return x"


@broken("JSON, but cut off", 0, "not a notebook")
def _(notebook):
    text = json.dumps(notebook).encode()
    return text[: len(text) // 2]


@broken("JSON of something else", 0, "not a notebook")
def _(notebook):
    return b"[1, 2, 3]"


@broken("nested without end", 0, "nested too deeply")
def _(notebook):
    return b'{"cells": ' + b"[" * 100_000


@broken("empty", 0, "empty")
def _(notebook):
    return b""


@broken("no cells", 0, "no cells")
def _(notebook):
    return notebook | {"cells": []}


@broken("50 MB", 0, "50 MB")
def _(notebook):
    notebook["cells"][0]["source"] = "x" * 50_000_000
    return notebook


@broken("the kernel of another language", FULL, "set to R")
def _(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    return notebook


@broken("nbformat 3", FULL, "old format 3")
def _(notebook):
    new = nbformat.from_dict(notebook)
    for part in new.cells:
        part.pop("id", None)
    new.nbformat_minor = 4
    return nbformat.writes(nbformat.convert(new, 3), version=3).encode()


@broken("Latin-1", FULL, "Latin-1")
def _(notebook):
    part = cell(notebook, "relu")
    part["source"] = "# für Zoë\n" + "".join(part["source"])
    return json.dumps(notebook, ensure_ascii=False).encode("latin-1", errors="replace")


@broken("UTF-16", FULL, "UTF-16")
def _(notebook):
    return json.dumps(notebook).encode("utf-16")


@broken("lone surrogates and null characters", FULL, "")
def _(notebook):
    part = cell(notebook, "relu")
    part["source"] = "# \ud800\0\n" + "".join(part["source"])
    return notebook


@broken("outputs and metadata of the wrong type", FULL, "")
def _(notebook):
    notebook["metadata"] = "none"
    for part in notebook["cells"]:
        part["outputs"] = {"a": 1}
        part["attachments"] = 7
    return notebook
