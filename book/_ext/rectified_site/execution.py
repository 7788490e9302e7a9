"""How chapters run: side by side, and again whenever what they import has changed.

jupyter-cache keeps a chapter's outputs for as long as its own cells stay the same. A chapter's
outputs also depend on the package, on the lock file and on Python, so each state of these has a
cache folder of its own. Before Sphinx reads the chapters one after the other, jupyter-cache runs
those that it does not know yet, as many at once as the machine has processors.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from logging import WARNING, getLogger
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

import rectified
from rectified.figures.page import BOOK_VARIABLE

CODE_AND_DATA = {".py", ".npz", ".gz", ".json"}
#: What makes NumPy and its BLAS compute as on another processor, to see that the numbers stand.
PROCESSOR = ("NPY_DISABLE_CPU_FEATURES", "OPENBLAS_CORETYPE")
NOT_IMPORTED = {"checks", "grading", "cli.py"}  # by any chapter: tests/book/test_execution.py
LOGGER = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    """Mark this process, and so every kernel it starts, as a build of the book."""
    os.environ[BOOK_VARIABLE] = "1"
    # one thread a kernel: small matrix products only wait for one another
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app.connect("config-inited", _choose_cache)
    app.connect("env-before-read-docs", _run_side_by_side)


def _choose_cache(app: Sphinx, config: Config) -> None:
    """Use the cache folder of the present package, lock and Python."""
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(root / "_build" / ".jupyter_cache" / execution_key(root))


def execution_key(root: Path) -> str:
    """Return a short text that changes when the package, the lock, Python or the processor does.

    ``root`` is the repository. A processor is another one if the environment says so.
    """
    digest = hashlib.sha256(f"{sys.version_info.major}.{sys.version_info.minor}".encode())
    for name in PROCESSOR:
        digest.update(os.environ.get(name, "").encode())
    for path in _what_chapters_import(root):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _what_chapters_import(root: Path) -> Iterator[Path]:
    """Yield the files that a chapter's outputs depend on, beside the chapter itself."""
    yield root / "constraints.txt"
    package = Path(rectified.__file__).parent
    for path in sorted(package.rglob("*")):
        imported = path.relative_to(package).parts[0] not in NOT_IMPORTED
        if imported and path.suffix in CODE_AND_DATA:
            yield path


def _run_side_by_side(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    """Run the chapters to be read that the cache does not hold.

    One that fails is not kept: it fails again, and is reported, when Sphinx comes to it.
    """
    paths = [Path(env.doc2path(name)) for name in names]
    chapters = [str(p) for p in paths if p.suffix == ".md" and _is_notebook(p)]
    cache = get_cache(app.config.nb_execution_cache_path)
    for path in chapters:
        cache.add_nb_to_project(path, read_data={"type": "plugin", "name": "myst_nb_md"})
    to_run = [record.uri for record in cache.list_unexecuted(filter_uris=chapters)]
    if len(to_run) > 1:
        LOGGER.info("running %d chapters side by side ...", len(to_run))
        quiet = getLogger(f"{__name__}.chapters")
        quiet.setLevel(WARNING)
        executor = load_executor("local-parallel", cache, logger=quiet)
        executor.run_and_cache(filter_uris=to_run, timeout=app.config.nb_execution_timeout)


def _is_notebook(path: Path) -> bool:
    return is_myst_markdown_notebook(path.read_text(encoding="utf-8"))
