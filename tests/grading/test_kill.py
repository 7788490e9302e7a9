"""A run that is killed at any moment loses nothing: the next ones finish it, and nothing twice."""

import multiprocessing
import random
import shutil
import time

import pytest

from rectified.grading.place import Course
from rectified.grading.runner import Options, grade_course
from tests.grading.twins import content, rows, twins, written

pytestmark = [
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
    pytest.mark.xdist_group("kill"),
]
KILLS = 20
STUDENTS = 48


def test_twenty_kills_change_nothing(tmp_path):
    course, disturbed = twins(tmp_path, STUDENTS)
    moments = random.Random(8)
    begin = multiprocessing.get_context("fork")  # as the command, without its second of imports
    unfinished = 0
    for kill in range(KILLS):
        # Somewhere between the start of the program and the next few submissions on record.
        until = rows(disturbed) + moments.choice([0, 0, 1, 2, 3])
        run = begin.Process(target=grade_course, args=(Course(disturbed), [], Options()))
        run.start()
        if kill % 4 == 0:
            time.sleep(moments.uniform(0.0, 2.0))
        while rows(disturbed) < until and run.is_alive():
            time.sleep(0.002)
        time.sleep(moments.uniform(0.0, 0.05))
        run.kill()
        run.join()
        unfinished += rows(disturbed) < STUDENTS
    assert unfinished >= KILLS // 2, "the kills came too late to disturb anything"
    grade_course(Course(disturbed), [], Options())
    assert rows(disturbed) == STUDENTS
    assert content(disturbed) == content(course)
    assert written(disturbed) == written(course)
