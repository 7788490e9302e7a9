"""What a student's code can see and do in the sandbox: next to nothing."""

import ctypes
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

import rectified
from rectified.grading.bubblewrap import SHOWN_PACKAGES
from rectified.grading.remote import Cell, StudentProcess
from rectified.grading.sandbox import Limits, SandboxError, make_sandbox
from tests import needs
from tests.grading.waiting import within

PROBE = '''
import ctypes, importlib, os, pathlib, socket, subprocess, threading
libc = ctypes.CDLL(None, use_errno=True)

def attempt(action):
    """The name of the error that an action gives, or "done"."""
    try:
        found = action()
        return "done" if found is None else f"done: {found}"
    except BaseException as error:
        return type(error).__name__

def listing(path): return sorted(os.listdir(path))
def can_read(path): return attempt(lambda: pathlib.Path(path).read_bytes() and None)
def can_write(path): return attempt(lambda: pathlib.Path(path).write_text("x") and None)
def can_import(name): return attempt(lambda: importlib.import_module(name) and None)
def can_fork(): return attempt(lambda: os.fork())
def can_start(): return attempt(lambda: subprocess.run(["/bin/true"], check=True) and None)
def can_thread(): return attempt(lambda: threading.Thread(target=print).start())
def can_connect(host, port): return attempt(lambda: socket.create_connection((host, port), 1))
def system(name, *numbers):
    return -ctypes.get_errno() if getattr(libc, name)(*numbers) == -1 else 0
def mount_somewhere():
    return libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)
def unmount(): return libc.umount(b"/tmp")
def fill(path, size, count):
    written = 0
    for number in range(count):
        try:
            with open(f"{path}/{number}", "wb") as file:
                written += file.write(bytes(size))
        except OSError:
            break
    return written
def keyring(action, text):
    """Write or find a key in the keyring of the session: a place outside the file system."""
    kind, session = b"user", -3
    if action == "add":
        return libc.syscall(248, kind, text.encode(), b"x", 1, session)
    return libc.syscall(250, 10, session, kind, text.encode(), 0)  # KEYCTL_SEARCH
def environment(): return dict(os.environ)
def whoami(): return [os.getpid(), os.getppid(), os.getuid()]
def descriptors():
    found = []
    for number in range(64):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            pass
    return found
'''
NAMES = [line.split("(")[0][4:] for line in PROBE.splitlines() if line.startswith("def ")]


@pytest.fixture(scope="module")
def sandbox():
    with make_sandbox("bubblewrap", Limits(disk=1 << 22, file=1 << 21)) as made:
        yield made


@pytest.fixture
def probe(sandbox):
    with StudentProcess(sandbox, [Cell("probe", PROBE)], NAMES) as process:
        yield process.load().namespace


@needs.bubblewrap
class TestView:
    def test_the_home_the_package_and_the_processes_are_not_there(self, probe):
        for path in (Path.home() / ".bashrc", rectified.__file__, "/etc/passwd", "/proc/1/environ"):
            assert probe["can_read"](str(path)) in ("FileNotFoundError", "PermissionError")

    def test_only_what_the_course_needs_can_be_imported(self, probe):
        assert probe["can_import"]("numpy.linalg") == "done"
        assert probe["can_import"]("scipy.special") == "done"
        for name in ("rectified", "rectified.activations", "nbgrader", "IPython", "matplotlib"):
            assert probe["can_import"](name) == "ModuleNotFoundError"

    def test_a_package_directory_holds_nothing_else(self, probe):
        assert {name.split(".")[0] for name in probe["listing"](str(SHOWN_PACKAGES))} == {
            "numpy",
            "scipy",
        }

    def test_the_environment_says_nothing(self, probe, monkeypatch):
        monkeypatch.setenv("SECRET", "1")
        assert "SECRET" not in probe["environment"]()

    def test_the_process_is_alone(self, probe):
        assert probe["whoami"]()[0] == 1

    def test_no_descriptor_but_its_own_is_open(self, probe):
        assert len(probe["descriptors"]()) == 4  # three that lead nowhere, and the grader's


@needs.bubblewrap
class TestRights:
    @pytest.mark.parametrize(
        "path", ["/x", "/dev/shm/x", "/usr/x", "/jail/x", "/jail/jail/wire.py"]
    )
    def test_nothing_is_written_but_in_tmp(self, probe, path):
        assert probe["can_write"](path) in ("OSError", "PermissionError")
        assert probe["can_write"]("/tmp/x") == "done"

    def test_tmp_has_a_size_and_is_fresh_for_everybody(self, probe, sandbox):
        assert probe["fill"]("/tmp", 1 << 20, 100) <= 1 << 22
        with StudentProcess(sandbox, [Cell("probe", PROBE)], NAMES) as second:
            assert second.load().namespace["listing"]("/tmp") == []

    @pytest.mark.skipif(platform.machine() != "x86_64", reason="knows the numbers of x86-64 only")
    def test_no_key_in_the_kernel_outlives_a_submission(self):
        ctypes.CDLL(None).syscall(250, 1, None)  # a keyring of the session, as a login makes one
        name = f"attack-{os.getpid()}"
        with make_sandbox("bubblewrap", Limits()) as sandbox:
            with StudentProcess(sandbox, [Cell("probe", PROBE)], NAMES) as first:
                keyring = first.load().namespace["keyring"]
                assert keyring("add", name) == keyring("search", name)  # -1 where nobody has keys
            with StudentProcess(sandbox, [Cell("probe", PROBE)], NAMES) as second:
                assert second.load().namespace["keyring"]("search", name) == -1

    def test_a_file_has_a_size(self, probe):
        assert probe["fill"]("/tmp", 1 << 22, 1) == 0

    def test_no_process_and_no_thread_can_be_made(self, probe):
        assert probe["can_fork"]() == "BlockingIOError"
        assert probe["can_start"]() == "BlockingIOError"
        assert probe["can_thread"]() == "RuntimeError"

    def test_no_network_is_there(self, probe):
        assert probe["can_connect"]("192.0.2.1", 80) == "OSError"

    @pytest.mark.parametrize("namespace", [0x20000, 0x10000000, 0x20000000, 0x40000000, 0x8000000])
    def test_no_namespace_can_be_made(self, probe, namespace):
        assert probe["system"]("unshare", namespace) < 0

    def test_nothing_can_be_mounted_or_unmounted(self, probe):
        assert probe["mount_somewhere"]() == -1
        assert probe["unmount"]() == -1

    def test_root_and_its_rights_are_gone_for_good(self, probe):
        assert probe["whoami"]()[2] != 0
        assert probe["system"]("setuid", 0) < 0


@needs.bubblewrap
def test_nothing_outlives_the_sandbox():
    with make_sandbox("bubblewrap", Limits()) as sandbox:
        with sandbox.worker() as worker:
            pid = worker.pid
            assert Path("/proc", str(pid)).exists()
        nursery = sandbox.pid
    assert within(30, lambda: not alive(pid) and not alive(nursery))


def alive(pid: int) -> bool:
    try:
        state = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_the_start_of_a_process_without_isolation_is_not_counted_as_the_students():
    with make_sandbox("none", Limits()) as sandbox, sandbox.worker() as worker:
        assert worker.cpu_before > 0  # Python and NumPy were imported before any call


@needs.bubblewrap
def test_an_ordinary_user_can_use_it():
    """As somebody who is not root, if this test is run by root: inside a user namespace."""
    code = (
        "import os\n"
        "assert os.getuid() == 1000\n"
        "from rectified.grading.sandbox import *\n"
        "from rectified.grading.remote import *\n"
        "with make_sandbox('bubblewrap', Limits()) as box:\n"
        "    cell = Cell('a', 'import os\\ndef f(x):\\n    return [x, os.getpid()]')\n"
        "    with StudentProcess(box, [cell], ['f']) as process:\n"
        "        assert process.load().namespace['f'](3) == [3, 1]\n"
    )
    command = ["bwrap", "--unshare-user", "--uid", "1000", "--dev-bind", "/", "/"]
    done = subprocess.run(
        [*command, sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_without_bubblewrap_it_refuses_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxError, match=r"apt-get install bubblewrap.*--isolation none"):
        make_sandbox("bubblewrap", Limits())


def test_an_isolation_that_does_not_exist_is_refused():
    with pytest.raises(SandboxError, match="bubblewrap or none"):
        make_sandbox("hope", Limits())


@needs.bubblewrap
def test_a_sandbox_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr("rectified.grading.sandbox.bubblewrap", lambda: ["bwrap", "--no-such"])
    with (
        make_sandbox("bubblewrap", Limits()) as sandbox,
        pytest.raises(SandboxError, match="no-such"),
        sandbox.worker(),
    ):
        pass
