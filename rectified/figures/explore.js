// Connects the controls of every explorable figure of a page to its frames.
//
// rectified.figures.explore wrote the figure: one <svg> in which <g data-f="3 4"> belongs to the
// frames 3 and 4, one <input type="range"> or <select> per setting, a readout, and a table with
// one row per frame. Frame numbers count the settings with the last control fastest. The state
// stands in the address as #explore-name&setting=value, so that a link reopens the same view.
(() => {
  "use strict";

  const FRAME_MS = 150;

  /** Return the keys of a control: its values as they stand in the address. */
  function keysOf(control) {
    return control.dataset.keys
      ? JSON.parse(control.dataset.keys)
      : Array.from(control.options, (option) => option.value);
  }

  /** Return the position of a control, counted from 0. */
  function positionOf(control) {
    return control.type === "range" ? Number(control.value) : control.selectedIndex;
  }

  /** Move a control to a position. */
  function moveTo(control, position) {
    if (control.type === "range") control.value = String(position);
    else control.selectedIndex = position;
  }

  /** Return the settings that the address holds for the figure with this id, or null. */
  function settingsInAddress(id) {
    const [name, ...settings] = location.hash.slice(1).split("&");
    return name === id ? new URLSearchParams(settings.join("&")) : null;
  }

  /** Connect one figure. */
  function connect(figure) {
    const svg = figure.querySelector(":scope > svg");
    const panel = figure.querySelector(".rx-controls");
    const controls = Array.from(panel.querySelectorAll("input, select"));
    const readout = figure.querySelector(".rx-readout");
    const rows = figure.querySelectorAll(".rx-data tbody tr");
    const variants = Array.from(svg.querySelectorAll("[data-f]"), (group) => ({
      group,
      frames: new Set(group.dataset.f.split(" ").map(Number)),
    }));

    function frameNow() {
      return controls.reduce(
        (frame, control) => frame * keysOf(control).length + positionOf(control),
        0,
      );
    }

    function redraw() {
      const frame = frameNow();
      for (const { group, frames } of variants) {
        if (frames.has(frame)) group.removeAttribute("display");
        else group.setAttribute("display", "none");
      }
      const row = rows[frame];
      if (row.dataset.alt) svg.setAttribute("aria-label", row.dataset.alt);
      readout.textContent = row.lastElementChild.textContent;
      controls.forEach((control, index) => {
        if (control.type !== "range") return;
        const text = row.children[index].textContent;
        control.setAttribute("aria-valuetext", text);
        control.nextElementSibling.textContent = text;
      });
    }

    function writeAddress() {
      const settings = controls.map((control) => {
        const key = keysOf(control)[positionOf(control)];
        return `${control.dataset.name}=${encodeURIComponent(key)}`;
      });
      history.replaceState(history.state, "", `#${[figure.id, ...settings].join("&")}`);
    }

    function readAddress() {
      const settings = settingsInAddress(figure.id);
      if (!settings) return;
      for (const control of controls) {
        const position = keysOf(control).indexOf(settings.get(control.dataset.name));
        if (position >= 0) moveTo(control, position);
      }
      redraw();
      figure.scrollIntoView({ block: "center" });
    }

    for (const control of controls) {
      control.addEventListener("input", redraw);
      control.addEventListener("change", writeAddress);
    }
    window.addEventListener("hashchange", readAddress);
    panel.hidden = false;
    redraw();
    readAddress();
    const button = figure.querySelector(".rx-play");
    if (button) offerPlay(button, controls[0], redraw, writeAddress);
  }

  /** Let a button run through the first control, unless the reader asked for less motion. */
  function offerPlay(button, control, redraw, finish) {
    const stillness = matchMedia("(prefers-reduced-motion: reduce)");
    let timer = 0;

    function stop() {
      clearInterval(timer);
      timer = 0;
      button.textContent = "Play";
      finish();
    }

    function step() {
      if (positionOf(control) === Number(control.max)) {
        stop();
        return;
      }
      moveTo(control, positionOf(control) + 1);
      redraw();
    }

    button.addEventListener("click", () => {
      if (timer) {
        stop();
        return;
      }
      if (positionOf(control) === Number(control.max)) moveTo(control, 0);
      redraw();
      button.textContent = "Pause";
      timer = setInterval(step, FRAME_MS);
    });
    const follow = () => {
      button.hidden = stillness.matches;
      if (stillness.matches && timer) stop();
    };
    stillness.addEventListener("change", follow);
    follow();
  }

  document.querySelectorAll("figure.rx-explore").forEach(connect);
})();
