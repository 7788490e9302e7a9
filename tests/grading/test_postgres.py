"""The gradebook may be a PostgreSQL server: graded, graded again, and backed up there as well."""

import getpass
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from rectified.grading.gradebook import Book
from rectified.grading.place import Course
from rectified.grading.runner import Options, grade_course
from tests import needs
from tests.attacks import classroom

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
pytestmark = [
    needs.bubblewrap,
    pytest.mark.skipif(
        not (PROGRAMS / "initdb").exists() or importlib.util.find_spec("psycopg") is None,
        reason="NO POSTGRESQL: apt-get install postgresql, pip install rectified[postgresql]",
    ),
    pytest.mark.xdist_group("postgres"),
]


@pytest.fixture(scope="module")
def server():
    """A server of our own on loopback; the address of an empty database."""
    # PostgreSQL refuses to run as root, and pytest's own directories are closed to others
    user = "nobody" if os.getuid() == 0 else getpass.getuser()
    place = Path(tempfile.mkdtemp(prefix="rectified-postgres-"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    if os.getuid() == 0:
        shutil.chown(place, user)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": place}
    if os.getuid() == 0:
        quiet["user"] = user
    data = str(place / "data")
    subprocess.run(
        [PROGRAMS / "initdb", "-D", data, "-U", "teacher", "-A", "trust", "-E", "UTF8"],
        check=True,
        **quiet,
    )
    settings = f"-h 127.0.0.1 -p {port} -k {place}"
    subprocess.run(
        [PROGRAMS / "pg_ctl", "-D", data, "-w", "-o", settings, "start"], check=True, **quiet
    )
    try:
        yield f"postgresql+psycopg://teacher@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([PROGRAMS / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(place, ignore_errors=True)


def test_a_class_is_graded_into_postgresql(server, tmp_path):
    course = classroom.new_course(tmp_path / "course")
    with open(course / "nbgrader_config.py", "a", encoding="utf-8") as file:
        file.write(f"\nc.CourseDirectory.db_url = {server!r}\n")
    first = grade_course(Course(course), [], Options(workers=1))
    again = grade_course(Course(course), [], Options(workers=1))
    assert [line.score for line in first.lines] == [line.score for line in again.lines]
    assert all(line.changed for line in first.lines)
    assert not any(line.changed for line in again.lines)
    with Gradebook(server) as book:
        assert book.find_submission("relu", "honest-right").score == 26
        grade = book.find_grade("keep-the-output", "relu", "relu", "honest-right")
        assert grade.needs_manual_grade
    with Book(server) as book:
        assert len(book.history("relu")) == len(classroom.HONEST)
    if shutil.which("pg_dump"):
        (backup,) = (course / ".rectified" / "backups").iterdir()
        assert "submitted_assignment" in backup.read_text()
    else:
        assert "NO BACKUP" in first.notes[0]
