"""Everything that the catalogue says, held against the functions themselves."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from scipy.differentiate import derivative
from scipy.optimize import minimize_scalar

from rectified import activations
from rectified.activations import CATALOGUE, Activation
from rectified.measure.gradient_check import check_gradient
from tools.reference import DERIVATIVE, FORWARD

GRID = np.linspace(-15, 15, 30_001)
MIRRORED = ["relu", "gelu", "gelu_tanh", "silu", "hardswish", "softplus"]

every_record = pytest.mark.parametrize("record", CATALOGUE.values(), ids=CATALOGUE)


def _away_from_kinks(x: np.ndarray, record: Activation, distance: float) -> np.ndarray:
    return x[np.all([np.abs(x - kink) > distance for kink in (np.inf, *record.kinks)], axis=0)]


def test_the_catalogue_holds_every_elementwise_function():
    grads = {name.removesuffix("_grad") for name in activations.__all__ if name.endswith("_grad")}
    parameters = {"prelu_slope", "swish_beta"}
    assert grads - parameters | {"gelu_tanh"} == set(CATALOGUE)
    assert all(name == record.name for name, record in CATALOGUE.items())
    assert len({record.label for record in CATALOGUE.values()}) == len(CATALOGUE)


@every_record
def test_parameters_are_the_defaults(record):
    np.testing.assert_array_equal(
        record.function(GRID), record.function(GRID, **record.parameters), strict=True
    )
    np.testing.assert_array_equal(
        record.derivative(GRID), record.derivative(GRID, **record.parameters), strict=True
    )


@every_record
def test_the_derivative_is_the_slope(record):
    x = _away_from_kinks(np.linspace(-8, 8, 161), record, 0.06)
    # the squares have a second derivative that jumps at 0, which the extrapolation must not cross
    x = x[np.abs(x) > 0.06] if record.smoothness == 1 else x
    slope = derivative(record.function, x, initial_step=0.05)
    # differences of values up to 64, rounded, over steps that the extrapolation shrinks to 1e−4
    np.testing.assert_allclose(record.derivative(x), slope.df, rtol=1e-9, atol=1e-10)


@every_record
def test_the_value_at_a_kink_lies_between_the_slopes_beside_it(record):
    beside = [kink + offset for kink in record.kinks for offset in (-1e-9, 0, 1e-9)]
    check_gradient(record.function, record.derivative, np.array([-2.2, *beside, 0.7]), record.kinks)


@every_record
def test_facts_hold(record):
    x = np.linspace(-8, 8, 1601)
    for fact in record.facts:
        # the worst conditioned of them, ln(1 + elu), divides rounding errors by e^{−8}
        np.testing.assert_allclose(
            fact.residual(x), 0, atol=4 * np.finfo(float).eps * math.e**8, err_msg=fact.statement
        )


@every_record
def test_every_record_has_a_fact_a_source_and_formulas(record):
    assert record.facts
    assert record.source
    assert record.bibkey
    assert record.formula
    assert record.slope_formula


@pytest.mark.parametrize("name", MIRRORED)
@settings(deadline=None)
@given(x=st.floats(-1e6, 1e6))
def test_the_odd_part_is_half_of_x(name, x):
    f = CATALOGUE[name].function
    # two values, of which the larger is below |x| + 1, each within 12 units
    assert f(x) - f(-x) == pytest.approx(x, rel=0, abs=12 * np.finfo(float).eps * (abs(x) + 1))


@pytest.mark.parametrize("name", sorted(CATALOGUE.keys() - set(MIRRORED) - {"swish"}))
def test_the_others_have_another_odd_part(name):
    f = CATALOGUE[name].function
    assert np.max(np.abs(f(GRID) - f(-GRID) - GRID)) > 0.1


@every_record
def test_the_range_is_covered_and_not_left(record):
    low, high, low_closed, high_closed = record.range
    values = record.function(np.append(GRID, record.minimum.at if record.minimum else 0.0))
    assert np.all(values >= low - 1e-15) if low_closed else np.all(values > low)
    assert np.all(values <= high + 1e-15) if high_closed else np.all(values < high)
    limits = record.function([-np.inf, np.inf])
    lowest = values.min() if low_closed else limits.min()
    highest = values.max() if high_closed else limits.max()
    assert lowest == low or lowest == pytest.approx(low, rel=1e-15)
    assert highest == high


def test_ranges_read_like_mathematics():
    assert str(CATALOGUE["relu"].range) == "[0, ∞)"
    assert str(CATALOGUE["selu"].range) == "(−1.7581, ∞)"
    assert str(CATALOGUE["hardtanh"].range) == "[−1, 1]"


@pytest.mark.parametrize("name", [n for n, record in CATALOGUE.items() if record.minimum])
def test_minima_are_minima_to_the_last_digit(name):
    record = CATALOGUE[name]
    at, value = record.minimum
    exact = mp.findroot(lambda z: DERIVATIVE[name](z, **record.parameters), mpf(at))
    assert abs(exact - at) < 1e-15
    assert abs(FORWARD[name](exact, **record.parameters) - value) < 1e-15
    assert record.function(at) == pytest.approx(value, abs=1e-15)
    assert record.function(GRID).min() >= value - 1e-15


@every_record
def test_monotone_or_with_a_minimum(record):
    steps = np.diff(record.function(GRID))
    assert bool(np.all(steps >= 0)) == record.monotone
    assert (record.minimum is None) == record.monotone


@every_record
def test_convex_where_claimed_and_a_counterexample_where_not(record):
    values = record.function(GRID)
    for gap in (1, 100, 3000):
        bend = values[2 * gap :] - 2 * values[gap:-gap] + values[: -2 * gap]
        if record.convex:
            # three values of up to 250, each within 8 units
            assert np.all(bend >= -32 * np.finfo(float).eps * np.abs(values).max())
        elif gap == 100:
            assert bend.min() < -1e-4


@every_record
def test_the_lipschitz_constant_is_the_steepest_slope(record):
    if math.isinf(record.lipschitz):
        assert record.derivative(1e9) > 1e8
        return
    beside = [np.nextafter(kink, end) for kink in record.kinks for end in (-np.inf, np.inf)]
    x = np.concatenate([GRID, beside, [-np.inf, np.inf]])
    slopes = np.abs(record.derivative(x))
    steepest = slopes.max()
    if math.isinf(record.smoothness):
        best = np.clip(x[slopes.argmax()], -15, 15)
        refined = minimize_scalar(
            lambda z: -abs(float(record.derivative(z))), bounds=(best - 0.01, best + 0.01)
        )
        steepest = max(steepest, -refined.fun)
    assert steepest == pytest.approx(record.lipschitz, rel=1e-12)


@every_record
def test_the_derivative_jumps_at_the_kinks_and_nowhere_else(record):
    assert (record.smoothness == 0) == bool(record.kinks)
    for kink in record.kinks:
        left, right = record.derivative(np.nextafter(kink, [-np.inf, np.inf]))
        assert abs(right - left) > 0.1
    slopes = record.derivative(GRID)
    jumps = np.abs(np.diff(slopes)) > 0.1
    inside = [kink for kink in record.kinks if np.any(np.isclose(GRID[1:][jumps], kink, atol=2e-3))]
    assert len(inside) == len(record.kinks)
    assert np.count_nonzero(jumps) <= 2 * len(record.kinks)


@every_record
def test_the_second_derivative_jumps_only_in_class_one(record):
    if record.smoothness == 0:
        return
    h = 1e-6
    left, middle, right = record.derivative(np.array([-h, 0, h]))
    jump = abs((right - middle) - (middle - left)) / h
    assert (jump > 0.5) == (record.smoothness == 1)


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("relu", [0], [0]),
        ("leaky_relu", [0], [0.01]),
        ("prelu", [0], [0.25]),
        ("rrelu", [0], [11 / 48]),
        ("selu", [0], [activations.SELU_SCALE * activations.SELU_ALPHA]),
        ("relu6", [0, 6], [0, 0]),
        ("hardtanh", [-1, 1], [0, 0]),
        ("hardsigmoid", [-3, 3], [0, 0]),
        ("hardswish", [-3, 0, 3], [0, 0.5, 1]),
    ],
)
def test_the_value_at_a_kink_is_the_documented_one(name, at, expected):
    assert set(CATALOGUE[name].kinks) <= set(at)
    np.testing.assert_array_equal(CATALOGUE[name].derivative(at), expected)
