"""What the exercise ``output-layers`` asks for: softmax, its logarithm, a loss and its gradient.

Scores differ by up to 16 here. A right version rounds such a difference, half a unit in the last
place of 16 or 8 epsilons, and takes its exponential: a share is off by as much of itself, and the
sum over up to 6 classes by a few epsilons more, in all 2 · 12 units in its last place. A logarithm
of a share is a sum of three terms of up to 16 that are rounded alike: 24 epsilons. A gradient is a
difference of a share and 1. What adds 1e−12 to a probability is off by a thousand times as much.

Among scores near 1000 a version that subtracts ln Σ eᶻ is right as well, though it rounds a number
near 1000 once for each of up to 5 classes and once more: 6 · 256 epsilons, which its exponential
turns into twice as many units in the last place. What fails there is off by infinitely much.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from rectified.checks import properties
from rectified.checks.core import Check, Topic
from rectified.checks.judging import Target
from rectified.checks.output_layers import ideas, ideas_of_loss

_ULPS, _EPSILONS = 128.0, 64.0  # see above
_LARGE = {"ulps": 8192.0, "epsilons": 4096.0}

_Z = np.array([[2.0, -1.0, 0.5], [0.0, 3.0, -2.0]])
_LABELS = np.array([2, 1])


def _scores(shape, spread=3.0, offset=0.0):
    """Return a maker of scores, within 8 of ``offset`` and not in order of size."""

    def draw(rng, _, dtype):
        z = np.clip(rng.normal(scale=spread, size=shape), -8, 8) + offset
        return (np.round(z, 3).astype(dtype),)

    return draw


def _listed(draw, change: Callable):
    """Return ``draw`` with its scores turned into something else, such as a list."""

    def drawn(rng, shape, dtype):
        scores, *rest = draw(rng, shape, dtype)
        return change(scores), *rest

    return drawn


def _labelled(draw):
    """Return a maker of scores and of as many labels, of which two are the same if there are two.

    A one-hot table that is square and symmetric would not show that it was transposed.
    """

    def drawn(rng, shape, dtype):
        (scores,) = draw(rng, shape, dtype)
        batch, classes = scores.shape
        labels = (np.arange(batch) + rng.integers(classes)) % classes
        labels[0] = labels[-1]
        return scores, rng.permutation(labels)

    return drawn


def _without_last(rng, _, dtype):
    """Return scores and labels among which the last class is missing."""
    scores, labels = _labelled(_scores((4, 5)))(rng, _, dtype)
    return scores, labels // 2


def _mixed(shape):
    """Return a maker of scores of which some are 1000 apart, in a random order."""

    def draw(rng, _, dtype):
        far = rng.permuted(np.resize([0.0, 1000.0, -1000.0, 998.0], shape), axis=-1)
        return ((far + np.round(rng.uniform(0, 1, shape), 2)).astype(dtype),)

    return draw


def _levels(shape):
    """Return a maker of scores within 8 of a level that each row has for itself, far from others.

    One number that is taken off the whole table leaves nothing of the lower rows' exponentials.
    """

    def draw(rng, _, dtype):
        (near,) = _scores(shape)(rng, _, np.float64)
        level = rng.permutation(np.resize([1000.0, -1000.0, 0.0], shape[0]))
        return ((near + level[:, None]).astype(dtype),)

    return draw


def _behind(rng, _, dtype):
    """Return scores far apart, and labels of which one has the last score of its row."""
    scores, labels = _labelled(_mixed((5, 4)))(rng, _, dtype)
    row = rng.integers(5)
    labels[row] = scores[row].argmin()
    return scores, labels


def _masked(rng, _, dtype):
    """Return scores of which one in each row is −infinity."""
    (z,) = _scores((3, 4))(rng, _, dtype)
    z[np.arange(3), rng.integers(4, size=3)] = -np.inf
    return (z,)


def _why_share(z, axis=-1):
    if np.isneginf(z).any():
        return "a score of -infinity has the share 0, and the others share the rest"
    along = "of its row" if axis in (-1, z.ndim - 1) else f"along axis {axis}"
    return f"a share is its exponential over the sum of all exponentials {along}"


def _why_log(z, axis=-1):
    along = "of its row" if axis in (-1, z.ndim - 1) else f"along axis {axis}"
    return f"that is the score minus ln of the sum of all exponentials {along}"


def _why_loss(logits, labels):
    return "that is the mean over the examples of minus ln of the label's share"


def _why_grad(logits, labels):
    return "so much does the mean loss change with this score, for a small change of it"


SOFTMAX = Target(
    name="softmax",
    arguments=("z",),
    reference=ideas.exact,
    why=_why_share,
    examples=(_Z,),
    draw=_scores((3, 4)),
    misconceptions=ideas.of_softmax(),
    ulps=_ULPS,
    elementwise=False,
)
LOG_SOFTMAX = replace(
    SOFTMAX,
    name="log_softmax",
    reference=ideas.exact_log,
    why=_why_log,
    misconceptions=ideas.of_log_softmax(),
    ulps=4.0,
    epsilons=_EPSILONS,
)
LOSS = Target(
    name="cross_entropy",
    arguments=("logits", "labels"),
    reference=ideas_of_loss.loss,
    why=_why_loss,
    examples=(_Z, _LABELS),
    draw=_labelled(_scores((4, 3))),
    misconceptions=ideas_of_loss.of_loss(),
    ulps=8.0,
    epsilons=_EPSILONS,
    elementwise=False,
)
LOSS_GRAD = replace(
    LOSS,
    name="cross_entropy_grad",
    reference=ideas_of_loss.loss_grad,
    why=_why_grad,
    misconceptions=ideas_of_loss.of_loss_grad(),
    ulps=_ULPS,
    epsilons=8.0,
)


def _float_dtype(target: Target) -> Check:
    asks = "float16, float32, float64 stay what they are."
    return properties.check(target, "dtype", 1, asks, properties.float_dtype(target))


def _untouched(target: Target) -> Check:
    asks = "what was given is the same after the call."
    return properties.check(target, "untouched", 1, asks, properties.untouched(target))


def _of_scores(target: Target, asks: str) -> tuple[Check, ...]:
    """Return what is asked of a function of scores along an axis."""
    flat, plane, solid = _scores((5,)), _scores((3, 4)), _scores((2, 3, 4))
    whole = _listed(plane, lambda z: np.rint(z).astype(np.int64))
    lists = (_listed(flat, np.ndarray.tolist), _listed(plane, np.ndarray.tolist), whole)
    high = "scores near 1000 and near -1000, or both, in one row or in different ones; no warning."

    large = (
        _scores((3, 4), offset=1000.0),
        _scores((3, 4), offset=-1000.0),
        _mixed((3, 5)),
        _levels((3, 4)),
    )
    axes = (
        replace(target, draw=flat, settings=({}, {"axis": 0})),
        replace(target, draw=plane, settings=({"axis": 0}, {"axis": 1})),
        replace(target, draw=solid, settings=({"axis": 0}, {"axis": 1}, {"axis": -1})),
    )
    return (
        properties.check(target, "values", 2, asks, properties.values(target)),
        properties.check(
            target, "large", 2, high, properties.quiet(*target.drawn(*large, **_LARGE))
        ),
        properties.check(
            target,
            "axis",
            1,
            "one axis, two or three; the argument axis, also counted from the front.",
            properties.fresh(target, *axes),
        ),
        _float_dtype(target),
        properties.check(
            target,
            "lists",
            1,
            "lists, nested lists, whole numbers.",
            properties.fresh(*target.drawn(*lists)),
        ),
        _untouched(target),
    )


def _of_loss(target: Target, asks: str) -> tuple[Check, ...]:
    """Return what is asked of a function of scores and labels."""
    high = (
        "scores near 1000, or 2000 apart, in one row or from row to row: a loss of 1000 is a loss, "
        "and no warning."
    )

    large = (_labelled(_scores((4, 3), offset=1000.0)), _behind, _labelled(_levels((4, 3))))
    sizes = (_labelled(_scores(shape)) for shape in ((1, 4), (6, 2), (3, 6), (4, 4)))
    return (
        properties.check(target, "values", 2, asks, properties.values(target)),
        properties.check(
            target, "large", 2, high, properties.quiet(*target.drawn(*large, **_LARGE))
        ),
        properties.check(
            target,
            "sizes",
            1,
            "one example, two classes, more classes than examples, as many.",
            properties.fresh(*target.drawn(*sizes, _without_last)),
        ),
    )


TOPIC = Topic(
    "output-layers",
    (
        *_of_scores(SOFTMAX, "positive shares that add up to 1 in each row."),
        properties.check(
            SOFTMAX,
            "masked",
            1,
            "a score of -infinity has the share 0; no warning.",
            properties.quiet(replace(SOFTMAX, draw=_masked)),
        ),
        *_of_scores(LOG_SOFTMAX, "the natural logarithm of each share."),
        *_of_loss(LOSS, "the mean of minus ln of the label's share."),
        _untouched(LOSS),
        *_of_loss(LOSS_GRAD, "the derivative of that mean by every score."),
        _float_dtype(LOSS_GRAD),
        _untouched(LOSS_GRAD),
    ),
    builds_on={
        "log_softmax": ("softmax",),
        "cross_entropy": ("softmax", "log_softmax"),
        "cross_entropy_grad": ("softmax", "log_softmax"),
    },
)
