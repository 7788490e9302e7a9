"""A class in which almost everybody attacks: points, neighbours and machine stay as they are."""

import ctypes
import os
import socket
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from rectified.grading.place import Course
from rectified.grading.runner import Options, Run, grade_course
from tests import needs
from tests.attacks import classroom
from tests.grading.waiting import within

pytestmark = [
    needs.bubblewrap,
    pytest.mark.xdist_group("attacks"),
]

ATTACKS = classroom.expected()
PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture(scope="module")
def honest(tmp_path_factory) -> Path:
    """A course with honest students only, graded."""
    course = classroom.new_course(tmp_path_factory.mktemp("honest") / "course")
    same_secret(course)
    grade_course(Course(course), [], Options(limits=classroom.LIMITS))
    return course


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[Path, Run, dict[str, set]]:
    """The same course with every attacker in it, graded; and what was there before."""
    course = classroom.new_course(tmp_path_factory.mktemp("hostile") / "course")
    same_secret(course)
    for name, (data, change) in classroom.submissions().items():
        directory = classroom.hand_in(course, classroom.name_of(name), data)
        if change is not None:
            change(directory)
    before = {"processes": processes(), "files": files(course)}
    run = grade_course(Course(course), [], Options(limits=classroom.LIMITS))
    return course, run, before


def same_secret(course: Path) -> None:
    """Let both courses draw the same inputs, so that their results can be compared."""
    (course / ".rectified").mkdir()
    (course / ".rectified" / "secret").write_bytes(b"s" * 32)


def processes() -> set[int]:
    """Every living process that this one has brought about, however it tried to get away."""
    parents, alive = {}, set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                parents[int(entry.name)] = int(parent)
                helper = b"resource_tracker" in (entry / "cmdline").read_bytes()
                if state != "Z" and not helper:  # the helper is multiprocessing's own
                    alive.add(int(entry.name))
    found, below = set(), {os.getpid()}
    while below:
        below = {number for number, parent in parents.items() if parent in below}
        found |= below
    return found & alive


@pytest.fixture(scope="module", autouse=True)
def adopt():
    """Become the parent of every orphan among our descendants, so that none is overlooked."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def files(course: Path) -> set[Path]:
    """Everything in the places that an attack tries to write to, but what grading writes."""
    written = {"autograded", "feedback", "gradebook.db", ".rectified"}
    kept = {path for path in course.rglob("*") if path.relative_to(course).parts[0] not in written}
    for place in ("/tmp", "/var/tmp", "/dev/shm", Path.home()):
        directory = Path(place)
        if directory.is_dir():
            kept |= set(directory.glob("attack-was-here")) | set(directory.glob("filler-*"))
            kept |= set(directory.glob("poisoned"))
    return kept


def line_of(run: Run, student: str):
    return next(line for line in run.lines if line.student == student)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_scores_what_its_functions_deserve(hostile, name):
    line = line_of(hostile[1], classroom.name_of(name))
    assert line.score == ATTACKS[name][0]


@pytest.mark.parametrize("name", [name for name, (_, says) in ATTACKS.items() if says])
def test_the_report_and_the_page_say_what_is_broken(hostile, name):
    course, run, _ = hostile
    student, says = classroom.name_of(name), ATTACKS[name][1]
    assert says in " ".join(line_of(run, student).problems)
    page = (course / "feedback" / student / "relu" / "relu.html").read_text()
    assert says.replace("'", "&#39;") in page


def test_nobody_is_left_out(hostile):
    _, run, _ = hostile
    assert len(run.lines) == len(ATTACKS) + len(classroom.HONEST)
    assert run.failed == []


@pytest.mark.parametrize("student", classroom.HONEST)
def test_neighbours_are_not_touched(honest, hostile, student):
    for step in ("feedback", "autograded"):
        for path in sorted((honest / step / student).rglob("*.*")):
            assert (hostile[0] / path.relative_to(honest)).read_bytes() == path.read_bytes()
    assert marks(honest, student) == marks(hostile[0], student)


def marks(course: Path, student: str) -> list[tuple]:
    """Everything that the gradebook says of a student's grades and comments."""
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        return book.execute(
            "select base_cell.name, auto_score, manual_score, extra_credit, needs_manual_grade, "
            "comment.auto_comment, comment.manual_comment from submitted_assignment "
            "join submitted_notebook on submitted_notebook.assignment_id = submitted_assignment.id "
            "join grade on grade.notebook_id = submitted_notebook.id "
            "join base_cell on base_cell.id = grade.cell_id "
            "left join comment on comment.notebook_id = submitted_notebook.id "
            "and comment.cell_id = base_cell.id "
            "where student_id = ? order by base_cell.name",
            (student,),
        ).fetchall()


def test_nothing_is_left_behind(hostile):
    course, _, before = hostile
    # Nobody is left who could edit the gradebook later, as the detached process means to.
    assert within(60, lambda: processes() <= before["processes"])
    assert files(course) <= before["files"]
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        assert book.execute("select count(*) from grade where manual_score = 99").fetchone() == (0,)


def test_the_sandbox_has_no_network(hostile, tmp_path):
    """A listener on this machine hears nothing from a student who knows its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        code = (
            "import socket\ntry:\n"
            f"    socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), timeout=1)\n"
            "except OSError:\n    pass\n"
        )
        course = classroom.new_course(tmp_path / "course")
        classroom.hand_in(course, "caller", classroom.attack(code))
        grade_course(Course(course), [], Options(limits=classroom.LIMITS, workers=1))
        with pytest.raises(TimeoutError):
            server.accept()
