"""Time the class runner against stock nbgrader: `make bench-grading`.

Both grade the same generated class on this machine, one after the other: the runner all of it, the
stock command a sample, with the time that it takes to start taken off. Printed are ratios of
throughput for one exercise and for a whole course, on all cores and on one; whether both give the
same points; what one submission more costs as a class grows; the memory of the runner with all its
processes.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook

from tests.grading.generated import KINDS, SLUGS, course_of, generate, kind, student

CYCLE = len(KINDS)


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds by the clock and of processor time, megabytes at its peak."""

    clock: float
    cpu: float
    memory: float = 0.0


def make_class(directory: Path, size: int, slugs: tuple[str, ...]) -> Path:
    """A course with `size` students, each of whom hands in all of `slugs`."""
    course_of(directory, slugs)
    generate(directory, size, slugs)
    return directory


def timed(command: list[str], course: Path, cores: set[int]) -> Cost:
    """Run a command on some cores. Its status may say that something deserves a look."""
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
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
    clock = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} failed with {process.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(clock, cpu, memory)


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


def ours(course: Path, cores: set[int]) -> Cost:
    """Grade a course with the class runner."""
    return timed([sys.executable, "-m", "rectified.cli", "grade", str(course)], course, cores)


def nbgrader(course: Path, cores: set[int], *words: str) -> Cost:
    """Run one of nbgrader's own commands."""
    return timed([sys.executable, "-m", "nbgrader", *words], course, cores)


def stock(course: Path, cores: set[int], slugs: tuple[str, ...], size: int) -> Cost:
    """What one submission costs nbgrader, from `size` of each exercise, its start taken off."""
    clock = cpu = 0.0
    for slug in slugs:
        nbgrader(course, cores, "generate_assignment", slug, "--force")
        many = nbgrader(course, cores, "autograde", slug, "--force")
        graded = f"--student={whole(course, slug)}"
        start = nbgrader(course, cores, "autograde", slug, graded)  # there is nothing left to do
        clock += many.clock - start.clock
        cpu += many.cpu - start.cpu
    return Cost(clock / len(slugs) / size, cpu / len(slugs) / size)


def whole(course: Path, slug: str) -> str:
    """A student of the class whose notebook nbgrader can grade."""
    names = sorted(path.parent.name for path in course.glob(f"submitted/*/{slug}"))
    return next(name for name in names if not name.endswith("torn"))


def sample(directory: Path, slugs: tuple[str, ...], size: int) -> Path:
    """A course with `size` submissions of each exercise, of every kind in turn."""
    whole_class = make_class(directory.with_name("all"), CYCLE, slugs)
    course_of(directory, slugs)
    for place, slug in enumerate(slugs):
        for step in range(size):
            name = student((place * size + step) % CYCLE)
            taken = Path("submitted", name, slug)
            shutil.copytree(whole_class / taken, directory / taken)
    shutil.rmtree(whole_class)
    return directory


def points(course: Path, slug: str) -> dict[str, float]:
    """The points of everybody whose notebook was graded: nbgrader deletes what it fails at."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        scores = {s.student.id: s.score for s in book.find_assignment(slug).submissions}
    return {
        path.parts[-3]: scores[path.parts[-3]]
        for path in course.glob(f"autograded/*/{slug}/*.ipynb")
    }


def agreement(course: Path, theirs: Path, slug: str) -> str:
    """Say whether both gave the same points to everybody whom the stock one could grade."""
    found, wanted = points(course, slug), points(theirs, slug)
    failed = {path.parent.name for path in theirs.glob(f"submitted/*/{slug}")} - set(wanted)
    differ = {n: (found[n], score) for n, score in wanted.items() if found[n] != score}
    text = f"DIFFER (ours, stock): {differ}" if differ else f"the same for {len(wanted)}"
    return text + (f"; stock failed at {', '.join(sorted(failed))}" if failed else "")


def compare(place: Path, slugs: tuple[str, ...], size: int, each: int, cores: set[int]) -> Cost:
    """Time both on `slugs`: a class of `size`, and `each` of every exercise for the stock one."""
    course = make_class(place / "ours", size, slugs)
    theirs = sample(place / "stock", slugs, each)
    mine, other = ours(course, cores), stock(theirs, cores, slugs, each)
    number = size * len(slugs)
    print(
        f"{len(slugs)} exercise{'s' * (len(slugs) > 1)}, {size} students, {len(cores)} "
        f"core{'s' * (len(cores) > 1)}: ours {1000 * mine.clock / number:.0f} ms a submission, "
        f"stock {1000 * other.clock:.0f} ms (sample of {each * len(slugs)}): "
        f"{other.clock * number / mine.clock:.0f} times the throughput; "
        f"{other.cpu * number / mine.cpu:.0f} times by processor time; memory "
        f"{mine.memory:.0f} MB",
        flush=True,
    )
    for slug in slugs:
        print(f"  points in {slug}: {agreement(course, theirs, slug)}", flush=True)
    shutil.rmtree(course)
    shutil.rmtree(theirs)
    return mine


def grow(place: Path, sizes: list[int], cores: set[int]) -> None:
    """Grade classes of growing size; say what each further submission costs."""
    smaller: tuple[int, Cost] | None = None
    for size in sizes:
        course = make_class(place / "growth", size, ("relu",))
        cost = ours(course, cores)
        text = f"class of {size}: {cost.clock:.1f} s in all, memory {cost.memory:.0f} MB"
        if smaller is not None:
            more = size - smaller[0]
            clock = 1000 * (cost.clock - smaller[1].clock) / more
            cpu = 1000 * (cost.cpu - smaller[1].cpu) / more
            text += f"; each beyond {smaller[0]} costs {clock:.0f} ms, {cpu:.0f} ms of processor"
        print(text, flush=True)
        smaller = size, cost
        shutil.rmtree(course)


def main() -> None:
    """Measure, and print a line for each comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--class", dest="size", type=int, default=200)
    parser.add_argument("--course", type=int, default=200, help="students of the whole course")
    parser.add_argument("--growth", type=int, nargs="*", default=[20, 200, 2000])
    parser.add_argument("--exercises", nargs="*", default=list(SLUGS), metavar="SLUG")
    options = parser.parse_args()
    every = os.sched_getaffinity(0)
    kinds = ", ".join(dict.fromkeys(kind(number) for number in range(CYCLE)))
    print(f"{len(every)} cores; students in turn: {kinds}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        compare(place, ("relu",), options.size, CYCLE, every)
        compare(place, ("relu",), options.size, CYCLE, {min(every)})
        if options.course:
            compare(place, tuple(options.exercises), options.course, 3, every)
        grow(place, options.growth, every)


if __name__ == "__main__":
    main()
