// Nobody scrolls a wall: what does not fit is set smaller, in steps.
(function () {
  "use strict";
  var STEPS = [1, 0.92, 0.84, 0.76, 0.68, 0.6], root = document.documentElement;

  function fit() {
    for (var step = 0; step < STEPS.length; step++) {
      root.style.setProperty("--fit", STEPS[step]);
      if (root.scrollHeight <= window.innerHeight) return;
    }
  }

  fit();
  document.fonts.ready.then(fit);
  window.addEventListener("resize", fit);
  window.addEventListener("load", fit);
  document.addEventListener("htmx:afterSettle", fit);
})();
