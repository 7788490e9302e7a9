"""What lies in `submitted/`: read without following a link, waiting for anyone, or growing large.

A directory of submissions is made by students, also where nbgrader's exchange collected it. Only
the notebooks that the assignment asks for are opened, and only if they are ordinary files.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rectified.grading.notebook import MAX_BYTES

BOOKKEEPING = ("timestamp.txt", "submission_secret.txt")
MAX_BOOKKEEPING = 4096
MAX_NAMED = 5
TIMESTAMP = r"[0-9A-Za-z][\w :.,+/-]{0,63}"  # by the format that a course chose


@dataclass
class Submitted:
    """The files of one submission, and a line for everything that was not read."""

    files: dict[str, bytes | None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    timestamp: str | None = None
    bookkeeping: dict[str, bytes] = field(default_factory=dict)


def students(directory: Path) -> list[str]:
    """Return who has a directory in `directory`, `submitted/` of a course, in order."""
    if not directory.is_dir():
        return []
    with os.scandir(directory) as entries:
        names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    return sorted(name for name in names if not name.startswith("."))


def read_submitted(directory: Path, notebooks: Iterable[str]) -> Submitted | None:
    """Read one submission, `submitted/<student>/<assignment>`; None if there is none.

    A notebook that is missing, a link, too large or no ordinary file is None in `files`.
    """
    if not os.path.lexists(directory):
        return None
    found = Submitted(files=dict.fromkeys(notebooks))
    if directory.is_symlink() or not directory.is_dir():
        found.problems.append("The submission is a link or a file, not a directory: not read.")
        return found
    for name in found.files:
        data, problem = _read(directory / f"{name}.ipynb", MAX_BYTES)
        found.files[name] = data
        if problem:
            found.problems.append(f"{name}.ipynb {problem}")
    for name in BOOKKEEPING:
        data, _ = _read(directory / name, MAX_BOOKKEEPING)
        if data is not None:
            found.bookkeeping[name] = data.decode(errors="replace").encode()
    if "timestamp.txt" in found.bookkeeping:
        _take_timestamp(found)
    _tell_of_others(directory, found)
    return found


def _take_timestamp(found: Submitted) -> None:
    """Take the time of submission, if it may be one: it goes to a page, a table, a database."""
    text = found.bookkeeping["timestamp.txt"].decode().strip()
    if text and re.fullmatch(TIMESTAMP, text, re.ASCII) is None:
        found.problems.append("timestamp.txt does not hold a time; it was passed over.")
    elif text:
        found.timestamp = text


def _read(path: Path, most: int) -> tuple[bytes | None, str]:
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None, ""
    except OSError:
        return None, "could not be opened; a link is not followed."
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            return None, "is not an ordinary file."
        if status.st_size > most:
            size = f"{status.st_size / 1e6:.0f} MB"
            return None, f"has {size}, more than is read. Clear its outputs and submit it again."
        with open(number, "rb", closefd=False) as file:
            return file.read(most), ""
    except OSError as error:
        return None, f"could not be read: {error.strerror}."
    finally:
        os.close(number)


def _tell_of_others(directory: Path, found: Submitted) -> None:
    expected = {f"{name}.ipynb" for name in found.files} | set(BOOKKEEPING)
    others = []
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                if entry.name not in expected and entry.name != ".ipynb_checkpoints":
                    others.append(entry.name[:60])
                if len(others) > 10_000:
                    break
    except OSError as error:
        found.problems.append(f"The directory could not be read: {error.strerror}.")
    if others:
        named = ", ".join(repr(name) for name in sorted(others)[:MAX_NAMED])
        more = f" and {len(others) - MAX_NAMED} more" if len(others) > MAX_NAMED else ""
        found.problems.append(f"Other files were submitted and not looked at: {named}{more}.")
