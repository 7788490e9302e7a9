"""The measured accuracy of every activation, for the cheat sheet.

The numbers come from ``tools/accuracy.py``, which says what they mean; nothing is measured here.
"""

import json
from importlib.resources import files


def measured_accuracy() -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Return ``errors[name][dtype][part]`` with the keys ulps, at, relative and tail.

    ``part`` is "function" or "derivative". ``ulps``, found at x = ``at``: the largest error in
    units of the last place, times the condition number where that exceeds 1. ``relative``: the
    largest relative error of a normal result. ``tail``: the largest error, in smallest normal
    numbers, where the result is nearly that small.

    >>> measured_accuracy()["relu"]["float32"]["function"]["ulps"]
    0.0
    """
    return json.loads(files(__package__).joinpath("accuracy.json").read_text())
