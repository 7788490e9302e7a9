"""Print the margins of the checks' tolerances: `python -m tools.margins [slug ...]`.

How far do right versions keep below a tolerance, and wrong ones above? A deviation is measured in
multiples of what the check allows, so that 1 is the limit. For every check that allows a rounding
the table shows the largest deviation of any right version and the smallest of any wrong one that
this check is named to catch by its numbers. What is wrong in another way (a shape, a dtype, an
exception) does not count, and where all right versions are exact there is no row.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from rectified.checks.core import Check, run_check
from rectified.checks.judging import measure
from tools.mutants import Mutants, Version, all_slugs, load

SEEDS = range(5)


@dataclass(frozen=True)
class Margin:
    """The worst right and the best wrong version of one check, as multiples of the allowance."""

    slug: str
    check: str
    right: float
    right_name: str
    wrong: float
    wrong_name: str


def margins(slug: str, seeds: Iterable[int] = SEEDS) -> list[Margin]:
    """Return the margins of the checks of a topic in which a right version is rounded."""
    mutants = load(slug)
    seeds = tuple(seeds)
    found = (_margin(mutants, check, seeds) for check in mutants.topic.checks)
    return [margin for margin in found if margin is not None]


def _margin(mutants: Mutants, check: Check, seeds: tuple[int, ...]) -> Margin | None:
    right, right_name = 0.0, ""
    wrong, wrong_name = float("inf"), ""
    for version in (v for name in check.functions for v in mutants.right(name)):
        for seed in seeds:
            if (worst := max(_deviations(mutants, check, version, seed), default=0.0)) > right:
                right, right_name = worst, version.name
    for version in (v for v in mutants.versions if v.check == check.id):
        for seed in seeds:
            worst = max(_deviations(mutants, check, version, seed), default=0.0)
            if 1 < worst < wrong:
                wrong, wrong_name = worst, version.name
    if not right:
        return None
    return Margin(mutants.topic.slug, check.id, right, right_name, wrong, wrong_name)


def _deviations(mutants: Mutants, check: Check, version: Version, seed: int) -> list[float]:
    with measure() as found:
        run_check(check, mutants.functions(check.functions, version), seed)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.margins", description=__doc__)
    parser.add_argument("slugs", nargs="*", metavar="slug", help="the topics (default: all)")
    options = parser.parse_args(arguments)
    print(f"{'check':30}{'worst right':>12}  {'':22}{'best wrong':>12}")
    for slug in options.slugs or all_slugs():
        for m in margins(slug):
            print(f"{m.check:30}{m.right:12.2g}  {m.right_name:22}{m.wrong:12.2g}  {m.wrong_name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
