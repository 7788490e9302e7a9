"""The page's tasks and measures against the package's, on the same stream of random numbers."""

from functools import partial

import numpy as np
import pytest

from rectified.activations import CATALOGUE
from rectified.data import blobs, moons, sample_curve, sine, spirals, xor
from rectified.measure.sparsity import active_fraction, always_off
from rectified.networks import perceptron
from tests.laboratory.stream import Stream

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("laboratory")]

COUNT = 50
#: Name in the page -> (count, stream, parameters of the page) to the package's examples.
TASKS = {
    "xor": lambda count, rng, noise: xor(count, noise=noise, rng=rng),
    "moons": lambda count, rng, noise: moons(count, noise=noise, rng=rng),
    "spirals": lambda count, rng, **given: spirals(count, **given, rng=rng),
    "blobs": lambda count, rng, centers, noise: blobs(count, centers, noise=noise, rng=rng),
    "sine": lambda count, rng, periods, noise: sample_curve(
        partial(sine, periods=periods), count, noise=noise, rng=rng
    ),
}


def test_the_page_offers_the_tasks_that_are_tested(scripts):
    assert scripts.evaluate("() => Object.keys(rectifiedLaboratory.tasks.TASKS)") == list(TASKS)


@pytest.mark.parametrize("name", TASKS)
def test_tasks_are_those_of_the_package(scripts, name):
    found = scripts.evaluate(
        """([name, count]) => {
          const {network, tasks} = rectifiedLaboratory;
          const {x, y} = tasks.drawExamples(name, network.stream(5), count);
          return {x: [...x], y: [...y], parameters: tasks.TASKS[name].parameters,
                  inputs: tasks.numInputs(name), domain: tasks.TASKS[name].domain};
        }""",
        [name, COUNT],
    )
    x, y = TASKS[name](COUNT, Stream(5), **found["parameters"])
    assert found["inputs"] == x.shape[1]
    np.testing.assert_allclose(found["x"], x.ravel(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found["y"], y.ravel(), rtol=1e-12, atol=1e-12)
    low, high = np.array(found["domain"]).reshape(2, 2)[: x.shape[1]].T
    assert np.mean((low <= x) & (x <= high)) > 0.99, "the page draws a piece without the examples"


MEASURE = """([seed, activation, x, bias]) => {
  const {network: lab, measures} = rectifiedLaboratory;
  const network = lab.createNetwork([2, 8, 8, 1], "large", lab.stream(seed));
  network.layers[0].biases.fill(bias);
  const y = new Float64Array(x.length / 2).map((_, i) => i % 2);
  const examples = {x: Float64Array.from(x), y, count: y.length};
  const {trace} = lab.evaluate(network, activation, "binary_cross_entropy", examples);
  return {
    parameters: network.parameters.map((each) => [...each]),
    gradients: network.gradients.map((each) => [...each]),
    layers: measures.measureLayers(network, activation, trace),
    accuracy: measures.accuracy(trace.output, y),
    output: [...trace.output],
    threshold: measures.DEAD_SLOPE,
  };
}"""


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh", "gelu"])
def test_measures(scripts, activation):
    x = np.random.default_rng(2).normal(size=(30, 2))
    found = scripts.evaluate(MEASURE, [4, activation, x.ravel().tolist(), -2.0])
    network = perceptron([2, 8, 8, 1], activation, rng=np.random.default_rng(0))
    for parameter, value in zip(network.parameters, found["parameters"], strict=True):
        parameter[...] = np.reshape(value, parameter.shape)
    outputs = network.outputs(x)
    weight_gradients = found["gradients"][::2]
    for index, layer in enumerate(found["layers"]):
        assert layer["gradient"] == pytest.approx(np.linalg.norm(weight_gradients[index]))
        if index == 2:
            assert "units" not in layer
            continue
        z = outputs[2 * index]
        slopes = np.abs(CATALOGUE[activation].derivative(z))
        dead = np.all(slopes < found["threshold"], axis=0)
        assert [unit["dead"] for unit in layer["units"]] == dead.tolist()
        if activation == "relu":
            assert dead.tolist() == always_off(z).tolist()
        assert layer["dead"] == dead.sum()
        assert [unit["on"] for unit in layer["units"]] == pytest.approx(np.mean(z > 0, axis=0))
        assert layer["active"] == pytest.approx(active_fraction(z))
        assert (layer["mean"], layer["deviation"]) == pytest.approx((z.mean(), z.std()))
        edges = np.linspace(-4, 4, len(layer["bins"]) + 1)
        assert layer["bins"] == np.histogram(np.clip(z, -4, 4), edges)[0].tolist()
    right = (np.array(found["output"]) > 0) == (np.arange(30) % 2 == 1)
    assert found["accuracy"] == pytest.approx(right.mean())


def test_units_with_a_very_low_bias_are_dead_if_they_are_flat_there(scripts):
    x = np.random.default_rng(2).normal(size=(30, 2)).ravel().tolist()
    dead = {
        name: scripts.evaluate(MEASURE, [4, name, x, -12.0])["layers"][0]["dead"]
        for name in ("relu", "leaky_relu", "tanh")
    }
    # tanh is nearly flat at −12, so its units count as dead though their slope is not 0
    assert dead == {"relu": 8, "leaky_relu": 0, "tanh": 8}
