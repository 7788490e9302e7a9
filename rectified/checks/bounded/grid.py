"""What is asked of ``quantize``, and the wrong ideas about a grid of few levels.

The numbers that are drawn lie at least a tenth of a step from the middle between two levels, where
either neighbour would be right. A right version may multiply by the step or divide by the number
of levels, in any order: three roundings, so a few units in the last place; a wrong level is off by
a whole step, that is by 1e13 units.
"""

from dataclasses import replace

import numpy as np

from rectified.checks import properties
from rectified.checks.core import Check
from rectified.checks.judging import Misconception, Target
from rectified.checks.misconceptions import NAN_FELL
from rectified.measure import fixed_point

_ULPS = 16.0  # see above


def _why(x, top, bits):
    if np.isnan(x):
        return "NaN says that something went wrong before, and that must stay visible"
    if x >= top:
        return "the grid ends at top"
    if x <= 0:
        return "the grid begins at 0"
    return f"of the {2**bits} levels from 0 to {top:g} this is the nearest"


def _draw(top, bits):
    """Return a maker of numbers close to levels, and beyond both ends."""
    step = top / (2**bits - 1)

    def draw(rng, shape, dtype):
        size = int(np.prod(shape))
        level = rng.permutation((np.arange(size) + rng.integers(2**bits)) % 2**bits)
        x = step * (level + rng.uniform(0.1, 0.4, size) * rng.choice([-1, 1], size))
        beyond = rng.permutation(np.arange(size)) % 6 == 5
        x = np.where(beyond, rng.choice([-1.0, 1.0], size) * top * rng.uniform(1.2, 3.0, size), x)
        return (x.astype(dtype).reshape(shape),)

    return draw


_IDEAS = (
    *(
        Misconception(
            wrong,
            "This is right for another grid. Are both `top` and `bits` used, wherever they belong?",
        )
        for wrong in (
            lambda x, top, bits: fixed_point.quantize(x, 3.5, bits),
            lambda x, top, bits: fixed_point.quantize(x, top, 3),
            lambda x, top, bits: np.clip(np.round(x / 0.5) * 0.5, 0, top),
        )
    ),
    Misconception(
        lambda x, top, bits: np.round(np.clip(x / top, 0, 1) * 2**bits) / 2**bits * top,
        "The step is slightly too small: with b bits there are 2^b levels, both ends included. How "
        "many steps lie between them?",
    ),
    Misconception(
        lambda x, top, bits: np.floor(np.clip(x / top, 0, 1) * (2**bits - 1)) / (2**bits - 1) * top,
        "Numbers go down to the next level, even where the one above is nearer.",
    ),
    Misconception(
        lambda x, top, bits: np.ceil(np.clip(x / top, 0, 1) * (2**bits - 1)) / (2**bits - 1) * top,
        "Numbers go up to the next level, even where the one below is nearer.",
    ),
    Misconception(
        lambda x, top, bits: np.round(np.clip(x / top, 0, 1) * (2**bits - 1)),
        "This is the number of the level. Asked for is its value, on the scale of x.",
    ),
    Misconception(
        lambda x, top, bits: np.round(np.clip(x / top, 0, 1) * (2**bits - 1)) / (2**bits - 1),
        "This runs from 0 to 1. Asked for are values on the scale of x.",
    ),
    Misconception(
        lambda x, top, bits: np.round(x / top * (2**bits - 1)) / (2**bits - 1) * top,
        "The grid has no ends here. What becomes of numbers below 0 and above top?",
    ),
    Misconception(
        lambda x, top, bits: np.minimum(
            np.round(x / top * (2**bits - 1)) / (2**bits - 1) * top, top
        ),
        "The grid has no lower end here. What becomes of numbers below 0?",
    ),
    Misconception(
        lambda x, top, bits: np.clip(x, 0, top), "The range is right; nothing was rounded."
    ),
    Misconception(
        lambda x, top, bits: np.round(np.clip(x, 0, top)),
        "This rounds to whole numbers. How far apart are the levels?",
    ),
    Misconception(
        lambda x, top, bits: np.round(np.clip(x, 0, top), bits),
        "`bits` was taken for a number of decimals. How many levels do so many bits have?",
    ),
    Misconception(
        lambda x, top, bits: np.round(np.clip(x / top, 0, 1) * (bits - 1)) / max(bits - 1, 1) * top,
        "`bits` was taken for the number of levels. How many levels do so many bits have?",
    ),
    Misconception(
        lambda x, top, bits: np.clip(
            np.round(x / top * (2 ** (bits - 1))) / 2 ** (bits - 1) * top, 0, top
        ),
        "One bit seems to be set aside for a sign, but there are no negative levels.",
    ),
    Misconception(
        lambda x, top, bits: np.round(x / top * (2**bits - 1)) % 2**bits / (2**bits - 1) * top,
        "Beyond an end it starts again from the other one, as integers do that overflow. What is "
        "asked for there?",
    ),
    Misconception(
        lambda x, top, bits: np.where(x <= top, fixed_point.quantize(x, top, bits), 0),
        "Beyond the top it falls back to 0. To which level is such a number nearest?",
    ),
    Misconception(
        lambda x, top, bits: np.where(np.isnan(x), 0, fixed_point.quantize(x, top, bits)), NAN_FELL
    ),
)

# Levels at multiples of ½, so that whole numbers are on the grid.
_X = np.array([-1.0, 0.0, 0.1, 0.4, 1.6, 2.9, 3.5, 9.0])
QUANTIZE = Target(
    name="quantize",
    arguments=("x",),
    reference=fixed_point.quantize,
    why=_why,
    examples=(_X,),
    draw=_draw(3.5, 3),
    settings=({"top": 3.5, "bits": 3},),
    misconceptions=_IDEAS,
    ulps=_ULPS,
)
_GRIDS = tuple(
    replace(QUANTIZE, draw=_draw(top, bits), settings=({"top": top, "bits": bits},))
    for top, bits in ((6.0, 8), (1.0, 1), (0.3, 4), (100.0, 2))
)


def checks_of_grid() -> tuple[Check, ...]:
    """Return the nine points of ``quantize``."""
    return (
        properties.check(
            QUANTIZE,
            "values",
            2,
            "the nearest of 8 levels from 0 to 3.5, and the ends beyond them.",
            properties.values(QUANTIZE),
        ),
        properties.check(
            QUANTIZE,
            "grids",
            2,
            "other tops, and from 1 bit to 8.",
            properties.fresh(QUANTIZE, *_GRIDS),
        ),
        *properties.contract(QUANTIZE),
        properties.check(QUANTIZE, "nan", 1, "NaN stays NaN.", properties.nan(QUANTIZE)),
    )
