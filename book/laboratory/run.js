// One run of the laboratory: a network on its task, step by step, and what was changed on the way.
((lab) => {
  "use strict";

  const SEEDS_APART = 1000; // examples, new examples and weights are drawn from streams of their own

  /** Start a run with these settings. */
  function startRun(first) {
    const { createNetwork, stream } = lab.network;
    const seed = Number(first.seed);
    const task = lab.tasks.TASKS[first.task];
    const widths = Array(Number(first.depth)).fill(Number(first.width));
    const network = createNetwork(
      [lab.tasks.numInputs(first.task), ...widths, 1],
      first.initialization,
      stream(seed + 2 * SEEDS_APART),
    );
    const run = {
      first: { ...first },
      now: { ...first },
      changes: [],
      steps: 0,
      task,
      network,
      examples: lab.tasks.drawExamples(first.task, stream(seed)),
      others: lab.tasks.drawExamples(first.task, stream(seed + SEEDS_APART)),
      losses: [],
    };
    run.move = lab.network.OPTIMIZERS[first.optimizer](network);
    look(run);
    return run;
  }

  /** Compute loss and gradients where the network is now. */
  function look(run) {
    const { evaluate } = lab.network;
    run.seen = evaluate(run.network, run.now.activation, run.task.loss, run.examples);
    run.losses[run.steps] = run.seen.loss;
  }

  /** Return whether the loss is no longer a number. */
  function diverged(run) {
    return !Number.isFinite(run.seen.loss);
  }

  /** Return whether no further step is possible. */
  function ended(run) {
    return diverged(run) || run.steps >= lab.settings.MAX_STEPS;
  }

  /** Move the parameters once. */
  function step(run) {
    if (ended(run)) return;
    run.move(Number(run.now.rate));
    run.steps += 1;
    look(run);
  }

  /** Change a setting that leaves the weights as they are; a new optimizer starts afresh. */
  function change(run, name, value) {
    if (run.now[name] === value) return;
    run.now[name] = value;
    if (run.steps === 0) run.first[name] = value;
    else {
      run.changes = run.changes.filter((each) => each.step !== run.steps || each.name !== name);
      run.changes.push({ step: run.steps, name, value });
    }
    if (name === "optimizer") run.move = lab.network.OPTIMIZERS[value](run.network);
    look(run);
  }

  /** Return everything that the page shows about the network as it is. */
  function measure(run) {
    const { activation } = run.now;
    const { accuracy, measureLayers } = lab.measures;
    const layers = measureLayers(run.network, activation, run.seen.trace);
    const found = { layers, loss: run.seen.loss };
    const { output } = lab.network.forward(
      run.network, activation, run.others.x, run.others.count);
    if (run.task.loss === "squared_error") {
      found.otherLoss = lab.network.LOSSES.squared_error(output, run.others.y).value;
    } else {
      found.right = accuracy(run.seen.trace.output, run.examples.y);
      found.otherRight = accuracy(output, run.others.y);
    }
    const hidden = layers.slice(0, -1);
    found.units = hidden.reduce((sum, layer) => sum + layer.units.length, 0);
    found.dead = hidden.reduce((sum, layer) => sum + layer.dead, 0);
    found.active = hidden.reduce((sum, layer) => sum + layer.active, 0) / hidden.length;
    return found;
  }

  lab.run = { change, diverged, ended, measure, startRun, step };
})((globalThis.rectifiedLaboratory ??= {}));
