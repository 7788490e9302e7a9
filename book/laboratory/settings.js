// The laboratory's settings: what can be chosen, and how a run stands in the page's address.
//
// The address holds the settings that the run started with, the number of steps, and the changes
// on the way, as in #laboratory&task=moons&…&steps=300&then=200:activation:gelu, so that a link
// repeats the run.
((lab) => {
  "use strict";

  const NAME = "laboratory";
  const MAX_STEPS = 20000;

  /** Name -> label and options, from what the address holds to what the reader sees. */
  const SETTINGS = {
    task: {
      label: "Task",
      options: new Map([
        ["xor", "four corners (xor)"],
        ["moons", "two moons"],
        ["spirals", "two spirals"],
        ["blobs", "two clouds"],
        ["sine", "a noisy wave (regression)"],
      ]),
    },
    depth: { label: "Hidden layers", options: counts([1, 2, 3, 4, 5, 6, 8, 10]) },
    width: { label: "Units in each", options: counts([1, 2, 3, 4, 8, 16, 32]) },
    activation: {
      label: "Activation",
      options: new Map([
        ["relu", "ReLU"],
        ["leaky_relu", "leaky ReLU (0.01)"],
        ["elu", "ELU"],
        ["selu", "SELU"],
        ["gelu", "GELU"],
        ["silu", "SiLU"],
        ["mish", "Mish"],
        ["tanh", "tanh"],
        ["sigmoid", "sigmoid"],
      ]),
    },
    initialization: {
      label: "First weights",
      options: new Map([
        ["he", "He: variance 2/n"],
        ["glorot", "Glorot: 2/(n + m), uniform"],
        ["lecun", "LeCun: 1/n"],
        ["linear_default", "PyTorch's default: 1/(3n)"],
        ["small", "small: deviation 0.05"],
        ["large", "large: deviation 1"],
      ]),
    },
    optimizer: {
      label: "Optimizer",
      options: new Map([
        ["sgd", "gradient descent"],
        ["adam", "Adam"],
      ]),
    },
    rate: {
      label: "Learning rate",
      options: counts([0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10]),
    },
    seed: { label: "Seed", options: counts(Array.from({ length: 20 }, (_, i) => i + 1)) },
  };

  const START = {
    task: "moons",
    depth: "3",
    width: "8",
    activation: "relu",
    initialization: "he",
    optimizer: "sgd",
    rate: "0.1",
    seed: "1",
  };

  /** Settings that may change during a run: the weights stay. The others start a new one. */
  const LIVE = ["activation", "optimizer", "rate"];

  /** Return options that are numbers and read as they are. */
  function counts(values) {
    return new Map(values.map((value) => [String(value), String(value)]));
  }

  /** Return whether a setting has this value. */
  function isOption(name, value) {
    return name in SETTINGS && SETTINGS[name].options.has(value);
  }

  /** Return the fragment of a run: its first settings, its steps, its changes. */
  function toFragment(first, steps, changes) {
    const parts = Object.keys(SETTINGS).map((name) => `${name}=${first[name]}`);
    if (steps) parts.push(`steps=${steps}`);
    if (changes.length) {
      parts.push(`then=${changes.map(({ step, name, value }) => `${step}:${name}:${value}`).join(",")}`);
    }
    return `#${[NAME, ...parts].join("&")}`;
  }

  /** Return the run that a fragment holds, unknown values left at their start; null if none. */
  function fromFragment(fragment) {
    const [name, ...parts] = fragment.slice(1).split("&");
    if (name !== NAME) return null;
    const given = new URLSearchParams(parts.join("&"));
    const first = { ...START };
    for (const [setting, value] of given) if (isOption(setting, value)) first[setting] = value;
    const steps = Math.min(MAX_STEPS, Math.max(0, Math.trunc(Number(given.get("steps"))) || 0));
    const changes = (given.get("then") ?? "")
      .split(",")
      .map((change) => change.split(":"))
      .map(([step, setting, value]) => ({ step: Number(step), name: setting, value }))
      .filter(({ step, name: setting, value }) => LIVE.includes(setting) && isOption(setting, value)
        && Number.isInteger(step) && step > 0 && step <= steps)
      .sort((a, b) => a.step - b.step);
    return { first, steps, changes };
  }

  lab.settings = { LIVE, MAX_STEPS, SETTINGS, START, fromFragment, toFragment };
})((globalThis.rectifiedLaboratory ??= {}));
