"""Make the students' notebooks: `python -m tools.exercises [--check] [slug ...]`.

`solutions/<slug>.md` is read by `rectified.grading.source` (its docstring says how an author
marks solutions, checks and questions), goes through nbgrader's own generate_assignment, and
becomes `exercises/<slug>.ipynb`: the same bytes every time. Without slugs all of them are made,
and an exercise whose solution is gone is removed. `--check` writes nothing; it names the files
that differ and exits with 1.
"""

import argparse
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from rectified.grading.source import SourceError, read_source

ROOT = Path(__file__).resolve().parents[1]


def release(slug: str, source: NotebookNode) -> NotebookNode:
    """What nbgrader hands out of `source`: solutions, hidden tests and outputs cleared."""
    config = Config()
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    with TemporaryDirectory() as root:
        notebook = Path(root, "source", slug, f"{slug}.ipynb")
        notebook.parent.mkdir(parents=True)
        nbformat.write(source, notebook)
        course = CourseDirectory(root=root, assignment_id=slug, config=config)
        converter = GenerateAssignment(coursedir=course, config=config)
        converter.log.setLevel(logging.WARNING)
        converter.start()
        released = nbformat.read(Path(root, "release", slug, notebook.name), as_version=4)
    nbformat.validate(released)
    return released


def exercise(solution: Path) -> str:
    """The text of the student's notebook that a solution makes."""
    return nbformat.writes(release(solution.stem, read_source(solution))) + "\n"


def build(solutions: Path, exercises: Path, slugs: list[str], check: bool) -> list[Path]:
    """Bring the exercises into step with the solutions; return the files that were not.

    With `check` nothing is written or removed. Raises `FileNotFoundError` for an unknown slug and
    `SourceError` for a faulty solution.
    """
    sources = {path.stem: path for path in sorted(solutions.glob("*.md"))}
    unknown = [slug for slug in slugs if slug not in sources]
    if unknown:
        raise FileNotFoundError(f"no solution for: {', '.join(unknown)}")
    changed = []
    for slug in slugs or sources:
        target = exercises / f"{slug}.ipynb"
        text = exercise(sources[slug])
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            changed.append(target)
            if not check:
                target.parent.mkdir(exist_ok=True)
                target.write_text(text, encoding="utf-8")
    if not slugs:
        for orphan in sorted(exercises.glob("*.ipynb")):
            if orphan.stem not in sources:
                changed.append(orphan)
                if not check:
                    orphan.unlink()
    return changed


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.exercises", description=__doc__)
    parser.add_argument("slugs", nargs="*", metavar="slug", help="the exercises (default: all)")
    parser.add_argument("--check", action="store_true", help="compare only, exit 1 if they differ")
    options = parser.parse_args(arguments)
    try:
        changed = build(ROOT / "solutions", ROOT / "exercises", options.slugs, options.check)
    except (SourceError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in changed:
        print(f"{'differs' if options.check else 'made'}: {path.relative_to(ROOT)}")
    return int(options.check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
