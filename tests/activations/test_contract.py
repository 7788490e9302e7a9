"""What every elementwise function promises: shapes, dtypes, limits, no warning, no side effect."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from rectified import activations
from rectified.activations import CATALOGUE, sum_to_shape
from rectified.activations.contract import BLOCK

FUNCTIONS = {
    **{name: record.function for name, record in CATALOGUE.items()},
    **{f"{name}_grad": record.derivative for name, record in CATALOGUE.items()},
    "prelu_slope_grad": partial(activations.prelu_slope_grad, slope=0.25),
    "swish_beta_grad": activations.swish_beta_grad,
}

# f(−∞) and f(+∞), then f′(−∞) and f′(+∞)
LIMITS = {
    "relu": ((0, np.inf), (0, 1)),
    "leaky_relu": ((-np.inf, np.inf), (0.01, 1)),
    "prelu": ((-np.inf, np.inf), (0.25, 1)),
    "rrelu": ((-np.inf, np.inf), (11 / 48, 1)),
    "relu6": ((0, 6), (0, 0)),
    "hardtanh": ((-1, 1), (0, 0)),
    "hardsigmoid": ((0, 1), (0, 0)),
    "hardswish": ((0, np.inf), (0, 1)),
    "sigmoid": ((0, 1), (0, 0)),
    "tanh": ((-1, 1), (0, 0)),
    "elu": ((-1, np.inf), (0, 1)),
    "celu": ((-1, np.inf), (0, 1)),
    "selu": ((-1.7580993408473766, np.inf), (0, 1.0507009873554805)),
    "softplus": ((0, np.inf), (0, 1)),
    "gelu": ((0, np.inf), (0, 1)),
    "gelu_tanh": ((0, np.inf), (0, 1)),
    "silu": ((0, np.inf), (0, 1)),
    "swish": ((0, np.inf), (0, 1)),
    "mish": ((0, np.inf), (0, 1)),
    "squared_relu": ((0, np.inf), (0, np.inf)),
    "star_relu": ((-(0.2**0.5), np.inf), (0, np.inf)),
}

every_function = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
every_float = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
integers = arrays(
    st.sampled_from([np.int8, np.uint16, np.int64, np.bool_]), array_shapes(min_dims=0)
)
# the machine may be busy: how long one example takes is no property of the function
patient = settings(deadline=None, max_examples=40)


@st.composite
def float_arrays(draw):
    width = draw(st.sampled_from([16, 32, 64]))
    elements = st.floats(width=width)  # NaN, infinities, subnormals and both zeros included
    shape = draw(array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
    return draw(arrays(f"float{width}", shape, elements=elements))


@every_function
@patient
@given(x=float_arrays())
def test_any_float_array_gives_its_like_and_stays_as_it_was(function, x):
    before = x.copy()
    x.flags.writeable = False
    with np.errstate(all="raise"):
        y = function(x)
    assert type(y) is np.ndarray
    assert (y.shape, y.dtype) == (x.shape, x.dtype)
    assert not np.shares_memory(x, y)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(np.isnan(y), np.isnan(x))


@every_function
@patient
@given(
    x=arrays(st.sampled_from([np.int8, np.uint16, np.int64, np.bool_]), array_shapes(min_dims=0))
)
def test_integers_and_booleans_become_float64(function, x):
    np.testing.assert_array_equal(function(x), function(x.astype(np.float64)), strict=True)


@every_function
@every_float
def test_nan_stays_nan_and_spoils_nothing_else(function, dtype):
    y = function(np.array([np.nan, -2, 0, -np.nan, 2], dtype))
    np.testing.assert_array_equal(np.isnan(y), [True, False, False, True, False])
    assert np.isnan(function(dtype(np.nan)))


@every_function
def test_lists_and_numbers_are_taken(function):
    np.testing.assert_array_equal(
        function([[-1.5, 0], [2, 3]]), function(np.array([[-1.5, 0.0], [2.0, 3.0]])), strict=True
    )
    np.testing.assert_array_equal(function(-1.5), function(np.array(-1.5)), strict=True)


@every_float
@pytest.mark.parametrize("name", CATALOGUE)
def test_infinities_give_the_limits(name, dtype):
    record = CATALOGUE[name]
    ends = np.array([-np.inf, np.inf], dtype)
    for function, limits in zip((record.function, record.derivative), LIMITS[name], strict=True):
        expected = np.array(limits, dtype)
        # one rounding of the constant, one of the result
        np.testing.assert_allclose(function(ends), expected, rtol=2 * np.finfo(dtype).eps)


@every_function
@every_float
def test_large_arrays_are_computed_block_by_block_alike(function, dtype):
    rng = np.random.default_rng(0)
    count = 3 * BLOCK // np.dtype(dtype).itemsize + 7
    big = (10 * rng.normal(size=count)).astype(dtype)
    big[:4] = [np.nan, np.inf, -np.inf, 0]
    small = np.concatenate([function(part) for part in np.array_split(big, 50)])
    np.testing.assert_allclose(function(big), small, rtol=8 * np.finfo(dtype).eps)


@every_function
def test_memory_layout_does_not_matter(function):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(3, 130, 170)) * 5
    layouts = {
        "fortran": np.asfortranarray(x),
        "transposed and back": np.ascontiguousarray(x.T).T,
        "every second": np.repeat(x, 2, axis=1)[:, ::2],
        "reversed": x[::-1].copy()[::-1],
        "other byte order": x.astype(x.dtype.newbyteorder()),
    }
    expected = function(x)
    for layout in layouts.values():
        np.testing.assert_allclose(function(layout), expected, rtol=8 * np.finfo(float).eps)


@every_function
@pytest.mark.parametrize(
    "x",
    [np.array([1j]), np.array(["1"]), np.array([None]), np.ones(2, np.longdouble)],
    ids=["complex", "text", "object", "longdouble"],
)
def test_what_is_not_a_real_number_is_refused_by_name(function, x):
    with pytest.raises(TypeError, match="x must hold real numbers"):
        function(x)


@pytest.mark.parametrize("name", ["leaky_relu", "prelu", "swish", "softplus", "elu", "celu"])
def test_array_parameters_walk_along_with_large_arrays(name):
    function = getattr(activations, name)
    rng = np.random.default_rng(2)
    x = rng.normal(size=(4, 3, 120, 130)).astype(np.float32)
    parameter = np.array([0.5, 1.0, 2.0]).reshape(3, 1, 1)
    apart = np.stack([function(x[:, k], parameter[k, 0, 0]) for k in range(3)], axis=1)
    together = function(x, parameter)
    assert together.dtype == np.float32
    np.testing.assert_allclose(together, apart, rtol=4 * np.finfo(np.float32).eps)
    np.testing.assert_allclose(function(x, parameter.tolist()), together, rtol=0)


def test_a_parameter_that_does_not_broadcast_is_refused_by_name():
    with pytest.raises(ValueError, match=r"slope must broadcast .* \(2, 3\), .* \(2,\)"):
        activations.prelu(np.ones((2, 3)), [0.1, 0.2])
    with pytest.raises(ValueError, match="beta must broadcast"):
        activations.swish(1.0, beta=[1.0, 2.0])


def test_a_parameter_that_is_not_a_number_is_refused_by_name():
    with pytest.raises(TypeError, match="slope must hold real numbers"):
        activations.prelu(np.ones(2), ["a", "b"])


@pytest.mark.parametrize("scalar", [np.float64(0.25), np.float32(0.25), np.array(0.25), 0.25])
def test_a_number_of_any_kind_does_not_widen_float32(scalar):
    x = np.array([-1.0, 2.0], np.float32)
    np.testing.assert_array_equal(
        activations.prelu(x, scalar), np.array([-0.25, 2], np.float32), strict=True
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: activations.elu(1.0, 1.0, 1.0),
        lambda: activations.elu(1.0, 1.0, alpha=1.0),
        lambda: activations.elu(1.0, slope=1.0),
        lambda: activations.prelu(1.0),
        lambda: activations.elu(),
    ],
)
def test_wrong_calls_raise_the_usual_type_error(call):
    with pytest.raises(TypeError):
        call()


@pytest.mark.parametrize(
    ("shape", "total"),
    [((2, 3, 4), 1), ((3, 1), 8), ((4,), 6), ((1, 1), 24), ((), 24), ((1, 3, 1), 8)],
)
def test_sum_to_shape_counts_the_copies(shape, total):
    np.testing.assert_array_equal(
        sum_to_shape(np.ones((2, 3, 4)), shape), np.full(shape, float(total)), strict=True
    )


def test_sum_to_shape_is_the_transpose_of_broadcasting():
    rng = np.random.default_rng(3)
    parameter, gradient = rng.normal(size=(3, 1)), rng.normal(size=(2, 3, 4))
    spread = np.vdot(np.broadcast_to(parameter, gradient.shape), gradient)
    assert np.vdot(parameter, sum_to_shape(gradient, (3, 1))) == pytest.approx(spread, rel=1e-12)


def test_sum_to_shape_refuses_a_shape_that_was_not_broadcast():
    with pytest.raises(ValueError, match="broadcast"):
        sum_to_shape(np.ones((2, 3)), (2,))
    with pytest.raises(ValueError, match="broadcast"):
        sum_to_shape(np.ones(3), (2, 3))
