"""A course on disk: where nbgrader has it keep things, and what the runner keeps beside them."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from rectified.grading.submitted import students

OWN = ".rectified"


class CourseError(Exception):
    """The course cannot be graded; the text says why and what to do."""


class Course:
    """A course directory of nbgrader's, by its own configuration."""

    def __init__(self, directory: str | Path):
        self.root = Path(directory).resolve()
        settings = self.root / "nbgrader_config.py"
        if not settings.is_file():
            raise CourseError(
                f"{self.root} is no course: nbgrader_config.py is not there. "
                f"`rectified course {directory}` makes one."
            )
        self.config: Config = PyFileConfigLoader(settings.name, str(self.root)).load_config()
        self._directory = CourseDirectory(root=str(self.root), config=self.config)
        self.db_url: str = self._directory.db_url
        self.course_id: str = self._directory.course_id

    def path(self, step: str, student: str, assignment: str) -> Path:
        """Return the directory of one step ("submitted", "feedback", …) of one submission."""
        name = getattr(self._directory, f"{step}_directory")
        return Path(self._directory.format_path(name, student, assignment))

    def source(self, assignment: str) -> Path:
        """Return where the instructor's notebooks of an assignment are."""
        return self.path("source", ".", assignment)

    def assignments(self) -> list[str]:
        """Return the assignments that have a source, in order."""
        above = self.source("a").parent
        names = sorted(path.name for path in above.iterdir()) if above.is_dir() else []
        return [name for name in names if any(self.source(name).glob("*.ipynb"))]

    def students(self, assignment: str) -> list[str]:
        """Return who has submitted the assignment, in order."""
        above = self.path("submitted", "s", assignment).parents[1]
        return [
            name
            for name in students(above)
            if os.path.lexists(self.path("submitted", name, assignment))
        ]

    @property
    def own(self) -> Path:
        """The directory of what this runner keeps beside the gradebook: secret, lock, backups."""
        path = self.root / OWN
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the course for one run. Raises `CourseError` if another run has it."""
        with open(self.own / "lock", "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CourseError("this course is being graded by another run") from None
            yield

    def secret(self) -> bytes:
        """Return what the seeds of this course are made from; no student's code ever sees it."""
        path = self.own / "secret"
        if not path.exists():
            write(path, secrets.token_bytes(32))
        return path.read_bytes()


def write(path: Path, data: bytes) -> None:
    """Write a file at once or not at all; leave it alone if it is the same."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data)
    os.replace(temporary, path)
