"""A run: which changes keep the weights, what the address holds, and that a link repeats it."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("laboratory")]

#: Start a run, take steps, make changes; returns weights, loss and fragment after each of them.
FOLLOW = """([over, plan]) => {
  const {run: runs, settings} = rectifiedLaboratory;
  const run = runs.startRun({...settings.START, ...over});
  const seen = [];
  const note = () => seen.push({
    weights: run.network.parameters.map((each) => [...each]).flat(),
    loss: run.seen.loss,
    fragment: settings.toFragment(run.first, run.steps, run.changes),
  });
  note();
  for (const act of plan) {
    if (typeof act === "number") for (let i = 0; i < act; i += 1) runs.step(run);
    else runs.change(run, ...act);
    note();
  }
  return seen;
}"""

REPEAT = """(fragment) => {
  const {run: runs, settings} = rectifiedLaboratory;
  const {first, steps, changes} = settings.fromFragment(fragment);
  const run = runs.startRun(first);
  while (run.steps < steps) {
    runs.step(run);
    for (const {step, name, value} of changes) {
      if (step === run.steps) runs.change(run, name, value);
    }
  }
  return {weights: run.network.parameters.map((each) => [...each]).flat(), loss: run.seen.loss};
}"""


def follow(scripts, plan, **over):
    return scripts.evaluate(FOLLOW, [over, plan])


@pytest.mark.parametrize("activation", ["leaky_relu", "gelu", "tanh"])
def test_switching_the_activation_keeps_the_weights(scripts, activation):
    _, trained, switched, later = follow(scripts, [30, ["activation", activation], 30])
    assert switched["weights"] == trained["weights"]
    assert switched["loss"] != trained["loss"]
    assert later["weights"] != switched["weights"]


@pytest.mark.parametrize("change", [["optimizer", "adam"], ["rate", "0.01"]])
def test_optimizer_and_rate_take_over_where_the_weights_are(scripts, change):
    _, trained, changed, later = follow(scripts, [30, change, 1])
    assert changed["weights"] == trained["weights"]
    assert changed["loss"] == trained["loss"]
    assert later["weights"] != follow(scripts, [31])[-1]["weights"]


def test_a_link_repeats_a_run_with_its_changes(scripts):
    plan = [40, ["activation", "gelu"], 20, ["optimizer", "adam"], ["rate", "0.01"], 15]
    last = follow(scripts, plan, task="spirals", seed="4", depth="2")[-1]
    assert last["fragment"].endswith(
        "&steps=75&then=40:activation:gelu,60:optimizer:adam,60:rate:0.01"
    )
    assert scripts.evaluate(REPEAT, last["fragment"]) == {
        "weights": last["weights"],
        "loss": last["loss"],
    }


def test_changes_before_the_first_step_are_the_start(scripts):
    changed = follow(scripts, [["activation", "selu"], 5])[-1]
    started = follow(scripts, [5], activation="selu")[-1]
    assert changed == started


def test_other_seeds_and_starts_give_other_weights(scripts):
    starts = [
        follow(scripts, [], **over)[0]["weights"]
        for over in ({}, {"seed": "2"}, {"initialization": "glorot"}, {"width": "4"})
    ]
    assert len({tuple(weights) for weights in starts}) == 4
    assert follow(scripts, [])[0]["weights"] == starts[0]


@pytest.mark.parametrize(
    ("fragment", "steps", "changes"),
    [
        ("#laboratory&steps=1e9", 20000, 0),
        ("#laboratory&steps=-3", 0, 0),
        ("#laboratory&steps=no&depth=99&task=toString", 0, 0),
        ("#laboratory&steps=9&then=5:task:xor,5:activation:none,99:rate:1,0:rate:1,,:", 9, 0),
        ("#laboratory&steps=9&then=7:rate:1,5:activation:gelu", 9, 2),
    ],
)
def test_an_address_that_asks_too_much_gets_what_there_is(scripts, fragment, steps, changes):
    found = scripts.evaluate("(text) => rectifiedLaboratory.settings.fromFragment(text)", fragment)
    assert found["first"] == scripts.evaluate("() => rectifiedLaboratory.settings.START")
    assert (found["steps"], len(found["changes"])) == (steps, changes)
    assert found["changes"] == sorted(found["changes"], key=lambda change: change["step"])


def test_another_place_of_the_page_is_no_run(scripts):
    assert not scripts.evaluate("() => rectifiedLaboratory.settings.fromFragment('#in-brief')")


def test_a_run_that_diverges_ends(scripts):
    ended = scripts.evaluate(
        """() => {
          const {run: runs, settings} = rectifiedLaboratory;
          const run = runs.startRun({...settings.START, task: "sine", rate: "10", width: "32"});
          for (let i = 0; i < 500; i += 1) runs.step(run);
          return [runs.diverged(run), runs.ended(run), run.steps];
        }"""
    )
    assert ended[:2] == [True, True]
    assert ended[2] < 500
