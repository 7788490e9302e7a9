"""Wrong ideas about softmax and its logarithm."""

import numpy as np
from numpy.typing import NDArray

from rectified.checks.judging import Misconception

OVERFLOW = (
    "The exponential of such a score is infinite, and infinity over infinity is NaN. What may be "
    "taken off all scores of an example without changing their shares?"
)
_AXIS = "The shares add up to 1 along another axis than the one that is asked for."
_ALL = (
    "All entries of the array together add up to 1. Each example has its own shares: which axis, "
    "and does the sum keep it (keepdims)?"
)
ONE_SHIFT = (
    "One number seems to be taken off all scores of the table. In a row that lies far below the "
    "others every exponential is then 0. Which number suits each example?"
)
UNDERFLOW = (
    "A share that is too small for floating point is 0, and its logarithm -infinity. The "
    "logarithm can be written without taking the share first: what is ln of a quotient?"
)
ADDED = (
    "Something was added to a probability before its logarithm. That hides the infinity and "
    "falsifies every value; avoid the infinity instead."
)


def exact_log(z: NDArray, axis: int = -1) -> NDArray:
    """Return ln softmax of z along ``axis``."""
    z = np.asarray(z)
    z = z if z.dtype.kind == "f" else z.astype(np.float64)
    wide = z.astype(np.float64)
    shifted = wide - wide.max(axis=axis, keepdims=True)
    return (shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))).astype(z.dtype)


def exact(z: NDArray, axis: int = -1) -> NDArray:
    """Return softmax of z along ``axis``."""
    z = np.asarray(z)
    z = z if z.dtype.kind == "f" else z.astype(np.float64)
    wide = z.astype(np.float64)
    weights = np.exp(wide - wide.max(axis=axis, keepdims=True))
    return (weights / weights.sum(axis=axis, keepdims=True)).astype(z.dtype)


def naive(z: NDArray, axis: int = -1) -> NDArray:
    """Return softmax as the formula stands, which overflows."""
    return np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)


def shifted_as_one(z: NDArray, axis: int = -1) -> NDArray:
    """Return softmax with the largest score of all rows taken off every row."""
    weights = np.exp(z - z.max())
    return weights / weights.sum(axis=axis, keepdims=True)


def shifted_as_one_log(z: NDArray, axis: int = -1) -> NDArray:
    """Return its logarithm, with the same shift."""
    shifted = z - z.max()
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def _finite(z: NDArray) -> NDArray:
    """Return z; raise ValueError if it holds an infinity, where an idea has nothing to say."""
    if not np.isfinite(z).all():
        raise ValueError("not finite")
    return z


def of_softmax() -> tuple[Misconception, ...]:
    """Return what is written in place of softmax."""
    return (
        Misconception(naive, OVERFLOW),
        Misconception(shifted_as_one, ONE_SHIFT),
        *(
            Misconception(lambda z, axis=-1, other=other: exact(z, other), _AXIS)
            for other in (0, -1, 1)
        ),
        Misconception(lambda z, axis=-1: np.exp(z - z.max()) / np.exp(z - z.max()).sum(), _ALL),
        Misconception(
            lambda z, axis=-1: np.exp(z - z.max(axis=axis, keepdims=True)),
            "The largest is 1, but they do not add up to 1: the division is missing.",
        ),
        Misconception(
            lambda z, axis=-1: np.exp(z), "These are exponentials; the division is missing."
        ),
        Misconception(
            lambda z, axis=-1: 1 / (1 + np.exp(-z)),
            "This is the sigmoid of each score by itself. Softmax couples the scores.",
        ),
        Misconception(
            lambda z, axis=-1: z / z.sum(axis=axis, keepdims=True),
            "The scores themselves were divided by their sum. Scores may be negative; what makes "
            "positive numbers of them?",
        ),
        Misconception(
            lambda z, axis=-1: exact(-_finite(z), axis),
            "The largest score got the smallest share. Look at the sign in the exponent.",
        ),
        Misconception(
            lambda z, axis=-1: exact(np.maximum(z, 0), axis),
            "Negative scores were set to 0 first. Softmax sees differences; a negative score is as "
            "good as any.",
        ),
        Misconception(
            lambda z, axis=-1: exact_log(z, axis), "This is the logarithm of what is asked for."
        ),
        Misconception(
            lambda z, axis=-1: np.exp2(z) / np.exp2(z).sum(axis=axis, keepdims=True),
            "These are powers of 2. The definition has powers of e.",
        ),
        Misconception(
            lambda z, axis=-1: (z == z.max(axis=axis, keepdims=True)) * 1.0,
            "All went to the largest score. Softmax leaves a share to every score.",
        ),
        *(
            Misconception(
                lambda z, axis=-1, number=number: exact(np.where(np.isneginf(z), number, z), axis),
                "A score of -infinity seems to be replaced by a number that is not small enough. "
                "Its exponential is 0 as it is, which is fine.",
            )
            for number in (0.0, -1.0, -10.0)
        ),
        *(
            Misconception(
                lambda z, axis=-1, far=far: exact(np.clip(z, -far, far), axis),
                "Scores that are far from 0 seem to be clipped, and so lose their differences. "
                "Shift them instead: what may be taken off all scores of an example?",
            )
            for far in (10, 20, 30, 50, 80, 88, 100, 500, 700, 709)
        ),
        *(
            Misconception(
                lambda z, axis=-1, e=e: np.exp(z) / (np.exp(z).sum(axis=axis, keepdims=True) + e),
                "A small number was added under the fraction bar, and so the shares add up to less "
                "than 1. Can that sum ever be 0, if one of its terms is 1?",
            )
            for e in (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)
        ),
    )


def of_log_softmax() -> tuple[Misconception, ...]:
    """Return what is written in place of its logarithm."""
    return (
        Misconception(shifted_as_one_log, ONE_SHIFT),
        Misconception(lambda z, axis=-1: np.log(shifted_as_one(z, axis)), ONE_SHIFT),
        Misconception(lambda z, axis=-1: np.log(naive(z, axis)), OVERFLOW),
        Misconception(lambda z, axis=-1: np.log(exact(z, axis)), UNDERFLOW),
        *(
            Misconception(lambda z, axis=-1, e=e: np.log(exact(z, axis) + e), ADDED)
            for e in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-300)
        ),
        *(
            Misconception(lambda z, axis=-1, e=e: np.log(np.maximum(exact(z, axis), e)), ADDED)
            for e in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-300)
        ),
        *(
            Misconception(lambda z, axis=-1, other=other: exact_log(z, other), _AXIS)
            for other in (0, -1, 1)
        ),
        Misconception(
            lambda z, axis=-1: z - np.log(np.exp(z).sum(axis=axis, keepdims=True)), OVERFLOW
        ),
        Misconception(lambda z, axis=-1: z - np.log(np.exp(z).sum()), _ALL),
        Misconception(exact, "This is softmax itself. Asked for is its logarithm."),
        Misconception(
            lambda z, axis=-1: -exact_log(z, axis),
            "The sign is turned: the logarithm of a number below 1 is negative.",
        ),
        Misconception(
            lambda z, axis=-1: exact_log(z, axis) / np.log(2),
            "This is the logarithm to the base 2. Asked for is the natural one.",
        ),
        Misconception(
            lambda z, axis=-1: exact_log(z, axis) / np.log(10),
            "This is the logarithm to the base 10. Asked for is the natural one.",
        ),
        Misconception(
            lambda z, axis=-1: z - z.max(axis=axis, keepdims=True),
            "Only the largest score was subtracted. The logarithm of the sum is missing.",
        ),
        Misconception(
            lambda z, axis=-1: exact_log(z, axis) + z.max(axis=axis, keepdims=True),
            "The largest score was taken off inside the sum and not outside, or the other way "
            "round.",
        ),
        Misconception(
            lambda z, axis=-1: exact_log(z, axis) - z.max(axis=axis, keepdims=True),
            "The largest score was taken off inside the sum and not outside, or the other way "
            "round.",
        ),
        Misconception(
            lambda z, axis=-1: (
                z
                - z.max(axis=axis, keepdims=True)
                - np.exp(z - z.max(axis=axis, keepdims=True)).sum(axis=axis, keepdims=True)
            ),
            "The sum was subtracted, not its logarithm.",
        ),
    )
