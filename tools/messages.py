"""Print what every wrong version is told: `python -m tools.messages [slug ...]`.

These messages are written for beginners and are meant to be read one by one: each should say what
to look at next, and none should give the answer away.
"""

import argparse
import sys

from rectified.checks.core import run_check
from tools.mutants import Mutants, Version, all_slugs, load


def message_of(mutants: Mutants, version: Version, seed: int = 0) -> str:
    """Return the message that a wrong version gets at the check named for it."""
    check = next(c for c in mutants.topic.checks if c.id == version.check)
    return run_check(check, mutants.functions(check.functions, version), seed).message


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("slugs", nargs="*", metavar="slug", help="the topics (default: all)")
    options = parser.parse_args(arguments)
    for slug in options.slugs or all_slugs():
        mutants = load(slug)
        for asked in mutants.asked:
            for version in mutants.wrong(asked):
                print(f"=== {slug}: {version.name}, at {version.check}")
                print(message_of(mutants, version), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
