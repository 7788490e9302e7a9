"""What the exercise ``dying-units`` asks for: to count the dead, to compute how likely a network is
born dead and to try it, and to take a step that brings a unit back.

A product of up to a thousand factors is off by as many roundings of half an epsilon each, a
thousand steps of decay likewise. What a simulation returns is judged in ``simulated``.
"""

from dataclasses import replace

import numpy as np

from rectified.checks import properties
from rectified.checks.core import Topic
from rectified.checks.dying_units import draws, simulated
from rectified.checks.dying_units.ideas import (
    after_step,
    chance,
    dead,
    of_chance,
    of_dead,
    of_step,
)
from rectified.checks.judging import Target


def _why_dead(pre_activations):
    return (
        "a unit is dead (True, 1) if its pre-activation is above 0 for none of the inputs, "
        "and alive (False, 0) otherwise"
    )


def _why_chance(widths):
    if not len(widths):
        return "without a hidden layer nothing can fall silent"
    return "the network lives at an input if no layer has all of its units off"


def _why_step(w, b, bias_decay, learning_rate):
    return (
        "a dead unit gets no gradient from the data: only the decay moves its bias, towards 0, "
        "and nothing moves its weights"
    )


DEAD = Target(
    name="dead_units",
    arguments=("pre_activations",),
    reference=dead,
    why=_why_dead,
    examples=(
        np.array(
            [[-1.0, 2.0, -0.5, 1.0, 1.0], [-2.0, 1.5, 2.0, 2.0, -6.0], [-0.25, 0.5, 1.0, -0.5, 0.5]]
        ),
    ),
    draw=draws.layer(),
    misconceptions=of_dead(),
    elementwise=False,
)
CHANCE = Target(
    name="born_dead_upper_bound",
    arguments=("widths",),
    reference=chance,
    why=_why_chance,
    examples=([2, 3, 4],),
    draw=draws.widths(2, 6),
    misconceptions=of_chance(),
    # up to 1,000 factors, each rounded, and one difference from 1
    epsilons=4096.0,
    elementwise=False,
)
STEP = Target(
    name="revive_step",
    arguments=("w", "b", "bias_decay", "learning_rate"),
    reference=after_step,
    why=_why_step,
    examples=(np.array([2.0, -1.0, 0.5]), -4.0, 0.4, 0.25),
    draw=draws.unit(),
    misconceptions=of_step(),
    # two products and a difference, of numbers up to 10 in size
    epsilons=128.0,
    elementwise=False,
    parts=("w", "b"),
)


TOPIC = Topic(
    "dying-units",
    (
        properties.check(
            DEAD, "values", 2, "True for each unit that is off everywhere.", properties.values(DEAD)
        ),
        properties.check(
            DEAD,
            "zero",
            1,
            "a pre-activation of exactly 0 is off.",
            properties.fresh(*DEAD.drawn(draws.layer(at_zero=True))),
        ),
        properties.check(
            DEAD,
            "networks",
            1,
            "further axes in front: many networks at once.",
            properties.fresh(
                *DEAD.drawn(draws.layer((4,)), draws.layer((2, 3)), draws.layer(inputs=1))
            ),
        ),
        properties.check(DEAD, "boolean", 1, "the result is a mask.", draws.is_mask(DEAD)),
        properties.check(
            DEAD, "untouched", 1, "the input is the same.", properties.untouched(DEAD)
        ),
        properties.check(
            CHANCE,
            "values",
            2,
            "the chance that some layer falls silent at a given input.",
            properties.values(CHANCE),
        ),
        properties.check(
            CHANCE,
            "few",
            1,
            "no hidden layer, and one.",
            properties.fresh(*CHANCE.drawn(draws.widths(0, 0), draws.widths(1, 1))),
        ),
        properties.check(
            CHANCE,
            "many",
            1,
            "a thousand layers; wide ones.",
            properties.fresh(
                *CHANCE.drawn(draws.widths(1000, 1000, 8, 14), draws.widths(3, 9, 32, 44))
            ),
        ),
        properties.check(
            CHANCE,
            "arrays",
            1,
            "widths as a tuple or as an array of integers.",
            properties.after_examples(CHANCE, draws.any_kind),
        ),
        *simulated.CHECKS,
        properties.check(STEP, "values", 2, "one unit, one step.", properties.values(STEP)),
        properties.check(
            STEP,
            "still",
            1,
            "without decay, or at rate 0, nothing moves.",
            properties.fresh(*STEP.drawn(draws.unit(decay=0.0), draws.unit(rate=0.0))),
        ),
        properties.check(
            STEP,
            "layer",
            1,
            "all units of a layer at once, biases of either sign.",
            properties.fresh(*STEP.drawn(draws.unit(units=5), draws.unit(units=1))),
        ),
        properties.check(
            STEP,
            "untouched",
            1,
            "what was given does not change: neither weights nor biases.",
            properties.untouched(replace(STEP, draw=draws.unit(units=5))),
        ),
    ),
    builds_on={"simulate_born_dead": ("dead_units",)},
)
