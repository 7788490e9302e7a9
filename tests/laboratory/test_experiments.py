"""What book/laboratory.md says that its three experiments show, over the seeds that it names."""

import math

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("laboratory")]

SEEDS = range(1, 11)
CHANCE = math.log(2)

#: Follows a plan of steps and changes for each seed; returns the measures after each entry.
MEASURE = """([over, plan, seeds]) => {
  const {run: runs, settings} = rectifiedLaboratory;
  return seeds.map((seed) => {
    const run = runs.startRun({...settings.START, ...over, seed: String(seed)});
    const note = () => {
      const {loss, dead, units, layers} = runs.measure(run);
      return {loss, dead, units, first: layers[0].gradient, last: layers.at(-1).gradient,
              gradient: Math.max(...layers.map((layer) => layer.gradient))};
    };
    return [note(), ...plan.map((act) => {
      if (typeof act === "number") for (let i = 0; i < act; i += 1) runs.step(run);
      else runs.change(run, ...act);
      return note();
    })];
  });
}"""


def measure(scripts, plan, **over):
    """Return for every seed what was measured at the start and after each entry of the plan."""
    return scripts.evaluate(MEASURE, [over, plan, list(SEEDS)])


def is_chance(loss):
    return abs(loss - CHANCE) < 5e-4  # reads 0.693


def test_kill_a_network_then_wake_it(scripts):
    over = {"task": "moons", "depth": "3", "width": "8", "initialization": "he", "rate": "3"}
    leave = measure(scripts, [300, ["rate", "0.1"], 1000], **over)
    stuck = [i for i, seed in enumerate(leave) if seed[1]["gradient"] == 0]
    assert len(stuck) == 8
    assert sorted(leave[i][1]["dead"] for i in stuck)[:: len(stuck) - 1] == [13, 21]
    assert all(is_chance(leave[i][1]["loss"]) for i in stuck)
    assert all(leave[i][3]["loss"] == leave[i][1]["loss"] for i in stuck), "it moves after all"
    assert 1 in stuck, "the link shows seed 2"

    wake = measure(scripts, [300, ["rate", "0.1"], ["activation", "leaky_relu"], 1000], **over)
    assert all(wake[i][3]["gradient"] > 0 and wake[i][3]["dead"] == 0 for i in stuck)
    slow = [SEEDS[i] for i in stuck if wake[i][4]["loss"] >= 0.6]
    assert slow == [10]
    assert is_chance(wake[9][4]["loss"])


def test_ask_six_sigmoids_to_learn(scripts):
    over = {"task": "moons", "depth": "6", "width": "8", "rate": "0.1"}
    sigmoid = measure(
        scripts,
        [500, ["activation", "relu"], 500, 200],
        activation="sigmoid",
        initialization="glorot",
        **over,
    )
    assert all(seed[0]["last"] > 1000 * seed[0]["first"] for seed in sigmoid)
    assert all(is_chance(seed[1]["loss"]) for seed in sigmoid)
    assert sum(seed[3]["loss"] < 0.1 for seed in sigmoid) == 9
    assert all(seed[4]["loss"] < 0.1 for seed in sigmoid)
    tanh = measure(scripts, [500], activation="tanh", initialization="glorot", **over)
    assert all(seed[1]["loss"] < 0.1 for seed in tanh)


def test_the_same_kink_with_smaller_weights(scripts):
    over = {"task": "moons", "depth": "10", "width": "8", "activation": "relu", "rate": "0.1"}
    default = measure(scripts, [500], initialization="linear_default", **over)
    assert all(seed[0]["first"] < 1e-4 for seed in default)
    assert all(is_chance(seed[1]["loss"]) for seed in default)
    he = measure(scripts, [500], initialization="he", **over)
    assert all(seed[0]["first"] > 0.005 for seed in he)
    assert all(seed[1]["loss"] < 0.25 for seed in he)
    assert sum(seed[1]["loss"] < 0.1 for seed in he) == 9
