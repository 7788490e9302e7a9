"""What the exercise ``capstone`` asks for: an activation of one's own, its derivative, a test that
tells right from wrong, and a comparison. No design is preferred.
"""

from rectified.checks import properties, wording, written_tests
from rectified.checks.capstone import design, manners, slope
from rectified.checks.capstone.pairs import make_pairs
from rectified.checks.capstone.verdict import checks_of_comparison
from rectified.checks.core import Check, CheckFailure, Topic

_F, _G, _TEST = "activation", "activation_grad", "accepts_my_activation"

_MANNERS = (
    ("shapes", 1, "any shape in, the same shape out.", manners.manner(properties.shapes)),
    (
        "dtype",
        1,
        "float16, float32, float64 stay what they are.",
        manners.manner(properties.float_dtype),
    ),
    (
        "lists",
        1,
        "lists and single numbers are taken; integers and booleans become float64.",
        manners.manner(properties.array_like),
    ),
    ("untouched", 1, "the input is the same after the call.", manners.manner(properties.untouched)),
    ("nan", 1, "NaN stays NaN.", manners.manner(properties.nan)),
    (
        "extremes",
        2,
        "no warning up to 1000 in size, and no NaN at infinities or the largest numbers.",
        manners.extremes,
    ),
)


def _of_function(name, points, asks, judge):
    """Return a check of ``activation``: it has to be one before anything else counts."""

    def run(activation, rng):
        design.values_on_grid(activation)
        judge(_F, activation, rng)

    return Check(f"{_F}.{name}", points, (_F,), asks, run)


def _of_slope(name, points, asks, judge):
    """Return a check of ``activation_grad``: it has to be the slope before anything else counts."""

    def run(activation, activation_grad, rng):
        slope.belongs(activation, activation_grad, rng.uniform(-6, 6, 8))
        judge(_G, activation_grad, rng)

    return Check(f"{_G}.{name}", points, (_F, _G), asks, run)


def _caught(activation, activation_grad, test, rng):
    """Judge the student's test on pairs made from the student's own, if that is right."""
    try:
        slope.belongs(activation, activation_grad, rng.uniform(-6, 6, 24))
        for name, function in ((_F, activation), (_G, activation_grad)):
            manners.elementwise(name, function, rng)
            for judge in (properties.shapes, properties.nan):
                manners.manner(judge)(name, function, rng)
    except CheckFailure as failure:
        raise CheckFailure(
            wording.paragraphs(
                f"{_TEST} is judged on pairs that are made from {_F} and {_G}, and those are not "
                "right yet. Mend them first; what is said of them:"
            )
            + f"\n\n{failure}"
        ) from None
    pairs = make_pairs(activation, activation_grad, rng)
    return written_tests.caught(_TEST, ("f", "f_grad"), lambda rng: pairs)(test, rng)


TOPIC = Topic(
    "capstone",
    (
        Check(f"{_F}.bends", 2, (_F,), "it is not one straight line.", design.bends),
        Check(f"{_F}.continuous", 2, (_F,), "it does not jump.", design.continuous),
        _of_function(
            "elementwise",
            2,
            "each result depends on its own number alone, and is the same each time.",
            manners.elementwise,
        ),
        Check(f"{_F}.own", 1, (_F,), "it is none of the course's catalogue.", design.own),
        *(_of_function(*manner) for manner in _MANNERS),
        Check(f"{_G}.values", 3, (_F, _G), "the slope of your function.", slope.values),
        Check(f"{_G}.far", 2, (_F, _G), "the slope far out, on both sides.", slope.far),
        Check(
            f"{_G}.kinks",
            1,
            (_F, _G),
            "where your function has a kink, a number between the slopes beside it.",
            slope.kinks,
        ),
        *(_of_slope(*manner) for manner in _MANNERS),
        Check(
            f"{_TEST}.caught",
            6,
            (_F, _G, _TEST),
            "every right pair accepted, and as many wrong pairs rejected as you can.",
            _caught,
        ),
        *checks_of_comparison(),
    ),
)
