"""What the exercise ``autoencoders`` asks for: a step towards a sparse code, and the code itself.

Numbers drawn for one step are small multiples of powers of 2, so that the step is exact in any
order of its sums; 256 epsilons are allowed to those who divide, or sort the terms otherwise.
Over many steps rounding adds up, but does not grow: with step_size at most 1 over the largest
squared singular value, a step brings two codes no further apart. Each adds a few epsilons of sums
below 8 over at most 6 pixels, which is under 64 epsilons a step; 40 steps are allowed 4096, and
what is wrong is off by more than a thousand million.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from rectified.checks import properties, wording
from rectified.checks.autoencoders.ideas import coded, of_code, of_step, stepped
from rectified.checks.core import CheckFailure, Topic
from rectified.checks.judging import Draw, Target

_ONE_STEP, _MANY_STEPS = 256.0, 4096.0  # epsilons, see above

# Two atoms that are not at a right angle: what one says changes what the other wants.
_DICTIONARY = np.array([[1.0, 0.5, 0.0], [-1.0, 0.5, 1.0]])
_X = np.array([[2.0, -1.0, 0.5], [0.25, 1.5, 1.0], [3.0, 1.0, 0.5]])
# Of the last image the first unit is silent, and wants to speak.
_CODE = np.array([[0.5, 0.0], [1.0, 0.25], [0.0, 0.5]])


def _eighths(rng, shape, low=-16):
    """Return multiples of 1/8 from low/8 to 2."""
    return rng.integers(low, 17, shape) / 8


def _draw_step(images, atoms, pixels, strengths=(0.25, 0.5)) -> Draw:
    """Return a maker of code, x, dictionary, strength and step size."""

    def draw(rng, shape, dtype):
        code = _eighths(rng, (images, atoms), low=0) * (rng.random((images, atoms)) < 0.7)
        arrays = code, _eighths(rng, (images, pixels)), rng.integers(-4, 5, (atoms, pixels)) / 4
        strength, step_size = float(rng.choice(strengths)), float(rng.choice([0.125, 0.25]))
        return *(array.astype(dtype) for array in arrays), strength, step_size

    return draw


def _draw_code(steps, images=3, atoms=4, pixels=6, strengths=(0.125, 0.25)) -> Draw:
    """Return a maker of x, dictionary, strength, a step size that is safe, and a number of steps.

    The images are drawn by a sparse code, with some noise.
    """

    def draw(rng, shape, dtype):
        dictionary = rng.normal(size=(atoms, pixels))
        dictionary /= np.linalg.norm(dictionary, axis=1, keepdims=True)
        wanted = rng.uniform(0.5, 2, (images, atoms)) * (rng.random((images, atoms)) < 0.5)
        x = np.round(wanted @ dictionary + rng.normal(scale=0.2, size=(images, pixels)), 3)
        dictionary = np.round(dictionary, 3)
        step_size = np.round(0.9 / np.linalg.norm(dictionary, 2) ** 2, 3)
        given = float(rng.choice(strengths)), float(step_size), int(rng.choice(steps))
        return x.astype(dtype), dictionary.astype(dtype), *given

    return draw


def _draw_apart(rng, shape, dtype):
    """Return the arguments of 1000 steps with three atoms that are far from parallel.

    Mixed from orthonormal ones, so that the singular values are 0.7, 0.7 and 1.6: what is left of
    the distance to the best code shrinks by more than a tenth in each step.
    """
    x, _, strength, _, _ = _draw_code([1000], atoms=3)(rng, shape, dtype)
    orthonormal = np.linalg.qr(rng.normal(size=(6, 3)))[0].T
    mixed = np.round((0.7 * np.eye(3) + 0.3) @ orthonormal, 3)
    return x, mixed, strength, 0.35, 1000


def _why_step(code, x, dictionary, strength, step_size):
    return (
        "the code moves against the gradient of the error, is charged step_size times strength, "
        "and stays at 0 where that would make it negative"
    )


def _why_code(x, dictionary, strength, step_size, num_steps):
    return "that is where num_steps steps lead, from a code of zeros"


STEP = Target(
    name="sparse_code_step",
    arguments=("code", "x", "dictionary", "strength", "step_size"),
    reference=stepped,
    why=_why_step,
    examples=(_CODE, _X, _DICTIONARY, 0.5, 0.25),
    draw=_draw_step(3, 4, 5),
    misconceptions=of_step(),
    epsilons=_ONE_STEP,
    elementwise=False,
)
CODE = Target(
    name="sparse_code",
    arguments=("x", "dictionary", "strength", "step_size", "num_steps"),
    reference=coded,
    why=_why_code,
    examples=(_X, _DICTIONARY, 0.5, 0.25, 2),
    draw=_draw_code([2, 3, 5]),
    misconceptions=of_code(),
    epsilons=_MANY_STEPS,
    elementwise=False,
)
_SIZES = [(1, 1, 1), (1, 6, 2), (5, 1, 4), (4, 3, 3)]  # images, atoms, pixels


def _minimum(function: Callable, rng: np.random.Generator) -> None:
    """After 1000 steps the code is the best one: no small change of any entry pays.

    At the best code the error's slope in an entry balances the charge if the entry speaks, and does
    not outweigh it if the entry is 0. A slope of 1e-6 counts as 0: right versions leave about
    1e-15, and stopping at a change of 1e-3 leaves more than 1e-5.
    """
    for _ in range(3):
        drawn = _draw_apart(rng, (), np.float64)
        outcome = CODE.run(function, drawn, {})
        x, dictionary, strength, *_ = drawn
        code = outcome.value
        if code.shape != (len(x), len(dictionary)):
            raise CheckFailure(
                wording.paragraphs(
                    f"{outcome} returned {wording.kind(code)}; it should have shape "
                    f"{(len(x), len(dictionary))}: an image in each row, an atom in each column."
                )
            )
        slope = (code @ dictionary - x) @ dictionary.T + strength
        off = np.where(code > 0, np.abs(slope), np.maximum(-slope, 0)) + np.maximum(-code, 0)
        if not np.all(off <= 1e-6):
            worst = tuple(int(i) for i in np.unravel_index(np.argmax(off), off.shape))
            raise CheckFailure(
                wording.paragraphs(
                    f"{outcome} with num_steps = 1000 and strength = {strength:g} is not at the "
                    f"minimum: at position {worst} the code is {wording.number(code[worst])}, and "
                    f"the slope of the error plus strength is {slope[worst]:.3g} there. At the "
                    "minimum it is 0 where the code is positive, and not negative where it is 0.",
                    "A few steps were right, so look at what happens only with many. Does the loop "
                    "end before num_steps, or is the code rounded?",
                )
            )


TOPIC = Topic(
    "autoencoders",
    (
        properties.check(
            STEP,
            "values",
            2,
            "against the gradient, charged, and not below 0.",
            properties.values(STEP),
        ),
        properties.check(
            STEP,
            "price",
            2,
            "from no charge at all to one that silences every unit.",
            properties.fresh(
                *STEP.drawn(*(_draw_step(3, 4, 5, (price,)) for price in (0.0, 1.0, 64.0)))
            ),
        ),
        properties.check(
            STEP,
            "sizes",
            1,
            "one image or many, one atom, more atoms than pixels.",
            properties.fresh(*STEP.drawn(*(_draw_step(*size) for size in _SIZES))),
        ),
        properties.check(
            STEP,
            "dtype",
            1,
            "float16, float32, float64 stay what they are.",
            properties.float_dtype(STEP),
        ),
        properties.check(
            STEP, "untouched", 1, "nothing that was given changes.", properties.untouched(STEP)
        ),
        properties.check(
            CODE,
            "values",
            2,
            "a few steps from a code of zeros.",
            properties.values(CODE),
        ),
        properties.check(
            CODE,
            "steps",
            2,
            "no step at all, one, and forty.",
            properties.fresh(*CODE.drawn(*(_draw_code([count]) for count in (0, 1, 40)))),
        ),
        properties.check(
            CODE,
            "minimum",
            2,
            "after many steps no small change of the code pays.",
            properties.after_examples(CODE, _minimum),
        ),
        properties.check(
            CODE,
            "sizes",
            1,
            "one image or many, one atom, more atoms than pixels.",
            properties.fresh(*CODE.drawn(*(_draw_code([3], *size) for size in _SIZES))),
        ),
        properties.check(
            CODE,
            "dtype",
            1,
            "float16, float32, float64 stay what they are.",
            properties.float_dtype(replace(CODE, draw=_draw_code([2]), epsilons=_ONE_STEP)),
        ),
        properties.check(
            CODE, "untouched", 1, "nothing that was given changes.", properties.untouched(CODE)
        ),
    ),
    builds_on={"sparse_code": ("sparse_code_step",)},
)
