"""Make an nbgrader course directory: settings, and a source notebook for each solution.

Submissions, grades and feedback are private, so a course lives outside this repository. The
solutions are not part of the installed package: a course is made from a checkout.
"""

from pathlib import Path

import nbformat

import rectified
from rectified.grading.source import read_source

CONFIG = '''\
"""nbgrader's settings for this course; add your own below the call."""

from rectified.grading.settings import configure

c = get_config()  # given by nbgrader
configure(c)
'''


def make_course(directory: str | Path, solutions: str | Path | None = None) -> list[Path]:
    """Make `directory` an nbgrader course and return the files that were written.

    It gets `nbgrader_config.py` and `source/<slug>/<slug>.ipynb` for each `<slug>.md` in
    `solutions`, by default the directory of that name in the checkout that this package runs
    from. Called again it adds what is missing. A file that is there with other content is never
    touched: `FileExistsError` names each such file, and nothing is written. Raises
    `FileNotFoundError` where there are no solutions.
    """
    directory = Path(directory)
    wanted = {directory / "nbgrader_config.py": CONFIG}
    for path in _solutions(solutions):
        notebook = directory / "source" / path.stem / f"{path.stem}.ipynb"
        wanted[notebook] = nbformat.writes(read_source(path)) + "\n"
    changed = [path for path, text in wanted.items() if path.exists() and _read(path) != text]
    if changed:
        names = ", ".join(str(path) for path in changed)
        raise FileExistsError(f"left alone, because the content differs: {names}")
    missing = {path: text for path, text in wanted.items() if not path.exists()}
    for path, text in missing.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(missing)


def _solutions(directory: str | Path | None) -> list[Path]:
    if directory is None:
        directory = Path(rectified.__file__).parents[1] / "solutions"
    found = sorted(Path(directory).glob("*.md"))
    if not found:
        raise FileNotFoundError(
            f"no solutions in {directory}: a course is made from a checkout of the repository, "
            "or with the directory of the solutions named"
        )
    return found


def _read(path: Path) -> str | None:
    """The text at `path`, or None if a directory is in the way."""
    return path.read_text(encoding="utf-8") if path.is_file() else None
