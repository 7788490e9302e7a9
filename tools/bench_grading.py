"""Time the class runner against stock nbgrader: `python -m tools.bench_grading`.

Both grade the exercise on ReLU on this machine, one after the other: the runner a class of N, the
stock command a sample of M of the same students, with the time that it takes to start taken off.
Printed are ratios of throughput on all cores and on one, the points of both (which have to agree),
the cost of a submission as the class grows, and the memory of the runner with all its processes.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

from nbgrader.api import Gradebook

from tests.attacks import classroom

SLOW = "def relu(x):\n    return np.vectorize(lambda v: v if v > 0 or v != v else 0.0, [float])(x)"


def answers() -> list[dict[str, str]]:
    """What a class hands in: right, partly right, wrong, slow, blank, in turn."""
    right = classroom.RIGHT
    return [
        right,
        right | {"relu": "def relu(x):\n    return x * (x > 0)"},
        dict.fromkeys(right, "def relu(x):\n    return x"),
        right | {"relu": SLOW},
        right | {"relu_grad": "def relu_grad(x):\n    return x > 0"},
        right | {"keep-the-output": "Yes: the sign of y tells that of x."},
        {},
        right,
    ]


def make_class(directory: Path, size: int) -> Path:
    """A course with `size` students."""
    classroom.make_course(directory)
    made = [json.dumps(classroom.solved(given)).encode() for given in answers()]
    for number, data in enumerate(islice(cycle(made), size)):
        classroom.hand_in(directory, f"student-{number:04}", data)
    return directory


def timed(command: list[str], course: Path, cores: set[int]) -> tuple[float, float, float]:
    """Run a command; return its time on the clock and on the processor, and its memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=course,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    memory = 0.0
    while process.poll() is None:
        memory = max(memory, memory_of(process.pid))
        time.sleep(0.2)
    clock = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} failed with {process.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, cpu, memory


def memory_of(root: int) -> float:
    """The memory of a process and all below it in MB, what they share counted once."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                text = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(text[1])
    total, below = 0, {root}
    while below:
        for pid in below:
            with suppress(OSError):
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
        below = {pid for pid, parent in parents.items() if parent in below}
    return total / 1024


def ours(course: Path, cores: set[int]) -> tuple[float, float, float]:
    """Grade a course with the class runner."""
    return timed([sys.executable, "-m", "rectified.cli", "grade", str(course)], course, cores)


def stock(course: Path, cores: set[int], students: str) -> tuple[float, float, float]:
    """Grade some students of a course with nbgrader's own command."""
    command = [sys.executable, "-m", "nbgrader", "autograde", "relu", "--force"]
    return timed([*command, f"--student={students}"], course, cores)


def points(course: Path) -> dict[str, float]:
    """The score of every student in a gradebook."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        return {s.student.id: s.score for s in book.find_assignment("relu").submissions}


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--class", dest="size", type=int, default=200)
    parser.add_argument("--sample", type=int, default=8)
    parser.add_argument("--growth", type=int, nargs="*", default=[20, 2000])
    options = parser.parse_args()
    every = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        theirs = make_class(place / "stock", options.sample)
        subprocess.run(
            [sys.executable, "-m", "nbgrader", "generate_assignment", "relu"],
            cwd=theirs, check=True, capture_output=True,
        )  # fmt: skip
        print(f"{len(every)} cores; exercise relu; ours: {options.size}, stock: {options.sample}")
        for cores in (every, {min(every)}):
            course = make_class(place / f"ours-{len(cores)}", options.size)
            clock, cpu, memory = ours(course, cores)
            one = stock(theirs, cores, "student-0000")
            many = stock(theirs, cores, "*")
            stock_clock, stock_cpu = ((many[i] - one[i]) / (options.sample - 1) for i in (0, 1))
            print(
                f"{len(cores)} cores: ours {clock / options.size:.3f} s a submission, "
                f"stock {stock_clock:.2f} s; {stock_clock * options.size / clock:.0f} times "
                f"the throughput ({stock_cpu * options.size / cpu:.0f} by processor time); "
                f"memory {memory:.0f} MB"
            )
            found, wanted = points(course), points(theirs)
            differ = [name for name, score in wanted.items() if found[name] != score]
            print(f"points of the sample: {'the same' if not differ else f'DIFFER for {differ}'}")
            shutil.rmtree(course)
        for size in options.growth:
            course = make_class(place / "growth", size)
            clock, cpu, memory = ours(course, every)
            print(
                f"class of {size}: {clock / size:.3f} s a submission by the clock, "
                f"{cpu / size:.3f} s of processor time, memory {memory:.0f} MB"
            )
            shutil.rmtree(course)


if __name__ == "__main__":
    main()
