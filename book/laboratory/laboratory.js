// The laboratory's page: builds the controls, runs the network, shows what the run measures.
((lab) => {
  "use strict";

  const { SETTINGS, LIVE } = lab.settings;
  const { make, words } = lab.drawing;
  const BUDGET_MS = 9; // of steps in each frame
  const PICTURE_MS = 120; // between two pictures of a run
  const SPEAK_MS = 5000; // between two sentences to a screen reader
  const HUNDRED = 100;

  const root = document.getElementById("laboratory-here");
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  const page = {}; // the parts that change
  let run = null;
  let running = false;
  let replaying = 0; // counts the replays, so that a new one ends an old one
  let pictureAt = 0;
  let spokenAt = 0;

  // ---------------------------------------------------------------- building

  /** Return one labelled control. */
  function control(name) {
    const id = `laboratory-${name}`;
    const options = Array.from(SETTINGS[name].options, ([value, text]) =>
      make("option", { value }, text),
    );
    const select = make("select", { id, autocomplete: "off" }, ...options);
    select.addEventListener("change", () => chosen(name, select.value));
    page[name] = select;
    return make("div", { class: "lab-control" }, make("label", { for: id }, SETTINGS[name].label), select);
  }

  /** Return a button. */
  function button(name, text, act) {
    page[name] = make("button", { type: "button" }, text);
    page[name].addEventListener("click", act);
    return page[name];
  }

  /** Put everything on the page. */
  function build() {
    const controls = Object.keys(SETTINGS).map(control);
    const buttons = [
      button("once", "Step", () => stepBy(1)),
      button("hundred", `${HUNDRED} steps`, () => stepBy(HUNDRED)),
      button("play", "Run", () => (running ? pause() : play())),
      button("reset", "Reset", () => begin(settingsChosen())),
    ];
    page.canvas = make("canvas", { width: 640, height: 640, role: "img" });
    page.loss = make("svg", { role: "img" });
    page.readout = make("p", { class: "lab-readout" });
    page.live = make("p", { class: "lab-live", role: "status" });
    page.layers = make("div", { class: "lab-layers" });
    page.rows = make("tbody");
    const heads = ["Layer", "Gradient norm", "Units on", "Dead", "Mean", "Deviation"];
    const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
    const caption = make("caption", {}, "Every layer now; mean and deviation of its pre-activations");
    const table = make("table", {}, caption, make("thead", {}, head), page.rows);
    const scroll = { class: "lab-scroll", tabindex: "0", role: "group", "aria-label": "Table of layers" };
    root.replaceChildren(
      make("div", { class: "lab-controls", role: "group", "aria-label": "Settings" }, ...controls),
      make("div", { class: "lab-buttons", role: "group", "aria-label": "Training" }, ...buttons),
      page.live,
      make(
        "div",
        { class: "lab-top" },
        make("div", { class: "lab-plane" }, page.canvas),
        make("div", { class: "lab-beside" }, page.readout, make("p", { class: "lab-title" }, "Loss"), page.loss),
      ),
      page.layers,
      make("details", { class: "lab-data" }, make("summary", {}, "The layers as a table"), make("div", scroll, table)),
    );
  }

  // ---------------------------------------------------------------- showing

  /** Return the number of steps in words. */
  function stepCount() {
    return run.steps === 1 ? "1 step" : `${run.steps} steps`;
  }

  /** Return what the page says about the run, in a few sentences. */
  function summary(found) {
    const share = (value) => `${Math.round(100 * value)}%`;
    const parts = [`After ${stepCount()} with ${SETTINGS.activation.options.get(run.now.activation)}:`];
    if (lab.run.diverged(run)) {
      return `${parts[0]} the loss is not finite. The run has diverged; lower the rate and reset.`;
    }
    parts.push(`loss ${words(found.loss)};`);
    if (found.right === undefined) parts.push(`${words(found.otherLoss)} on new examples.`);
    else parts.push(`${share(found.right)} right, ${share(found.otherRight)} of new examples.`);
    parts.push(`${found.dead} of ${found.units} units dead; units are on for ${share(found.active)}.`);
    const [first, last] = [found.layers[0].gradient, found.layers.at(-1).gradient];
    parts.push(`Gradient norm ${words(first)} in the first layer, ${words(last)} in the last.`);
    return parts.join(" ");
  }

  /** Return the card of one layer. */
  function card(layer, index) {
    const part = (text, picture) => make("div", {}, picture, make("p", {}, text));
    const isLast = layer.units === undefined;
    const title = isLast ? "Output" : `Hidden layer ${index + 1}`;
    const parts = [part(`gradient norm ${words(layer.gradient)}`, lab.drawing.gradientBar(layer.gradient))];
    if (!isLast) {
      const dead = `${layer.dead} of ${layer.units.length} dead`;
      parts.push(
        part(`on for ${Math.round(100 * layer.active)}%, ${dead}`, lab.drawing.unitStrip(layer.units)),
        part(`pre-activations ${words(layer.mean)} ± ${words(layer.deviation)}`, lab.drawing.histogramOf(layer.bins)),
      );
    }
    return make("div", { class: "lab-card" }, make("p", { class: "lab-title" }, title), ...parts);
  }

  /** Return the row of one layer in the table. */
  function row(layer, index) {
    const isLast = layer.units === undefined;
    const cells = [words(layer.gradient)];
    if (isLast) cells.push("–", "–", "–", "–");
    else {
      const active = `${(100 * layer.active).toFixed(1)}%`;
      cells.push(active, `${layer.dead} of ${layer.units.length}`, words(layer.mean), words(layer.deviation));
    }
    const name = make("th", { scope: "row" }, isLast ? "output" : String(index + 1));
    return make("tr", {}, name, ...cells.map((text) => make("td", {}, text)));
  }

  /** Show the run as it is now. */
  function show() {
    const found = lab.run.measure(run);
    const text = summary(found);
    const { activation, task } = run.now;
    lab.drawing.drawTask(page.canvas, run.task, run.examples, run.network, activation, run.seen.trace.output);
    lab.drawing.drawLoss(page.loss, run.losses);
    page.layers.replaceChildren(...found.layers.map(card));
    page.rows.replaceChildren(...found.layers.map(row));
    page.readout.textContent = text;
    const shown = SETTINGS.task.options.get(task);
    page.canvas.setAttribute("aria-label", `The task, ${shown}, and what the network makes of it. ${text}`);
    const [start, end] = [run.losses[0], run.losses.at(-1)].map(words);
    page.loss.setAttribute("aria-label", `Loss over ${stepCount()}, from ${start} to ${end}.`);
    pictureAt = performance.now();
    return text;
  }

  /** Show the run, say it, and write it into the address. */
  function report() {
    page.live.textContent = show();
    spokenAt = performance.now();
    history.replaceState(history.state, "", lab.settings.toFragment(run.first, run.steps, run.changes));
    page.once.disabled = page.hundred.disabled = page.play.disabled = lab.run.ended(run);
  }

  // ---------------------------------------------------------------- acting

  /** Return the settings as the controls have them. */
  function settingsChosen() {
    return Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, page[name].value]));
  }

  /** Begin a new run. */
  function begin(first) {
    halt();
    run = lab.run.startRun(first);
    report();
  }

  /** Follow a control: some settings change a run, others begin a new one. */
  function chosen(name, value) {
    if (!LIVE.includes(name)) {
      begin(settingsChosen());
      return;
    }
    lab.run.change(run, name, value);
    report();
  }

  /** Take a number of steps at once. */
  function stepBy(count) {
    halt();
    for (let i = 0; i < count && !lab.run.ended(run); i += 1) lab.run.step(run);
    report();
  }

  /** Stop running, without a word. */
  function halt() {
    running = false;
    replaying += 1;
    page.play.textContent = "Run";
  }

  /** Stop running, and say where the run is. */
  function pause() {
    halt();
    report();
  }

  /** Run until paused. */
  function play() {
    running = true;
    page.play.textContent = "Pause";
    requestAnimationFrame(frame);
  }

  /** Take the steps of one frame. */
  function frame() {
    if (!running) return;
    const start = performance.now();
    do lab.run.step(run);
    while (!lab.run.ended(run) && performance.now() - start < BUDGET_MS);
    if (lab.run.ended(run)) {
      pause();
      return;
    }
    if (performance.now() - pictureAt > PICTURE_MS) {
      const text = show();
      if (performance.now() - spokenAt > SPEAK_MS) {
        page.live.textContent = text;
        spokenAt = performance.now();
      }
    }
    requestAnimationFrame(frame);
  }

  /** Repeat the run of an address, a piece at a time so that the page stays alive. */
  function replay({ first, steps, changes }) {
    begin(first);
    const mine = replaying;
    const left = [...changes];
    page.readout.textContent = `Repeating ${steps} steps …`;

    function piece() {
      if (mine !== replaying) return; // something else was begun
      const start = performance.now();
      while (run.steps < steps && !lab.run.ended(run) && performance.now() - start < 4 * BUDGET_MS) {
        lab.run.step(run);
        while (left.length && left[0].step === run.steps) {
          const { name, value } = left.shift();
          lab.run.change(run, name, value);
          page[name].value = value;
        }
      }
      if (run.steps < steps && !lab.run.ended(run)) setTimeout(piece);
      else report();
    }
    piece();
  }

  /** Follow the address: its run, or the first one. */
  function readAddress() {
    const found = lab.settings.fromFragment(location.hash);
    if (!found && run) return; // another place on this page
    const { first, steps, changes } = found ?? { first: lab.settings.START, steps: 0, changes: [] };
    for (const [name, value] of Object.entries(first)) page[name].value = value;
    if (found) {
      replay({ first, steps, changes });
      root.scrollIntoView();
    } else {
      run = lab.run.startRun(first);
      show();
    }
  }

  build();
  root.classList.add("lab-ready");
  const follow = () => {
    page.play.hidden = stillness.matches;
    if (stillness.matches && running) pause();
  };
  stillness.addEventListener("change", follow);
  follow();
  readAddress();
  window.addEventListener("hashchange", readAddress);
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-theme"] });
})(globalThis.rectifiedLaboratory);
