"""What the exercise ``smooth`` asks for: five units without a kink, their slopes, and a test."""

from rectified.checks import inputs, properties, written_tests
from rectified.checks.core import Check, Topic
from rectified.checks.judging import Target
from rectified.checks.smooth import targets
from rectified.checks.smooth.pairs import make_pairs


def _asked_of(target: Target, asks: str, near: float, far: float) -> tuple[Check, ...]:
    """Return the ten points of a function of x."""
    extremes = properties.extremes(target, inputs.alone(inputs.extremes))
    return (
        properties.check(target, "values", 2, asks, properties.values(target)),
        properties.check(
            target,
            "tails",
            2,
            f"12 right digits for x from {near:g} to {far:g}, and below 0.",
            properties.fresh(targets.tails(target, near, far)),
        ),
        *properties.contract(target),
        properties.check(
            target, "extremes", 1, "the limits at infinity and huge numbers; no warning.", extremes
        ),
        properties.check(target, "nan", 1, "NaN stays NaN.", properties.nan(target)),
    )


def _tanh_form(target: Target) -> Check:
    form = targets.tanh_form(target)
    asks = 'the tanh form where approximate is "tanh".'
    return properties.check(target, "tanh_form", 2, asks, properties.values(form))


TOPIC = Topic(
    "smooth",
    (
        *_asked_of(targets.SOFTPLUS, "the logarithm of 1 + e^(beta x), over beta.", 40, 340),
        *_asked_of(targets.SOFTPLUS_GRAD, "its slope.", 40, 340),
        *_asked_of(targets.SILU, "x times the sigmoid of x.", 40, 700),
        *_asked_of(targets.SILU_GRAD, "its slope: a product rule.", 40, 700),
        *_asked_of(targets.SWISH, "x times the sigmoid of beta x.", 40, 340),
        *_asked_of(targets.SWISH_GRAD, "its slope in x.", 40, 340),
        *_asked_of(targets.BETA_GRAD, "its slope in beta, entry by entry.", 40, 340),
        *_asked_of(targets.GELU, "x times the normal distribution function.", 9, 15),
        _tanh_form(targets.GELU),
        *_asked_of(targets.GELU_GRAD, "its slope: a product rule.", 9, 15),
        _tanh_form(targets.GELU_GRAD),
        *_asked_of(targets.MISH, "x times tanh of softplus of x.", 40, 340),
        *_asked_of(targets.MISH_GRAD, "its slope: product rule and chain rule.", 40, 340),
        Check(
            "accepts_smooth_pair.caught",
            6,
            ("accepts_smooth_pair",),
            "every right pair accepted, and as many wrong pairs rejected as you can.",
            written_tests.caught("accepts_smooth_pair", ("f", "f_grad"), make_pairs),
        ),
    ),
    builds_on={
        "silu": ("softplus_grad",),
        "silu_grad": ("softplus_grad", "silu"),
        "swish": ("softplus_grad", "silu"),
        "swish_grad": ("softplus_grad", "silu_grad"),
        "swish_beta_grad": ("softplus_grad",),
        "gelu": ("softplus_grad",),
        "gelu_grad": ("softplus_grad", "gelu"),
        "mish": ("softplus",),
        "mish_grad": ("softplus", "softplus_grad", "mish"),
    },
)
