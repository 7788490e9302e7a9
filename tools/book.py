"""Build the book, as ``make book`` does, and say where it is.

``python -m tools.book`` is ``jupyter-book build . -nW --keep-going``: it fails on a warning, a
failing cell or a reference to nowhere. The book's Sphinx extension does what the site needs
beyond that, so the plain command builds the same.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"


def build() -> int:
    """Build the book into ``_build/html`` and return the exit status of jupyter-book."""
    program = Path(sys.executable).with_name("jupyter-book")  # of this environment
    command = [program, "build", ".", "-nW", "--keep-going"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> None:
    """Build, and say where the first page is."""
    status = build()
    if status == 0:
        print(f"The book is at {(SITE / 'index.html').as_uri()}")
    sys.exit(status)


if __name__ == "__main__":
    main()
