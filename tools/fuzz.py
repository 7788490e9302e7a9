"""Read notebooks that nobody would write: `python -m tools.fuzz [CASES]` (default 10,000).

The property that the tests try a few hundred times, tried as often as one likes: reading a
submission never raises, and what it returns is text.
"""

import sys
import time

from hypothesis import HealthCheck, given, settings

from tests.grading.test_notebook import read_without_raising, submissions


def main() -> None:
    """Run the cases, and say how many there were."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    tried = 0

    @settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck))
    @given(submissions)
    def fuzz(data: bytes) -> None:
        nonlocal tried
        tried += 1
        read_without_raising(data)

    began = time.monotonic()
    fuzz()
    print(f"{tried} notebooks read in {time.monotonic() - began:.0f} s, no exception")


if __name__ == "__main__":
    main()
