// What the laboratory measures beside the loss: gradients by layer, units on, dead units, spread.
((lab) => {
  "use strict";

  /** A unit whose slope stays below this at every example lets next to no gradient through. */
  const DEAD_SLOPE = 1e-3;
  const NUM_BINS = 31;
  const HALF_RANGE = 4; // of the histograms; what lies beyond counts in the last bin

  /** Return the Euclidean norm of an array. */
  function norm(values) {
    return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  }

  /** Return the numbers of each unit of a hidden layer: share of examples where it is on, dead. */
  function unitsOf(preActivations, width, derivative) {
    const count = preActivations.length / width;
    return Array.from({ length: width }, (_, unit) => {
      let on = 0;
      let steepest = 0;
      for (let i = unit; i < preActivations.length; i += width) {
        if (preActivations[i] > 0) on += 1;
        steepest = Math.max(steepest, Math.abs(derivative(preActivations[i])));
      }
      return { on: on / count, dead: steepest < DEAD_SLOPE };
    });
  }

  /** Return how many values fall into each bin; the outer bins take what lies beyond. */
  function histogram(values) {
    const bins = new Array(NUM_BINS).fill(0);
    for (const value of values) {
      const place = Math.floor(((value + HALF_RANGE) / (2 * HALF_RANGE)) * NUM_BINS);
      bins[Math.min(NUM_BINS - 1, Math.max(0, place))] += 1;
    }
    return bins;
  }

  /** Return mean and standard deviation. */
  function spread(values) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(square) };
  }

  /** Return the measures of every layer, in order; the last layer has no units to measure. */
  function measureLayers(network, activation, trace) {
    const derivative = lab.network.ACTIVATIONS[activation][1];
    return network.layers.map((layer, index) => {
      const gradient = norm(layer.weightGradients);
      if (index === network.layers.length - 1) return { gradient };
      const values = trace.preActivations[index];
      const units = unitsOf(values, layer.fanOut, derivative);
      return {
        gradient,
        units,
        active: units.reduce((sum, unit) => sum + unit.on, 0) / units.length,
        dead: units.filter((unit) => unit.dead).length,
        bins: histogram(values),
        ...spread(values),
      };
    });
  }

  /** Return the share of examples on the right side of the boundary. */
  function accuracy(logits, labels) {
    let right = 0;
    logits.forEach((logit, i) => {
      if (logit > 0 === labels[i] > 0.5) right += 1;
    });
    return right / logits.length;
  }

  lab.measures = { DEAD_SLOPE, HALF_RANGE, accuracy, histogram, measureLayers };
})((globalThis.rectifiedLaboratory ??= {}));
