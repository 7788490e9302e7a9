"""Gated linear units: values, both gradients, and the identities that tie them together."""

import numpy as np
import pytest

from rectified import activations
from rectified.activations import gelu, reglu, relu, sigmoid, silu, squared_relu, swiglu
from rectified.measure.gradient_check import check_vjp

GATES = {"glu": sigmoid, "reglu": relu, "geglu": gelu, "swiglu": silu}

every_gate = pytest.mark.parametrize("name", GATES)


def _inputs(shape=(4, 5)):
    a, b = np.random.default_rng(0).normal(size=(2, *shape))
    return a, np.where(np.abs(b) < 0.01, 0.5, b)  # away from the kink of reglu


@every_gate
def test_a_gate_multiplies(name):
    a, b = _inputs()
    np.testing.assert_array_equal(getattr(activations, name)(a, b), a * GATES[name](b))


@every_gate
def test_both_gradients(name):
    check_vjp(
        getattr(activations, name),
        getattr(activations, f"{name}_vjp"),
        *_inputs(),
        rng=np.random.default_rng(1),
    )


def test_reglu_of_one_input_is_squared_relu():
    x, _ = _inputs()
    np.testing.assert_array_equal(reglu(x, x), squared_relu(x))


def test_swiglu_with_an_open_gate_is_the_product():
    a, _ = _inputs()
    np.testing.assert_allclose(swiglu(a, np.full(a.shape, 50.0)), 50 * a, rtol=1e-15)


@every_gate
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_float_types_are_kept(name, dtype):
    a, b = (array.astype(dtype) for array in _inputs())
    assert getattr(activations, name)(a, b).dtype == dtype
    gradients = getattr(activations, f"{name}_vjp")(a, b, np.ones(a.shape, dtype))
    assert [gradient.dtype for gradient in gradients] == [dtype, dtype]


@every_gate
@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (2, 3, 4)])
def test_any_shape_is_taken(name, shape):
    a, b = _inputs(shape)
    assert getattr(activations, name)(a, b).shape == shape
    for gradient in getattr(activations, f"{name}_vjp")(a, b, np.ones(shape)):
        assert type(gradient) is np.ndarray
        assert gradient.shape == shape


@every_gate
def test_what_does_not_fit_is_refused_by_name(name):
    gate, vjp = getattr(activations, name), getattr(activations, f"{name}_vjp")
    with pytest.raises(ValueError, match=r"b must be of the shape of a, \(2,\), not \(3,\)"):
        gate(np.ones(2), np.ones(3))
    with pytest.raises(ValueError, match=r"b must be of the shape of a, \(2,\), not \(1,\)"):
        vjp(np.ones(2), np.ones(1), np.ones(2))
    with pytest.raises(ValueError, match=r"grad_output must be of shape \(2,\), not \(3,\)"):
        vjp(np.ones(2), np.ones(2), np.ones(3))
    with pytest.raises(TypeError, match="a must hold real numbers"):
        gate(["x"], [1.0])
