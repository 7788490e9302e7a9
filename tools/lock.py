"""Resolve requirements.txt anew and write the full lock, constraints.txt.

Run with the oldest Python that the project supports, so that packages which only the old ones
need are in the lock too: ``make lock PYTHON=python3.11``.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# The full lock: every package that requirements.txt brings in, as it was tested.\n"


def resolve(requirements: str) -> str:
    """Return ``pip freeze`` of a new environment with ``requirements`` installed."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        listing = Path(folder) / "requirements.txt"
        listing.write_text(requirements)
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "-r", str(listing)], check=True)
        frozen = subprocess.run(
            [*pip, "freeze", "--all", "--exclude", "pip"],
            check=True,
            capture_output=True,
            text=True,
        )
    return frozen.stdout


def main() -> None:
    """Write constraints.txt from the pins of requirements.txt."""
    if sys.version_info[:2] != (3, 11):
        sys.exit("make lock needs Python 3.11, the oldest that the project supports")
    lines = (ROOT / "requirements.txt").read_text().splitlines(keepends=True)
    pins = "".join(line for line in lines if not line.startswith("-c"))
    (ROOT / "constraints.txt").write_text(HEADER + resolve(pins))


if __name__ == "__main__":
    main()
