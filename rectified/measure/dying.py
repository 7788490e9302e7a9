"""What became of each unit over training: was it ever alive, did it die, did it come back?

A unit is dead on a set of inputs if it is off for all of them (``sparsity.always_off``).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Lives(NamedTuple):
    """Which units (…, units) lived how. A unit that came back can also have died in the end.

    never_born : dead in every record.
    died : alive at some time, dead in the last record.
    revived : dead at some time and alive at a later one; it may have died again.
    never_dead : alive in every record.
    """

    never_born: NDArray[np.bool_]
    died: NDArray[np.bool_]
    revived: NDArray[np.bool_]
    never_dead: NDArray[np.bool_]


def lives(dead: ArrayLike) -> Lives:
    """Sort units by their records: ``dead`` is (records, …, units), in the order of time.

    Raises
    ------
    ValueError
        If there is no record.

    >>> lives([[True, True, False], [True, False, False], [True, False, True]]).revived
    array([False,  True, False])
    """
    dead = np.asarray(dead, dtype=bool)
    if dead.ndim < 1 or len(dead) == 0:
        raise ValueError("dead must hold at least one record")
    return Lives(
        never_born=dead.all(axis=0),
        died=dead[-1] & ~dead.all(axis=0),
        revived=np.any(dead[:-1] & ~dead[1:], axis=0),
        never_dead=~dead.any(axis=0),
    )
