"""How chapters run: as part of the book, and again whenever what they import has changed.

jupyter-cache keeps a chapter's outputs for as long as its own cells stay the same. A chapter's
outputs also depend on the package, on the lock file and on Python, so each state of these has a
cache folder of its own.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

import rectified
from rectified.figures.page import BOOK_VARIABLE

CODE_AND_DATA = {".py", ".npz", ".gz", ".json"}


def setup(app: Sphinx) -> None:
    """Mark this process, and so every kernel it starts, as a build of the book."""
    os.environ[BOOK_VARIABLE] = "1"
    # one thread a kernel: small matrix products only wait for one another
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app.connect("config-inited", _choose_cache)


def _choose_cache(app: Sphinx, config: Config) -> None:
    """Use the cache folder of the present package, lock and Python."""
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(root / "_build" / ".jupyter_cache" / execution_key(root))


def execution_key(root: Path) -> str:
    """Return a short text that changes when the package, the lock or Python does.

    ``root`` is the repository.
    """
    digest = hashlib.sha256(f"{sys.version_info.major}.{sys.version_info.minor}".encode())
    for path in _what_chapters_import(root):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _what_chapters_import(root: Path) -> Iterator[Path]:
    """Yield the files that a chapter's outputs depend on, beside the chapter itself."""
    yield root / "constraints.txt"
    package = Path(rectified.__file__).parent
    yield from sorted(path for path in package.rglob("*") if path.suffix in CODE_AND_DATA)
