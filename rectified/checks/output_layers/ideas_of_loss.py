"""Wrong ideas about the cross-entropy and its gradient."""

import numpy as np
from numpy.typing import NDArray

from rectified.checks.judging import Misconception
from rectified.checks.output_layers.ideas import (
    ADDED,
    ONE_SHIFT,
    OVERFLOW,
    UNDERFLOW,
    exact,
    exact_log,
    naive,
    shifted_as_one,
    shifted_as_one_log,
)

_SUM = "This is the sum over the examples. Asked for is their mean."
_LOGITS = (
    "The numbers that come in are scores, not probabilities. Which function has to be applied "
    "first?"
)


def loss(logits: NDArray, labels: NDArray) -> NDArray:
    """Return the mean of −ln softmax(logits) at the labels."""
    return np.asarray(-_at(exact_log(logits), labels).mean())


def loss_grad(logits: NDArray, labels: NDArray) -> NDArray:
    """Return (softmax(logits) − one-hot)/batch."""
    shares = exact(logits)
    one_hot = np.eye(shares.shape[-1], dtype=shares.dtype)[labels]
    return ((shares - one_hot) / np.asarray(len(shares), shares.dtype)).astype(shares.dtype)


def _at(table: NDArray, labels: NDArray) -> NDArray:
    return table[np.arange(len(labels)), labels]


def _with_all_logarithms(z: NDArray, y: NDArray) -> NDArray:
    """Return the loss through a one-hot table, for scores so far apart that a share is 0."""
    if np.ptp(z) < 700:
        raise ValueError("no share rounds to 0 here")
    return -(np.eye(z.shape[1])[y] * np.log(exact(z))).sum(axis=1).mean()


def _columns_of_all_rows(z: NDArray, y: NDArray) -> NDArray:
    shares = exact(z)
    shares[:, y] -= 1
    return shares / len(z)


def of_loss() -> tuple[Misconception, ...]:
    """Return what is written in place of the cross-entropy."""
    return (
        Misconception(
            _with_all_logarithms,
            "0 times -infinity is NaN: the logarithms of the other classes' shares enter, if only "
            "to be multiplied by 0. Which way to a logarithm does not pass through the share?",
        ),
        Misconception(lambda z, y: -_at(shifted_as_one_log(z), y).mean(), ONE_SHIFT),
        Misconception(lambda z, y: -np.log(_at(shifted_as_one(z), y)).mean(), ONE_SHIFT),
        Misconception(lambda z, y: -np.log(_at(naive(z), y)).mean(), OVERFLOW),
        Misconception(lambda z, y: -np.log(_at(exact(z), y)).mean(), UNDERFLOW),
        *(
            Misconception(lambda z, y, e=e: -np.log(_at(exact(z), y) + e).mean(), ADDED)
            for e in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-300)
        ),
        *(
            Misconception(lambda z, y, e=e: -np.log(np.maximum(_at(exact(z), y), e)).mean(), ADDED)
            for e in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-300)
        ),
        Misconception(lambda z, y: loss(z, y) * len(y), _SUM),
        Misconception(
            lambda z, y: -loss(z, y),
            "The sign is turned: a loss is not negative, and ln of a share is.",
        ),
        Misconception(
            lambda z, y: loss(z, y) / z.shape[1],
            "The mean was taken over the classes as well. Only the label's share of each example "
            "counts.",
        ),
        Misconception(
            lambda z, y: -exact_log(z).mean(),
            "All classes entered. Only the share of the right class of each example counts.",
        ),
        Misconception(
            lambda z, y: -_at(exact(z), y).mean(), "The logarithm is missing: these are shares."
        ),
        Misconception(lambda z, y: -_at(z, y).mean(), _LOGITS),
        Misconception(
            lambda z, y: -np.log(_at(exact(z), y).mean()),
            "This is the logarithm of a mean. Asked for is the mean of the logarithms.",
        ),
        Misconception(
            lambda z, y: -_at(exact_log(z, 0), y).mean(),
            "Softmax ran along the examples. Each row is an example, each column a class.",
        ),
        Misconception(
            lambda z, y: -exact_log(z)[:, y].mean(),
            "Each example was paired with the labels of all of them. Row i goes with label i.",
        ),
        Misconception(
            lambda z, y: loss(z, y) / np.log(2), "This is in bits: the logarithm is to the base 2."
        ),
        Misconception(
            lambda z, y: -exact_log(z).max(axis=1).mean(),
            "The largest score was taken for the right one. What the label says counts.",
        ),
        Misconception(
            lambda z, y: np.mean((exact(z) - np.eye(z.shape[1])[y]) ** 2),
            "This is the squared error of the shares, another loss.",
        ),
        Misconception(
            lambda z, y: -_at(exact_log(z), y),
            "These are the losses of the examples. Asked for is one number, their mean.",
        ),
    )


def of_loss_grad() -> tuple[Misconception, ...]:
    """Return what is written in place of the gradient of the cross-entropy."""

    def scaled(factor) -> Misconception:
        return Misconception(
            lambda z, y: factor(z) * loss_grad(z, y),
            "The direction is right, a factor is not. What does the mean over the examples do to "
            "a derivative, and does anything else divide?",
        )

    return (
        Misconception(lambda z, y: (naive(z) - np.eye(z.shape[1])[y]) / len(z), OVERFLOW),
        Misconception(lambda z, y: (shifted_as_one(z) - np.eye(z.shape[1])[y]) / len(z), ONE_SHIFT),
        scaled(len),
        Misconception(
            lambda z, y: -loss_grad(z, y),
            "The sign is turned. A larger score of the right class makes the loss smaller.",
        ),
        scaled(lambda z: 1 / z.shape[1]),
        scaled(lambda z: len(z) / z.shape[1]),
        Misconception(
            lambda z, y: exact(z) / len(z),
            "These are the shares alone. What happens at the right class?",
        ),
        Misconception(
            lambda z, y: exact(z), "These are the shares alone. What happens at the right class?"
        ),
        Misconception(
            lambda z, y: -np.eye(z.shape[1])[y] / exact(z) / len(z),
            "This is the derivative with respect to the probabilities. One more step of the chain "
            "rule leads back to the scores.",
        ),
        Misconception(
            lambda z, y: np.where(np.eye(z.shape[1])[y] > 0, loss_grad(z, y), 0),
            "Only the right class got a gradient. The other scores share in the sum below the "
            "fraction bar.",
        ),
        Misconception(
            lambda z, y: np.where(np.eye(z.shape[1])[y] > 0, 0, loss_grad(z, y)),
            "The right class got no gradient.",
        ),
        Misconception(
            lambda z, y: (z - np.eye(z.shape[1])[y]) / len(z), f"{_LOGITS} So it is here."
        ),
        Misconception(
            lambda z, y: (exact(z, 0) - np.eye(z.shape[1])[y]) / len(z),
            "Softmax ran along the examples. Each row is an example, each column a class.",
        ),
        Misconception(
            lambda z, y: exact(z) * (1 - exact(z)) / len(z),
            "This is the diagonal of softmax's Jacobian. The loss is not in it.",
        ),
        Misconception(
            lambda z, y: loss_grad(z, y).sum(axis=0),
            "The examples were added up. Each score of each example has a gradient of its own.",
        ),
        Misconception(
            lambda z, y: (exact(z) - np.eye(z.shape[1])[exact(z).argmax(axis=1)]) / len(z),
            "The 1 was taken off at the largest score. It belongs to the label.",
        ),
        Misconception(
            _columns_of_all_rows,
            "The 1 was taken off in whole columns. Row i goes with label i and with no other: "
            "which two lists of indices pick one entry of each row?",
        ),
        Misconception(
            lambda z, y: (exact(z) + np.eye(z.shape[1])[y]) / len(z),
            "The 1 was added at the label. Which sign has the label's own score in the loss?",
        ),
    )
