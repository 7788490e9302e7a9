"""Where jobs run: processes of this machine, or a Dask cluster. Both are executors.

`graded` keeps no more jobs in flight than the workers need, so that memory does not grow with the
class, and outlives a worker that dies: its jobs are done anew, a second time each in a process of
its own, so that a job that kills its worker costs itself only.
"""

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.util import Finalize
from typing import Any

from rectified.grading.grader import Job, close_sandboxes, grade_job

PR_SET_PDEATHSIG = 1


class Local:
    """As many processes of this machine as `workers`; they end with the process that made them."""

    def __init__(self, workers: int | None = None):
        self.workers = workers or len(os.sched_getaffinity(0))
        self._pool = self._make()

    def _make(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(os.getpid(),),
        )

    def submit(self, job: Job) -> Future:
        """Start a job."""
        try:
            return self._pool.submit(grade_job, job)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._make()
            return self._pool.submit(grade_job, job)

    def close(self) -> None:
        """End the processes; what was not begun is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class ClusterError(Exception):
    """The cluster cannot be used; the text says why."""


class Cluster:
    """A Dask cluster, by the address of its scheduler. Needs the extra `rectified[dask]`.

    Raises `ClusterError` if it does not answer.
    """

    def __init__(self, address: str, patience: str = "20s"):
        try:
            from distributed import Client
        except ImportError as error:
            raise ClusterError("a cluster takes Dask: pip install 'rectified[dask]'") from error
        try:
            self._client = Client(address, timeout=patience, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from error
        self._executor: Executor = self._client.get_executor(pure=False, retries=2)
        self.workers = max(1, sum(self._client.nthreads().values()))

    def submit(self, job: Job) -> Future:
        """Start a job."""
        return self._executor.submit(grade_job, job)

    def close(self) -> None:
        """Leave the cluster."""
        self._executor.shutdown(wait=False)
        self._client.close()


def graded(jobs: Iterable[Job], where: Local | Cluster) -> Iterator[tuple[Job, Any]]:
    """Yield each job with its `Outcome`, or with the exception that kept it from one."""
    waiting: dict[Future, Job] = {}
    jobs = iter(jobs)
    while True:
        while len(waiting) < 2 * where.workers + 1 and (job := next(jobs, None)) is not None:
            waiting[where.submit(job)] = job
        if not waiting:
            return
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            job = waiting.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                future = _alone(job)
            yield job, future.exception() or future.result()


def _alone(job: Job) -> Future:
    """Do a job in a process of its own; return when it is done."""
    where = Local(1)
    try:
        future = where.submit(job)
        wait([future])
        return future
    finally:
        where.close()


def _begin(parent: int) -> None:
    """Make a worker end with its parent, and leave Ctrl-C to the parent."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Finalize(None, close_sandboxes, exitpriority=0)
