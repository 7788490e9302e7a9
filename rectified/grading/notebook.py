"""Read a submitted notebook, whatever it is, and keep the student's own cells.

The bytes come from anywhere and are not trusted: every read is bounded, nothing is executed or
parsed as Python, and no input makes an exception leave this module. What is wrong with a notebook
becomes a line that the student and the instructor can act on; whatever can be graded is kept.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rectified.grading.assignment import SourceCell, SourceNotebook
from rectified.grading.plain import plain_line

MAX_BYTES = 20_000_000
MAX_CELLS = 2_000
MAX_CELL_TEXT = 200_000
MAX_LINES = 40


@dataclass
class Submission:
    """The student's cells by id, and a line for everything that was not as it should be."""

    answers: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def tell(self, line: str) -> None:
        """Add a line, unless there are enough of them already."""
        line = plain_line(line)
        if len(self.problems) < MAX_LINES and line not in self.problems:
            self.problems.append(line)


@dataclass(frozen=True)
class _Cell:
    grade_id: str | None
    cell_type: str
    source: str
    settings: dict


def read_submission(data: bytes, source: SourceNotebook) -> Submission:
    """Return what the submitted notebook `data` answers to the cells of `source`."""
    submission = Submission()
    content = _parse(data, submission)
    if content is None:
        return submission
    cells = list(_cells(content, submission))
    if not cells:
        submission.tell("The notebook has no cells.")
    _tell_of_kernel(content, submission)
    _take_answers(cells, source, submission)
    _tell_of_course_cells(cells, source, submission)
    return submission


def _parse(data: bytes, submission: Submission) -> dict | None:
    if not data.strip():
        submission.tell("The file is empty.")
        return None
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.0f} MB"
        submission.tell(
            f"The file has {size}; more than {MAX_BYTES // 1_000_000} MB are not read. "
            "Clear the outputs (Kernel, Restart and Clear Outputs) and submit it again."
        )
        return None
    try:
        content = json.loads(_text(data, submission))
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else "no JSON"
        submission.tell(f"The file is not a notebook ({reason}).")
        return None
    if not isinstance(content, dict):
        submission.tell("The file is not a notebook (JSON, but something else).")
        return None
    version = content.get("nbformat")
    if version in (2, 3) and type(version) is int:
        submission.tell(
            f"The notebook has the old format {version}. It was read; save it anew in JupyterLab."
        )
    elif version != 4:
        submission.tell("The notebook does not say its format; it was read as format 4.")
    return content


def _text(data: bytes, submission: Submission) -> str:
    for start, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(start):
            submission.tell("The file is in UTF-16, not UTF-8. It was read.")
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        submission.tell("The file is not in UTF-8. It was read as Latin-1.")
        return data.decode("latin-1")


def _cells(content: dict, submission: Submission) -> Iterator[_Cell]:
    """The cells of a notebook of format 3 or 4; whatever has not the form of one is passed over."""
    found = content.get("cells")
    if not isinstance(found, list):
        sheets = content.get("worksheets")
        sheets = sheets if isinstance(sheets, list) else []
        found = [
            cell
            for sheet in sheets
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    if len(found) > MAX_CELLS:
        submission.tell(f"The notebook has {len(found)} cells; the first {MAX_CELLS} were read.")
    for number, cell in enumerate(found[:MAX_CELLS], 1):
        if not isinstance(cell, dict):
            submission.tell(f"Cell {number} is no cell; it was passed over.")
            continue
        text = _source(cell)
        if text is None or len(text) > MAX_CELL_TEXT:
            reason = "has no text" if text is None else f"is longer than {MAX_CELL_TEXT} characters"
            submission.tell(f"Cell {number} {reason}; it was passed over.")
            continue
        metadata = cell.get("metadata")
        settings = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        settings = settings if isinstance(settings, dict) else {}
        grade_id = settings.get("grade_id")
        grade_id = grade_id if isinstance(grade_id, str) else None
        yield _Cell(grade_id, str(cell.get("cell_type"))[:20], text, settings)


def _source(cell: dict) -> str | None:
    text = cell.get("source", cell.get("input"))
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        text = "".join(text)
    if not isinstance(text, str):
        return None
    return text.encode("utf-8", errors="replace").decode().replace("\0", "")


def _tell_of_kernel(content: dict, submission: Submission) -> None:
    metadata: Any = content.get("metadata")
    for key, part in (("kernelspec", "language"), ("language_info", "name")):
        settings = metadata.get(key) if isinstance(metadata, dict) else None
        language = settings.get(part) if isinstance(settings, dict) else None
        if isinstance(language, str) and language.lower() not in ("python", "python3", "ipython"):
            submission.tell(f"The notebook is set to {language[:20]}; it was graded as Python.")
            return


def _take_answers(cells: list[_Cell], source: SourceNotebook, submission: Submission) -> None:
    for wanted in source.cells:
        if not wanted.by_student:
            continue
        name = wanted.grade_id
        found = [cell for cell in cells if cell.grade_id == name]
        changed = [cell for cell in found if not _same(cell.source, wanted.source)]
        if len(found) > 1:
            which = "last one that was changed" if changed else "first one"
            submission.tell(f"Cell {name} is there {len(found)} times; the {which} counts.")
        chosen = changed[-1] if changed else found[0] if found else None
        if wanted.cell_type == "code" and not (changed and _defines(changed[-1], name)):
            chosen = _lost(cells, source, wanted, submission) or chosen
        if chosen is None:
            submission.tell(f"Cell {name} is missing.")
            continue
        if chosen.cell_type not in (wanted.cell_type, "None"):
            submission.tell(f"Cell {name} was turned into {chosen.cell_type}; its text counts.")
        submission.answers[name] = chosen.source


def _lost(
    cells: list[_Cell], source: SourceNotebook, wanted: SourceCell, submission: Submission
) -> _Cell | None:
    """The one cell without a known id that defines the function of a cell that is lost."""
    known = source.by_id
    found = [
        cell
        for cell in cells
        if cell.grade_id not in known
        and _defines(cell, wanted.grade_id)
        and not _same(cell.source, wanted.source)
    ]
    if len(found) != 1:
        return None
    submission.tell(
        f"Cell {wanted.grade_id} was not filled in; another cell that defines "
        f"{wanted.grade_id} was graded in its place."
    )
    return found[0]


def _defines(cell: _Cell, name: str) -> bool:
    return re.search(rf"^def {re.escape(name)}\b", cell.source, re.MULTILINE) is not None


def _tell_of_course_cells(
    cells: list[_Cell], source: SourceNotebook, submission: Submission
) -> None:
    """Say what was done to the cells that are not the student's; the course's own count."""
    known = source.by_id
    deeds: dict[str, list[str]] = {"deleted": [], "copied": [], "edited": []}
    for wanted in known.values():
        found = [cell for cell in cells if cell.grade_id == wanted.grade_id]
        if wanted.by_student:
            continue
        if not found:
            deeds["deleted"].append(wanted.grade_id)
        elif len(found) > 1:
            deeds["copied"].append(wanted.grade_id)
        elif not _same(found[0].source, wanted.source):
            deeds["edited"].append(wanted.grade_id)
    for deed, names in deeds.items():
        if names:
            were = "were" if len(names) > 1 else "was"
            submission.tell(f"{_listed(names)} {were} {deed}; the course's own count.")
    ids = [cell.grade_id for cell in cells if cell.grade_id in known]
    if list(dict.fromkeys(ids)) != [name for name in known if name in set(ids)]:
        submission.tell("The cells are in another order; they were graded in the course's order.")
    for cell in cells:
        if cell.grade_id is None:
            continue
        if cell.grade_id not in known:
            submission.tell(f"Cell {cell.grade_id[:60]!r} is not of this exercise: not graded.")
        elif "points" in cell.settings and cell.settings["points"] != known[cell.grade_id].points:
            submission.tell(f"The points of cell {cell.grade_id} were changed; the course's count.")


def _listed(names: list[str], most: int = 4) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"Cell{'s' * (len(names) > 1)} {', '.join(names[:most])}{more}"


def _same(text: str, original: str) -> bool:
    return text.split() == original.split()
