// What the laboratory draws: the plane or the curve on a canvas, the loss and the layers as SVG.
// Colours are the page's custom properties, so every picture follows the theme.
((lab) => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const GRID = 56; // cells of the plane in each direction
  const MARK = 5; // px, half the size of an example
  const MOST_POINTS = 300; // of the loss curve
  const GRADIENT_RANGE = [-10, 2]; // powers of ten that the gradient bars span

  /** Return an element of HTML or SVG with attributes and children. */
  function make(name, attributes = {}, ...children) {
    const drawn = ["svg", "rect", "path", "line", "text", "g"].includes(name);
    const node = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  /** Return the value that a custom property has on this page now. */
  function ink(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // ---------------------------------------------------------------- the canvas

  /** Return [across, down]: places of the task's domain in canvas pixels. */
  function scales(canvas, [left, right, bottom, top]) {
    return [
      (value) => ((value - left) / (right - left)) * canvas.width,
      (value) => ((top - value) / (top - bottom)) * canvas.height,
    ];
  }

  /** Return the network's output at the centres of a grid over the domain, top row first. */
  function outputOnGrid(network, activation, [left, right, bottom, top]) {
    const places = new Float64Array(2 * GRID * GRID);
    for (let row = 0; row < GRID; row += 1) {
      for (let column = 0; column < GRID; column += 1) {
        const at = 2 * (row * GRID + column);
        places[at] = left + ((column + 0.5) / GRID) * (right - left);
        places[at + 1] = top - ((row + 0.5) / GRID) * (top - bottom);
      }
    }
    return lab.network.forward(network, activation, places, GRID * GRID).output;
  }

  /** Colour the plane by class: the surer, the stronger. */
  function fillPlane(context, logits) {
    const cell = [context.canvas.width / GRID, context.canvas.height / GRID];
    const colours = [ink("--rx-1"), ink("--rx-2")];
    logits.forEach((logit, i) => {
      const probability = lab.network.sigmoid(logit);
      context.globalAlpha = 0.55 * Math.abs(2 * probability - 1);
      context.fillStyle = colours[probability > 0.5 ? 1 : 0];
      const [column, row] = [i % GRID, Math.floor(i / GRID)];
      const [x, y] = [Math.floor(column * cell[0]), Math.floor(row * cell[1])];
      const width = Math.floor((column + 1) * cell[0]) - x;
      context.fillRect(x, y, width, Math.floor((row + 1) * cell[1]) - y);
    });
    context.globalAlpha = 1;
  }

  /** Draw the line on which the output changes its sign (marching squares, no saddles). */
  function drawBoundary(context, values) {
    const size = [context.canvas.width / GRID, context.canvas.height / GRID];
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    context.beginPath();
    for (let row = 0; row < GRID - 1; row += 1) {
      for (let column = 0; column < GRID - 1; column += 1) {
        const at = corners.map(([dx, dy]) => values[(row + dy) * GRID + column + dx]);
        const crossings = [];
        for (let side = 0; side < 4; side += 1) {
          const [a, b] = [at[side], at[(side + 1) % 4]];
          if (a > 0 === b > 0) continue;
          const share = a / (a - b);
          const [[x0, y0], [x1, y1]] = [corners[side], corners[(side + 1) % 4]];
          crossings.push([
            (column + 0.5 + x0 + share * (x1 - x0)) * size[0],
            (row + 0.5 + y0 + share * (y1 - y0)) * size[1],
          ]);
        }
        for (let i = 0; i + 1 < crossings.length; i += 2) {
          context.moveTo(...crossings[i]);
          context.lineTo(...crossings[i + 1]);
        }
      }
    }
    context.strokeStyle = ink("--rx-ink");
    context.lineWidth = 3;
    context.stroke();
  }

  /** Draw one example: a disc for class 0, a triangle for class 1; a ring around a wrong answer. */
  function drawExample(context, x, y, label, wrong) {
    context.beginPath();
    if (label > 0.5) {
      context.moveTo(x, y - MARK - 2);
      context.lineTo(x + MARK + 1, y + MARK);
      context.lineTo(x - MARK - 1, y + MARK);
      context.closePath();
    } else context.arc(x, y, MARK, 0, 2 * Math.PI);
    context.fillStyle = ink(label > 0.5 ? "--rx-2" : "--rx-1");
    context.strokeStyle = ink("--rx-paper");
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    if (!wrong) return;
    context.beginPath();
    context.arc(x, y, 2 * MARK + 1, 0, 2 * Math.PI);
    context.strokeStyle = ink("--rx-ink");
    context.lineWidth = 2;
    context.stroke();
  }

  /** Draw the task, what the network makes of it, and the examples. */
  function drawTask(canvas, task, examples, network, activation, logits) {
    const context = canvas.getContext("2d");
    const [across, down] = scales(canvas, task.domain);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (task.loss === "squared_error") {
      for (let i = 0; i < examples.count; i += 1) {
        drawExample(context, across(examples.x[i]), down(examples.y[i]), 0, false);
      }
      const [left, right] = task.domain;
      const places = Float64Array.from({ length: 401 }, (_, i) => left + (i / 400) * (right - left));
      context.beginPath();
      lab.network.forward(network, activation, places, places.length).output.forEach((y, i) => {
        context.lineTo(across(places[i]), down(y));
      });
      context.strokeStyle = ink("--rx-2");
      context.lineWidth = 4;
      context.stroke();
      return;
    }
    const plane = outputOnGrid(network, activation, task.domain);
    fillPlane(context, plane);
    drawBoundary(context, plane);
    for (let i = 0; i < examples.count; i += 1) {
      const wrong = logits[i] > 0 !== examples.y[i] > 0.5;
      const place = [across(examples.x[2 * i]), down(examples.x[2 * i + 1])];
      drawExample(context, ...place, examples.y[i], wrong);
    }
  }

  // ---------------------------------------------------------------- the loss, the layers

  /** Return a number to three digits, with a real minus sign; an exponent where it is small. */
  function words(value) {
    if (!Number.isFinite(value)) return "not finite";
    if (value === 0) return "0";
    const size = Math.abs(value);
    const text = size < 1e-3 || size >= 1e4 ? value.toExponential(1) : value.toPrecision(3);
    return text.replaceAll("-", "−");
  }

  /** Draw the loss against the steps, the loss on a logarithmic axis. */
  function drawLoss(svg, losses) {
    const [width, height, left, bottom] = [300, 120, 44, 22];
    const stepsEach = Math.ceil(losses.length / MOST_POINTS);
    const finite = losses.filter(
      (loss, i) => i % stepsEach === 0 && loss > 0 && Number.isFinite(loss),
    );
    const logs = finite.map(Math.log10);
    const low = Math.floor(Math.min(...logs, 0) - 1e-9);
    const high = Math.max(low + 1, Math.ceil(Math.max(...logs, -0.5)));
    const down = (power) => 6 + ((high - power) / (high - low)) * (height - bottom - 10);
    const stride = (width - left - 8) / Math.max(1, finite.length - 1);
    const line = logs.map((power, i) => `${(left + i * stride).toFixed(1)} ${down(power).toFixed(1)}`);
    const ticks = [];
    for (let power = low; power <= high; power += Math.ceil((high - low) / 4)) {
      ticks.push(
        make("line", { x1: left, x2: width, y1: down(power), y2: down(power), class: "lab-grid" }),
        make("text", { x: left - 5, y: down(power) + 4, "text-anchor": "end" }, String(10 ** power)),
      );
    }
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(
      ...ticks,
      make("text", { x: left, y: height - 4 }, "0"),
      make("text", { x: width - 4, y: height - 4, "text-anchor": "end" }, `${losses.length - 1} steps`),
      make("path", { d: line.length ? `M${line.join("L")}` : "", class: "lab-line" }),
    );
  }

  /** Return a bar for a gradient norm on the shared scale of powers of ten. */
  function gradientBar(norm) {
    const [low, high] = GRADIENT_RANGE;
    const along = (power) => (240 * (power - low)) / (high - low);
    const power = Math.min(high, Math.max(low, Math.log10(norm)));
    const lines = [];
    for (let tick = low; tick <= high; tick += 2) {
      const x = along(tick).toFixed(1);
      lines.push(make("line", { x1: x, x2: x, y1: 0, y2: 18, class: tick ? "lab-grid" : "lab-one" }));
    }
    const bar = make("rect", { x: 0, y: 4, width: along(power) || 0, height: 10, class: "lab-bar" });
    return make("svg", { viewBox: "-1 0 242 18", "aria-hidden": "true" }, ...lines, bar);
  }

  /** Return the units of a layer: each filled as high as its share of examples; a cross if dead. */
  function unitStrip(units) {
    const size = 240 / Math.max(16, units.length);
    const cells = units.map(({ on, dead }, i) => {
      const [x, side] = [i * size + 0.5, size - 1.5];
      const frame = { x, y: 0.5, width: side, height: 22, class: dead ? "lab-dead" : "lab-unit" };
      const cross = `M${x} 0.5L${x + side} 22.5M${x + side} 0.5L${x} 22.5`;
      return make(
        "g",
        {},
        make("rect", { x, y: 0.5 + 22 * (1 - on), width: side, height: 22 * on, class: "lab-on" }),
        make("rect", frame),
        ...(dead ? [make("path", { d: cross, class: "lab-dead" })] : []),
      );
    });
    return make("svg", { viewBox: "0 0 240 23", "aria-hidden": "true" }, ...cells);
  }

  /** Return a histogram of pre-activations, with a line at zero. */
  function histogramOf(bins) {
    const [most, width] = [Math.max(...bins, 1), 240 / bins.length];
    const bars = bins.map((count, i) => {
      const height = (32 * count) / most;
      return make("rect", { x: i * width, y: 34 - height, width: width - 1, height, class: "lab-bar" });
    });
    const zero = make("line", { x1: 120, x2: 120, y1: 0, y2: 34, class: "lab-one" });
    return make("svg", { viewBox: "0 0 240 34", "aria-hidden": "true" }, ...bars, zero);
  }

  lab.drawing = { drawLoss, drawTask, gradientBar, histogramOf, make, unitStrip, words };
})((globalThis.rectifiedLaboratory ??= {}));
