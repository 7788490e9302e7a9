"""Signals and gradients of wide random networks change from layer to layer as integrals predict."""

import math

import numpy as np
import pytest
from scipy import integrate

from rectified.activations import (
    gelu,
    gelu_grad,
    relu,
    relu_grad,
    sigmoid,
    sigmoid_grad,
    tanh,
    tanh_grad,
)
from rectified.measure import gradient_flow, mean_field
from rectified.networks import (
    Activation,
    Dense,
    Sequential,
    gaussian,
    generators,
    he,
    lecun,
    linear_default,
    scaled,
)

RELU, SIGMOID, TANH = (relu, relu_grad), (sigmoid, sigmoid_grad), (tanh, tanh_grad)
WIDTH, DEPTH = 256, 30


def plain_network(activation, width, depth, rng, **settings):
    blocks = [
        (Dense(width, width, rng=rng, **settings), Activation(activation)) for _ in range(depth)
    ]
    return Sequential(*[layer for block in blocks for layer in block])


ROWS = {
    # activation, variance of weights and of biases, their initializers, factor in closed form
    "sigmoid 1/n": (SIGMOID, 1 / WIDTH, 0, lecun(), 0.0, None),
    "tanh 1/n": (TANH, 1 / WIDTH, 0, lecun(), 0.0, None),
    "tanh gain 5/3": (TANH, 25 / 9 / WIDTH, 0, scaled(5 / 3), 0.0, None),
    "relu 1/n": (RELU, 1 / WIDTH, 0, lecun(), 0.0, 0.5**0.5),
    "relu He": (RELU, 2 / WIDTH, 0, he(), 0.0, 1),
    "relu nn.Linear": (RELU, 1 / 3 / WIDTH, 0, linear_default(), 0.0, 6**-0.5),
    "relu nn.Linear, its bias too": (
        *(RELU, 1 / 3 / WIDTH, 1 / 3 / WIDTH, linear_default(), linear_default(), 6**-0.5),
    ),
    "relu std 0.05": (RELU, 0.05**2, 0, gaussian(0.05), 0.0, 0.05 * (WIDTH / 2) ** 0.5),
    "relu std 0.2": (RELU, 0.2**2, 0, gaussian(0.2), 0.0, 0.2 * (WIDTH / 2) ** 0.5),
}


@pytest.mark.parametrize("name", ROWS)
def test_gradient_of_thirty_layers_has_the_predicted_factor_per_layer(name):
    activation, weight_variance, bias_variance, initialization, bias, closed = ROWS[name]
    ratios = []
    for rng in generators(10, seed=0):
        network = plain_network(
            activation, WIDTH, DEPTH, rng, initialization=initialization, bias=bias
        )
        x, grad_output = rng.standard_normal((2, 8, WIDTH))
        backward = gradient_flow.flow(network, x, grad_output).backward
        ratios.append(backward[0] / backward[-1])
    measured = gradient_flow.per_layer_factor(ratios, DEPTH)
    factors = mean_field.predict(
        *activation, DEPTH, weight_variance * WIDTH, bias_variance
    ).gradient_factors
    predicted = np.exp(np.log(factors).mean())
    # log M spreads by √(5L/n) at width n (width_fluctuations), so the log of a layer's factor, half
    # of that over L layers, by 1.3% a network and 0.4% for ten; its mean is −5/4n = −0.5%. 2% is
    # four standard errors.
    assert measured == pytest.approx(predicted, rel=0.02)
    if closed is not None:
        assert predicted == pytest.approx(closed, rel=1e-9)


def test_default_of_linear_layers_loses_the_gradient():
    factor = mean_field.predict(*RELU, DEPTH, 1 / 3).gradient_factors.prod()
    assert factor == pytest.approx(6**-15, rel=1e-9)
    assert f"{factor:.1e}" == "2.1e-12"


def test_forward_signal_follows_the_predicted_variances():
    for activation, weight_variance in ((TANH, 25 / 9), (SIGMOID, 1.0), (RELU, 2.0)):
        squares = []
        for rng in generators(10, seed=1):
            network = plain_network(
                activation, WIDTH, 10, rng, initialization=scaled(weight_variance**0.5)
            )
            x = rng.standard_normal((8, WIDTH))
            squares.append(gradient_flow.flow(network, x, x).forward[1::2] ** 2)
        predicted = mean_field.predict(*activation, 10, weight_variance).variances
        error = np.std(squares, axis=0, ddof=1) / 10**0.5
        assert np.all(np.abs(np.mean(squares, axis=0) - predicted) < 5 * error)


def test_flow_measures_what_the_layers_pass_on():
    rng = np.random.default_rng(0)
    network = plain_network(TANH, 5, 2, rng)
    x, grad_output = rng.standard_normal((2, 7, 5))
    flow = gradient_flow.flow(network, x, grad_output)
    assert len(flow.forward) == len(flow.backward) == 5
    assert flow.forward[0] == np.sqrt(np.mean(x**2))
    assert flow.forward[-1] == np.sqrt(np.mean(network.forward(x) ** 2))
    assert flow.backward[-1] == np.sqrt(np.mean(grad_output**2))
    assert flow.backward[0] == np.sqrt(np.mean(network.backward(grad_output) ** 2))


def test_networks_side_by_side_flow_as_if_alone():
    x, grad_output = np.random.default_rng(0).standard_normal((2, 6, 5))
    together = gradient_flow.flow(plain_network(TANH, 5, 3, generators(4, seed=2)), x, grad_output)
    for number, rng in enumerate(generators(4, seed=2)):
        alone = gradient_flow.flow(plain_network(TANH, 5, 3, rng), x, grad_output)
        assert np.allclose(together.forward[:, number], alone.forward, rtol=1e-12)
        assert np.allclose(together.backward[:, number], alone.backward, rtol=1e-12)


def test_fixed_points_of_sigmoid_and_tanh():
    q = mean_field.fixed_point(sigmoid, 1.0)
    assert q == pytest.approx(0.2646868752, abs=1e-9)
    assert mean_field.gradient_gain(sigmoid_grad, 1.0, q) ** 0.5 == pytest.approx(0.2361, abs=5e-5)
    q = mean_field.fixed_point(tanh, 25 / 9)
    assert q * 9 / 25 == pytest.approx(0.4242529765, abs=1e-9)  # E tanh² there
    assert mean_field.gradient_gain(tanh_grad, 25 / 9, q) == pytest.approx(1.2098, abs=5e-5)


@pytest.mark.parametrize("start", [0.01, 1.0, 30.0])
def test_every_variance_is_fixed_for_relu_with_he_weights(start):
    assert mean_field.fixed_point(relu, 2.0, start=start) == pytest.approx(start, rel=1e-12)


def test_with_a_bias_relu_settles_where_algebra_says():
    # q = q·w/2 + b
    assert mean_field.fixed_point(relu, 1.0, 0.3) == pytest.approx(0.6, rel=1e-11)


@pytest.mark.parametrize(("f", "weight_variance"), [(relu, 1.0), (relu, 4.0), (math.tanh, 1.0)])
def test_a_variance_that_never_settles_is_an_error(f, weight_variance):
    with pytest.raises(RuntimeError, match="settled"):
        mean_field.fixed_point(f, weight_variance)


def test_moment_without_spread_is_the_value_itself():
    assert mean_field.moment_at(np.cos, 0.0, power=3) == 1


@pytest.mark.parametrize("rho", [-1.0, -0.6, 0.0, 0.3, 0.9, 1.0])
def test_correlation_map_is_the_integral_over_directions(rho):
    # In polar coordinates the radius drops out: κ = (2/π) ∫ r(cos φ) r(cos(φ − θ)) dφ.
    angle = np.arccos(rho)
    low, high = angle - np.pi / 2, np.pi / 2  # where both are positive
    value, _ = integrate.quad(lambda phi: np.cos(phi) * np.cos(phi - angle), low, high)
    assert mean_field.relu_correlation(rho) == pytest.approx(2 / np.pi * value, abs=1e-12)


def test_correlation_map_at_zero_and_its_slow_approach_to_one():
    assert mean_field.relu_correlation(0.0) == 1 / np.pi
    rho = np.linspace(-1, 1, 201)[:-1]
    assert np.all(mean_field.relu_correlation(rho) > rho)
    depth, cosine = 20_000, 0.0
    for _ in range(depth):
        cosine = mean_field.relu_correlation(cosine)
    # Corrections to (9π²/2)/L² are of relative order (log L)/L.
    assert (1 - cosine) * depth**2 == pytest.approx(
        9 * np.pi**2 / 2, rel=20 * np.log(depth) / depth
    )


def test_angles_between_inputs_close_as_the_map_says():
    depth = 50
    rngs = generators(10, seed=3)
    network = plain_network(RELU, WIDTH, depth, rngs[0], bias=None)
    found = []
    for rng in rngs:
        network = plain_network(RELU, WIDTH, depth, rng, bias=None)
        first, second = np.linalg.qr(rng.standard_normal((WIDTH, 2)))[0].T
        outputs = network.outputs(np.stack([first, second]))[1::2]
        found.append([gradient_flow.cosines(values)[0] for values in outputs])
    predicted, cosine = [], 0.0
    for _ in range(depth):
        cosine = mean_field.relu_correlation(cosine)
        predicted.append(cosine)
    mean, error = np.mean(found, axis=0), np.std(found, axis=0, ddof=1) / 10**0.5
    for layer in (0, 1, 4, 9):
        assert abs(mean[layer] - predicted[layer]) < 5 * error[layer]
    # Deep down 1 − ρ is small and skewed: networks differ by a factor, and so we ask for one.
    assert 0.5 < (1 - mean[-1]) / (1 - predicted[-1]) < 2


def test_cosines_are_of_angles_with_the_first_input():
    values = np.array([[2.0, 0.0], [0.0, 1.0], [3.0, 3.0], [-1.0, 0.0]])
    assert gradient_flow.cosines(values) == pytest.approx([0, 0.5**0.5, -1])


@pytest.mark.parametrize("variance", [1e4, 3.4e6, 2e9, 1e12])
def test_curves_that_a_large_variance_makes_narrow_are_integrated(variance):
    # Seen from afar gelu is relu. gelu² differs from relu² by e = z²(Φ² − 1[z > 0]), and gelu'²
    # from a step, only near 0, where the density is 1/√(2πq).
    density = 1 / np.sqrt(2 * np.pi * variance)
    near = integrate.quad(lambda z: gelu_grad(z) ** 2 - (z > 0), -12, 12, points=[0])[0]
    squares = mean_field.moment_at(gelu_grad, variance)
    # The density falls by z²/2q over the curve: |z| < 8 there.
    slack = density * 32 / variance + 1e-12
    assert squares == pytest.approx(0.5 + density * near, rel=0, abs=slack)
    assert mean_field.moment_at(gelu, variance) == pytest.approx(variance / 2, rel=2 * density)
