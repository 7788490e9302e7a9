"""Run every attack on the class runner and on stock nbgrader: `python -m tools.attack_table`.

Writes `tests/attacks/results.md`. Stock nbgrader runs in a container made by bubblewrap, because
nothing else would protect this machine from what it executes; inside, it sees a course as always.
Attacks that would take the machine along (bombs, full disks) are not run on it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbgrader
from nbgrader.api import Gradebook, MissingEntry

from rectified.grading.place import Course
from rectified.grading.runner import Options, grade_course
from tests.attacks import classroom

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "tests" / "attacks" / "results.md"
TOO_DANGEROUS = {
    "a fork bomb",
    "a thread bomb",
    "a memory bomb",
    "an answer of ten gigabytes",
    "ten gigabytes of output",
    "the disk filled",
}
NEIGHBOUR = "honest-right"
SECONDS = 150


def ours(place: Path) -> dict[str, float]:
    """The points that each attack gets from the class runner, all in one class."""
    course = classroom.new_course(place / "ours")
    for name, (data, change) in classroom.submissions().items():
        directory = classroom.hand_in(course, classroom.name_of(name), data)
        if change is not None:
            change(directory)
    run = grade_course(Course(course), [], Options(limits=classroom.LIMITS))
    scores = {line.student: line.score for line in run.lines}
    return {name: scores[classroom.name_of(name)] for name in classroom.submissions()}


def graded_neighbour(place: Path) -> Path:
    """A course of stock nbgrader's in which an honest student has been graded."""
    course = classroom.new_course(place / "stock")
    for arguments in (["generate_assignment", "relu"], ["autograde", "relu", *one(NEIGHBOUR)]):
        command = [sys.executable, "-m", "nbgrader", *arguments]
        subprocess.run(command, cwd=course, check=True, capture_output=True)
    return course


def one(student: str) -> list[str]:
    return [f"--student={student}", "--Execute.timeout=10"]


def stock(template: Path, place: Path, name: str, data: bytes, change) -> tuple[str, str]:
    """The points that an attack gets from nbgrader, and what else it did."""
    course = place / "course"
    shutil.copytree(template, course, symlinks=True)
    student = classroom.name_of(name)
    directory = classroom.hand_in(course, student, data)
    if change is not None:
        change(directory)
    home = place / "home"
    home.mkdir()
    command = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    command += ["--tmpfs", "/tmp", "--tmpfs", "/var/tmp", "--bind", str(place), str(place)]
    command += ["--ro-bind", str(ROOT), str(ROOT), "--unshare-pid", "--unshare-net"]
    command += ["--die-with-parent", "--new-session", "--setenv", "HOME", str(home)]
    command += [
        "--chdir",
        str(course),
        "sh",
        "-c",
        '"$@"; code=$?; sleep 1; case $0 in *later*) sleep 5;; esac; exit $code',
        "sh",
    ]
    command += [sys.executable, "-m", "nbgrader", "autograde", "relu", *one(student)]
    remarks = []
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        if process.wait(SECONDS) != 0:
            remarks.append("the command fails")
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        remarks.append(f"does not end within {SECONDS} s")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        try:
            score = f"{book.find_submission('relu', student).score:g}"
        except MissingEntry:
            score = "0"
        if book.find_submission("relu", NEIGHBOUR).score != classroom.FULL:
            remarks.append("changes a neighbour's points")
    left = [path for path in (course, home) for path in path.rglob("attack-was-here")]
    if left:
        remarks.append("writes where it likes")
    return score, ", ".join(remarks)


def main() -> None:
    """Run everything and write the table."""
    chosen = set(sys.argv[1:])
    expected = classroom.expected()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as scratch:
        place = Path(scratch)
        mine = ours(place)
        template = graded_neighbour(place)
        rows = []
        for number, (name, (data, change)) in enumerate(classroom.submissions().items()):
            if chosen and name not in chosen:
                continue
            theirs = ("not run", "would take the machine along")
            if name not in TOO_DANGEROUS:
                here = place / str(number)
                here.mkdir()
                theirs = stock(template, here, name, data, change)
                shutil.rmtree(here, ignore_errors=True)
            row = (name, f"{expected[name][0]:g}", f"{mine[name]:g}", *theirs)
            rows.append(row)
            print(json.dumps(row), flush=True)
    if not chosen:
        RESULTS.write_text(table(rows), encoding="utf-8")


def table(rows: list[tuple[str, ...]]) -> str:
    """The results as Markdown without a heading of its own, for a chapter to include."""
    ours = [row for row in rows if float(row[2]) > float(row[1])]
    run = [row for row in rows if row[3] != "not run"]
    forged = [row for row in run if float(row[3].split()[0]) > float(row[1])]
    robbed = [row for row in run if float(row[3].split()[0]) < float(row[1])]
    failed = [row for row in run if "the command fails" in row[4] or "does not end" in row[4]]
    return "\n".join(
        [
            f"{len(rows)} submissions. The class runner gives more points than the work deserves "
            f"to {len(ours)} of them; every one is graded in the same run. Of the {len(run)} that "
            f"stock nbgrader {nbgrader.__version__} is let loose on, it gives {len(forged)} more "
            f"than they deserve and {len(robbed)} less; at {len(failed)} its command fails or does "
            f"not end; {len(rows) - len(run)} are not run on it, because they would take the "
            "machine along.",
            "",
            f"Points out of the {classroom.FULL:g} that checks give. “Deserved” is what the "
            "functions of the submission are worth when their values are judged. Made by `python "
            "-m tools.attack_table`.",
            "",
            "| submission | deserved | ours | stock | on stock |",
            "| --- | ---: | ---: | ---: | --- |",
            *("| " + " | ".join(row).replace("_", r"\_") + " |" for row in rows),
            "",
        ]
    )


if __name__ == "__main__":
    os.environ.pop("RECTIFIED_SEED", None)
    began = time.monotonic()
    main()
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
