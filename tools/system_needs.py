"""See to what the tests need beside Python: a browser, bubblewrap for the grading sandbox, and a
PostgreSQL server that one of them starts for itself.

Takes what the system has; else installs Debian's packages where it may; else takes Playwright's
own download of Chromium. What cannot be had is said, and the tests that need it are skipped by
name.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.browser import chromium_path

PACKAGES = ("chromium", "bubblewrap", "postgresql")
POSTGRESQL = Path("/usr/lib/postgresql")  # where Debian keeps each version's programs


def missing_packages() -> list[str]:
    """Return the Debian packages whose program is not on this system."""
    found = {
        "chromium": chromium_path(),
        "bubblewrap": shutil.which("bwrap"),
        "postgresql": shutil.which("initdb") or any(POSTGRESQL.glob("*/bin/initdb")),
    }
    return [package for package in PACKAGES if not found[package]]


def privileged() -> list[str] | None:
    """Return the words to put before a command that needs the system's rights, None without."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def install(packages: list[str]) -> None:
    """Install Debian's ``packages`` if this is Debian and we may."""
    prefix = privileged()
    if shutil.which("apt-get") is None or prefix is None:
        return
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    print(f"Installing Debian's packages: {' '.join(packages)}", flush=True)
    subprocess.run([*command, "update"], check=False, stdout=subprocess.DEVNULL)
    subprocess.run(
        [*command, "install", "-y", *packages],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def main() -> None:
    """Install what is missing, and say loudly what stays missing."""
    if missing := missing_packages():
        install(missing)
    if chromium_path() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    for package in missing_packages():
        print(f"MISSING: {package}. The tests that need it will be skipped.", flush=True)


if __name__ == "__main__":
    main()
