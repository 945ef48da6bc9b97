// Notes are dragged into a group with the mouse or a finger on a large screen. The same is done by choosing a group from
// a list; this only fills in that list and sends it.
(function () {
  "use strict";
  var dragged = null;

  function target(event) {
    return event.target.closest ? event.target.closest("[data-drop-group]") : null;
  }
  function clear() {
    document.querySelectorAll(".wall-group.over").forEach(function (one) { one.classList.remove("over"); });
  }

  document.addEventListener("dragstart", function (event) {
    dragged = event.target.closest ? event.target.closest("[data-note]") : null;
    if (dragged) event.dataTransfer.setData("text/plain", dragged.dataset.note);
  });
  document.addEventListener("dragover", function (event) {
    var group = target(event);
    if (!dragged || !group) return;
    event.preventDefault();
    clear();
    group.classList.add("over");
  });
  document.addEventListener("dragend", function () { dragged = null; clear(); });
  document.addEventListener("drop", function (event) {
    var group = target(event);
    if (!dragged || !group) return;
    event.preventDefault();
    var form = document.getElementById(dragged.dataset.form);
    var field = form && form.querySelector('[name="at:' + dragged.dataset.note + '"]');
    clear();
    if (!field || field.value === group.dataset.dropGroup) return;
    field.value = group.dataset.dropGroup;
    form.requestSubmit();
  });
})();
