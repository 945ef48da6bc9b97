// A part of the page that is renewed. The same step again is laid over what stands, so that what is unfolded, has the
// focus or lies under a finger stays there; another step comes in its place.
(function () {
  "use strict";
  var keep = Idiomorph.defaults.callbacks;
  // what somebody unfolded stays so, and what a script of ours added is not the server's to take away
  keep.beforeAttributeUpdated = function (name, element) { return !(name === "open" && element.matches("details")); };
  keep.beforeNodeRemoved = function (node) { return !(node.dataset && node.dataset.made); };

  function stepOf(root) {
    var holder = root.closest("[data-step]") || root.querySelector("[data-step]");
    return holder ? holder.dataset.step : null;
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    var detail = event.detail, region = detail.target, config = detail.requestConfig || {};
    var step = region.hasAttribute("data-live-region") ? stepOf(region) : null;
    if (!detail.shouldSwap || config.verb !== "get" || step === null) return;
    var coming = new DOMParser().parseFromString(detail.serverResponse, "text/html").querySelector("[data-step]");
    detail.sameStep = Boolean(coming) && coming.dataset.step === step;
    if (detail.sameStep) detail.swapOverride = region.matches("[data-step]") ? "morph:outerHTML" : "morph:innerHTML";
  });
})();

// Who had the focus in a part that is renewed keeps a place (a field gets it back by its id), and a new step is told to
// who cannot see it.
(function () {
  "use strict";
  var step = stepNow(), inside = false;

  function stepNow() {
    var holder = document.querySelector("[data-step]");
    return holder ? holder.dataset.step : "";
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    var region = event.detail.target.closest("[data-live-region]");
    inside = inside || (region && region.contains(document.activeElement));
  });

  document.addEventListener("htmx:afterSettle", function () {
    var heading = document.querySelector("[data-step-heading]"), announce = document.querySelector("[data-live-announce]");
    if (inside && heading && (!document.activeElement || document.activeElement === document.body)) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    inside = false;
    if (stepNow() === step) return;
    step = stepNow();
    // what was told belongs to the step in which it happened
    document.querySelectorAll(".messages").forEach(function (told) { told.remove(); });
    if (heading && announce) announce.textContent = heading.textContent.trim();
  });
})();
