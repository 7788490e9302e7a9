"""Difference quotients have the orders that theory gives, and the checks reject wrong gradients."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectified.activations import relu, relu_grad
from rectified.measure import gradient_check as gc


def wave(x):
    return np.exp(x) * np.sin(x)


def wave_grad(x):
    return np.exp(x) * (np.sin(x) + np.cos(x))


POINTS = np.linspace(-2, 2, 41)
EPS = np.finfo(float).eps


def error_against_step(difference, steps):
    return np.array([np.abs(difference(wave, POINTS, h) - wave_grad(POINTS)).max() for h in steps])


@pytest.mark.parametrize(
    ("difference", "order", "steps"),
    [
        # Steps where truncation exceeds rounding (ε/h ~ 1e-12 and below) a thousandfold.
        (gc.forward_difference, 1, np.logspace(-4, -2, 9)),
        (gc.central_difference, 2, np.logspace(-3, -2, 9)),
    ],
)
def test_error_falls_with_the_order_of_the_quotient(difference, order, steps):
    errors = error_against_step(difference, steps)
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert slope == pytest.approx(order, abs=0.01)


@pytest.mark.parametrize(
    ("difference", "truncation", "power"),
    [(gc.forward_difference, 1 / 2, 1), (gc.central_difference, 1 / 6, 2)],
)
def test_best_step_balances_truncation_and_rounding(difference, truncation, power):
    # The bound M h^p + 2ε|f|/h is smallest at (2ε|f| / pM)^(1/(p+1)); rounding is usually several
    # times smaller than its bound, so the best measured step lies within a factor 10 of that.
    steps = np.logspace(-10, -2, 161)
    best = steps[error_against_step(difference, steps).argmin()]
    bound = truncation * 2 * np.e**2  # max |f''| and |f'''| on [-2, 2] are within 2 e^2 of 0
    predicted = (2 * EPS * np.abs(wave(POINTS)).max() / (power * bound)) ** (1 / (power + 1))
    assert predicted / 10 < best < predicted * 10


def test_default_steps_are_near_the_best_error():
    steps = np.logspace(-10, -2, 161)
    for difference in (gc.forward_difference, gc.central_difference):
        default = np.abs(difference(wave, POINTS) - wave_grad(POINTS)).max()
        assert default < 10 * error_against_step(difference, steps).min()


def test_central_difference_near_a_kink_is_half_plus_distance_over_2h():
    step = 2.0**-10
    distance = step * np.arange(-16, 17) / 16
    assert np.array_equal(gc.central_difference(relu, distance, step), 0.5 + distance / (2 * step))


def test_complex_step_is_exact_to_rounding():
    error = np.abs(gc.complex_step(wave, POINTS) - wave_grad(POINTS))
    assert np.all(error <= 4 * EPS * np.exp(POINTS))


def test_complex_step_passes_maximum_but_not_abs():
    assert gc.complex_step(lambda x: np.maximum(x, 0), [0.5, 0.0, -0.5]).tolist() == [1, 1, 0]
    assert gc.complex_step(np.abs, [0.5, -0.5]).tolist() == [0, 0]


def test_functions_of_the_package_refuse_a_complex_step():
    with pytest.raises(TypeError):
        gc.complex_step(relu, [0.5])


def test_numerical_gradient_of_a_quadratic_form():
    rng = np.random.default_rng(0)
    matrix, x = rng.standard_normal((4, 4)), rng.standard_normal(4)
    gradient = gc.numerical_gradient(lambda x: x @ matrix @ x, x)
    assert np.allclose(gradient, (matrix + matrix.T) @ x, rtol=1e-9, atol=1e-9)


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
def test_relative_error_is_symmetric_and_scale_free(a, b):
    error = gc.relative_error(a, b)
    assert 0 <= error <= 2
    assert error == gc.relative_error(b, a)
    if abs(a) > 1e-290 and abs(b) > 1e-290:
        assert error == gc.relative_error(a / 4, b / 4)


def test_relative_error_of_equal_infinities_and_of_nan():
    assert gc.relative_error([np.inf, 0], [np.inf, 0]).tolist() == [0, 0]
    assert np.isnan(gc.relative_error(np.nan, 1.0))


def elu(x):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def elu_grad(x):
    return np.where(x > 0, 1, np.exp(np.minimum(x, 0)))


@pytest.mark.parametrize(
    ("f", "f_grad", "kinks"),
    [
        (wave, wave_grad, ()),
        (np.tanh, lambda x: 1 / np.cosh(x) ** 2, ()),
        (relu, relu_grad, (0,)),
        (lambda x: np.maximum(x, 0), lambda x: np.where(x == 0, 0.5, x > 0), (0,)),
        (lambda x: np.clip(x, 0, 6), lambda x: (x > 0) & (x <= 6), (0, 6)),
        (elu, elu_grad, ()),
    ],
)
def test_right_derivatives_pass_everywhere_even_beside_kinks(f, f_grad, kinks):
    step = EPS ** (1 / 3)
    beside = step * np.array([-2, -1, -0.3, -1e-9, 0, 1e-9, 0.3, 1, 2])
    x = np.concatenate([np.linspace(-9, 9, 181), beside, 6 + beside])
    assert gc.check_gradient(f, f_grad, x, kinks) < 1e-4  # in the tails ε|f|/h dwarfs the slope


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: np.ones_like(x),
        lambda x: (x > 0.25).astype(float),
        lambda x: np.where(x == 0, 1.001, x > 0),
        lambda x: np.where(x == 0, -0.001, x > 0),
        lambda x: np.where(x == 0, np.nan, x > 0),
        lambda x: (x > 0) * (1 + 1e-6),
    ],
)
def test_wrong_derivatives_of_relu_are_rejected(wrong):
    with pytest.raises(gc.GradientMismatch):
        gc.check_gradient(relu, wrong, np.linspace(-1, 1, 41), kinks=(0,))


@pytest.mark.parametrize("factor", [1 - 1e-6, 1 + 1e-6])
@pytest.mark.parametrize("distance", [-1e-6, 1e-6])
def test_beside_a_kink_the_check_is_as_sharp_as_elsewhere(distance, factor):
    def bent(x):
        return np.where(x > 0, np.expm1(x), np.expm1(2 * x))

    def bent_grad(x):
        return np.where(x > 0, np.exp(x), 2 * np.exp(2 * x))

    gc.check_gradient(bent, bent_grad, [distance], kinks=(0,))
    with pytest.raises(gc.GradientMismatch):
        gc.check_gradient(bent, lambda x: bent_grad(x) * factor, [distance], kinks=(0,))


def test_a_kink_that_was_not_named_is_noticed():
    with pytest.raises(gc.GradientMismatch, match="kinks"):
        gc.check_gradient(relu, relu_grad, [0.0])


def test_mismatch_names_the_function_and_the_point():
    def broken_grad(x):
        return np.where(x == 0.5, 3.0, x > 0)

    with pytest.raises(gc.GradientMismatch, match=r"broken_grad\(0\.5\) is 3, .* relu .* 1 "):
        gc.check_gradient(relu, broken_grad, [-0.5, 0.5], kinks=(0,))


def test_crowded_kinks_ask_for_a_shorter_step():
    with pytest.raises(ValueError, match="shorter"):
        gc.check_gradient(relu, relu_grad, [0.0], kinks=(0, 1e-6))
    gc.check_gradient(relu, relu_grad, [0.0], kinks=(0, 1e-6), step=1e-8, tolerance=1e-6)


def test_a_function_that_changes_the_shape_is_refused():
    with pytest.raises(ValueError, match="elementwise"):
        gc.central_difference(np.sum, [1.0, 2.0])


def glu(a, b):
    return a / (1 + np.exp(-b))


def glu_vjp(a, b, grad_output):
    gate = 1 / (1 + np.exp(-b))
    return grad_output * gate, grad_output * a * gate * (1 - gate)


@pytest.mark.parametrize("seed", range(10))
def test_vjp_check_accepts_right_and_names_the_wrong_input(seed):
    rng = np.random.default_rng(seed)
    a, b = rng.standard_normal((2, 3, 4))
    assert gc.check_vjp(glu, glu_vjp, a, b, rng=rng) <= 1e-7

    def one_wrong_entry(a, b, grad_output):
        grad_a, grad_b = glu_vjp(a, b, grad_output)
        grad_b[1, 2] *= 1.001
        return grad_a, grad_b

    with pytest.raises(gc.GradientMismatch, match="one_wrong_entry, gradient of input 1"):
        gc.check_vjp(glu, one_wrong_entry, a, b, rng=rng)


def test_vjp_check_wants_one_gradient_per_input_in_its_shape():
    rng = np.random.default_rng(0)
    a, b = rng.standard_normal((2, 5))
    with pytest.raises(gc.GradientMismatch, match="1 gradients for 2 inputs"):
        gc.check_vjp(glu, lambda a, b, g: glu_vjp(a, b, g)[:1], a, b, rng=rng)
    with pytest.raises(gc.GradientMismatch, match="shape"):
        gc.check_vjp(np.exp, lambda x, g: np.sum(g * np.exp(x)), a, rng=rng)


class Affine:
    """A layer with a switch that breaks one of its gradients."""

    def __init__(self, rng, broken=None):
        self.parameters = [rng.standard_normal((3, 2)), rng.standard_normal(2)]
        self.gradients = [np.zeros((3, 2)), np.zeros(2)]
        self.broken = broken

    def forward(self, x):
        self.x = x
        return np.tanh(x @ self.parameters[0] + self.parameters[1])

    def backward(self, grad_output):
        grad = grad_output * (1 - self.forward(self.x) ** 2)
        gradients = [grad @ self.parameters[0].T, self.x.T @ grad, grad.sum(0)]
        if self.broken is not None:
            gradients[self.broken] = gradients[self.broken] * 1.0001
        self.gradients = gradients[1:]
        return gradients[0]


@pytest.mark.parametrize("seed", range(10))
def test_layer_check_accepts_right_layers_and_leaves_them_as_they_were(seed):
    rng = np.random.default_rng(seed)
    layer = Affine(rng)
    before = [parameter.copy() for parameter in layer.parameters]
    assert gc.check_layer(layer, rng.standard_normal((5, 3)), rng=rng) <= 1e-7
    assert all(map(np.array_equal, before, layer.parameters))


@pytest.mark.parametrize(
    ("broken", "label"), [(0, "input"), (1, "parameter 0"), (2, "parameter 1")]
)
def test_layer_check_names_the_wrong_gradient(broken, label):
    rng = np.random.default_rng(3)
    layer = Affine(rng, broken)
    before = [parameter.copy() for parameter in layer.parameters]
    with pytest.raises(gc.GradientMismatch, match=f"Affine: {label}"):
        gc.check_layer(layer, rng.standard_normal((5, 3)), rng=rng)
    assert all(map(np.array_equal, before, layer.parameters))
