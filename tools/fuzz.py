"""Read notebooks that nobody would write: `python -m tools.fuzz [CASES]` (default 10,000).

The property that the tests try a few hundred times, tried as often as one likes: reading a
submission never raises, and what it returns is text.
"""

import sys
import time

from hypothesis import settings

from tests.grading.test_notebook import test_nothing_that_is_handed_in_raises as nothing_raises


def main() -> None:
    """Run the cases, and say how many there were."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    tried = 0
    inner = nothing_raises.hypothesis.inner_test

    def counting(data: bytes) -> None:
        nonlocal tried
        tried += 1
        inner(data)

    nothing_raises.hypothesis.inner_test = counting
    began = time.monotonic()
    settings(nothing_raises, max_examples=cases, database=None)(nothing_raises)()
    print(f"{tried} notebooks read in {time.monotonic() - began:.0f} s, no exception")


if __name__ == "__main__":
    main()
