// The keys of whoever leads: a clicker sends PageDown and PageUp, a keyboard also arrows, Enter and the space bar.
// They press the buttons of [data-control]; every button can be pressed by hand as well.
(function () {
  "use strict";
  var KEYS = {
    Enter: "show", ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", " ": "stop"
  };
  // where a key has a meaning of its own
  var TAKEN = "input, textarea, select, button, a[href], summary, [contenteditable]";

  document.addEventListener("keydown", function (event) {
    var key = KEYS[event.key];
    if (!key || event.repeat || event.defaultPrevented) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest(TAKEN)) return;
    var button = document.querySelector("[data-control] button[data-key=" + key + "]:not([disabled])");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // after a press with the mouse the clicker must work again; who came by keyboard keeps the focus
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-control] button");
    // not before the form was sent, with the name of the button that has the focus
    if (button && event.detail > 0) setTimeout(function () { button.blur(); }, 0);
  });
})();
