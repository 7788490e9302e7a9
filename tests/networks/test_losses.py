"""Losses against exact arithmetic, at the extremes, and their gradients."""

import mpmath
import numpy as np
import pytest

from rectified.measure.gradient_check import check_vjp
from rectified.networks import (
    accuracy,
    binary_accuracy,
    binary_cross_entropy,
    softmax_cross_entropy,
    squared_error,
)

LABELS = np.array([0, 3, 1, 1, 2])
LOGITS = np.random.default_rng(0).normal(0, 3, (5, 4))
TARGETS = np.random.default_rng(1).random((5, 4))


def two_step_cross_entropy(logits, label):
    """−log softmax(logits)[label], in exact-looking steps of 60 digits."""
    with mpmath.workdps(60):
        terms = [mpmath.exp(mpmath.mpf(float(z))) for z in logits]
        return -mpmath.log(terms[label] / mpmath.fsum(terms))


def two_step_binary(logit, target):
    # 1 − σ(z) needs as many digits more as e^z has.
    with mpmath.workdps(1000):
        probability = 1 / (1 + mpmath.exp(-mpmath.mpf(float(logit))))
        target = mpmath.mpf(float(target))
        return -target * mpmath.log(probability) - (1 - target) * mpmath.log(1 - probability)


@pytest.mark.parametrize(
    ("logits", "label"),
    [
        *((row, label) for row in LOGITS for label in range(4)),
        ([40.0, 0.0], 0),
        ([700.0, 0.0], 0),
        ([0.0, 40.0], 0),
        ([1000.0, -1000.0], 0),
        ([1000.0, -1000.0], 1),
        ([1000.0, 1000.0, -1000.0], 1),
        ([1e-9, 0.0], 0),
    ],
)
def test_cross_entropy_is_the_two_step_value(logits, label):
    value, _ = softmax_cross_entropy([logits], [label])
    # e^−2000 is below the smallest float64: the value may be 0 where the truth is less than that.
    assert value == pytest.approx(
        float(two_step_cross_entropy(logits, label)), rel=1e-13, abs=1e-300
    )


@pytest.mark.parametrize("logit", [-1000.0, -40.0, -1.5, 0.0, 1e-9, 2.0, 40.0, 1000.0])
@pytest.mark.parametrize("target", [0.0, 1.0, 0.3])
def test_binary_cross_entropy_is_the_two_step_value(logit, target):
    value, _ = binary_cross_entropy([[logit]], [[target]])
    assert value == pytest.approx(float(two_step_binary(logit, target)), rel=1e-13, abs=1e-300)


def test_float32_losses_stay_finite_and_accurate_at_the_extremes():
    logits = np.array([[1000.0, -1000.0], [-1000.0, 1000.0]], np.float32)
    for value, gradient in (
        softmax_cross_entropy(logits, [0, 0]),
        binary_cross_entropy(logits[:, :1], [[1], [1]]),
    ):
        assert value in (1000.0, 500.0)
        assert np.isfinite(gradient).all()
        assert gradient.dtype == np.float32


def test_extreme_gradients_are_exact():
    _, gradient = softmax_cross_entropy([[1000.0, -1000.0]], [1])
    np.testing.assert_array_equal(gradient, [[1, -1]])
    _, gradient = binary_cross_entropy([[1000.0, -1000.0]], [[0, 1]])
    np.testing.assert_array_equal(gradient, [[0.5, -0.5]])


@pytest.mark.parametrize(
    ("loss", "outputs", "targets"),
    [
        (softmax_cross_entropy, LOGITS, LABELS),
        (squared_error, LOGITS, TARGETS),
        (binary_cross_entropy, LOGITS, TARGETS),
        (softmax_cross_entropy, np.stack([LOGITS, 2 * LOGITS]), LABELS),
        (squared_error, np.stack([LOGITS, 2 * LOGITS]), TARGETS),
        (binary_cross_entropy, np.stack([LOGITS, 2 * LOGITS]), TARGETS),
    ],
)
def test_gradient_is_the_derivative_of_each_networks_value(loss, outputs, targets):
    check_vjp(
        lambda z: loss(z, targets)[0],
        lambda z, g: np.expand_dims(g, (-1, -2)) * loss(z, targets)[1],
        outputs,
        rng=np.random.default_rng(0),
        tolerance=1e-7,
    )


@pytest.mark.parametrize(
    ("loss", "targets"),
    [
        (softmax_cross_entropy, np.stack([LABELS, LABELS[::-1]])),
        (squared_error, np.stack([TARGETS, TARGETS[::-1]])),
        (binary_cross_entropy, np.stack([TARGETS, TARGETS[::-1]])),
        (accuracy, np.stack([LABELS, LABELS[::-1]])),
        (binary_accuracy, np.stack([TARGETS, TARGETS[::-1]])),
    ],
)
def test_networks_side_by_side_have_the_values_that_they_have_alone(loss, targets):
    logits = np.stack([LOGITS, -LOGITS])
    together = loss(logits, targets)
    alone = [loss(*pair) for pair in zip(logits, targets, strict=True)]
    if loss in (accuracy, binary_accuracy):
        np.testing.assert_array_equal(together, alone)
    else:
        np.testing.assert_allclose(together[0], [value for value, _ in alone], rtol=1e-14)
        np.testing.assert_allclose(together[1], [grad for _, grad in alone], rtol=1e-14)


def test_cross_entropy_does_not_see_a_common_shift():
    value, gradient = softmax_cross_entropy(LOGITS, LABELS)
    shifted_value, shifted_gradient = softmax_cross_entropy(LOGITS + 64.0, LABELS)
    # The shift rounds each logit by up to 64·2⁻⁵³.
    assert shifted_value == pytest.approx(value, abs=2e-14)
    np.testing.assert_allclose(shifted_gradient, gradient, atol=2e-14)
    np.testing.assert_allclose(gradient.sum(axis=-1), 0, atol=1e-16)


def test_uniform_logits_cost_the_logarithm_of_the_classes():
    assert softmax_cross_entropy(np.zeros((3, 10)), [0, 5, 9])[0] == pytest.approx(np.log(10))


def test_two_classes_are_the_binary_case():
    # softmax over (z, 0) is the sigmoid of z.
    logits = LOGITS[:, :1]
    labels = np.array([0, 1, 1, 0, 1])
    pair = np.hstack([np.zeros_like(logits), logits])
    value, gradient = softmax_cross_entropy(pair, labels)
    binary_value, binary_gradient = binary_cross_entropy(logits, labels[:, np.newaxis])
    assert value == pytest.approx(binary_value, rel=1e-14)
    np.testing.assert_allclose(gradient[:, 1:], binary_gradient, rtol=1e-12)


def test_squared_error_is_a_mean_over_batch_and_outputs():
    value, gradient = squared_error([[1.0, 2.0], [3.0, 4.0]], [[0.0, 0.0], [0.0, 0.0]])
    assert value == 7.5
    np.testing.assert_array_equal(gradient, [[0.5, 1.0], [1.5, 2.0]])


def test_nan_logits_give_a_nan_loss():
    assert np.isnan(softmax_cross_entropy([[np.nan, 0.0]], [0])[0])
    assert np.isnan(binary_cross_entropy([[np.nan]], [[0]])[0])
    assert np.isnan(squared_error([[np.nan]], [[0.0]])[0])


def test_accuracies_count_what_is_right():
    assert accuracy([[2.0, 1.0], [0.0, 1.0], [3.0, 0.0]], [0, 1, 1]) == pytest.approx(2 / 3)
    assert binary_accuracy([[0.1], [-0.1], [0.0], [1.0]], [[1], [0], [0], [0]]) == 0.75


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: softmax_cross_entropy(LOGITS[0], LABELS), "logits"),
        (lambda: softmax_cross_entropy(LOGITS, LABELS[:3]), "labels"),
        (lambda: softmax_cross_entropy(LOGITS, LABELS.astype(float)), "labels"),
        (lambda: softmax_cross_entropy(LOGITS, LABELS + 1), "labels"),
        (lambda: softmax_cross_entropy(LOGITS, LABELS - 1), "labels"),
        (lambda: softmax_cross_entropy(LOGITS[:0], LABELS[:0]), "logits"),
        (lambda: squared_error(LOGITS[:, :1], TARGETS[:, 0]), "targets"),
        (lambda: squared_error(LOGITS[0], TARGETS[0]), "predictions"),
        (lambda: binary_cross_entropy(LOGITS, TARGETS[:, :1]), "targets"),
        (lambda: binary_cross_entropy(LOGITS, TARGETS + 1), "targets"),
        (lambda: accuracy(LOGITS, LABELS + 1), "labels"),
        (lambda: binary_accuracy(LOGITS, TARGETS[:2]), "targets"),
    ],
)
def test_bad_arguments_are_named(call, name):
    with pytest.raises(ValueError, match=f"^{name} must"):
        call()
