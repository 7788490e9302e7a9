"""Kill runs over a class at random moments: `python -m tools.kills [KILLS [STUDENTS]]`.

By default twenty kills -9 of `rectified grade` on a class of 81. The gradebook and all files have
to be those of an undisturbed run in the end, with nothing graded twice.
"""

import random
import sys
import tempfile
from pathlib import Path

from tests.grading.test_kill import disturb, run
from tests.grading.twins import content, rows, twins, written


def main() -> None:
    """Disturb a run, finish it, compare; say how it went."""
    kills, students = (int(word) for word in [*sys.argv[1:], "20", "81"][:2])
    seed = random.randrange(1 << 32)
    print(f"{kills} kills, {students} students, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        course, disturbed = twins(Path(scratch), students)
        left = disturb(disturbed, students, kills, random.Random(seed))
        print(f"on record after each kill: {left}", flush=True)
        status = run(disturbed).wait()
        checks = {
            "the last run finished": status in (0, 1),
            "nobody is missing and nothing was recorded twice": rows(disturbed) == students,
            "the gradebook is that of an undisturbed run": content(disturbed) == content(course),
            "so is every file that was written": written(disturbed) == written(course),
        }
    for text, held in checks.items():
        print(f"{'yes' if held else 'NO '} {text}")
    sys.exit(not all(checks.values()))


if __name__ == "__main__":
    main()
