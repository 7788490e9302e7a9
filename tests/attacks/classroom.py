"""A course with honest students and hostile ones, in a directory of its own."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat

from rectified.grading.sandbox import Limits
from tests.attacks.broken import BROKEN, FULL
from tests.attacks.forgeries import FORGERIES, HARM
from tests.grading.generated import course_of

# Short, so that loops without end do not make a run long; right answers take milliseconds.
LIMITS = Limits(call_cpu_seconds=0.3, call_seconds=3.0, submission_seconds=20.0)
EXERCISE = Path(__file__).parents[2] / "exercises" / "relu.ipynb"
RIGHT = {
    "relu": "def relu(x):\n    return np.maximum(as_floats(x), 0)",
    "relu_grad": "def relu_grad(x):\n    return np.heaviside(as_floats(x), 0)",
    "relu_backward": "def relu_backward(g, x):\n    return as_floats(g) * relu_grad(x)",
}
HONEST = {
    "honest-right": RIGHT | {"keep-the-output": "Yes: y > 0 exactly where x > 0."},
    "honest-partly": RIGHT | {"relu": "def relu(x):\n    return x * (x > 0)"},
    "honest-wrong": dict.fromkeys(RIGHT, "def relu(x): return None"),
    "honest-blank": {},
}


def solved(answers: dict[str, str]) -> dict:
    """The released notebook as JSON, with some cells filled in."""
    notebook = nbformat.read(EXERCISE, as_version=4)
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(grade_id, cell.source)
    return json.loads(json.dumps(notebook))


def hand_in(course: Path, student: str, data: bytes) -> Path:
    """Put a notebook where nbgrader collects submissions; return its directory."""
    directory = course / "submitted" / student / "relu"
    directory.mkdir(parents=True)
    (directory / "relu.ipynb").write_bytes(data)
    (directory / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    return directory


def attack(code: str) -> bytes:
    """A notebook whose first solution cell is `code` and whose others are empty."""
    empty = dict.fromkeys(RIGHT, "pass")
    return json.dumps(solved(empty | {"relu": code})).encode()


def name_of(attack_name: str) -> str:
    """The student who submits an attack."""
    return "x-" + "".join(c if c.isalnum() else "-" for c in attack_name)


# Attacks that are made of files: what they put beside or instead of the notebook.
def numpy_beside(directory: Path) -> None:
    (directory / "numpy.py").write_text("raise SystemExit('not the numpy you know')")


def launcher_beside(directory: Path) -> None:
    text = "print('no kernel today')"
    for name in ("ipykernel_launcher.py", "sitecustomize.py", "usercustomize.py", "rectified.py"):
        (directory / name).write_text(text)
    (directory / "nbgrader_config.py").write_text("raise SystemExit")


def notebook_is_a_link(directory: Path) -> None:
    (directory / "relu.ipynb").unlink()
    source = directory.parents[2] / "source" / "relu" / "relu.ipynb"
    (directory / "relu.ipynb").symlink_to(source)


def directory_is_a_link(directory: Path) -> None:
    shutil.rmtree(directory)
    directory.symlink_to(directory.parents[1] / "honest-right" / "relu")


def notebook_is_a_pipe(directory: Path) -> None:
    (directory / "relu.ipynb").unlink()
    os.mkfifo(directory / "relu.ipynb")


def notebook_is_a_directory(directory: Path) -> None:
    (directory / "relu.ipynb").unlink()
    (directory / "relu.ipynb").mkdir()


def notebook_is_missing(directory: Path) -> None:
    (directory / "relu.ipynb").rename(directory / "ReLU final (2).ipynb")


def notebooks_too_many(directory: Path) -> None:
    for number in range(50):
        shutil.copy(directory / "relu.ipynb", directory / f"copy-{number}.ipynb")


def timestamp_is_a_formula(directory: Path) -> None:
    (directory / "timestamp.txt").write_bytes(b"=cmd|' /C calc'!A0 \xff")


#: name -> (what is done to the files, the score, what the report says)
FILES: dict[str, tuple[Callable[[Path], None], float, str]] = {
    "a numpy.py beside the notebook": (numpy_beside, FULL, "numpy.py"),
    "launchers beside the notebook": (launcher_beside, FULL, "ipykernel_launcher.py"),
    "the notebook is a link to the source": (notebook_is_a_link, 0, "link"),
    "the submission is a link to a neighbour's": (directory_is_a_link, 0, "link"),
    "the notebook is a pipe": (notebook_is_a_pipe, 0, "not an ordinary file"),
    "the notebook is a directory": (notebook_is_a_directory, 0, "relu.ipynb"),
    "the notebook has another name": (notebook_is_missing, 0, "was not submitted"),
    "the timestamp is a formula": (timestamp_is_a_formula, FULL, "does not hold a time"),
    "extra notebooks": (notebooks_too_many, FULL, "Other files"),
}


def new_course(directory: Path) -> Path:
    """A course with the honest students' work."""
    course_of(directory, ["relu"])
    for student, answers in HONEST.items():
        hand_in(directory, student, json.dumps(solved(answers)).encode())
    return directory


def submissions() -> dict[str, tuple[bytes, Callable[[Path], None] | None]]:
    """Every attack by its name: the notebook, and what is done to its files."""
    right = json.dumps(solved(RIGHT)).encode()
    made = {name: (attack(code), None) for name, code in (FORGERIES | HARM).items()}
    made |= {b.name: (b.make(solved(RIGHT)), None) for b in BROKEN}
    made |= {name: (right, change) for name, (change, _, _) in FILES.items()}
    return made


def expected() -> dict[str, tuple[float, str]]:
    """What each attack scores, and what the report has to say of it."""
    found = dict.fromkeys(FORGERIES | HARM, (0.0, ""))
    found |= {b.name: (b.score, b.says) for b in BROKEN}
    return found | {name: (score, says) for name, (_, score, says) in FILES.items()}
