// Typing paper over: Enter goes to the next question, and sends only from the button. Without it everything works.
(function () {
  "use strict";
  function stops(form) {
    var seen = {};
    return Array.prototype.filter.call(form.elements, function (field) {
      if (field.type === "hidden" || field.tagName === "FIELDSET" || field.disabled) return false;
      if (field.type !== "radio") return true;
      // a question with radios is one stop: the arrow keys choose
      if (seen[field.name]) return false;
      seen[field.name] = true;
      return true;
    });
  }

  document.querySelectorAll("form[data-enter-goes-on]").forEach(function (form) {
    form.addEventListener("keydown", function (event) {
      var field = event.target;
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      if (["BUTTON", "A", "SUMMARY"].indexOf(field.tagName) >= 0) return;
      event.preventDefault();
      var all = stops(form);
      var here = all.findIndex(function (one) {
        return one === field || (one.type === "radio" && one.name === field.name);
      });
      // a field that is folded away takes no focus: go on to the first that does
      for (var next = here + 1; next < all.length; next += 1) {
        all[next].focus();
        if (document.activeElement === all[next]) return;
      }
    });
  });
  var first = document.querySelector("form[data-enter-goes-on] input:not([type=hidden])");
  if (first && !document.querySelector(".error")) first.focus();
})();
