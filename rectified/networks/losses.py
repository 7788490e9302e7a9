"""Losses, each fused with the output function that it belongs to: logits in, never probabilities.

A loss takes outputs and targets and returns the pair (value, gradient): the mean over the batch,
and its gradient with respect to the outputs. Outputs are (batch, outputs), or (S, batch, outputs)
for S independent networks, which get one value each and gradients of their own values. Targets
without the axis of networks are the same for all.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, log_expit

from rectified.activations.contract import as_float_array

Loss = tuple[float | NDArray, NDArray]


def softmax_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> Loss:
    """Return the mean of −log softmax(logits)[label], and (softmax − one-hot)/batch.

    Parameters
    ----------
    logits : array_like, (batch, classes) or (S, batch, classes)
        What softmax would be taken of.
    labels : array_like of int, (batch,) or (S, batch)
        The right class of each example, from 0.

    >>> value, gradient = softmax_cross_entropy([[0.0, 0.0]], [1])
    >>> round(value, 12)
    0.69314718056
    >>> gradient
    array([[ 0.5, -0.5]])
    """
    logits = _as_outputs(logits, "logits")
    labels = _as_labels(labels, logits)[..., np.newaxis]
    # Naive log(softmax) overflows for logits above 709 and gives log(0) below −745.
    shifted = logits - logits.max(axis=-1, keepdims=True)
    terms = np.exp(shifted)
    # The largest term is 1: log1p of the others keeps a loss far below machine precision.
    others = terms.copy()
    np.put_along_axis(others, shifted.argmax(axis=-1)[..., np.newaxis], 0, axis=-1)
    losses = np.log1p(others.sum(axis=-1)) - np.take_along_axis(shifted, labels, -1)[..., 0]
    gradient = terms / terms.sum(axis=-1, keepdims=True)
    np.put_along_axis(gradient, labels, np.take_along_axis(gradient, labels, -1) - 1, axis=-1)
    gradient /= logits.shape[-2]
    return _value(losses, axis=-1), gradient


def squared_error(predictions: ArrayLike, targets: ArrayLike) -> Loss:
    """Return the mean of (prediction − target)² over batch and outputs, and its gradient.

    Parameters
    ----------
    predictions : array_like, (batch, outputs) or (S, batch, outputs)
        What the network returned.
    targets : array_like
        Of the same shape, or (batch, outputs) for all networks.

    >>> squared_error([[1.0], [3.0]], [[0.0], [0.0]])[0]
    5.0
    """
    predictions = _as_outputs(predictions, "predictions")
    difference = predictions - _as_targets(targets, predictions, "predictions")
    count = predictions.shape[-1] * predictions.shape[-2]
    return _value(difference**2, axis=(-2, -1)), difference * (2 / count)


def binary_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> Loss:
    """Return the mean of −t log σ(z) − (1 − t) log(1 − σ(z)) over batch and outputs.

    The gradient is (σ(z) − t)/(batch · outputs).

    Parameters
    ----------
    logits : array_like, (batch, outputs) or (S, batch, outputs)
        What the sigmoid would be taken of.
    targets : array_like
        Probabilities from 0 to 1; of the same shape, or (batch, outputs) for all networks.
    """
    logits = _as_outputs(logits, "logits")
    targets = _as_targets(targets, logits, "logits")
    if targets.size and not (targets.min() >= 0 and targets.max() <= 1):
        raise ValueError("targets must lie between 0 and 1")
    # Naive log(expit(z)) is −inf below z = −745, and 0 above 37. 1 − σ(z) = σ(−z).
    losses = -targets * log_expit(logits) - (1 - targets) * log_expit(-logits)
    count = logits.shape[-1] * logits.shape[-2]
    return _value(losses, axis=(-2, -1)), (expit(logits) - targets) / count


def accuracy(logits: ArrayLike, labels: ArrayLike) -> float | NDArray:
    """Return the fraction of examples whose largest logit is the label's; shapes as in the loss."""
    logits = _as_outputs(logits, "logits")
    return _value(logits.argmax(axis=-1) == _as_labels(labels, logits), axis=-1)


def binary_accuracy(logits: ArrayLike, targets: ArrayLike) -> float | NDArray:
    """Return the fraction of logits on their target's side: above 0 where the target is above ½."""
    logits = _as_outputs(logits, "logits")
    right = (logits > 0) == (_as_targets(targets, logits, "logits") > 0.5)
    return _value(right, axis=(-2, -1))


def _as_outputs(outputs: ArrayLike, name: str) -> NDArray:
    outputs = as_float_array(outputs, name)
    if outputs.ndim not in (2, 3) or 0 in outputs.shape:
        raise ValueError(
            f"{name} must have shape (batch, outputs) or (networks, batch, outputs), "
            f"none of them 0, not {outputs.shape}"
        )
    return outputs


def _as_labels(labels: ArrayLike, logits: NDArray) -> NDArray:
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels must be integers, not {labels.dtype}")
    if labels.shape not in (logits.shape[:-1], logits.shape[-2:-1]):
        raise ValueError(f"labels must have shape {logits.shape[:-1]}, not {labels.shape}")
    if labels.min() < 0 or labels.max() >= logits.shape[-1]:
        raise ValueError(f"labels must lie between 0 and {logits.shape[-1] - 1}")
    return np.broadcast_to(labels, logits.shape[:-1])


def _as_targets(targets: ArrayLike, outputs: NDArray, name: str) -> NDArray:
    targets = np.asarray(targets, dtype=outputs.dtype)
    # (batch,) against (batch, 1) would broadcast to (batch, batch) and train on nonsense.
    if targets.shape not in (outputs.shape, outputs.shape[-2:]):
        raise ValueError(
            f"targets must have the shape of {name}, {outputs.shape}, not {targets.shape}"
        )
    return targets


def _value(losses: NDArray, axis: int | tuple[int, ...]) -> float | NDArray:
    value = losses.mean(axis=axis)
    return float(value) if value.ndim == 0 else value
