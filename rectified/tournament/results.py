"""The stored outcome of the tournament, and what it says of each activation against another."""

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from rectified.tournament.comparison import holm, paired_interval, sign_flip_p_value

#: Takes part out of competition: it is no activation, and shows what a task gives without one.
CONTROL = "linear"


class Comparison(NamedTuple):
    """One activation against another in one task, over the same seeds.

    ``difference`` is the mean of its scores minus the other's, negative if it is the better one;
    ``low`` and ``high`` are the ends of the 95% interval; ``p`` is that of the sign-flip test, and
    ``adjusted`` the same after Holm's correction over all comparisons made together.
    """

    task: str
    name: str
    difference: float
    low: float
    high: float
    p: float
    adjusted: float

    @property
    def measurable(self) -> bool:
        """Whether the difference is told from chance, among all the comparisons made."""
        return self.adjusted < 0.05


def load_results() -> dict[str, Any]:
    """Return what ``python -m tools.tournament`` stored.

    Keys: ``settings`` (the grid, the seeds) and ``tasks``: by task, by activation, what
    ``rectified.tournament.play`` returned, with ``tuning`` and ``scores`` as arrays.
    """
    stored = json.loads((files(__package__) / "results.json").read_text("utf-8"))
    for activations in stored["tasks"].values():
        for result in activations.values():
            for key in ("tuning", "scores"):
                result[key] = np.array(result[key])
    return stored


def compare_with(
    reference: str, results: dict[str, Any], tasks: Iterable[str] | None = None
) -> list[Comparison]:
    """Compare everybody with ``reference`` in all of ``tasks``, corrected for their number.

    The control takes part only as the reference.
    """
    rows = []
    for task in results["tasks"] if tasks is None else tasks:
        played = results["tasks"][task]
        for name, result in played.items():
            if name not in (reference, CONTROL):
                differences = result["scores"] - played[reference]["scores"]
                rows.append((task, name, differences))
    p_values = [sign_flip_p_value(differences) for *_, differences in rows]
    return [
        Comparison(task, name, *paired_interval(differences), p, float(adjusted))
        for (task, name, differences), p, adjusted in zip(
            rows, p_values, holm(p_values), strict=True
        )
    ]
