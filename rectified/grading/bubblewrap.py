"""The command line that starts the sandbox: everything that it shows and takes away."""

import os
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from rectified.grading.jail import lockdown

PACKAGES = ("numpy", "scipy")
JAIL = Path(lockdown.__file__).parent
SHOWN_PACKAGES = Path("/jail/packages")


def bubblewrap() -> list[str]:
    """Return the start of the command line: everything that the sandbox shows and takes away."""
    words = ["bwrap", "--die-with-parent", "--new-session", "--clearenv"]
    words += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    if os.getuid() != 0:
        words.append("--unshare-user")
    words += ["--hostname", "sandbox", "--cap-drop", "ALL"]
    for capability in ("SYS_ADMIN", "SETUID", "SETGID"):
        words += ["--cap-add", f"CAP_{capability}"]
    for name, value in environment().items():
        words += ["--setenv", name, value]
    for top in ("/usr", "/lib", "/lib64", "/bin", "/sbin"):
        if Path(top).is_symlink():
            words += ["--symlink", os.readlink(top), top]
        elif Path(top).exists():
            words += ["--ro-bind", top, top]
    words += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    words += ["--ro-bind-try", "/etc/alternatives", "/etc/alternatives"]
    shown = [Path(sys.base_prefix), SHOWN_PACKAGES / "numpy", Path("/jail/jail")]
    for directory in _parents(shown):
        words += ["--perms", "0755", "--dir", str(directory)]
    if not Path(sys.base_prefix).is_relative_to("/usr"):
        words += ["--ro-bind", sys.base_prefix, sys.base_prefix]
    for directory in _package_directories():
        words += ["--perms", "0755", "--tmpfs", str(directory)]
    for path in _packages():  # not at their own place: it may lie below a private /tmp
        words += ["--ro-bind", str(path), str(SHOWN_PACKAGES / path.name)]
    for directory in _package_directories():
        words += ["--remount-ro", str(directory)]
    words += ["--ro-bind", str(JAIL), "/jail/jail", "--dev", "/dev", "--tmpfs", "/tmp"]
    for directory in ("/tmp", "/dev", "/"):
        words += ["--remount-ro", directory]
    return [*words, "--chdir", "/tmp"]


def nursery(control: int, preload: Sequence[str]) -> list[str]:
    """Return the command of the nursery: this Python without site, seeing only our packages."""
    code = (
        "import sys; sys.path += sys.argv[1].split(':'); "
        "from jail.nursery import main; main(int(sys.argv[2]), sys.argv[3:])"
    )
    paths = f"/jail:{SHOWN_PACKAGES}"
    interpreter = os.path.realpath(sys.executable)
    return [interpreter, "-I", "-S", "-B", "-c", code, paths, str(control), *preload]


def environment() -> dict[str, str]:
    """The environment of a student's code: one thread, plain text, nothing of the grader's."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    # memory that was given back is kept for the next array: the kernel clears pages slowly
    kept = {"MALLOC_MMAP_THRESHOLD_": str(1 << 25), "MALLOC_TRIM_THRESHOLD_": str(1 << 26)}
    return {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", **threads, **kept}


def _packages() -> list[Path]:
    """The packages that a student's code may import, with the libraries that come with them."""
    found = []
    for directory in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for name in PACKAGES:
            found += [Path(directory, part) for part in (name, f"{name}.libs")]
    return sorted(path for path in found if path.exists())


def _package_directories() -> list[Path]:
    """Where packages are installed below what is shown: covered, since any may hold an answer."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    below = {Path(sys.base_prefix, "lib", version, "site-packages")}
    for top in ("/usr", "/usr/local"):
        below |= set(Path(top, "lib").glob("python3*/*-packages"))
    return sorted(path for path in below if path.is_dir())


def _parents(paths: list[Path]) -> list[Path]:
    """The directories above `paths` that are not the system's, the upper ones first."""
    above = {parent for path in paths for parent in path.parents}
    return sorted(path for path in above if path.parts[1:2] not in ((), ("usr",)))
