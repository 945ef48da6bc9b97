// What somebody types is theirs. A form[data-autosave] is saved while they write, and what comes in from the server
// does not wipe out a form inside [data-typing-guard]: the same step waits, another step comes after the form was sent.
(function () {
  "use strict";
  var PAUSE = 1200, FIRST = 1000, SLOWEST = 30000, KEEPALIVE = 60000;
  var NO_TEXT = ["radio", "checkbox", "button", "submit", "reset", "range", "color", "file"];
  // of each form that was typed in: how often, up to where it is saved and since when, and the request under way
  var drafts = new Map();
  var started = new WeakMap();
  var missed = "";

  function unsaved(form) {
    var draft = drafts.get(form);
    return Boolean(draft) && draft.edits > draft.saved;
  }

  function writingIn(form) {
    var field = document.activeElement;
    if (!field || !form.contains(field)) return false;
    return field.matches("textarea, [contenteditable]") ||
      (field.matches("input") && NO_TEXT.indexOf(field.type) < 0);
  }

  function say(form, kind) {
    var note = form.querySelector("[data-autosave-note]");
    if (note) note.textContent = note.dataset[kind] || "";
  }

  function later(form, time) {
    var draft = drafts.get(form);
    clearTimeout(draft.timer);
    draft.timer = setTimeout(function () { save(form); }, time);
  }

  function fieldsOf(form) {
    var fields = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") fields.append(name, value);
    });
    return fields.toString();
  }

  // what was kept is what one goes on from: a text by several hands is woven from there
  function kept(form, body) {
    var fields = new URLSearchParams(body);
    form.querySelectorAll("input[type=hidden][name^=was_]").forEach(function (was) {
      var name = was.name.slice(4);
      if (fields.has(name)) was.value = fields.get(name);
    });
    form.dispatchEvent(new CustomEvent("draft:kept"));
  }

  // a form that has left the page in the meantime is sent all the same, until it is in
  function save(form) {
    var draft = drafts.get(form);
    if (!unsaved(form) || !form.hasAttribute("data-autosave")) return;
    if (draft.request) {
      if (draft.sending === draft.edits) return;
      draft.request.abort();
    }
    clearTimeout(draft.timer);
    var request = draft.request = new AbortController(), edits = draft.sending = draft.edits, body = fieldsOf(form);
    fetch(form.getAttribute("action") || location.href, {
      method: "POST",
      body: body,
      signal: request.signal,
      keepalive: body.length < KEEPALIVE,
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "autosave" }
    }).then(function (answer) {
      // somewhere else (to sign in, for instance) is not where a form is kept
      return answer.redirected ? 0 : answer.status;
    }, function () { return 0; }).then(function (status) {
      if (draft.request !== request) return;
      draft.request = null;
      if (status >= 200 && status < 300) kept(form, body);
      answered(form, draft, edits, status);
    });
  }

  function answered(form, draft, edits, status) {
    if (status >= 200 && status < 300) {
      draft.saved = edits;
      draft.at = performance.now();
      draft.wait = FIRST;
      if (unsaved(form)) return later(form, PAUSE);
      say(form, "saved");
      if (!form.isConnected) drafts.delete(form);
      return catchUp();
    }
    if (status === 409 || status === 423) return form.isConnected ? say(form, "closed") : drafts.delete(form);
    // it will not do as it stands: not before something else is typed
    if (status === 422) return say(form, "unfinished");
    say(form, "failed");
    later(form, draft.wait);
    draft.wait = Math.min(2 * draft.wait, SLOWEST);
  }

  function guarded(root) {
    var forms = Array.from(root.querySelectorAll("form"));
    if (root.matches("form")) forms.push(root);
    return forms.filter(function (form) { return form.closest("[data-typing-guard]"); });
  }

  // what was held back is asked for again, once nobody is busy with the form
  function catchUp() {
    var busy = guarded(document.body).some(function (form) { return unsaved(form) || writingIn(form); });
    if (!missed || busy) return;
    var name = missed;
    missed = "";
    document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));
  }

  document.addEventListener("input", function (event) {
    var form = event.target.closest("form") || event.target.form;
    if (!form || !form.closest("[data-autosave], [data-typing-guard]")) return;
    if (!drafts.has(form)) drafts.set(form, { edits: 0, saved: 0, at: 0, wait: FIRST, timer: 0, request: null });
    drafts.get(form).edits += 1;
    say(form, "typing");
    later(form, PAUSE);
  });

  // handed in by hand: what is still on its way must not come after it
  function handedIn(form) {
    var draft = drafts.get(form);
    if (!draft) return;
    clearTimeout(draft.timer);
    if (draft.request) draft.request.abort();
    draft.request = null;
    draft.saved = draft.edits;
  }
  function formOf(detail) { return detail.requestConfig.verb === "get" ? null : detail.elt.closest("form"); }
  document.addEventListener("submit", function (event) { if (!event.defaultPrevented) handedIn(event.target); });
  document.addEventListener("htmx:beforeSend", function (event) {
    started.set(event.detail.xhr, performance.now());
    handedIn(formOf(event.detail));
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = formOf(event.detail), draft = drafts.get(form);
    if (!draft || event.detail.successful) return;
    draft.saved = -1;
    later(form, draft.wait);
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    var detail = event.detail, config = detail.requestConfig || {}, forms = guarded(detail.target);
    // an answer to what somebody did themselves always comes in
    if (!detail.shouldSwap || config.verb !== "get" || !forms.length) return;
    var held = detail.sameStep && forms.some(function (form) {
      var draft = drafts.get(form), old = draft && draft.at > (started.get(detail.xhr) || 0);
      return unsaved(form) || writingIn(form) || old;
    });
    if (!held) return forms.forEach(function (form) { if (unsaved(form)) save(form); });
    detail.shouldSwap = false;
    missed = config.triggeringEvent ? config.triggeringEvent.type : "";
    setTimeout(catchUp, 0);
  });

  document.addEventListener("focusout", function () { setTimeout(catchUp, 0); });
  document.addEventListener("htmx:afterSettle", function () {
    drafts.forEach(function (_, form) { if (!form.isConnected && !unsaved(form)) drafts.delete(form); });
  });
  function saveAll() { drafts.forEach(function (_, form) { save(form); }); }
  document.addEventListener("visibilitychange", function () { if (document.hidden) saveAll(); });
  window.addEventListener("online", saveAll);

  // what was typed before this script was there counts as well
  function typed(field) {
    if (field.type === "hidden") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (!field.matches("select")) return field.value !== field.defaultValue;
    var given = Array.from(field.options).findIndex(function (option) { return option.defaultSelected; });
    return field.selectedIndex !== Math.max(given, 0);
  }
  document.querySelectorAll("form[data-autosave] :is(textarea, input, select)").forEach(function (field) {
    if (typed(field)) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
