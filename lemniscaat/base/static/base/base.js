// Small help for pages: the token for htmx, menus that close, printing. Every page works without it.
(function () {
  "use strict";

  function token() {
    var field = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (field) return field.value;
    var found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-closes][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    var printer = event.target.closest("[data-print]");
    if (printer) window.print();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-closes][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // one press is one send: a second press while the first is under way does nothing
  var sent = new WeakSet();
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (sent.has(form)) { event.preventDefault(); return; }
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    sent.add(form);
    // a download leaves the page where it is
    setTimeout(function () { sent.delete(form); }, 4000);
  });
  window.addEventListener("pageshow", function () { sent = new WeakSet(); });

  document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
})();
