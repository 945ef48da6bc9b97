// Buttons to move an answer up or down; without this script the numbers in the lists do the work.
(function () {
  "use strict";
  var ready = new WeakSet();

  function rows(list) { return Array.prototype.slice.call(list.querySelectorAll("[data-ranking-row]")); }

  function renumber(list) {
    rows(list).forEach(function (row, place) {
      var select = row.querySelector("select");
      select.value = place < select.options.length - 1 ? String(place + 1) : "";
    });
  }

  function tell(list) {
    list.dispatchEvent(new Event("input", { bubbles: true }));
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // numbered answers first, in their order; what has no number yet keeps its place below them
  function sort(list) {
    var all = rows(list);
    all.map(function (row, place) {
      var number = parseInt(row.querySelector("select").value, 10);
      return { row: row, by: isNaN(number) ? 1000 + place : number };
    }).sort(function (a, b) { return a.by - b.by; }).forEach(function (one) { list.appendChild(one.row); });
  }

  function move(field, list, live, row, step) {
    sort(list);
    var all = rows(list), from = all.indexOf(row), to = from + step;
    if (to >= 0 && to < all.length) {
      list.insertBefore(row, step < 0 ? all[to] : all[to].nextSibling);
    }
    renumber(list);
    live.textContent = row.querySelector("label").textContent + " " + field.dataset.said + " " + (rows(list).indexOf(row) + 1);
    tell(list);
  }

  // a number that was taken changes places with the one it replaces; with more numbers open it is left empty
  function swap(list, changed) {
    var all = rows(list).map(function (row) { return row.querySelector("select"); });
    var open = Array.prototype.map.call(changed.options, function (option) { return option.value; }).filter(function (value) {
      return value && !all.some(function (select) { return select.value === value; });
    });
    all.forEach(function (select) {
      if (select !== changed && select.value && select.value === changed.value) select.value = open.length === 1 ? open[0] : "";
    });
  }

  function button(label, text, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.dataset.made = "ranking";
    made.className = "button quiet small";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", function () { act(); made.focus(); });
    return made;
  }

  function start(field) {
    if (ready.has(field)) return;
    ready.add(field);
    var list = field.querySelector("[data-ranking-list]");
    var live = document.createElement("p");
    live.className = "vh";
    live.dataset.made = "ranking";
    live.setAttribute("aria-live", "polite");
    field.appendChild(live);
    rows(list).forEach(function (row) {
      var name = row.querySelector("label").textContent, select = row.querySelector("select");
      select.addEventListener("change", function () { swap(list, select); });
      row.appendChild(button(name + ": " + field.dataset.up, "↑", function () { move(field, list, live, row, -1); }));
      row.appendChild(button(name + ": " + field.dataset.down, "↓", function () { move(field, list, live, row, 1); }));
    });
  }

  function all() { document.querySelectorAll("[data-ranking]").forEach(start); }
  all();
  document.addEventListener("htmx:load", all);
})();
