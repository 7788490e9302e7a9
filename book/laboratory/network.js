// The laboratory's mathematics: random numbers, activations, initialisation, a dense network
// forward and backward, losses, and the two optimizers. It draws nothing and knows no page.
//
// It computes what rectified.networks computes; tests/laboratory holds both to the same numbers.
// Arrays are flat Float64Arrays, row by row: inputs (examples, features), weights (fan in, fan out).
((lab) => {
  "use strict";

  // ---------------------------------------------------------------- random numbers

  /** Return a stream of random numbers that a whole number determines (the generator mulberry32). */
  function stream(seed) {
    let state = seed >>> 0;

    /** Return a number that is uniform on [0, 1). */
    function uniform() {
      state = (state + 0x6d2b79f5) >>> 0;
      let bits = Math.imul(state ^ (state >>> 15), state | 1);
      bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
      return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
    }

    /** Return a standard normal number (Box and Muller, the cosine half). */
    function normal() {
      const radius = Math.sqrt(-2 * Math.log1p(-uniform()));
      return radius * Math.cos(2 * Math.PI * uniform());
    }

    return { uniform, normal };
  }

  // ---------------------------------------------------------------- activations

  const SELU_ALPHA = 1.6732632423543772;
  const SELU_SCALE = 1.0507009873554805;
  const NEGATIVE_SLOPE = 0.01;

  /** Return 1/(1 + e^−x) without overflow. */
  function sigmoid(x) {
    if (x >= 0) return 1 / (1 + Math.exp(-x));
    const power = Math.exp(x);
    return power / (1 + power);
  }

  /** Return log(1 + e^x) without overflow. */
  function softplus(x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Return the standard normal density. */
  function density(x) {
    return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  }

  /** Return the standard normal distribution function: a series inside ±3, a fraction beyond. */
  function distribution(x) {
    const size = Math.abs(x);
    if (size < 3) {
      // φ(x)(x + x³/3 + x⁵/15 + …): all terms have one sign
      let term = x;
      let sum = x;
      for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
        term *= (x * x) / odd;
        sum += term;
      }
      return 0.5 + density(x) * sum;
    }
    // the tail as φ(x)/(x + 1/(x + 2/(x + …))): 1 − Φ would lose its digits
    let fraction = size;
    for (let level = 60; level > 0; level -= 1) fraction = size + level / fraction;
    const tail = density(size) / fraction;
    return x < 0 ? tail : 1 - tail;
  }

  /** Name -> [function, derivative], as in rectified.activations.CATALOGUE, kinks included. */
  const ACTIVATIONS = {
    relu: [(x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)],
    leaky_relu: [
      (x) => (x > 0 ? x : NEGATIVE_SLOPE * x),
      (x) => (x > 0 ? 1 : NEGATIVE_SLOPE),
    ],
    elu: [(x) => (x > 0 ? x : Math.expm1(x)), (x) => (x > 0 ? 1 : Math.exp(x))],
    selu: [
      (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
      (x) => SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x)),
    ],
    gelu: [(x) => x * distribution(x), (x) => distribution(x) + x * density(x)],
    silu: [
      (x) => x * sigmoid(x),
      (x) => sigmoid(x) * (1 + x * sigmoid(-x)),
    ],
    mish: [
      (x) => x * Math.tanh(softplus(x)),
      (x) => {
        const gate = Math.tanh(softplus(x));
        return gate + x * sigmoid(x) * (1 - gate * gate);
      },
    ],
    tanh: [Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
    sigmoid: [sigmoid, (x) => sigmoid(x) * sigmoid(-x)],
  };

  // ---------------------------------------------------------------- initialisation

  const normalWeights = (variance) => (fanIn, fanOut, random) =>
    Math.sqrt(variance(fanIn, fanOut)) * random.normal();
  const uniformWeights = (limit) => (fanIn, fanOut, random) =>
    limit(fanIn, fanOut) * (2 * random.uniform() - 1);
  const zero = () => 0;
  const torch = uniformWeights((fanIn) => 1 / Math.sqrt(fanIn));

  /** Name -> how one weight and one bias is drawn; a layer's weights are drawn before its biases. */
  const INITIALIZATIONS = {
    he: { weight: normalWeights((fanIn) => 2 / fanIn), bias: zero },
    glorot: {
      weight: uniformWeights((fanIn, fanOut) => Math.sqrt(6 / (fanIn + fanOut))),
      bias: zero,
    },
    lecun: { weight: normalWeights((fanIn) => 1 / fanIn), bias: zero },
    linear_default: { weight: torch, bias: torch },
    small: { weight: normalWeights(() => 0.05 ** 2), bias: zero },
    large: { weight: normalWeights(() => 1), bias: zero },
  };

  // ---------------------------------------------------------------- the network

  /** Return a dense network; `widths` counts inputs, the units of each hidden layer, and outputs. */
  function createNetwork(widths, initialization, random) {
    const { weight, bias } = INITIALIZATIONS[initialization];
    const layers = widths.slice(1).map((fanOut, index) => {
      const fanIn = widths[index];
      const weights = Float64Array.from({ length: fanIn * fanOut }, () =>
        weight(fanIn, fanOut, random),
      );
      const biases = Float64Array.from({ length: fanOut }, () => bias(fanIn, fanOut, random));
      return {
        fanIn,
        fanOut,
        weights,
        biases,
        weightGradients: new Float64Array(weights.length),
        biasGradients: new Float64Array(fanOut),
      };
    });
    return {
      layers,
      parameters: layers.flatMap((layer) => [layer.weights, layer.biases]),
      gradients: layers.flatMap((layer) => [layer.weightGradients, layer.biasGradients]),
    };
  }

  /** Return x W + b. */
  function affine(layer, x, count) {
    const { fanIn, fanOut, weights, biases } = layer;
    const output = new Float64Array(count * fanOut);
    for (let example = 0; example < count; example += 1) {
      const start = example * fanOut;
      for (let to = 0; to < fanOut; to += 1) output[start + to] = biases[to];
      for (let from = 0; from < fanIn; from += 1) {
        const value = x[example * fanIn + from];
        const row = from * fanOut;
        for (let to = 0; to < fanOut; to += 1) output[start + to] += value * weights[row + to];
      }
    }
    return output;
  }

  /** Return what each layer received and computed; no activation follows the last layer. */
  function forward(network, activation, x, count) {
    const [value] = ACTIVATIONS[activation];
    const inputs = [x];
    const preActivations = [];
    network.layers.forEach((layer, index) => {
      if (index > 0) inputs.push(preActivations[index - 1].map(value));
      preActivations.push(affine(layer, inputs[index], count));
    });
    return { inputs, preActivations, output: preActivations.at(-1), count };
  }

  /** Fill the gradients of all layers from that of the output, by the chain rule. */
  function backward(network, activation, trace, gradOutput) {
    const derivative = ACTIVATIONS[activation][1];
    let gradient = gradOutput;
    for (let index = network.layers.length - 1; index >= 0; index -= 1) {
      gradient = affineBackward(network.layers[index], trace.inputs[index], gradient, trace.count);
      if (index > 0) {
        const before = trace.preActivations[index - 1];
        for (let i = 0; i < gradient.length; i += 1) gradient[i] *= derivative(before[i]);
      }
    }
  }

  /** Fill one layer's gradients (xᵀ g and the sum of g) and return g Wᵀ. */
  function affineBackward(layer, x, gradOutput, count) {
    const { fanIn, fanOut, weights, weightGradients, biasGradients } = layer;
    const gradInput = new Float64Array(count * fanIn);
    weightGradients.fill(0);
    biasGradients.fill(0);
    for (let example = 0; example < count; example += 1) {
      const start = example * fanOut;
      for (let to = 0; to < fanOut; to += 1) biasGradients[to] += gradOutput[start + to];
      for (let from = 0; from < fanIn; from += 1) {
        const value = x[example * fanIn + from];
        const row = from * fanOut;
        let sum = 0;
        for (let to = 0; to < fanOut; to += 1) {
          const g = gradOutput[start + to];
          weightGradients[row + to] += value * g;
          sum += g * weights[row + to];
        }
        gradInput[example * fanIn + from] = sum;
      }
    }
    return gradInput;
  }

  // ---------------------------------------------------------------- losses

  /** Name -> (outputs, targets) to the mean loss and its gradient; one output for each example. */
  const LOSSES = {
    binary_cross_entropy(logits, targets) {
      const losses = logits.map((z, i) => targets[i] * softplus(-z) + (1 - targets[i]) * softplus(z));
      const gradient = logits.map((z, i) => (sigmoid(z) - targets[i]) / logits.length);
      return { value: mean(losses), gradient };
    },
    squared_error(predictions, targets) {
      const differences = predictions.map((prediction, i) => prediction - targets[i]);
      return {
        value: mean(differences.map((difference) => difference ** 2)),
        gradient: differences.map((difference) => (2 * difference) / differences.length),
      };
    },
  };

  /** Return the mean of an array. */
  function mean(values) {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  // ---------------------------------------------------------------- optimizers

  const BETA1 = 0.9;
  const BETA2 = 0.999;
  const EPSILON = 1e-8;

  /** Name -> (network) to a function that moves its parameters once by its gradients. */
  const OPTIMIZERS = {
    sgd(network) {
      return (rate) => {
        network.parameters.forEach((parameter, index) => {
          const gradient = network.gradients[index];
          for (let i = 0; i < parameter.length; i += 1) parameter[i] -= rate * gradient[i];
        });
      };
    },
    adam(network) {
      const means = network.parameters.map((parameter) => new Float64Array(parameter.length));
      const squares = network.parameters.map((parameter) => new Float64Array(parameter.length));
      let time = 0;
      return (rate) => {
        time += 1;
        const meanCorrection = 1 - BETA1 ** time;
        const squareCorrection = 1 - BETA2 ** time;
        network.parameters.forEach((parameter, index) => {
          const [gradient, m, v] = [network.gradients[index], means[index], squares[index]];
          for (let i = 0; i < parameter.length; i += 1) {
            m[i] += (1 - BETA1) * (gradient[i] - m[i]);
            v[i] += (1 - BETA2) * (gradient[i] ** 2 - v[i]);
            const size = Math.sqrt(v[i] / squareCorrection) + EPSILON;
            parameter[i] -= (rate * (m[i] / meanCorrection)) / size;
          }
        });
      };
    },
  };

  /** Compute loss and gradients on the whole set; return the trace and the loss. */
  function evaluate(network, activation, loss, { x, y, count }) {
    const trace = forward(network, activation, x, count);
    const { value, gradient } = LOSSES[loss](trace.output, y);
    backward(network, activation, trace, gradient);
    return { trace, loss: value };
  }

  lab.network = {
    ACTIVATIONS,
    INITIALIZATIONS,
    LOSSES,
    OPTIMIZERS,
    createNetwork,
    evaluate,
    forward,
    sigmoid,
    stream,
  };
})((globalThis.rectifiedLaboratory ??= {}));
