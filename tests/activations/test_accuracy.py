"""Accuracy against 50-digit arithmetic, over the whole range of each float type.

``tools.accuracy`` says what is counted. The bounds below hold on any machine: NumPy accepts its
own exp, expm1, log1p and tanh with an error of up to 4 units, and each formula here uses them once.
"""

from functools import partial

import numpy as np
import pytest
from mpmath import mp, mpf

from rectified import activations
from rectified.activations import CATALOGUE
from rectified.activations.accuracy import measured_accuracy
from tools.accuracy import DTYPES, measure_one, sample, worst_error
from tools.reference import DERIVATIVE, FORWARD

#: Units of the last place. float16 is computed in float32 and rounded once: half a unit, and
#: 8 units of float32, 2^−13 of a unit of float16 each.
ULPS = {"float64": 8, "float32": 8, "float16": 0.5 + 8 * 2**-13}

#: SciPy's Φ is ½ + ½ erf(x/√2) down to x = −√2, where ½ cancels to 0.079 and half a unit of ½
#: becomes 4 units of the result; GELU adds a product, its derivative another term.
GAUSSIAN_ULPS = 12

VARIANTS = {
    "leaky_relu": [{"negative_slope": 0.2}, {"negative_slope": 3.0}, {"negative_slope": 0.0}],
    "prelu": [{"slope": -1.5}, {"slope": 0.0}],
    "rrelu": [{"lower": 0.25, "upper": 0.75}],
    "elu": [{"alpha": 2.0}, {"alpha": 0.1}, {"alpha": 0.0}],
    "celu": [{"alpha": 2.0}, {"alpha": 0.1}],
    "softplus": [{"beta": 3.0}, {"beta": 0.1}],
    "swish": [{"beta": 3.0}, {"beta": 0.1}, {"beta": -1.7}, {"beta": 0.0}],
    "star_relu": [{"scale": 1.0, "bias": 0.0}],
}


@pytest.fixture(scope="module")
def stored():
    return measured_accuracy()


@pytest.fixture(scope="module", params=[(n, d) for n in CATALOGUE for d in DTYPES], ids="-".join)
def measured(request):
    name, dtype = request.param
    return name, dtype, measure_one(CATALOGUE[name], dtype)


def _bound(name: str, dtype: str) -> float:
    return GAUSSIAN_ULPS if (name, dtype) == ("gelu", "float64") else ULPS[dtype]


def test_function_and_derivative_are_within_the_bound(measured):
    name, dtype, errors = measured
    for part, error in errors.items():
        assert error["ulps"] <= _bound(name, dtype), (part, error)


def test_float64_functions_lose_no_more_than_four_digits_anywhere(measured):
    name, dtype, errors = measured
    if dtype == "float64":
        assert errors["function"]["relative"] <= 1e-12, name


def test_tails_are_right_to_the_steps_that_x_multiplies(measured):
    name, dtype, errors = measured
    # A weight w is within 2 steps; x·w within 2|x| steps, and |x| < 760 wherever w is subnormal.
    # SciPy's Φ is 0 below 1.2e−310, which 37.7 makes a fifth of the smallest normal number.
    flushed = 0.25 if (name, dtype) == ("gelu", "float64") else 0
    for part, error in errors.items():
        assert error["tail"] <= max(2 * 760 * np.finfo(dtype).eps, flushed), (part, error)


def test_the_stored_table_is_current(measured, stored):
    name, dtype, errors = measured
    for part, error in errors.items():
        kept = stored[name][dtype][part]
        # another processor may run another exp, of up to 4 units of error
        assert kept["ulps"] == pytest.approx(error["ulps"], abs=4, rel=0.01), part
        assert kept["ulps"] <= _bound(name, dtype)


def test_the_stored_table_holds_the_catalogue(stored):
    assert list(stored) == list(CATALOGUE)
    assert all(list(errors) == list(DTYPES) for errors in stored.values())


@pytest.mark.parametrize(
    ("name", "parameters"),
    [(name, parameters) for name, sets in VARIANTS.items() for parameters in sets],
)
def test_other_parameters_are_as_accurate(name, parameters):
    functions = {
        getattr(activations, name): FORWARD[name],
        getattr(activations, f"{name}_grad"): DERIVATIVE[name],
    }
    x = sample("float64")
    for function, reference in functions.items():
        error = worst_error(
            partial(function, **parameters), lambda z, g=reference: g(z, **parameters), x
        )
        # βx and x/α are rounded before they meet e^x, and the condition number counts that
        assert error["ulps"] <= ULPS["float64"], (function.__name__, error)


@pytest.mark.parametrize("beta", [1.0, 0.1, -1.7])
def test_the_gradient_in_beta_is_as_accurate(beta):
    def reference(x):
        if abs(x) > 10_000:
            return mpf(0)
        return x**2 / (2 * mp.cosh(mpf(beta) * x / 2)) ** 2

    function = partial(activations.swish_beta_grad, beta=beta)
    assert worst_error(function, reference, sample("float64"))["ulps"] <= ULPS["float64"]


@pytest.mark.parametrize("part", ["function", "derivative"])
@pytest.mark.parametrize("name", CATALOGUE)
def test_every_float16_is_the_rounded_float64(name, part):
    function = getattr(CATALOGUE[name], part)
    x = np.arange(2**16, dtype=np.uint16).view(np.float16)
    x = x[np.isfinite(x)]
    y, exact = function(x).astype(np.float64), function(x.astype(np.float64))
    overflows = np.abs(exact) >= 65520  # half a step beyond the largest float16
    assert np.all(np.isinf(y[overflows]))
    x, y, exact = (array[~overflows] for array in (x.astype(np.float64), y, exact))
    unit = np.spacing(np.minimum(np.abs(exact), 65000).astype(np.float16)).astype(np.float64)
    # (65000 is in the top binade too.) Next to a root float32 is right to a few of its own steps
    root = 8 * np.finfo(np.float32).eps * np.minimum(np.abs(x), 1)
    assert np.all(np.abs(y - exact) <= ULPS["float16"] * unit + root)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_million_float32_agree_with_float64(name):
    function = CATALOGUE[name].function
    bits = np.random.default_rng(0).integers(0, 2**32, 2**20, dtype=np.uint32)
    x = bits.view(np.float32)
    x = x[np.isfinite(x)]
    exact = function(x.astype(np.float64))
    tiny, top = (float(v) for v in (np.finfo(np.float32).tiny, np.finfo(np.float32).max))
    safe = (np.abs(exact) <= top) & (np.abs(exact) >= tiny * np.clip(np.abs(x), 1, 1024))
    # star_relu crosses zero at 1/√2, and is the only one to do so away from 0
    if name == "star_relu":
        safe &= np.abs(x - 0.5**0.5) > 0.5
    error = np.abs(function(x)[safe] - exact[safe])
    assert np.all(error <= ULPS["float32"] * np.spacing(np.abs(exact[safe]).astype(np.float32)))


@pytest.mark.parametrize(
    ("function", "x", "expected", "digits"),
    [
        (activations.gelu, np.float32(-6), -5.919525870226e-9, 7),
        (activations.gelu, -6.0, -5.919525870226186e-9, 13),
        (activations.softplus, -17.0, 4.139937633089748e-8, 15),
        (activations.softplus, np.float32(-17), 4.139937633e-8, 6),
        (activations.softplus, 1000.0, 1000.0, 15),
        (activations.elu, -1e-10, -9.9999999995e-11, 15),
        (activations.sigmoid, np.float32(-20), 2.06115361819e-9, 6),
        (activations.sigmoid_grad, 40.0, 4.248354255291589e-18, 15),
        (activations.tanh_grad, 20.0, 1.699341702116636e-17, 15),
    ],
)
def test_where_the_textbook_form_fails(function, x, expected, digits):
    assert function(x) == pytest.approx(expected, rel=10.0**-digits)
