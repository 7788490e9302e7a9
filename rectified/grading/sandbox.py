"""Where a student's code runs: bubblewrap takes the machine away, the kernel limits the rest.

A process in the sandbox sees the system's libraries, this Python, NumPy and SciPy, all read-only,
and an empty /tmp of its own with a size limit. It sees no network, no home, no submission, no
source, no gradebook, no process but itself; `rectified` and every other package are not there, so
that a solution is the student's own. No process outlives its worker, no worker outlives the
grader.

The rights are taken away twice. bubblewrap starts a nursery with the view above; the nursery forks
a worker for each submission and takes away what would let it reach the next one (`jail.lockdown`).
Starting Python and NumPy takes far longer than grading, and so is done once.
"""

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from json import dumps
from pathlib import Path

from rectified.grading.bubblewrap import JAIL, PACKAGES, bubblewrap, environment, nursery

START_SECONDS = 60.0
END_SECONDS = 5.0
TICKS = os.sysconf("SC_CLK_TCK")
NO_BUBBLEWRAP = (
    "bubblewrap is not installed, and without it a student's code could read and change whatever "
    "you can. Install it (Debian, Ubuntu: sudo apt-get install bubblewrap; Fedora: sudo dnf "
    "install bubblewrap), or accept the risk by name: --isolation none"
)


class SandboxError(Exception):
    """The sandbox does not start; the text says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """What one submission may take. A worker is one process with one thread.

    ``call_cpu_seconds`` bounds the processor time of one call, ``call_seconds`` its time by the
    clock, ``submission_seconds`` that of all calls together; ``cpu_seconds`` is the kernel's own
    limit on a worker. Sizes are in bytes: ``memory`` of address space, ``disk`` of /tmp, ``file``
    of one file.
    """

    call_cpu_seconds: float = 3.0
    call_seconds: float = 10.0
    submission_seconds: float = 60.0
    cpu_seconds: int = 60
    memory: int = 1 << 30
    disk: int = 1 << 24
    file: int = 1 << 23
    drop_root: bool = True


class Worker:
    """One process that a student's code runs in, and the connection to it.

    ``arrived`` are the bytes that came and were not read yet, ``cpu_before`` the processor time
    that calls before the present one have used.
    """

    def __init__(self, connection: socket.socket, handle: int, group: int | None = None):
        self.connection = connection
        self.arrived = bytearray()
        self._handle = handle
        self._group = group
        self._times = _times_of(handle)
        self.cpu_before = self.cpu_seconds()

    @property
    def pid(self) -> int | None:
        """The number of the process as this machine counts them, if it says."""
        return int(self._times.parts[2]) if self._times else None

    def cpu_seconds(self) -> float:
        """Return the processor time that the process has used, 0 where the system does not say."""
        if self._times is None:
            return 0.0
        try:
            fields = self._times.read_text().rpartition(")")[2].split()
        except (OSError, ProcessLookupError):
            return 0.0
        return (int(fields[11]) + int(fields[12])) / TICKS

    def kill(self) -> None:
        """End the process and whatever it started."""
        self.connection.close()
        if self._handle < 0:
            return
        with suppress(ProcessLookupError):
            if self._group is not None:
                os.killpg(self._group, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if self._group is not None:
            os.waitpid(self._group, 0)
        os.close(self._handle)
        self._handle = -1


class Sandbox:
    """Makes workers inside bubblewrap. Use as a context manager; it holds one nursery."""

    name = "bubblewrap"

    def __init__(self, limits: Limits, preload: Sequence[str] = PACKAGES):
        self.limits = limits
        self._preload = tuple(preload)
        self._nursery: subprocess.Popen | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the nursery, and with it every worker that is left."""
        if self._control is not None:
            self._control.close()  # a nursery that nobody can ask any more ends by itself
        if self._nursery is not None:
            with suppress(subprocess.TimeoutExpired):
                self._nursery.wait(END_SECONDS)
            self._nursery.kill()
            self._nursery.communicate()
        self._control = self._nursery = None

    @property
    def pid(self) -> int | None:
        """The number of the nursery, if there is one."""
        return self._nursery.pid if self._nursery else None

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """Give a fresh worker; it is ended with the block. Raises `SandboxError`."""
        worker = self._raise_worker()
        try:
            yield worker
        finally:
            worker.kill()

    def _raise_worker(self) -> Worker:
        if self._nursery is None or self._nursery.poll() is not None:
            self._start()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                limits = dumps(asdict(self.limits)).encode()
                socket.send_fds(self._control, [limits], [theirs.fileno()])
                answer, handles, _, _ = socket.recv_fds(self._control, 4096, 1)
            except OSError as error:
                ours.close()
                raise self._trouble(str(error)) from error
        if not handles:
            ours.close()
            raise self._trouble(answer.decode(errors="replace"))
        return Worker(ours, handles[0])

    def _start(self) -> None:
        self.close()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        with theirs:
            os.set_inheritable(theirs.fileno(), True)
            self._nursery = subprocess.Popen(
                [*bubblewrap(), *nursery(theirs.fileno(), self._preload)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
                umask=0o022,
            )
        try:
            ready = self._control.recv(16)
        except OSError as error:
            raise self._trouble(str(error)) from error
        if ready != b"ready":
            raise self._trouble("it ended at once")

    def _trouble(self, reason: str) -> SandboxError:
        said = b""
        if self._nursery is not None:
            self._nursery.kill()
            said = self._nursery.communicate()[1] or b""
            self._nursery = None
        text = said.decode(errors="replace").strip()[-600:]
        return SandboxError(f"the sandbox does not start: {reason}. {text}".strip())


class NoSandbox(Sandbox):
    """Makes workers that are ordinary processes with limits: for who accepts the risk by name."""

    name = "none"

    def _raise_worker(self) -> Worker:
        ours, theirs = socket.socketpair()
        limits = asdict(self.limits)
        with theirs:
            command = [
                sys.executable,
                "-I",
                "-c",
                "import os, sys; sys.path[:0] = [sys.argv[1]]; "
                "from rectified.grading.jail import worker; connection = int(sys.argv[2]); "
                "os.write(connection, b'ready'); worker.serve(connection)",
                str(JAIL.parents[2]),
                str(theirs.fileno()),
            ]
            process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=environment(),
                preexec_fn=lambda: _limit_unboxed(limits),
            )
        process.returncode = 0  # waited for in Worker.kill
        handle = os.pidfd_open(process.pid)
        ours.settimeout(START_SECONDS)  # before any limit of a call: Python and NumPy take a while
        try:
            ready = ours.recv(5, socket.MSG_WAITALL)
        except OSError:
            ready = b""
        worker = Worker(ours, handle, group=process.pid)
        if ready != b"ready":
            worker.kill()
            raise SandboxError("a process for a student's code does not start")
        return worker


def make_sandbox(isolation: str, limits: Limits, preload: Sequence[str] = PACKAGES) -> Sandbox:
    """Return the sandbox named "bubblewrap" or "none".

    Raises `SandboxError` with the line that installs bubblewrap where it is missing.
    """
    if isolation == "none":
        return NoSandbox(limits, preload)
    if isolation != "bubblewrap":
        raise SandboxError(f"there is no isolation {isolation!r}: bubblewrap or none")
    if shutil.which("bwrap") is None:
        raise SandboxError(NO_BUBBLEWRAP)
    return Sandbox(limits, preload)


def _times_of(handle: int) -> Path | None:
    """The file in which the kernel says how much time the process behind `handle` has used."""
    try:
        text = Path(f"/proc/self/fdinfo/{handle}").read_text()
    except OSError:
        return None
    number = next((line.split()[1] for line in text.splitlines() if line.startswith("Pid:")), "0")
    return Path("/proc", number, "stat") if int(number) > 0 else None


def _limit_unboxed(limits: dict) -> None:
    """Limits of a worker without a sandbox: no count of processes, which the user shares."""
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file"], limits["file"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
