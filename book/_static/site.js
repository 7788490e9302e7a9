// What the theme leaves undone for the keyboard: formulas too wide for the page scroll in their
// own box, so the keyboard must be able to reach that box.
(() => {
  "use strict";

  /** Let the keyboard reach the displayed formulas that scroll, and no others. */
  function reachWideFormulas() {
    for (const box of document.querySelectorAll('mjx-container[display="true"]')) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", "Formula, wider than the page");
      } else if (box.tabIndex === 0) {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    }
  }

  window.addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    await document.fonts.ready;
    reachWideFormulas();
    window.addEventListener("resize", reachWideFormulas);
  });
})();
