"""Build the book, as ``make book`` does, and say where it is.

``python -m tools.book`` is ``jupyter-book build . -nW --keep-going``: it fails on a warning, a
failing cell or a reference to nowhere. The book's Sphinx extension does what the site needs
beyond that, so the plain command builds the same. Tests call ``build_if_changed``.
"""

import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
STATE = ROOT / "_build" / ".site-state"  # of what the site in _build/html was built
LOCK = ROOT / "_build" / ".site-lock"

SOURCES = ("_config.yml", "_toc.yml", "constraints.txt", "book", "exercises", "rectified")


def sources() -> Iterator[Path]:
    """Yield every file that the site is built from."""
    for name in SOURCES:
        path = ROOT / name
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in found:
            hidden = any(part.startswith((".", "__")) for part in file.relative_to(ROOT).parts[:-1])
            if file.is_file() and not hidden:
                yield file


def state() -> str:
    """Return a text that changes with any source of the site."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build() -> int:
    """Build the book into ``_build/html`` and return the exit status of jupyter-book."""
    program = Path(sys.executable).with_name("jupyter-book")  # of this environment
    STATE.unlink(missing_ok=True)
    before = state()
    command = [program, "build", ".", "-nW", "--keep-going"]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status == 0:
        STATE.parent.mkdir(exist_ok=True)
        STATE.write_text(before)
    return status


def build_if_changed() -> Path:
    """Build the book unless the site is of the present sources; return the site's folder.

    Several processes may ask at once: one builds, the others wait.

    Raises
    ------
    RuntimeError
        If the build fails.
    """
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh = STATE.exists() and STATE.read_text() == state() and SITE.is_dir()
        if not fresh and build() != 0:
            raise RuntimeError("the book does not build: run `make book` to see why")
    return SITE


def main() -> None:
    """Build, and say where the first page is."""
    status = build()
    if status == 0:
        print(f"The book is at {(SITE / 'index.html').as_uri()}")
    sys.exit(status)


if __name__ == "__main__":
    main()
