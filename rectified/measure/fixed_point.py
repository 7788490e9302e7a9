"""Numbers on a grid: what is left of a value that few bits must hold.

Nothing here is integer arithmetic; the grid's values are returned as floats, so that any network
can be run on them.
"""

import numpy as np

from rectified.activations.contract import elementwise, require


@elementwise
def quantize(x, top, bits):
    """Return x rounded to the nearest of 2^bits levels, evenly spaced from 0 to ``top``.

    Below 0 gives 0, above ``top`` gives ``top``; NaN stays NaN. ``top`` is one number, or an array
    that broadcasts to x; ``bits`` is an integer. Half-way between two levels either may come.
    Raises ``ValueError`` unless ``top`` is greater than 0 and ``bits`` at least 1.

    >>> quantize([-1.0, 0.9, 2.5, 9.0], top=6.0, bits=2)
    array([0., 0., 2., 6.])
    """
    require(np.all(np.greater(top, 0)), "top", "greater than 0", top)
    require(bits >= 1, "bits", "at least 1", bits)
    levels = 2**bits - 1
    return np.round(np.clip(x / top, 0, 1) * levels) / levels * top
