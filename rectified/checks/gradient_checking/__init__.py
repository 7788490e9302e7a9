"""What the exercise ``gradient-checking`` asks for: an instrument for slopes, and two tests.

A difference quotient is judged against the same quotient, not against the slope: with steps that
are powers of two every right version agrees to a few roundings of f, divided by the step.
"""

from dataclasses import replace

import numpy as np

from rectified.checks import inputs, properties, wording
from rectified.checks.core import Check, CheckFailure, Topic
from rectified.checks.gradient_checking import pairs, pairs_of_relu
from rectified.checks.gradient_checking.ideas import of_difference, of_error
from rectified.checks.judging import Target, judge
from rectified.checks.written_tests import caught
from rectified.measure import gradient_check as trusted

_NAN = "NaN says that something went wrong before, and that must stay visible"

_TOO_STRICT = (
    "At which of these points is it rejected, and by how much do the two slopes differ there? "
    "Where the slope is 0, a rounding may be all that is left. Within reach of a kink the slopes "
    "on its two sides count, and either of them may be the smaller one."
)
_UNSEEN = (
    "The points are given, so it is the comparison that lets such a pair pass. At which of the "
    "points is the pair wrong, and what does your comparison say there? Remember that NaN is "
    "neither smaller nor larger than any number."
)

_A = np.array([1.0, 2.0, -1.0, 0.5, -3.0, 4.0, 10.0, -2.0])
_B = np.array([2.0, 1.0, 1.0, -0.5, -3.0, 5.0, 8.0, -2.5])


def _cubic(x):
    return x**3 - 2 * x


def _sine(x):
    return np.sin(2 * x)


def _bell(x):
    return np.exp(-np.square(x))


def _growing(x):
    return x * np.exp(x / 2)


_FUNCTIONS = (_cubic, _sine, _bell, _growing)


def _quotient(f, x, step):
    f, step = np.ndarray.item(f) if isinstance(f, np.ndarray) else f, float(step)
    return trusted.central_difference(f, x, step)


def _why_quotient(f, x, step):
    f, x, step = np.asarray(f).item(), float(x), float(step)
    high, low = float(f(x + step)), float(f(x - step))
    return f"f is {high:.6g} one step to the right and {low:.6g} one step to the left"


def _why_error(a, b):
    if np.isnan(a) or np.isnan(b):
        return _NAN
    if a == b:
        return "the two are equal"
    return "that is the distance of the two, as a share of the larger size"


def _draw_quotient(steps):
    def draw(rng, shape, dtype):
        f = _FUNCTIONS[rng.integers(len(_FUNCTIONS))]
        x = np.round(rng.uniform(-2.5, 2.5, shape), 3).astype(dtype)
        return f, x, float(rng.choice(steps))

    return draw


def _draw_numbers(rng, shape, dtype):
    return inputs.upstream(rng, shape, dtype), inputs.upstream(rng, shape, dtype)


def _draw_scales(rng, shape, dtype):
    """Return pairs of numbers of one size each, from 1e-200 to 1e200."""
    a, b = _draw_numbers(rng, shape, dtype)
    scale = 10.0 ** rng.permutation(np.linspace(-200, 200, a.size)).reshape(shape)
    return a * scale, b * scale


def _draw_nans(rng, shape, dtype):
    a, b = _draw_numbers(rng, shape, dtype)
    a[0], b[1] = np.nan, np.nan
    a[2] = b[2] = np.nan
    return a, b


def _in_double(target):
    """Return a run: single precision, integers and lists are computed in float64."""

    def run(function, rng):
        f, x, step = target.draw(rng, (6,), np.float64)
        whole = np.round(x).astype(np.int64)
        cases = {
            "float32 input": x.astype(np.float32),
            "an array of integers": whole,
            "a list": x.tolist(),
        }
        for what, given in cases.items():
            outcome = target.run(function, (f, given, step), {})
            if outcome.value.dtype != np.float64:
                raise CheckFailure(
                    wording.paragraphs(
                        f"{outcome} for {what} returned {outcome.value.dtype}; it should return "
                        "float64.",
                        "A difference of two nearly equal numbers keeps few of their digits, so "
                        "that there should be many to begin with. Which line decides the dtype?",
                    )
                )
            judge(target, outcome, f" for {what}")

    return properties.after_examples(target, run)


DIFFERENCE = Target(
    name="central_difference",
    arguments=("f", "x", "step"),
    reference=_quotient,
    why=_why_quotient,
    examples=(_cubic, np.array([0.0, 1.0, -2.0, 0.5, 3.0]), 0.25),
    draw=_draw_quotient([0.125, 0.25, 0.5]),
    misconceptions=of_difference(_quotient),
    # The largest f is about 11 in size, and is known to a few roundings; so is its difference,
    # and steps of 1/8 make eight times as much of it.
    epsilons=1024.0,
)
# The same roundings, divided by a step of 2⁻¹⁶: 11 · 2¹⁶ epsilons, a few times. A difference to one
# side only is off by half the step times f″, some 10¹⁰ epsilons.
SMALL = replace(DIFFERENCE, draw=_draw_quotient([2.0**-15, 2.0**-16]), epsilons=2.0**23)
ERROR = Target(
    name="relative_error",
    arguments=("a", "b"),
    reference=trusted.relative_error,
    why=_why_error,
    examples=(_A, _B),
    draw=_draw_numbers,
    misconceptions=of_error(),
    ulps=8.0,  # a difference, a quotient: a rounding each, twice that if the fraction is split
    epsilons=8.0,  # where 1 is subtracted from a quotient near 1
)


def _judges(name, points, asks, make):
    """Return a check of ``check_gradient`` on the pairs that ``make`` makes."""
    return Check(
        f"check_gradient.{name}",
        points,
        ("check_gradient",),
        asks,
        caught("check_gradient", ("f", "f_grad"), make, _TOO_STRICT, _UNSEEN),
    )


TOPIC = Topic(
    "gradient-checking",
    (
        properties.check(
            DIFFERENCE,
            "values",
            2,
            "the chord from x - step to x + step, for large steps too.",
            properties.values(DIFFERENCE),
        ),
        properties.check(
            DIFFERENCE, "small", 1, "steps near 1e-5.", properties.fresh(DIFFERENCE, SMALL)
        ),
        properties.check(
            DIFFERENCE,
            "shapes",
            1,
            "x of any shape: a single number, an empty array, several axes.",
            properties.shapes(DIFFERENCE),
        ),
        properties.check(
            DIFFERENCE,
            "precision",
            1,
            "single precision, integers and lists are computed in float64.",
            _in_double(DIFFERENCE),
        ),
        properties.check(
            DIFFERENCE, "untouched", 1, "x stays as it was.", properties.untouched(DIFFERENCE)
        ),
        properties.check(
            ERROR,
            "values",
            2,
            "the distance of a and b as a share of the larger size.",
            properties.values(ERROR),
        ),
        properties.check(
            ERROR,
            "zeros",
            1,
            "0 where both are 0, and 1 where one of them is; no warning.",
            properties.kinks(ERROR, [0.0, 0.0, 3.0, -2.0], [0.0, -1.5, 0.0, -2.0]),
        ),
        properties.check(
            ERROR,
            "scale",
            1,
            "numbers near 1e-200 and near 1e200.",
            properties.fresh(*ERROR.drawn(_draw_scales)),
        ),
        properties.check(
            ERROR,
            "shapes",
            1,
            "any shape in, the same shape out: a single number, an empty array, several axes.",
            properties.shapes(ERROR),
        ),
        properties.check(
            ERROR,
            "lists",
            1,
            "lists and single numbers are taken; the result is float64.",
            properties.array_like(ERROR),
        ),
        properties.check(
            ERROR, "nan", 1, "NaN in either gives NaN.", properties.fresh(*ERROR.drawn(_draw_nans))
        ),
        properties.check(
            ERROR, "untouched", 1, "neither a nor b changes.", properties.untouched(ERROR)
        ),
        _judges("smooth", 2, "right and wrong derivatives of smooth functions.", pairs.smooth),
        _judges("each", 1, "one wrong value among many is found.", pairs.one_wrong),
        _judges("flat", 1, "no alarm where the slope is 0.", pairs.flat),
        _judges("scale", 1, "functions that are large, and small ones.", pairs.scaled),
        _judges("nan", 1, "a derivative that is NaN is wrong.", pairs.with_nan),
        _judges("kinks", 3, "no false alarm at a kink, and no blind eye either.", pairs.kinked),
        Check(
            "accepts_relu_pair.caught",
            6,
            ("accepts_relu_pair",),
            "every right pair accepted, and as many wrong pairs rejected as you can.",
            caught("accepts_relu_pair", ("f", "f_grad"), pairs_of_relu.make_pairs),
        ),
    ),
    builds_on={
        "check_gradient": ("central_difference", "relative_error"),
        "accepts_relu_pair": ("check_gradient",),
    },
)
