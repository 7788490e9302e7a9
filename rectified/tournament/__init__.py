"""A tournament over the family: all tuned on the same budget, then compared on fresh seeds.

``tasks`` says what is played, ``contest`` how, ``comparison`` what may be concluded, ``results``
holds the stored outcome. ``python -m tools.tournament`` plays it all again.
"""

from rectified.tournament.comparison import holm, paired_interval, sign_flip_p_value
from rectified.tournament.contest import CONTESTANTS, Contestant, from_pair, play, train, tune
from rectified.tournament.results import Comparison, compare_with, load_results
from rectified.tournament.tasks import TASKS, Task

__all__ = [
    "CONTESTANTS",
    "TASKS",
    "Comparison",
    "Contestant",
    "Task",
    "compare_with",
    "from_pair",
    "holm",
    "load_results",
    "paired_interval",
    "play",
    "sign_flip_p_value",
    "train",
    "tune",
]
