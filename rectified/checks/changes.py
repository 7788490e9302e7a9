"""What a call did to its arguments."""

from typing import Any

import numpy as np

from rectified.checks import wording


def same(before: Any, after: Any) -> bool:
    """Return whether a call left an argument as it was, to the last bit."""
    if isinstance(before, list | tuple):
        pairs = zip(before, after, strict=False)
        return len(before) == len(after) and all(same(*pair) for pair in pairs)
    return callable(before) or np.asarray(before).tobytes() == np.asarray(after).tobytes()


def first(name: str, before: Any, after: Any) -> tuple[str, Any, Any]:
    """Return what changed, as short as it can be seen: an array of a list, a number of an array."""
    if isinstance(before, list | tuple) and len(before) == len(after):
        for i, pair in enumerate(zip(before, after, strict=True)):
            if not same(*pair):
                return first(f"{name}[{i}]", *pair)
    if wording.values(before) == wording.values(after) and np.shape(before) == np.shape(after):
        for place in np.argwhere(np.asarray(before != after)):
            where = tuple(map(int, place))
            return f"{name}[{', '.join(map(str, where))}]", before[where], after[where]
    return name, before, after
