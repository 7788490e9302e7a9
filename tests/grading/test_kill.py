"""A run that is killed at any moment loses nothing: the next ones finish it, and nothing twice.

Five moments here; `python -m tools.kills` tries twenty, or as many as one likes.
"""

import random
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests import needs
from tests.grading.twins import content, rows, twins, written
from tests.grading.waiting import within

pytestmark = [
    needs.bubblewrap,
    pytest.mark.xdist_group("kill"),
]


def run(course: Path) -> subprocess.Popen:
    command = [sys.executable, "-m", "rectified.cli", "grade", str(course)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, **silent)


def got_on(course: Path, until: int, grading: subprocess.Popen) -> bool:
    return rows(course) >= until or grading.poll() is not None


def disturb(course: Path, students: int, kills: int, moments: random.Random) -> list[int]:
    """Kill run after run; return how many submissions were on record after each kill.

    Every fourth dies while it starts, the others as their first submissions come on record: each
    gets on by a few, so that some are left for the next.
    """
    left = []
    for number in range(kills):
        before = rows(course)
        grading = run(course)
        if number % 4 == 0:
            time.sleep(moments.uniform(0.0, 4.0))
        else:
            until = before + moments.randint(1, max(1, (students - before) // (kills - number)))
            within(300, partial(got_on, course, until, grading), 0.002)
            time.sleep(moments.uniform(0.0, 0.05))
        grading.kill()
        grading.wait()
        left.append(rows(course))
    return left


def test_kills_change_nothing(tmp_path):
    course, disturbed = twins(tmp_path, 27)
    left = disturb(disturbed, 27, 5, random.Random(8))
    assert 0 < left[2] < 27, "the kills did not come between submissions"
    assert run(disturbed).wait(300) == 1  # all graded, some deserve a look
    assert rows(disturbed) == 27
    assert content(disturbed) == content(course)
    assert written(disturbed) == written(course)
