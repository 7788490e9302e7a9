"""Optimizers against solutions derived by hand."""

import numpy as np
import pytest

from rectified.networks import SGD, Adam, BatchNorm, Dense, PReLU, Sequential, generators, warm_up


def network(rng=None, dtype=np.float64):
    rng = np.random.default_rng(0) if rng is None else rng
    many = None if isinstance(rng, np.random.Generator) else len(rng)
    return Sequential(
        Dense(3, 2, bias=0.5, rng=rng, dtype=dtype),
        PReLU(num_networks=many, dtype=dtype),
        BatchNorm(2, num_networks=many, dtype=dtype),
    )


def set_gradients(net, value):
    for gradient in net.gradients:
        gradient[...] = value


def moved(net, optimizer, gradients):
    """How far each parameter has moved after steps along these constant gradients."""
    before = [parameter.copy() for parameter in net.parameters]
    for value in gradients:
        set_gradients(net, value)
        optimizer.step()
    return [now - then for now, then in zip(net.parameters, before, strict=True)]


def assert_all(arrays, value, rtol=1e-12):
    for array in arrays:
        np.testing.assert_allclose(array, value, rtol=rtol)


def test_plain_gradient_descent():
    net = network()
    assert_all(moved(net, SGD(net, 0.1), [2.0, 2.0, -1.0]), -0.1 * 3)


def test_momentum_sums_a_geometric_series():
    net, beta, steps = network(), 0.9, 20
    # v_t = g (1 − βᵗ)/(1 − β); the path is the sum of those.
    path = sum((1 - beta**t) / (1 - beta) for t in range(1, steps + 1))
    assert_all(moved(net, SGD(net, 0.1, momentum=beta), [2.0] * steps), -0.1 * 2 * path)


@pytest.mark.parametrize(
    ("decays", "decaying"),
    [
        ({"weight_decay": 0.5}, {"weights"}),
        ({"bias_decay": 0.5}, {"bias"}),
        ({"weight_decay": 0.5, "bias_decay": 0.5}, {"weights", "bias"}),
    ],
)
def test_decay_shrinks_what_it_names(decays, decaying):
    net = network()
    before = [parameter.copy() for parameter in net.parameters]
    moved(net, SGD(net, 0.1, **decays), [0.0] * 7)
    assert set(net.roles) == {"weights", "bias", "slope", "scale"}
    for role, now, then in zip(net.roles, net.parameters, before, strict=True):
        factor = (1 - 0.1 * 0.5) ** 7 if role in decaying else 1
        np.testing.assert_allclose(now, factor * then, rtol=1e-12)


def test_adams_first_step_is_one_learning_rate_long():
    for gradient in (3.0, -1e-3, 1e6):
        net = network()
        step = -1e-2 * gradient / (abs(gradient) + 1e-8)
        assert_all(moved(net, Adam(net, 1e-2), [gradient]), step)


def test_adams_second_step():
    # Bias correction turns the first two means into weighted averages:
    # m̂₂ = (β₁ g₁ + g₂)/(1 + β₁), v̂₂ = (β₂ g₁² + g₂²)/(1 + β₂).
    net, g1, g2 = network(), 3.0, -1.0
    optimizer = Adam(net, 1e-2, beta1=0.8, beta2=0.99)
    moved(net, optimizer, [g1])
    mean, square = (0.8 * g1 + g2) / 1.8, (0.99 * g1**2 + g2**2) / 1.99
    assert_all(moved(net, optimizer, [g2]), -1e-2 * mean / (np.sqrt(square) + 1e-8), rtol=1e-10)


def test_adam_under_a_constant_gradient_moves_one_rate_a_step():
    net = network()
    assert_all(moved(net, Adam(net, 1e-2), [5.0] * 50), -0.5, rtol=1e-8)


def test_adam_does_not_see_the_scale_of_gradients():
    gradients = np.random.default_rng(0).normal(size=30)
    first, second = network(), network()
    path = moved(first, Adam(first, 1e-2, epsilon=1e-30), gradients)
    scaled = moved(second, Adam(second, 1e-2, epsilon=1e-30), 1e6 * gradients)
    for ours, theirs in zip(path, scaled, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@pytest.mark.parametrize("optimizer", [SGD, Adam])
def test_each_network_may_have_its_own_rate(optimizer):
    rates = np.array([0.1, 0.0, 0.7])
    net = network(generators(3, 0))
    for move in moved(net, optimizer(net, rates), [1.0]):
        for number, rate in enumerate(rates):
            np.testing.assert_allclose(move[number], -rate, rtol=1e-7)


def test_a_schedule_is_asked_at_every_step():
    net, asked = network(), []

    def schedule(step):
        asked.append(step)
        return 1.0 / (step + 1)

    assert_all(moved(net, SGD(net, schedule), [1.0] * 4), -(1 + 1 / 2 + 1 / 3 + 1 / 4))
    assert asked == [0, 1, 2, 3]


def test_warm_up_rises_linearly_and_stays():
    schedule = warm_up(2.0, 8)
    rates = [schedule(step) for step in range(20)]
    np.testing.assert_allclose(rates, np.minimum(np.arange(1, 21) / 8, 1) * 2)


@pytest.mark.parametrize("optimizer", [SGD, Adam])
@pytest.mark.parametrize("rate", [0.1, np.array([0.1, 0.2])])
def test_arrays_and_dtype_are_kept(optimizer, rate):
    net = network(generators(2, 0), np.float32)
    arrays = list(net.parameters)
    moved(net, optimizer(net, rate), [1.0, 2.0])
    assert all(now is then for now, then in zip(net.parameters, arrays, strict=True))
    assert {array.dtype for array in net.parameters} == {np.dtype(np.float32)}


def test_a_part_of_a_network_can_be_trained_alone():
    net = network()
    part = Sequential(*net.layers[:1])
    before = [parameter.copy() for parameter in net.parameters]
    set_gradients(net, 1.0)
    SGD(part, 0.1).step()
    changed = [
        not np.array_equal(now, then) for now, then in zip(net.parameters, before, strict=True)
    ]
    assert changed == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda net: SGD(net, 0.1, momentum=1.0), "momentum"),
        (lambda net: SGD(net, 0.1, weight_decay=-1.0), "weight_decay"),
        (lambda net: SGD(net, 0.1, bias_decay=-1.0), "bias_decay"),
        (lambda net: SGD(net, -0.1).step(), "learning_rate"),
        (lambda net: SGD(net, np.nan).step(), "learning_rate"),
        (lambda net: SGD(net, [0.1, 0.2]).step(), "learning_rate"),
        (lambda net: Adam(net, beta1=1.0), "beta1"),
        (lambda net: Adam(net, beta2=-0.1), "beta2"),
        (lambda net: Adam(net, epsilon=0.0), "epsilon"),
    ],
)
def test_bad_arguments_are_named(make, name):
    with pytest.raises(ValueError, match=name):
        make(network())
