"""What the experiments learn from: two small real sets, and synthetic ones with known answers."""

from rectified.data.curves import (
    CURVES,
    absolute_value,
    parabola,
    sample_curve,
    sawtooth,
    sine,
    step,
)
from rectified.data.digits import load_digits
from rectified.data.penguins import SPECIES, load_penguins
from rectified.data.split import Split
from rectified.data.synthetic import blobs, moons, random_labels, spirals, xor

__all__ = [
    "CURVES",
    "SPECIES",
    "Split",
    "absolute_value",
    "blobs",
    "load_digits",
    "load_penguins",
    "moons",
    "parabola",
    "random_labels",
    "sample_curve",
    "sawtooth",
    "sine",
    "spirals",
    "step",
    "xor",
]
