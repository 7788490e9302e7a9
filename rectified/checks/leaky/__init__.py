"""What the exercise ``leaky`` asks for: slopes on the left, given, learned or drawn; and a test."""

from dataclasses import replace

from rectified.checks import inputs, properties, written_tests
from rectified.checks.core import Check, Topic
from rectified.checks.leaky.draws import checks_of_draws
from rectified.checks.leaky.pairs import make_pairs
from rectified.checks.leaky.targets import (
    ANY_SLOPE,
    FEATURES,
    IMAGES,
    LEAKY,
    LEAKY_GRAD,
    PRELU,
    PRELU_GRAD,
    RRELU,
    SLOPE_GRAD,
    with_upstream,
)


def _dtype(target):
    return properties.check(
        target, "dtype", 1, "float16, float32, float64 stay.", properties.float_dtype(target)
    )


def _untouched(target, what):
    return properties.check(target, "untouched", 1, what, properties.untouched(target))


def _nan(target):
    return properties.check(target, "nan", 1, "NaN stays NaN.", properties.nan(target))


def _extremes(target):
    run = properties.extremes(target, inputs.alone(inputs.extremes))
    asks = "infinities, the largest and the smallest numbers; no warning."
    return properties.check(target, "extremes", 1, asks, run)


TOPIC = Topic(
    "leaky",
    (
        properties.check(
            LEAKY,
            "values",
            2,
            "x where x is positive, negative_slope times x elsewhere.",
            properties.values(LEAKY),
        ),
        properties.check(
            LEAKY,
            "any_slope",
            1,
            "slopes above 1, below 0, and 0 itself.",
            properties.fresh(replace(LEAKY, settings=ANY_SLOPE)),
        ),
        *properties.contract(LEAKY),
        _extremes(LEAKY),
        _nan(LEAKY),
        properties.check(
            LEAKY_GRAD,
            "values",
            2,
            "the slope on either side of 0, for any negative_slope.",
            properties.values(replace(LEAKY_GRAD, settings=(*LEAKY_GRAD.settings, *ANY_SLOPE))),
        ),
        properties.check(
            LEAKY_GRAD,
            "kink",
            1,
            "at 0, any slope between the two.",
            properties.subgradients(LEAKY_GRAD, [0.0, -0.0], 0.01, 1.0),
        ),
        *properties.contract(LEAKY_GRAD),
        _extremes(LEAKY_GRAD),
        _nan(LEAKY_GRAD),
        properties.check(PRELU, "values", 2, "one slope for all of x.", properties.values(PRELU)),
        properties.check(
            PRELU,
            "channels",
            2,
            "a slope for each channel, of shape (3, 1) or (3,).",
            properties.fresh(*PRELU.drawn(IMAGES, FEATURES)),
        ),
        _dtype(PRELU),
        _untouched(PRELU, "neither x nor slope changes."),
        properties.check(
            PRELU_GRAD, "values", 2, "the derivative in x.", properties.values(PRELU_GRAD)
        ),
        properties.check(
            PRELU_GRAD,
            "channels",
            1,
            "each channel has its own slope.",
            properties.fresh(*PRELU_GRAD.drawn(IMAGES, FEATURES)),
        ),
        properties.check(
            PRELU_GRAD,
            "kink",
            1,
            "at 0, any slope between the two.",
            properties.subgradients(PRELU_GRAD, [0.0, -0.0], 0.25, 1.0, 0.25),
        ),
        _dtype(PRELU_GRAD),
        properties.check(
            SLOPE_GRAD,
            "shared",
            2,
            "for one slope one number: what all entries say together.",
            properties.values(SLOPE_GRAD),
        ),
        properties.check(
            SLOPE_GRAD,
            "channels",
            2,
            "for slopes of shape (3, 1) and x of shape (2, 3, 2) a result of shape (3, 1).",
            properties.fresh(*SLOPE_GRAD.drawn(with_upstream(IMAGES))),
        ),
        properties.check(
            SLOPE_GRAD,
            "features",
            1,
            "for slopes of shape (3,) and x of shape (4, 3) a result of shape (3,).",
            properties.fresh(*SLOPE_GRAD.drawn(with_upstream(FEATURES))),
        ),
        _nan(SLOPE_GRAD),
        _untouched(SLOPE_GRAD, "grad_output, x and slope stay as they were."),
        properties.check(
            RRELU, "values", 2, "outside training, the mean slope.", properties.values(RRELU)
        ),
        properties.check(
            RRELU,
            "shapes",
            1,
            "any shape in, the same shape out: a single number, an empty array, several axes.",
            properties.shapes(RRELU),
        ),
        *checks_of_draws(RRELU),
        _untouched(RRELU, "x is the same after the call."),
        Check(
            "accepts_leaky_pair.caught",
            6,
            ("accepts_leaky_pair",),
            "every right pair accepted, and as many wrong pairs rejected as you can.",
            written_tests.caught("accepts_leaky_pair", ("f", "f_grad"), make_pairs),
        ),
    ),
    builds_on={
        "leaky_relu_grad": ("leaky_relu",),
        "prelu": ("leaky_relu",),
        "prelu_grad": ("leaky_relu_grad", "prelu"),
        "rrelu": ("leaky_relu", "prelu"),
    },
)
