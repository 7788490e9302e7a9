"""Courses, submissions and nbgrader's commands, run as an instructor runs them."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from rectified.grading.course import make_course


@pytest.fixture(scope="session")
def bare_environment(tmp_path_factory):
    """An environment in which nothing is activated: the system's programs and an empty home."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("JUPYTER")}
    home = str(tmp_path_factory.mktemp("home"))
    return kept | {"PATH": "/usr/bin:/bin", "HOME": home, "XDG_DATA_HOME": home}


@pytest.fixture(scope="session")
def nbgrader(bare_environment):
    """Run an nbgrader command in a course and return what came of it."""

    def run(course: Path, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=course,
            env=bare_environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def new_course(tmp_path_factory, nbgrader):
    """Make a course with all the solutions, and release the exercise on ReLU."""

    def make() -> Path:
        course = tmp_path_factory.mktemp("course")
        make_course(course)
        done = nbgrader(course, "generate_assignment", "relu")
        assert done.returncode == 0, done.stderr
        return course

    return make


@pytest.fixture(scope="session")
def submit():
    """Hand in the released ReLU notebook for a student, with some cells answered."""

    def hand_in(course: Path, student: str, answers: dict[str, str]) -> Path:
        notebook = nbformat.read(course / "release/relu/relu.ipynb", as_version=4)
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(grade_id, cell.source)
        target = course / "submitted" / student / "relu" / "relu.ipynb"
        target.parent.mkdir(parents=True)
        nbformat.write(notebook, target)
        return target

    return hand_in
