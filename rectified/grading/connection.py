"""The connection to a worker, read and written for as long as a call may take."""

import time
from collections.abc import Callable
from typing import Any

from rectified.grading.sandbox import Limits, Worker

LOOK_SECONDS = 0.25
LONG_SECONDS = 0.02  # a hundred calls below it use less than a call may


class Connection:
    """Reads and writes the socket of a worker for as long as a call may take.

    A worker that computes is stopped by the time that it used the processor, so that a busy
    machine costs nobody points; one that only waits is stopped by the clock.
    """

    def __init__(self, worker: Worker, limits: Limits, until: float):
        self._worker = worker
        self._began = time.monotonic()
        self._until = min(self._began + limits.call_seconds, until)
        self._cpu_until = worker.cpu_before + limits.call_cpu_seconds

    def send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._patiently(self._worker.connection.send, view) :]

    def read(self, count: int) -> bytes:
        arrived = self._worker.arrived
        while len(arrived) < count:
            size = max(1 << 16, min(count - len(arrived), 1 << 20))
            part = self._patiently(self._worker.connection.recv, size)
            if not part:
                raise EOFError
            arrived += part
        data = bytes(arrived[:count])
        del arrived[:count]
        return data

    def finish(self) -> None:
        """Note the time that a long call used, so that it does not count for the next one."""
        if time.monotonic() - self._began > LONG_SECONDS:
            self._worker.cpu_before = self._worker.cpu_seconds()

    def _patiently(self, act: Callable, argument: Any) -> Any:
        """Do what may block, looking at the clocks in between. Raises `TimeoutError`."""
        while True:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            patience = min(left, LOOK_SECONDS)
            if self._worker.connection.gettimeout() != patience:
                self._worker.connection.settimeout(patience)
            try:
                return act(argument)
            except TimeoutError:
                if self._worker.cpu_seconds() > self._cpu_until:
                    raise
