"""What the exercise ``sparsity`` asks for: which units speak, what silence costs, and its proximal
step."""

from dataclasses import replace

import numpy as np

from rectified.checks import inputs, properties
from rectified.checks.core import Topic
from rectified.checks.judging import Target
from rectified.checks.sparsity.ideas import (
    fraction,
    never,
    of_always,
    of_fraction,
    of_penalty,
    of_shrinking,
    penalty,
    shrunk,
    without_pause,
)

_NAN = "NaN says that something went wrong before, and that must stay visible"
# Four inputs, three units: one that is always off, one always on, one that depends.
_A = np.array([[0.0, 1.5, 2.0], [0.0, 0.5, 0.0], [0.0, 2.5, 0.0], [0.0, 0.25, 0.0]])
_V = np.array([2.0, -3.0, 0.25, -0.25, 1.0, -1.0, 0.5, 8.0])


def _why_fraction(a):
    return "that many of all entries are above 0, as a share of their number"


def _why_off(a):
    return "a unit is always off if none of the inputs makes it positive"


def _why_on(a):
    return "a unit is always on if each of the inputs makes it positive"


def _why_penalty(a, strength):
    return (
        "the sizes of all entries are added up and divided by the number of inputs, and each "
        "entry's slope is that of its size"
    )


def _why_shrunk(v, strength):
    if np.isnan(v):
        return _NAN
    if abs(v) <= strength:
        return "what is not larger than the strength, in size, becomes 0"
    return "what is larger than the strength moves towards 0 by the strength"


def _draw_layer(rng, shape, dtype):
    """Return outputs of a rectifier, with units that never change and others that do."""
    num_inputs, num_units = int(rng.integers(4, 9)), int(rng.integers(5, 9))
    a = np.round(np.maximum(rng.normal(size=(num_inputs, num_units)), 0), 3)
    a[0, :], a[1, :] = np.round(rng.uniform(0.2, 2.0, num_units), 3), 0.0
    kinds = rng.permutation(np.arange(num_units) % 4)
    a[:, kinds == 0] = 0.0
    a[:, kinds == 1] = np.round(rng.uniform(0.1, 2.0, (num_inputs, 1)), 3)
    return (a,)


def _draw_pre_activations(rng, shape, dtype):
    """Return a layer whose zeros are negative numbers, most of them; two units have no zero."""
    (a,) = _draw_layer(rng, shape, dtype)
    negative = -np.round(rng.uniform(0.001, 1.0, a.shape), 3)
    a = np.where((a == 0) & (rng.random(a.shape) < 0.8), negative, a)
    silent, changing = rng.permutation(a.shape[1])[:2]
    a[:, silent] = negative[:, silent]
    a[:, changing] = np.where(np.arange(len(a)) % 2, 1, -1) * negative[:, changing]
    return (a,)


def _draw_single(rng, shape, dtype):
    (a,) = _draw_layer(rng, shape, dtype)
    return (a[:1],)


def _draw_penalty(rng, shape, dtype):
    return *_draw_layer(rng, shape, dtype), float(np.round(rng.uniform(0.05, 0.9), 2))


def _draw_signed(rng, shape, dtype):
    a, strength = _draw_penalty(rng, shape, dtype)
    return a * rng.choice([-1.0, 1.0], a.shape), strength


def _draw_shrunk(rng, shape, dtype):
    strength = float(np.round(rng.uniform(0.3, 2.0), 2))
    x = inputs.between_kinks(rng, shape, dtype, (-strength, 0.0, strength), margin=0.05, reach=4.0)
    return x, strength


def _draw_nan(rng, shape, dtype):
    v, strength = _draw_shrunk(rng, shape, dtype)
    v[rng.integers(v.size)] = np.nan
    return v, strength


FRACTION = Target(
    name="active_fraction",
    arguments=("a",),
    reference=fraction,
    why=_why_fraction,
    examples=(_A,),
    draw=_draw_layer,
    misconceptions=of_fraction(),
    ulps=8.0,  # one quotient, or a mean of means: a few roundings
    elementwise=False,
)
OFF = replace(
    FRACTION,
    name="always_off",
    reference=never,
    why=_why_off,
    misconceptions=of_always(never),
    ulps=0.0,
)
ON = replace(
    OFF,
    name="always_on",
    reference=without_pause,
    why=_why_on,
    misconceptions=of_always(without_pause),
)
PENALTY = Target(
    name="l1_activity",
    arguments=("a", "strength"),
    reference=penalty,
    why=_why_penalty,
    examples=(_A, 0.5),
    draw=_draw_penalty,
    misconceptions=of_penalty(),
    ulps=64.0,  # up to 64 sizes are added up, in any order
    elementwise=False,
    parts=("penalty", "gradient"),
)
SHRUNK = Target(
    name="soft_threshold",
    arguments=("v", "strength"),
    reference=shrunk,
    why=_why_shrunk,
    examples=(_V, 0.75),
    draw=_draw_shrunk,
    misconceptions=of_shrinking(),
    epsilons=32.0,  # differences of numbers up to 6
)


def _of_units(target, asks):
    return (
        properties.check(target, "values", 2, asks, properties.values(target)),
        properties.check(
            target,
            "negative",
            1,
            "pre-activations too, where off means 0 or negative.",
            properties.fresh(*target.drawn(_draw_pre_activations)),
        ),
        properties.check(
            target, "single", 1, "a single input.", properties.fresh(*target.drawn(_draw_single))
        ),
    )


TOPIC = Topic(
    "sparsity",
    (
        *_of_units(FRACTION, "the share of entries that are above 0."),
        *_of_units(OFF, "for each unit, whether it is off for every input."),
        *_of_units(ON, "for each unit, whether it is on for every input."),
        properties.check(
            PENALTY, "values", 3, "the penalty and its gradient.", properties.values(PENALTY)
        ),
        properties.check(
            PENALTY,
            "signed",
            1,
            "entries of both signs.",
            properties.fresh(*PENALTY.drawn(_draw_signed)),
        ),
        properties.check(
            PENALTY, "untouched", 1, "a stays as it was.", properties.untouched(PENALTY)
        ),
        properties.check(
            SHRUNK,
            "values",
            2,
            "small numbers become 0, large ones move towards 0.",
            properties.values(SHRUNK),
        ),
        *properties.contract(SHRUNK),
        properties.check(
            SHRUNK, "nan", 1, "NaN stays NaN.", properties.fresh(*SHRUNK.drawn(_draw_nan))
        ),
    ),
)
