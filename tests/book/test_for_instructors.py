"""The commands that the page for instructors shows do what it says, one after the other."""

import os
import re
import shlex
import shutil
import subprocess
import sysconfig

import pytest

from rectified.grading.course import make_course

pytestmark = pytest.mark.nbgrader

SHELL = re.compile(r"^( *)```sh\n(.*?)^ *```$", re.M | re.S)


@pytest.fixture
def commands(book):
    """The commands, but for those that set up a checkout."""
    found = SHELL.findall((book / "for-instructors.md").read_text("utf-8"))
    return [line.strip() for _, block in found for line in block.splitlines()]


@pytest.fixture
def course(tmp_path):
    """A course that `make course` made, and an exchange of its own."""
    make_course(tmp_path / "course")
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    settings = tmp_path / "course" / "nbgrader_config.py"
    with settings.open("a", encoding="utf-8") as file:
        file.write(f"c.Exchange.root = {str(exchange)!r}\n")
    return tmp_path / "course"


@pytest.fixture
def run(tmp_path):
    """Run a command somewhere, with this environment's programs and a home of its own."""
    environment = os.environ | {
        "HOME": str(tmp_path),
        "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
    }

    def run(command, folder):
        done = subprocess.run(
            shlex.split(command), cwd=folder, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"

    return run


def submit_through_the_exchange(course, run):
    desk = course.parent / "desk"
    desk.mkdir()
    shutil.copy(course / "nbgrader_config.py", desk)
    run("nbgrader fetch_assignment relu", desk)
    run("nbgrader submit relu", desk)


def submit_to_a_platform(course, run):
    archive = course / "downloaded" / "relu" / "archive"
    archive.mkdir(parents=True)
    shutil.copy(course / "release/relu/relu.ipynb", archive / "ada_relu.ipynb")


WAYS = {
    "exchange": (submit_through_the_exchange, "nbgrader zip_collect"),
    "platform": (submit_to_a_platform, ("nbgrader collect", "nbgrader release_feedback")),
}


@pytest.mark.parametrize("way", WAYS)
def test_from_the_assignment_to_the_export(way, commands, course, run):
    submit, not_this_way = WAYS[way]
    files = {
        "nbgrader generate_assignment": "release/relu/relu.ipynb",
        "nbgrader release_assignment": "../exchange/rectified/outbound/relu/relu.ipynb",
        "nbgrader collect": "submitted/*/relu/relu.ipynb",
        "nbgrader zip_collect": "submitted/ada/relu/relu.ipynb",
        "rectified grade": "feedback/*/relu/relu.html",
        "nbgrader release_feedback": "../exchange/rectified/feedback/*.html",
        "nbgrader export": "grades.csv",
    }
    made = set()
    for command in [each for each in commands if not each.startswith(not_this_way)]:
        if "collect" in command:
            submit(course, run)
        run(command, course)
        for beginning in [name for name in files if command.startswith(name)]:
            assert list(course.glob(files[beginning])), command
            made.add(beginning)
    assert made == {name for name in files if not name.startswith(not_this_way)}
    assert "relu,," in (course / "grades.csv").read_text("utf-8")
