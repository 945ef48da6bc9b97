// Typing in papers without a mouse: a digit chooses the answer and goes on, Enter goes on without one.
// Without this script the same form works with Tab, arrows and space.
(function () {
  "use strict";
  var form = document.querySelector("form[data-typing]");
  if (!form) return;
  form.classList.add("with-keys");
  document.querySelectorAll("[data-typing-keys]").forEach(function (line) { line.hidden = false; });

  function shown(field) {
    return !field.disabled && field.type !== "hidden" && field.getClientRects().length > 0;
  }

  function sameName(field) {
    return Array.prototype.filter.call(form.elements, function (other) {
      return other.name === field.name && other.type === field.type;
    });
  }

  // where the keys stop: once for each group of answers, once for each field, and at the end
  function stops() {
    var seen = {};
    return Array.prototype.filter.call(form.elements, function (field) {
      if (field.tagName === "FIELDSET" || !shown(field)) return false;
      if (field.tagName === "BUTTON") return field.hasAttribute("data-typing-end");
      if (field.type !== "radio" && field.type !== "checkbox") return true;
      // "past niet bij mij" is chosen with Tab and space; the road of the keys passes it by
      if (field.type === "checkbox" && field.closest("[data-skips]")) return false;
      if (seen[field.name]) return false;
      seen[field.name] = true;
      return true;
    });
  }

  function onward(field) {
    var all = stops();
    var here = all.findIndex(function (one) {
      return one === field || (one.name === field.name && one.type === field.type && one.type !== "text");
    });
    var next = all[here + 1] || all[all.length - 1];
    if (!next) return;
    if (next.type === "radio") next = sameName(next).find(function (one) { return one.checked; }) || next;
    next.focus();
    var card = next.closest(".typing-card, fieldset, .field") || next;
    card.scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("keydown", function (event) {
    var field = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    var picks = field.type === "radio" || field.type === "checkbox";
    if (event.key === "Enter" && field.tagName !== "TEXTAREA" && field.tagName !== "BUTTON") {
      event.preventDefault();
      onward(field);
    } else if (picks && /^[1-9]$/.test(event.key)) {
      var chosen = sameName(field)[Number(event.key) - 1];
      if (!chosen) return;
      event.preventDefault();
      chosen.checked = field.type === "radio" ? true : !chosen.checked;
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
      if (field.type === "radio") onward(chosen);
      else chosen.focus();
    }
  });

  var first = form.querySelector("[aria-invalid=true]");
  var list = stops().filter(function (one) { return one.closest("#vragen"); });
  // role and place stay as they were on the paper before: begin at the first question
  var known = !form.querySelector("input[name=_rol]") || form.querySelector("input[name=_rol]:checked");
  var start = first || (known ? list[0] : stops()[0]);
  if (start && !location.hash) start.focus({ preventScroll: !first });
})();
