"""Count what the checks catch: `python -m tools.caught [slug ...]`, to `tests/mutants/results.md`.

For each exercise: every wrong version runs at the check that must catch it and every right one at
all checks of its function, over many seeds. A wrong version counts as caught if it loses points
with every seed, a right one as failed if it loses a point with any. With slugs the other rows of
the table stay as they are. The book shows it.
"""

import re
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rectified.checks.core import run_check
from rectified.grading.source import read_source
from tools.mutants import DIRECTORY, Mutants, Version, all_slugs, load

RESULTS = DIRECTORY / "results.md"
SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
SEEDS = 20
HEAD = (
    "exercise", "functions", "checks", "points", "by hand", "wrong versions", "caught",
    "right versions", "failed",
)  # fmt: skip


@dataclass(frozen=True)
class Count:
    """What one exercise asks for, and what its checks made of the versions on file."""

    slug: str
    functions: int
    checks: int
    points: int
    by_hand: float
    wrong: int
    caught: int
    right: int
    failed: int

    def row(self) -> str:
        """Return the row of the table."""
        numbers = list(vars(self).values())[1:]
        return f"| {self.slug} | " + " | ".join(f"{number:g}" for number in numbers) + " |"


def count(slug: str, seeds: int = SEEDS) -> Count:
    """Run every version of an exercise with ``seeds`` seeds."""
    mutants = load(slug)
    wrong = [version for version in mutants.versions if version.check]
    right = [version for version in mutants.versions if not version.check]
    cells = [c.metadata.get("nbgrader", {}) for c in read_source(SOLUTIONS / f"{slug}.md").cells]
    by_hand = sum(cell["points"] for cell in cells if cell.get("grade") and cell.get("solution"))
    return Count(
        slug,
        len(mutants.asked),
        len(mutants.topic.checks),
        sum(check.points for check in mutants.topic.checks),
        by_hand,
        len(wrong),
        sum(_loses(mutants, version, range(seeds)) == seeds for version in wrong),
        len(right),
        sum(_loses(mutants, version, range(seeds)) > 0 for version in right),
    )


def _loses(mutants: Mutants, version: Version, seeds: range) -> int:
    """Return with how many seeds a version loses points at its check, a right one at any."""
    checks = [
        check
        for check in mutants.topic.checks
        if version.asked in check.functions and version.check in (None, check.id)
    ]
    return sum(
        any(not _passes(mutants, check, version, seed) for check in checks) for seed in seeds
    )


def _passes(mutants: Mutants, check, version: Version, seed: int) -> bool:
    result = run_check(check, mutants.functions(check.functions, version), seed)
    return result.points == result.max_points


def table(counts: list[Count]) -> str:
    """Return the page with all counts and their sums."""
    sums = [
        sum(column) for column in list(zip(*(vars(c).values() for c in counts), strict=True))[1:]
    ]
    lines = [
        "# What the checks catch",
        "",
        f"Made by `make caught`: {SEEDS} seeds for each version.",
        "",
        "<!-- table -->",
        f"| {' | '.join(HEAD)} |",
        "| --- |" + " ---: |" * (len(HEAD) - 1),
        *(each.row() for each in counts),
        "| **all** | " + " | ".join(f"{number:g}" for number in sums) + " |",
    ]
    return "\n".join(lines) + "\n"


def recorded() -> dict[str, Count]:
    """Return the counts in the table that is there, by slug."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    rows = re.findall(r"^\| ([a-z-]+) \| ([\d.| ]+) \|$", text, re.M)
    return {slug: Count(slug, *map(float, cells.split(" | "))) for slug, cells in rows}


def main() -> None:
    """Count, write the table, and exit with 1 if a version was judged wrongly."""
    known = recorded() if sys.argv[1:] else {}
    with ProcessPoolExecutor() as pool:
        new = pool.map(count, sys.argv[1:] or all_slugs())
        known |= {each.slug: each for each in new}
    counts = [known[slug] for slug in all_slugs() if slug in known]
    RESULTS.write_text(table(counts), encoding="utf-8")
    print(table(counts))
    sys.exit(any(each.caught < each.wrong or each.failed for each in counts))


if __name__ == "__main__":
    main()
