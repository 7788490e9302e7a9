"""The loop reaches known solutions, repeats itself, records, and stops when it must."""

import numpy as np
import pytest

from rectified.data import load_digits, spirals
from rectified.networks import (
    SGD,
    Activation,
    Adam,
    BatchNorm,
    Dense,
    Dropout,
    Sequential,
    TrainingDiverged,
    accuracy,
    fit,
    generators,
    linear_default,
    perceptron,
    softmax_cross_entropy,
    squared_error,
)
from rectified.networks.training import minibatches


def rng(seed=0):
    return np.random.default_rng(seed)


def regression_data(num_examples=40, num_features=3, num_outputs=2):
    x = rng(1).normal(size=(num_examples, num_features))
    y = rng(2).normal(size=(num_examples, num_outputs))
    return x, y


def small_fit(network, optimizer, x, y, **settings):
    settings = {"steps": 30, "batch_size": 8, "rng": rng(5), **settings}
    return fit(network, squared_error, optimizer, x, y, **settings)


@pytest.mark.parametrize(
    ("make", "steps"),
    [
        (lambda net: SGD(net, 0.2), 2000),
        (lambda net: SGD(net, 0.05, momentum=0.9), 2000),
        (lambda net: Adam(net, lambda step: 0.1 * 0.99**step), 3000),
    ],
    ids=["gradient descent", "momentum", "adam"],
)
def test_a_linear_network_reaches_least_squares(make, steps):
    x, y = regression_data()
    network = Sequential(Dense(3, 2, rng=rng()))
    fit(network, squared_error, make(network), x, y, steps=steps)
    with_bias = np.column_stack([x, np.ones(len(x))])
    solution = np.linalg.lstsq(with_bias, y, rcond=None)[0]
    np.testing.assert_allclose(network.layers[0].weights, solution[:-1], atol=1e-8)
    np.testing.assert_allclose(network.layers[0].bias, solution[-1], atol=1e-8)


def test_minibatches_reach_the_solution_of_a_consistent_system():
    # With no residual every batch agrees on the minimum, so that a constant rate converges.
    x, _ = regression_data()
    truth = rng(3).normal(size=(3, 2))
    network = Sequential(Dense(3, 2, bias=None, rng=rng()))
    small_fit(network, SGD(network, 0.1), x, x @ truth, steps=2000)
    np.testing.assert_allclose(network.layers[0].weights, truth, atol=1e-10)


def test_weight_decay_is_ridge_regression():
    # The minimum of mean (xw − y)² + ½ λ w², for one output.
    x, y = regression_data(num_outputs=1)
    network = Sequential(Dense(3, 1, bias=None, rng=rng()))
    fit(network, squared_error, SGD(network, 0.2, weight_decay=0.3), x, y, steps=1000)
    count = len(x)
    ridge = np.linalg.solve(2 * x.T @ x / count + 0.3 * np.eye(3), 2 * x.T @ y / count)
    np.testing.assert_allclose(network.layers[0].weights, ridge, atol=1e-10)


@pytest.mark.parametrize("seed", range(3))
def test_spirals_are_learned(seed):
    x, labels = spirals(300, turns=1.0, rng=rng(seed))
    network = perceptron([2, 32, 32, 2], "relu", rng=rng(seed))
    history = fit(
        network,
        softmax_cross_entropy,
        Adam(network, 1e-2),
        x,
        labels,
        epochs=200,
        batch_size=50,
        rng=rng(seed),
        metric=accuracy,
    )
    # A line through the middle gets about two thirds right.
    assert history.train_metric[-1] > 0.97


def test_digits_are_learned():
    x, y, x_test, y_test = load_digits()
    network = perceptron([64, 32, 10], "relu", rng=rng())
    history = fit(
        network,
        softmax_cross_entropy,
        Adam(network, 3e-3),
        x,
        y,
        epochs=20,
        batch_size=64,
        rng=rng(),
        metric=accuracy,
        validation=(x_test, y_test),
    )
    # Nearest class means get 90 %.
    assert history.validation_metric[-1] > 0.95
    assert history.validation_metric[0] < 0.3


def make_network(rngs):
    """All that draws or adapts: start values, dropout masks, normalisation."""
    many = None if isinstance(rngs, np.random.Generator) else len(rngs)
    return Sequential(
        Dense(3, 8, bias=linear_default(), rng=rngs),
        BatchNorm(8, num_networks=many),
        Activation("gelu"),
        Dropout(0.2, rngs),
        Dense(8, 2, rng=rngs),
    )


@pytest.mark.parametrize("optimizer", [lambda net: SGD(net, 0.1, momentum=0.9), Adam])
@pytest.mark.parametrize("own_data", [False, True])
@pytest.mark.parametrize("batch_size", [None, 8])
def test_networks_side_by_side_train_as_they_do_alone(optimizer, own_data, batch_size):
    x, y = regression_data()
    if own_data:
        x, y = rng(1).normal(size=(4, *x.shape)), rng(2).normal(size=(4, *y.shape))
    rngs = generators(4, 0)
    together = make_network(rngs)
    settings = {"batch_size": batch_size, "metric": lambda out, y: squared_error(out, y)[0]}
    history = small_fit(together, optimizer(together), x, y, rng=rngs, **settings)
    for number, one in enumerate(generators(4, 0)):
        alone = make_network(one)
        data = (x[number], y[number]) if own_data else (x, y)
        own = small_fit(alone, optimizer(alone), *data, rng=one, **settings)
        # The same operations in another order of summation.
        for ours, theirs in zip(together.parameters, alone.parameters, strict=True):
            np.testing.assert_allclose(ours[number], theirs, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(history.loss[:, number], own.loss, rtol=1e-9)
        np.testing.assert_allclose(history.train_metric[:, number], own.train_metric, rtol=1e-9)


def test_one_order_for_all_networks():
    x, y = regression_data()
    together = perceptron([3, 4, 2], "relu", rng=generators(3, 0))
    small_fit(together, SGD(together, 0.1), x, y, rng=rng(9))
    for number, one in enumerate(generators(3, 0)):
        alone = perceptron([3, 4, 2], "relu", rng=one)
        small_fit(alone, SGD(alone, 0.1), x, y, rng=rng(9))
        np.testing.assert_allclose(
            together.layers[0].weights[number], alone.layers[0].weights, rtol=1e-9
        )


def test_the_generator_alone_decides():
    x, y = regression_data()
    losses = []
    for seed in (1, 1, 2):
        network = make_network(rng(seed))
        losses.append(small_fit(network, Adam(network), x, y, rng=rng(seed)).loss)
    np.testing.assert_array_equal(losses[0], losses[1])
    assert not np.array_equal(losses[0], losses[2])


def test_float32_stays_float32():
    x, y = (array.astype(np.float32) for array in regression_data())
    network = perceptron([3, 8, 2], "gelu", rng=rng(), dtype=np.float32)
    small_fit(network, Adam(network), x, y)
    assert {array.dtype for array in network.parameters} == {np.dtype(np.float32)}
    assert network.predict(x).dtype == np.float32


def test_every_epoch_shows_every_example_once():
    batches = minibatches(10, 4, rng())
    epochs = [[next(batches) for _ in range(3)] for _ in range(2)]
    for epoch in epochs:
        assert [len(batch) for batch in epoch] == [4, 4, 2]
        assert sorted(np.concatenate(epoch)) == list(range(10))
    assert not np.array_equal(epochs[0][0], epochs[1][0])


def test_each_generator_orders_for_its_network():
    batch = next(minibatches(10, 4, generators(3, 0)))
    alone = [next(minibatches(10, 4, one)) for one in generators(3, 0)]
    np.testing.assert_array_equal(batch, alone)


@pytest.mark.parametrize(
    ("length", "batch_size", "expected"),
    [
        ({"steps": 7}, 8, 7),
        ({"epochs": 3}, 12, 12),
        ({"epochs": 3}, None, 3),
        ({"epochs": 2}, 99, 2),
    ],
)
def test_number_of_steps(length, batch_size, expected):
    x, y = regression_data()
    network = perceptron([3, 2], "relu", rng=rng())
    history = small_fit(
        network, SGD(network, 0.1), x, y, **{"steps": None, **length}, batch_size=batch_size
    )
    assert len(history.loss) == expected
    assert history.steps.tolist() == [0, expected]


def test_history_holds_what_was_asked_for():
    x, y = regression_data()
    network = perceptron([3, 4, 2], "relu", rng=generators(5, 0))
    history = small_fit(
        network,
        SGD(network, 0.1),
        x,
        y,
        steps=25,
        evaluate_every=10,
        validation=(x[:6], y[:6]),
    )
    assert history.steps.tolist() == [0, 10, 20, 25]
    assert history.loss.shape == (25, 5)
    assert history.train_loss.shape == history.validation_loss.shape == (4, 5)
    assert history.train_metric is history.validation_metric is None
    np.testing.assert_array_equal(history.diverged, [False] * 5)
    final = squared_error(network.predict(x), y)[0]
    np.testing.assert_array_equal(history.train_loss[-1], final)
    np.testing.assert_array_equal(
        history.validation_loss[-1], squared_error(network.predict(x[:6]), y[:6])[0]
    )


def test_the_loss_of_a_full_batch_is_the_one_before_each_step():
    x, y = regression_data()
    network = perceptron([3, 4, 2], "relu", rng=rng())
    history = small_fit(network, SGD(network, 0.1), x, y, batch_size=None, evaluate_every=1)
    np.testing.assert_array_equal(history.loss, history.train_loss[:-1])


class ModeSpy(Activation):
    """Notes in which mode each forward pass found it."""

    def __init__(self):
        super().__init__((lambda x: x, np.ones_like))
        self.modes = []

    def forward(self, x):
        self.modes.append(self.training)
        return super().forward(x)


def test_steps_train_and_evaluations_evaluate():
    x, y = regression_data()
    network = Sequential(Dense(3, 2, rng=rng()), ModeSpy())
    network.eval()
    small_fit(network, SGD(network, 0.1), x, y, steps=2, evaluate_every=1)
    assert network.layers[1].modes == [False, True, False, True, False]
    assert network.training


def test_callback_can_stop():
    x, y = regression_data()
    network = perceptron([3, 2], "relu", rng=rng())
    seen = []
    history = small_fit(
        network, SGD(network, 0.1), x, y, callback=lambda step, net: seen.append(step) or step == 4
    )
    assert seen == [1, 2, 3, 4]
    assert len(history.loss) == 4
    assert history.steps.tolist() == [0, 4]


def test_divergence_raises_and_keeps_the_history():
    x, y = regression_data()
    network = perceptron([3, 8, 2], "relu", rng=rng())
    with pytest.raises(TrainingDiverged, match=r"learning rate of 100\.0.*smaller") as caught:
        small_fit(network, SGD(network, 100.0), x, y, steps=1000)
    history = caught.value.history
    assert 0 < history.diverged_at < 1000
    assert np.isfinite(history.loss[: history.diverged_at]).all()
    assert not np.isfinite(history.loss[-1])


def test_divergence_can_be_recorded():
    x, y = regression_data()
    network = perceptron([3, 8, 2], "relu", rng=rng())
    history = small_fit(network, SGD(network, 100.0), x, y, steps=1000, on_divergence="record")
    assert history.diverged
    assert len(history.loss) == history.diverged_at + 1


def test_one_diverging_network_does_not_stop_or_touch_the_others():
    x, y = regression_data()
    rates = np.array([0.05, 100.0, 0.02])
    together = perceptron([3, 8, 2], "relu", rng=generators(3, 0))
    history = small_fit(
        together,
        SGD(together, rates),
        x,
        y,
        steps=200,
        metric=lambda outputs, targets: np.ones(3),
    )
    first = np.flatnonzero(~np.isfinite(history.loss[:, 1]))[0]
    np.testing.assert_array_equal(history.diverged_at, [-1, first, -1])
    np.testing.assert_array_equal(history.diverged, [False, True, False])
    assert len(history.loss) == 200
    np.testing.assert_array_equal(np.isnan(history.train_metric[-1]), [False, True, False])
    for number in (0, 2):
        alone = perceptron([3, 8, 2], "relu", rng=generators(3, 0)[number])
        small_fit(alone, SGD(alone, rates[number]), x, y, steps=200)
        np.testing.assert_allclose(
            together.layers[0].weights[number], alone.layers[0].weights, rtol=1e-9
        )


def test_an_overflow_in_the_last_step_is_seen():
    x, y = regression_data()
    network = perceptron([3, 2], "relu", rng=rng())
    with pytest.raises(TrainingDiverged):
        small_fit(network, SGD(network, 1e300), x, y, steps=1)


def test_progress_is_silent_unless_asked_for(capsys):
    x, y = regression_data()
    network = perceptron([3, 2], "relu", rng=rng())
    small_fit(network, SGD(network, 0.1), x, y)
    assert capsys.readouterr() == ("", "")
    small_fit(network, SGD(network, 0.1), x, y, progress=True)
    assert "30/30" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"steps": 1, "epochs": 1}, "steps or epochs"),
        ({"steps": None}, "steps or epochs"),
        ({"steps": 0}, "steps"),
        ({"steps": None, "epochs": -1}, "epochs"),
        ({"batch_size": 0}, "batch_size"),
        ({"rng": None}, "rng"),
        ({"rng": generators(2, 0)}, "rng"),
        ({"on_divergence": "ignore"}, "on_divergence"),
        ({"x": np.ones((39, 3))}, "y must"),
        ({"x": np.ones((0, 3)), "y": np.ones((0, 2))}, "y must"),
        ({"validation": (np.ones((5, 3)), np.ones((4, 2)))}, "validation y"),
        ({"evaluate_every": 0}, "evaluate_every"),
    ],
)
def test_bad_arguments_are_named(settings, name):
    x, y = regression_data()
    network = perceptron([3, 2], "relu", rng=rng())
    with pytest.raises(ValueError, match=name):
        small_fit(network, SGD(network, 0.1), **{"x": x, "y": y, **settings})


def test_data_for_another_number_of_networks_are_named():
    x, y = regression_data()
    network = perceptron([3, 2], "relu", rng=generators(3, 0))
    with pytest.raises(ValueError, match="x must have 3 networks"):
        small_fit(network, SGD(network, 0.1), np.stack([x, x]), np.stack([y, y]))


def test_an_optimizer_of_another_network_is_refused():
    x, y = regression_data()
    network, other = (perceptron([3, 2], "relu", rng=rng()) for _ in range(2))
    with pytest.raises(ValueError, match="optimizer"):
        small_fit(network, SGD(other, 0.1), x, y)


def test_a_frozen_layer_stays():
    x, y = regression_data()
    network = perceptron([3, 4, 2], "relu", rng=rng())
    frozen = network.layers[0].weights.copy()
    history = small_fit(network, SGD(Sequential(*network.layers[1:]), 0.1), x, y)
    np.testing.assert_array_equal(network.layers[0].weights, frozen)
    assert history.train_loss[-1] < history.train_loss[0]
