"""Waiting for something to become true, which takes longer on a busy machine."""

import time
from collections.abc import Callable


def within(seconds: float, true: Callable[[], bool], pause: float = 0.01) -> bool:
    """Wait until `true()`, no longer than `seconds`; return whether it came."""
    until = time.monotonic() + seconds
    while not (came := true()) and time.monotonic() < until:
        time.sleep(pause)
    return came
