// What waits on this device, for whoever looks: what and when, with a way to mend and to remove. On a shared device
// nobody reads what another wrote.
(function () {
  "use strict";
  var Outbox = self.Outbox;
  if (!Outbox) return;

  function all(name, work) { document.querySelectorAll("[data-" + name + "]").forEach(work); }
  function show(element, yes) { if (element) element.hidden = !yes; }
  function part(row, name) { return row.querySelector("[data-" + name + "]"); }

  function moment(when) {
    return new Date(when).toLocaleString(document.documentElement.lang || "nl", {
      weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"
    });
  }

  // twice on the same button, so that a thumb takes nothing away
  function sure(button, work) {
    var timer, before = button.textContent;
    button.addEventListener("click", function () {
      if (timer) { clearTimeout(timer); work(); return; }
      button.textContent = button.dataset.sure;
      timer = setTimeout(function () { timer = null; button.textContent = before; }, 5000);
    });
  }

  function drawn(template, item, mark, acts) {
    var row = template.content.firstElementChild.cloneNode(true);
    var mine = item.mark === mark && mark !== "", nobodys = item.mark === "";
    row.dataset.key = item.key;
    part(row, "is").textContent = item.is;
    part(row, "when").textContent = moment(item.when);
    part(row, "about").textContent = mine || nobodys ? item.about : "";
    part(row, "problem").textContent = item.wrong ? item.problem : "";
    show(part(row, "problem"), mine && item.wrong && item.problem);
    show(part(row, "mend"), mine && item.wrong);
    show(part(row, "claim"), nobodys && mark !== "");
    show(part(row, "remove"), mine || nobodys);
    part(row, "mend").addEventListener("click", function () { acts.mend(item); });
    part(row, "claim").addEventListener("click", function () { acts.claim(item); });
    sure(part(row, "remove"), function () { Outbox.remove(item.key); });
    return row;
  }

  // `mark` is of whoever is here now, empty for nobody
  Outbox.draw = function (items, mark, acts) {
    var shown = items.filter(function (item) { return item.mark === mark || item.mark === ""; });
    all("waiting-count", function (number) { number.textContent = items.length; });
    all("waiting-line", function (line) { show(line, shown.length); });
    all("waiting", function (section) {
      var rows = part(section, "waiting-rows"), template = part(section, "waiting-row"), held = document.activeElement;
      // who is on a button of the list keeps it
      var same = Array.from(rows.children, function (row) { return row.dataset.stands; }).join() ===
        items.map(function (item) { return item.key + item.mark + Boolean(item.wrong); }).join();
      show(section, items.length);
      show(part(section, "waiting-others"), shown.length < items.length);
      if (same) return;
      var inside = section.contains(held);
      rows.replaceChildren.apply(rows, items.map(function (item) {
        var row = drawn(template, item, mark, acts);
        row.dataset.stands = item.key + item.mark + Boolean(item.wrong);
        return row;
      }));
      if (inside && items.length) {
        section.tabIndex = -1;
        section.focus({ preventScroll: true });
      }
    });
  };
})();
