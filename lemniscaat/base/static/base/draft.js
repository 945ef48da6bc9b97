// A draft on this device only: what is typed in form[data-draft-key] survives closing the browser.
// The key names the round and the card, never a person; nothing here is sent anywhere.
(function () {
  "use strict";
  var PREFIX = "lemniscaat:", followed = new WeakSet();

  function store() {
    try {
      window.localStorage.setItem(PREFIX + "probe", "1");
      window.localStorage.removeItem(PREFIX + "probe");
      return window.localStorage;
    } catch (refused) {
      return null;
    }
  }

  function kept(field) {
    return field.name && !field.closest("[data-draft-skip]") && field.name !== "csrfmiddlewaretoken" &&
      ["hidden", "password", "file", "submit", "button"].indexOf(field.type) < 0;
  }

  function read(form) {
    var values = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!kept(field)) return;
      if (field.type === "radio" || field.type === "checkbox") {
        values[field.name] = values[field.name] || [];
        if (field.checked) values[field.name].push(field.value);
      } else {
        values[field.name] = [field.value];
      }
    });
    return values;
  }

  function write(form, values) {
    // what the server already filled in wins: it is the newer one
    var answered = Array.prototype.some.call(form.elements, function (field) {
      if (!kept(field)) return false;
      return field.type === "radio" || field.type === "checkbox" ? field.defaultChecked : field.defaultValue;
    });
    if (answered) return false;
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!kept(field) || !(field.name in values)) return;
      if (field.type === "radio" || field.type === "checkbox") field.checked = values[field.name].indexOf(field.value) >= 0;
      else field.value = values[field.name].length ? values[field.name][0] : "";
    });
    return true;
  }

  var box = store();
  if (!box) return;

  function clear(mark) {
    var start = PREFIX + mark.dataset.draftClear;
    Object.keys(box).forEach(function (key) {
      if (key.indexOf(start) === 0) box.removeItem(key);
    });
  }

  function follow(form) {
    if (followed.has(form)) return;
    followed.add(form);
    var key = PREFIX + form.dataset.draftKey;
    var notes = document.querySelectorAll("[data-draft-note]");
    function tell() { notes.forEach(function (note) { note.hidden = false; }); }
    function save() {
      try {
        box.setItem(key, JSON.stringify(read(form)));
        tell();
      } catch (full) {
        // no room on the device: the form itself still works
      }
    }
    var before = box.getItem(key);
    if (before) {
      try {
        // what comes back counts as typed: it is kept, and nothing that comes in wipes it out
        if (write(form, JSON.parse(before))) form.dispatchEvent(new Event("input", { bubbles: true }));
        tell();
      } catch (broken) {
        box.removeItem(key);
      }
    }
    form.addEventListener("input", save);
    form.addEventListener("change", save);
    // a drag or a button that reorders calls this by hand
    form.addEventListener("draft:save", save);
    // it lies with the server now, so there is no need for it here
    form.addEventListener("draft:kept", function () { box.removeItem(key); });
  }

  // at the start, and again when a part of the page was renewed
  function look() {
    document.querySelectorAll("[data-draft-clear]").forEach(clear);
    document.querySelectorAll("form[data-draft-key]").forEach(follow);
  }
  look();
  document.addEventListener("htmx:afterSettle", look);
})();
