"""The page's network against the package's: the same seeds, the same numbers.

Both sum in another order, so they differ by rounding; a hundred steps may magnify that, and 1e-6
is what the page promises. What takes no step agrees to 1e-12.
"""

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Error

from rectified.activations import CATALOGUE
from rectified.networks import (
    SGD,
    Adam,
    binary_cross_entropy,
    gaussian,
    perceptron,
    squared_error,
)
from rectified.networks.initialization import INITIALIZATIONS, linear_default
from tests.laboratory.stream import Stream

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("laboratory")]

ACTIVATIONS = (
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
    "tanh",
    "sigmoid",
)
#: Name in the page -> how the package draws weights and biases.
LAWS = {name: (INITIALIZATIONS[name], 0.0) for name in ("he", "glorot", "lecun")} | {
    "linear_default": (linear_default(), linear_default()),
    "small": (gaussian(0.05), 0.0),
    "large": (gaussian(1.0), 0.0),
}
LOSSES = {"binary_cross_entropy": binary_cross_entropy, "squared_error": squared_error}
OPTIMIZERS = {"sgd": SGD, "adam": Adam}
STEPS = 100

#: Trains in the page; returns parameters and gradients first and last, and the loss of each step.
TRAIN = """({widths, initialization, seed, activation, loss, optimizer, rate, steps, x, y}) => {
  const {network: lab} = rectifiedLaboratory;
  const network = lab.createNetwork(widths, initialization, lab.stream(seed));
  const copy = (arrays) => arrays.map((array) => [...array]);
  const start = copy(network.parameters);
  const step = lab.OPTIMIZERS[optimizer](network);
  const examples = {x: Float64Array.from(x), y: Float64Array.from(y), count: y.length};
  const losses = [];
  for (let i = 0; i < steps; i += 1) {
    losses.push(lab.evaluate(network, activation, loss, examples).loss);
    step(rate);
  }
  const last = lab.evaluate(network, activation, loss, examples);
  return {start, losses, output: [...last.trace.output], gradients: copy(network.gradients),
          parameters: copy(network.parameters)};
}"""


def compare(found, expected, rtol, atol=1e-12):
    """Assert that lists of flat arrays equal arrays of any shape."""
    assert len(found) == len(expected)
    for flat, array in zip(found, expected, strict=True):
        np.testing.assert_allclose(flat, np.ravel(array), rtol=rtol, atol=atol)


def in_page_and_package(
    scripts, *, widths, activation, loss, optimizer, rate, initialization="he", seed=7, steps=STEPS
):
    """Train in both; return what the page found and the package's network after as many steps."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(40, widths[0]))
    y = rng.normal(size=(40, 1)) if loss == "squared_error" else rng.integers(0, 2, (40, 1)) * 1.0
    found = scripts.evaluate(
        TRAIN,
        {
            "widths": widths,
            "initialization": initialization,
            "seed": seed,
            "activation": activation,
            "loss": loss,
            "optimizer": optimizer,
            "rate": rate,
            "steps": steps,
            "x": x.ravel().tolist(),
            "y": y.ravel().tolist(),
        },
    )
    network = perceptron(widths, activation, rng=np.random.default_rng(0))
    for parameter, start in zip(network.parameters, found["start"], strict=True):
        parameter[...] = np.reshape(start, parameter.shape)
    moves = OPTIMIZERS[optimizer](network, rate)
    losses = []
    for _ in range(steps):
        value, gradient = LOSSES[loss](network.forward(x), y)
        network.backward(gradient)
        losses.append(value)
        moves.step()
    output = network.forward(x)
    network.backward(LOSSES[loss](output, y)[1])
    return found, network, losses, output


def test_the_stream_is_uniform_and_normal_and_the_same_in_python(scripts):
    numbers = scripts.evaluate(
        """() => {
          const {uniform, normal} = rectifiedLaboratory.network.stream(3);
          return [0, 1].map((i) => Array.from({length: 20000}, i ? normal : uniform));
        }"""
    )
    python = Stream(3)
    np.testing.assert_array_equal(numbers[0], python.random(20000))
    np.testing.assert_allclose(numbers[1], python.standard_normal((20000,)), rtol=1e-12)
    # four standard errors of a mean and of a standard deviation
    assert abs(np.mean(numbers[0]) - 0.5) < 4 * np.sqrt(1 / 12 / 20000)
    assert abs(np.mean(numbers[1])) < 4 / np.sqrt(20000)
    assert abs(np.std(numbers[1]) - 1) < 4 / np.sqrt(2 * 20000)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("part", ["function", "derivative"])
def test_activations(scripts, name, part):
    tails = np.geomspace(1e-8, 300, 100)
    x = np.concatenate([-tails, [0.0], tails, np.linspace(-9, 9, 361)])
    found = scripts.evaluate(
        "([name, part, x]) => x.map(rectifiedLaboratory.network.ACTIVATIONS[name][part])",
        [name, int(part == "derivative"), x.tolist()],
    )
    np.testing.assert_allclose(found, getattr(CATALOGUE[name], part)(x), rtol=1e-12, atol=1e-15)


def test_the_page_offers_the_activations_and_initialisations_that_are_tested(scripts):
    offered = scripts.evaluate(
        """() => ["ACTIVATIONS", "INITIALIZATIONS", "LOSSES", "OPTIMIZERS"].map(
            (table) => Object.keys(rectifiedLaboratory.network[table]))"""
    )
    assert offered == [list(ACTIVATIONS), list(LAWS), list(LOSSES), list(OPTIMIZERS)]


@pytest.mark.parametrize("name", LAWS)
def test_initialisation_is_the_packages_law_on_the_same_stream(scripts, name):
    widths = [2, 16, 16, 1]
    found = scripts.evaluate(
        """([widths, name]) => {
          const {createNetwork, stream} = rectifiedLaboratory.network;
          return createNetwork(widths, name, stream(11)).parameters.map((each) => [...each]);
        }""",
        [widths, name],
    )
    law, bias = LAWS[name]
    rng, expected = Stream(11), []
    for fans in pairwise(widths):
        expected.append(law(fans, *fans, rng))
        fan_out = fans[1:]
        expected.append(bias(fan_out, *fans, rng) if callable(bias) else np.full(fan_out, bias))
    compare(found, expected, rtol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", LOSSES)
def test_training(scripts, activation, optimizer, loss):
    widths = [1 if loss == "squared_error" else 2, 12, 12, 1]
    rate = {"sgd": 0.03, "adam": 0.01}[optimizer]
    found, network, losses, output = in_page_and_package(
        scripts, widths=widths, activation=activation, loss=loss, optimizer=optimizer, rate=rate
    )
    np.testing.assert_allclose(found["losses"], losses, rtol=1e-6)
    np.testing.assert_allclose(found["output"], output.ravel(), rtol=1e-6, atol=1e-9)
    compare(found["parameters"], network.parameters, rtol=1e-6, atol=1e-9)
    compare(found["gradients"], network.gradients, rtol=1e-6, atol=1e-9)
    assert abs(losses[-1] - losses[0]) > 1e-4, "nothing was learned: the comparison is idle"


@pytest.mark.parametrize("initialization", LAWS)
def test_training_from_every_start(scripts, initialization):
    found, network, losses, _ = in_page_and_package(
        scripts,
        widths=[2, 8, 8, 8, 1],
        activation="relu",
        loss="binary_cross_entropy",
        optimizer="sgd",
        rate=0.05,
        initialization=initialization,
    )
    np.testing.assert_allclose(found["losses"], losses, rtol=1e-6)
    compare(found["parameters"], network.parameters, rtol=1e-6, atol=1e-9)


def test_one_step_agrees_to_the_last_digits(scripts):
    found, network, _, _ = in_page_and_package(
        scripts,
        widths=[2, 6, 6, 1],
        activation="gelu",
        loss="binary_cross_entropy",
        optimizer="adam",
        rate=0.1,
        steps=1,
    )
    compare(found["parameters"], network.parameters, rtol=1e-12)


def test_extreme_logits_give_a_finite_loss(scripts):
    found = scripts.evaluate(
        """() => {
          const loss = rectifiedLaboratory.network.LOSSES.binary_cross_entropy(
            Float64Array.of(1000, -1000), Float64Array.of(0, 0));
          return [loss.value, ...loss.gradient];
        }"""
    )
    assert found == [500.0, 0.5, 0.0]


def test_an_unknown_name_stops_at_once(scripts):
    with pytest.raises(Error):
        scripts.evaluate("() => rectifiedLaboratory.network.createNetwork([1, 1], 'none', null)")
