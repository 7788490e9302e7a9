"""The command `rectified`.

`rectified check NOTEBOOK` runs a student's notebook and prints what its checks say. It exits with
0 if all points are earned, 1 if some are missing, and 2 if the notebook could not be checked.

`rectified course DIR` and `rectified grade DIR` are for instructors: `rectified.grading.command`.
"""

import argparse
import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rectified.checks.wording import gist
from rectified.grading.command import add_course, add_grade

if TYPE_CHECKING:
    from rectified.grading.selfcheck import SelfCheck

ALL_EARNED, POINTS_MISSING, NOT_CHECKED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="rectified", description="The course's command line.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="command")
    _add_check(commands)
    add_grade(commands)
    add_course(commands)
    options = parser.parse_args(arguments)
    return options.run(options)


def _add_check(commands) -> None:
    check = commands.add_parser(
        "check",
        help="check a notebook of your own",
        description="Run a notebook and print every check with its points and message. The file "
        "is not changed. Exit status: 0 all points, 1 points missing, 2 not checked.",
    )
    check.add_argument("notebook", type=Path, metavar="NOTEBOOK", help="an .ipynb of the course")
    check.add_argument(
        "--seed", type=_seed, help="repeat a run: the seed that it printed (default: a new one)"
    )
    check.add_argument("--json", action="store_true", help="print JSON instead of a table")
    check.set_defaults(run=_check)


def _seed(text: str) -> int:
    seed = int(text)
    if seed < 0:
        raise argparse.ArgumentTypeError("the seed must not be negative")
    return seed


def _check(options: argparse.Namespace) -> int:
    # it takes a second to import, for which each process of `rectified grade` would wait as well
    from rectified.grading.selfcheck import SelfCheckError, self_check

    try:
        outcome = self_check(options.notebook, options.seed, tell=_tell)
    except SelfCheckError as error:
        print(f"rectified check: {error}", file=sys.stderr)
        return NOT_CHECKED
    print(_as_json(outcome) if options.json else _as_table(options.notebook, outcome))
    complete = all(result.passed for result in outcome.report.results)
    return ALL_EARNED if complete else POINTS_MISSING


def _tell(line: str) -> None:
    """Show a sign of life, apart from the report."""
    print(f"rectified check: {line}", file=sys.stderr, flush=True)


def _as_json(outcome: "SelfCheck") -> str:
    plain = outcome.report.as_dict() | {
        "questions": [asdict(question) for question in outcome.questions],
        "stopped": [asdict(stop) for stop in outcome.stopped],
    }
    return json.dumps(plain, indent=2)


def _as_table(notebook: Path, outcome: "SelfCheck") -> str:
    """Return one row for each check, its message beside it, folded to the terminal."""
    report, questions = outcome.report, outcome.questions
    said: dict[str, str] = {}  # the gist of a message -> the check that got it first
    rows = []
    for result in report.results:
        message = result.message or "passed"
        first = said.setdefault(gist(message), result.id) if result.message else result.id
        if first != result.id:
            message = f"as for {first}"
        rows.append((result.id, _points(result.points, result.max_points), message))
    rows += [
        (q.id, _points("–", q.points), f"graded by hand{'' if q.answered else '; no answer yet'}")
        for q in questions
    ]
    names, marks = (max(len(row[i]) for row in rows) for i in (0, 1))
    indent = names + marks + 4
    width = max(indent + 40, min(shutil.get_terminal_size().columns, 110))
    again = f"--seed {report.seed} draws the same inputs again"
    lines = [f"{notebook.name}, seed {report.seed} ({again})", ""]
    for name, points, message in rows:
        first, *rest = _folded(message, width - indent)
        lines.append(f"{name:{names}}  {points:>{marks}}  {first}")
        lines += [f"{'':{indent}}{line}".rstrip() for line in rest]
        if rest:
            lines.append("")
    lines += ["", f"{report.score:g} of {report.max_score:g} points."]
    if questions:
        total = sum(question.points for question in questions)
        lines[-1] += f" {total:g} more are graded by hand."
    if outcome.stopped:
        lines += ["", "These cells, by their first lines, stopped with an error:"]
        lines += [f"  `{stop.opening}`: {stop.error}" for stop in outcome.stopped]
    return "\n".join(lines)


def _points(earned: float | str, possible: float) -> str:
    earned = earned if isinstance(earned, str) else f"{earned:g}"
    return f"{earned}/{possible:g}"


def _folded(message: str, width: int) -> list[str]:
    """Return the lines of a message; its paragraphs stay apart, code and tracebacks as they are."""
    lines: list[str] = []
    for paragraph in message.split("\n\n"):
        if lines:
            lines.append("")
        if paragraph.startswith("Traceback"):
            lines += paragraph.splitlines()
        elif paragraph.startswith("- "):
            for item in paragraph.removeprefix("- ").split("\n- "):
                lines += textwrap.wrap(f"- {' '.join(item.split())}", width, subsequent_indent="  ")
        else:
            lines += textwrap.wrap(" ".join(paragraph.split()), width)
    return lines


if __name__ == "__main__":
    sys.exit(main())
