"""A class is graded on a Dask cluster, one of whose workers is killed on the way."""

import importlib.util
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from rectified.grading.place import Course
from rectified.grading.pool import Cluster, ClusterError
from rectified.grading.runner import Options, grade_course
from tests import needs
from tests.grading.twins import content, rows, twins, written
from tests.grading.waiting import within

pytestmark = [
    needs.bubblewrap,
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None,
        reason="NO DASK: pip install rectified[dask] to test grading on a cluster",
    ),
    pytest.mark.xdist_group("cluster"),
]
STUDENTS = 40


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers, processes of their own on loopback."""
    started = []

    def start(*words: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *words[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    place = tmp_path / "scheduler.json"
    common = ["--no-dashboard", "--scheduler-file", str(place)]
    start("scheduler", "--host", "127.0.0.1", "--port", "0", *common)
    assert within(120, place.exists), "the scheduler does not start"
    workers = [
        start("worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", *common)
        for _ in range(2)
    ]
    yield json.loads(place.read_text())["address"], workers
    for process in started:
        process.kill()
        process.wait()


def test_a_scheduler_that_does_not_answer_is_named():
    with pytest.raises(ClusterError, match="no Dask scheduler answers at tcp"):
        Cluster("tcp://127.0.0.1:9", patience="0.2s")


def test_a_worker_that_is_killed_costs_nothing(cluster, tmp_path):
    address, workers = cluster
    course, other = twins(tmp_path, STUDENTS)
    with ThreadPoolExecutor(1) as background:
        run = background.submit(grade_course, Course(other), [], Options(scheduler=address))
        within(300, lambda: rows(other) >= 5 or run.done())
        workers[0].kill()
        early = rows(other)
        done = run.result(timeout=300)
    assert early < STUDENTS, "the kill came too late"
    assert done.failed == []
    assert rows(other) == STUDENTS
    assert content(other) == content(course)
    assert written(other) == written(course)
