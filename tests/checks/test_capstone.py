"""The capstone takes any design that is an activation: many are tried, none may lose a point."""

import numpy as np
import pytest
from scipy.special import stdtrit

from rectified.checks import grade
from rectified.checks.capstone import pairs, slope
from rectified.checks.core import CheckFailure


def floats(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)


def steps_of(x, *pieces):
    """Return NaN for NaN, else the value of the piece that x is in: (upper end, value), …."""
    conditions = [x < end for end, _ in pieces]
    return np.where(np.isnan(x), x, np.select(conditions, [value for _, value in pieces]))


def near_zero(x, size):
    return np.clip(x, -size, size)


# The function and its slope, both of a float array; each is finite where the design is.
DESIGNS = {
    "rounded corner": (
        lambda x: np.where(x > 1, x, (np.maximum(x, -1) + 1) ** 2 / 4),
        lambda x: (near_zero(x, 1) + 1) / 2,
    ),
    "two kinks, one at -3": (
        lambda x: np.maximum(x, 0) + 0.1 * np.minimum(x, 0) + 0.05 * np.minimum(x + 3, 0),
        lambda x: steps_of(x, (-3, 0.15), (0, 0.1), (np.inf, 1.0)) + (x == np.inf),
    ),
    "kink at an odd place": (
        lambda x: np.maximum(x, 0.3) - 0.3 + 0.2 * x,
        lambda x: np.where(np.isnan(x), x, 0.2 + (x > 0.3)),
    ),
    "inverse hyperbolic sine": (np.arcsinh, lambda x: 1 / np.hypot(1, x)),
    "absolute value": (np.abs, np.sign),
    "steep at 0": (
        lambda x: np.tanh(3 * x) + 0.1 * x,
        lambda x: 3 / np.cosh(near_zero(3 * x, 300)) ** 2 + 0.1,
    ),
    "waves": (
        lambda x: x + 0.5 * np.sin(near_zero(x, 1e4)),
        lambda x: 1 + 0.5 * np.cos(near_zero(x, 1e4)),
    ),
    "bell": (
        lambda x: np.exp(-(near_zero(x, 20) ** 2)),
        lambda x: -2 * near_zero(x, 20) * np.exp(-(near_zero(x, 20) ** 2)),
    ),
    "cube with a ceiling": (
        lambda x: near_zero(x, 2) ** 3,
        lambda x: np.where(np.isnan(x), x, (np.abs(x) < 2) * 3.0 * near_zero(x, 2) ** 2),
    ),
    "square on the right": (
        lambda x: 0.3 * np.maximum(x, 0) ** 2 + 0.1 * np.minimum(x, 0),
        lambda x: np.where(x > 0, 0.6 * x, np.where(np.isnan(x), x, 0.1)),
    ),
    "decreasing": (
        lambda x: -np.maximum(x, 0) - 0.3 * np.minimum(x, 0),
        lambda x: np.where(np.isnan(x), x, np.where(x > 0, -1.0, -0.3)),
    ),
}
POINTS = np.array([-9.3, -5.0, -3.6, -2.1, -1.3, -0.4, 0.2, 0.6, 1.1, 2.2, 4.7, 7.5])


def in_manners(function):
    """Return ``function`` for anything that is like an array, in the dtype that came."""

    def apply(x):
        x = floats(x)
        with np.errstate(over="ignore"):
            return np.asarray(function(x)).astype(x.dtype)

    return apply


def judge_of(function, derivative):
    """Return a complete test of a design."""
    values, slopes = function(POINTS), derivative(POINTS)
    block = POINTS.reshape(3, 4)

    def accepts(f, f_grad):
        return bool(
            np.shape(f(block)) == np.shape(f_grad(block)) == block.shape
            and np.allclose(f(POINTS), values, rtol=1e-9, atol=1e-9)
            and np.allclose(f_grad(POINTS), slopes, rtol=1e-9, atol=1e-9)
            and np.isnan(f(np.array([np.nan])))[0]
        )

    return accepts


def compare(mine, theirs):
    differences = np.subtract(mine, theirs)
    count = differences.size
    half = stdtrit(count - 1, 0.975) * differences.std(ddof=1) / count**0.5
    return differences.mean(), differences.mean() - half, differences.mean() + half


@pytest.mark.parametrize("name", DESIGNS)
def test_a_design_loses_no_point(name):
    f, f_grad = map(in_manners, DESIGNS[name])
    namespace = {
        "activation": f,
        "activation_grad": f_grad,
        "accepts_my_activation": judge_of(f, f_grad),
        "compare": compare,
    }
    for seed in range(2):
        report = grade("capstone", namespace, seed)
        assert [result for result in report.results if not result.passed] == []


@pytest.mark.parametrize("name", DESIGNS)
def test_there_are_enough_wrong_pairs_whatever_the_design(name):
    f, f_grad = map(in_manners, DESIGNS[name])
    made = pairs.make_pairs(f, f_grad, np.random.default_rng(0))
    assert sum(not pair.bug for pair in made) == 4
    assert sum(bool(pair.bug) for pair in made) >= 10


def test_a_pair_that_shows_no_difference_is_left_out():
    made = pairs.make_pairs(*map(in_manners, DESIGNS["absolute value"]), np.random.default_rng(0))
    bugs = "\n".join(pair.bug for pair in made)
    assert "mirror" not in bugs  # |−x| is |x|
    assert "0 for every negative x" in bugs


@pytest.mark.parametrize("name", DESIGNS)
def test_measured_slopes_are_as_good_as_is_said(name):
    """Where two measurements agree to 1e-7, the slope is good to 1e-8 of its size and of 1."""
    f, f_grad = map(in_manners, DESIGNS[name])
    rng = np.random.default_rng(3)
    x = np.concatenate([rng.uniform(-6, 6, 400), rng.uniform(-300, 300, 100)])
    slopes, trusted = slope.measure_slopes(f, x)
    assert trusted.mean() > 0.95
    off = np.abs(slopes - f_grad(x))[trusted] / (1 + np.abs(slopes[trusted]))
    assert off.max() < 1e-8


def test_a_test_of_a_broken_design_says_what_to_mend_first():
    broken = {
        "activation": in_manners(np.tanh),
        "activation_grad": in_manners(np.tanh),
        "accepts_my_activation": lambda f, f_grad: True,
        "compare": compare,
    }
    report = grade("capstone", broken, 0)
    caught = next(r for r in report.results if r.id == "accepts_my_activation.caught")
    assert not caught.passed
    assert "Mend them first" in " ".join(caught.message.split())
    copied = next(r for r in report.results if r.id == "activation_grad.values")
    assert copied.message.startswith("activation_grad(x)")  # activation is right: not a word of it
    with pytest.raises(CheckFailure, match="the function itself"):
        slope.values(broken["activation"], broken["activation_grad"], np.random.default_rng(0))
