// Going on where one was, on this device: keeps the sealed sheet and the number of the card, nothing else.
// The sheet is sealed by the server; on the device nobody can read it. Without this script everything works.
(function () {
  "use strict";
  var PREFIX = "lemniscaat:";
  var box;
  try {
    box = window.localStorage;
    box.getItem(PREFIX);
  } catch (refused) {
    return;
  }
  if (!box) return;

  function look() {
    document.querySelectorAll("form[data-carry]").forEach(function (form) {
      try {
        box.setItem(PREFIX + form.dataset.carry + "blad", JSON.stringify({
          sheet: form.elements.blad.value, place: form.dataset.place
        }));
      } catch (full) {
        // no room on the device: the page still carries its own sheet
      }
    });

    // whoever begins anew, perhaps somebody else on the same phone, does not find what was typed before
    document.querySelectorAll("form[data-start]").forEach(function (form) {
      form.addEventListener("submit", function (event) {
        if (event.submitter && event.submitter.formMethod === "get") return;
        Object.keys(box).forEach(function (key) {
          if (key.indexOf(PREFIX + form.dataset.start) === 0) box.removeItem(key);
        });
      });
    });

    document.querySelectorAll("form[data-continue]").forEach(function (form) {
      var kept = box.getItem(PREFIX + form.dataset.continue + "blad");
      if (!kept) return;
      try {
        var found = JSON.parse(kept);
        form.elements.blad.value = found.sheet;
        form.action = form.action.replace(/\d+\/$/, parseInt(found.place, 10) + "/");
        form.hidden = false;
      } catch (broken) {
        box.removeItem(PREFIX + form.dataset.continue + "blad");
      }
    });
  }

  look();
  // the next card came into the same page
  document.addEventListener("htmx:afterSettle", look);
})();
