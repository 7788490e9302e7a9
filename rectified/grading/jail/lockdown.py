"""Take away from this process whatever a student's code does not need. Linux only.

Called inside bubblewrap, between the fork of a worker and the first line of a student's code:
`enter_namespaces` before the last fork, `lock` after it. bubblewrap has already taken away the
network, the home and all other files; what is taken here is what would let one submission reach
the next: a view of other processes, a writable place that outlives it, and the right to make
either anew.
"""

import ctypes
import errno
import os
import resource

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x20000, 0x8000000, 0x10000000, 0x20000000
MS_NOSUID_NODEV, MS_PRIVATE_REC = 0x2 | 0x4, 0x40000 | 0x4000
KEYCTL_JOIN_SESSION_KEYRING = 1
KEYCTL = {"x86_64": 250, "aarch64": 219, "riscv64": 219, "ppc64le": 271, "s390x": 280}
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CAPABILITY_VERSION_3 = 0x20080522
RLIMIT_MSGQUEUE = 12  # which Python's resource module does not name
NOBODY = 65534

_libc = ctypes.CDLL(None, use_errno=True)


def enter_namespaces() -> None:
    """Give the children of this process their own process numbers, mounts and shared memory.

    Raises `OSError` where the system does not allow it.
    """
    _call("unshare", CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC)


def lock(limits: dict) -> None:
    """Give this process an empty /tmp of its own and nothing else, for good.

    A user namespace in which the process has no number is what closes the door: whoever is nobody
    there may make no further namespace, and so no further place to write to.
    """
    _call("mount", b"none", b"/", None, MS_PRIVATE_REC, None)
    size = f"size={limits['disk']},nr_inodes=1024,mode=0777".encode()
    _call("mount", b"tmpfs", b"/tmp", b"tmpfs", MS_NOSUID_NODEV, size)
    os.chdir("/tmp")
    _leave_keyring()
    if os.getuid() == 0 and limits["drop_root"]:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    _call("unshare", CLONE_NEWUSER)
    _drop_capabilities()
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _call("prctl", PR_SET_DUMPABLE, 0, 0, 0, 0)
    limit_resources(limits)


def limit_resources(limits: dict) -> None:
    """Set the limits on memory, time, files and processes that the kernel itself enforces."""
    for name, value in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_AS", limits["memory"]),
        ("RLIMIT_CPU", limits["cpu_seconds"]),
        ("RLIMIT_FSIZE", limits["file"]),
        ("RLIMIT_NOFILE", 32),
        ("RLIMIT_NPROC", 1),
        ("RLIMIT_MEMLOCK", 0),
        ("RLIMIT_MSGQUEUE", 0),
    ):
        resource.setrlimit(getattr(resource, name, RLIMIT_MSGQUEUE), (value, value))


def _leave_keyring() -> None:
    """Leave the kernel's keyring of the session, where one worker could write for the next."""
    number = KEYCTL.get(os.uname().machine)
    if number is None or _libc.syscall(number, KEYCTL_JOIN_SESSION_KEYRING, None) != -1:
        return
    if ctypes.get_errno() not in (errno.ENOSYS, errno.EPERM, errno.EACCES):  # nobody has keys here
        raise OSError(ctypes.get_errno(), "keyctl: the session's keyring cannot be left")


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())


def _call(name: str, *arguments) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
