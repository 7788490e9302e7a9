// What the laboratory's networks learn: the tasks of rectified.data, drawn from a seeded stream.
// A task draws its random numbers in the order in which rectified.data does.
((lab) => {
  "use strict";

  const NUM_EXAMPLES = 200;
  const BLOB_CENTERS = [
    [-1, -0.6],
    [1, 0.6],
  ];
  const CORNERS = [
    [-1, -1],
    [-1, 1],
    [1, 1],
    [1, -1],
  ]; // in turn, so that neighbours differ in their label

  /** Return count numbers, one call of `draw` each. */
  function times(count, draw) {
    return Float64Array.from({ length: count }, (_, index) => draw(index));
  }

  /** Return two-dimensional examples: places first, then Gaussian noise on each coordinate. */
  function labelled(count, noise, random, labels, place) {
    const x = new Float64Array(2 * count);
    for (let i = 0; i < count; i += 1) x.set(place(i, labels[i]), 2 * i);
    return { x: x.map((value) => value + noise * random.normal()), y: labels, count };
  }

  const alternating = (count) => times(count, (i) => i % 2);

  /** Name -> parameters, the loss, the piece of the plane to draw, and how examples are drawn. */
  const TASKS = {
    xor: {
      parameters: { noise: 0.3 },
      loss: "binary_cross_entropy",
      domain: [-2.2, 2.2, -2.2, 2.2],
      draw(count, random, { noise }) {
        return labelled(count, noise, random, alternating(count), (i) => CORNERS[i % 4]);
      },
    },
    moons: {
      parameters: { noise: 0.15 },
      loss: "binary_cross_entropy",
      domain: [-1.6, 2.6, -1.85, 2.35],
      draw(count, random, { noise }) {
        const angles = times(count, () => Math.PI * random.uniform());
        return labelled(count, noise, random, alternating(count), (i, label) =>
          label === 0
            ? [Math.cos(angles[i]), Math.sin(angles[i])]
            : [1 - Math.cos(angles[i]), 0.5 - Math.sin(angles[i])],
        );
      },
    },
    spirals: {
      parameters: { turns: 1, noise: 0.03 },
      loss: "binary_cross_entropy",
      domain: [-1.2, 1.2, -1.2, 1.2],
      draw(count, random, { turns, noise }) {
        const radii = times(count, () => random.uniform());
        return labelled(count, noise, random, alternating(count), (i, label) => {
          const angle = 2 * Math.PI * (turns * radii[i] + label / 2);
          return [radii[i] * Math.cos(angle), radii[i] * Math.sin(angle)];
        });
      },
    },
    blobs: {
      parameters: { centers: BLOB_CENTERS, noise: 0.7 },
      loss: "binary_cross_entropy",
      domain: [-3.2, 3.2, -3.2, 3.2],
      draw(count, random, { centers, noise }) {
        return labelled(count, noise, random, alternating(count), (i, label) => centers[label]);
      },
    },
    sine: {
      parameters: { periods: 1.5, noise: 0.1 },
      loss: "squared_error",
      domain: [-1, 1, -1.6, 1.6],
      draw(count, random, { periods, noise }) {
        const x = times(count, () => 2 * random.uniform() - 1);
        const y = x.map((value) => Math.sin(Math.PI * periods * value) + noise * random.normal());
        return { x, y, count };
      },
    },
  };

  /** Return examples of a task: {x, y, count}, x row by row, y labels 0 and 1 or numbers. */
  function drawExamples(name, random, count = NUM_EXAMPLES) {
    const task = TASKS[name];
    return task.draw(count, random, task.parameters);
  }

  /** Return how many numbers an example of a task has. */
  function numInputs(name) {
    return TASKS[name].loss === "squared_error" ? 1 : 2;
  }

  lab.tasks = { TASKS, drawExamples, numInputs };
})((globalThis.rectifiedLaboratory ??= {}));
