// Answering in a building of concrete: each step is asked for first and shown when it came. Without a network the page
// stays as it is, the sheet lies on this device, and the step is tried again until it is through. The server sees the
// same forms as without this script, and keeps no more of them; nothing looks after this page once it is closed. So the
// address stays that of the first page, which the browser itself keeps: a phone that put the page away finds that one.
(function () {
  "use strict";
  var PREFIX = "lemniscaat:", EVERY = 4000, PATIENCE = 20000, SLOW = 2500, AWAY = [408, 425, 429, 500, 502, 503, 504];
  var main = document.getElementById("inhoud"), box = null, pages = {}, busy = false, timer = null, pending = null, saying = null;
  var here = (history.state && history.state.step) || 0;
  if (!main || !self.fetch || !self.URLSearchParams || !document.querySelector("[data-onward]")) return;
  try { box = window.localStorage; } catch (refused) { box = null; }
  var note = document.querySelector("[data-onward]"), key = PREFIX + note.dataset.onward + "klaar";

  // beside the button that was pressed; outside the page again when that is laid away
  function tell(what, form) {
    var line = note.querySelector("p"), press = form && form.querySelector(".button.main:not([hidden])");
    if (what && press && !form.contains(note)) press.after(note);
    else if (!what) document.body.appendChild(note);
    line.hidden = !what;
    clearTimeout(saying);
    saying = setTimeout(function () { line.querySelector("span").textContent = what ? note.dataset[what] : ""; }, 50);
    if (what && form) line.scrollIntoView({ block: "nearest" });
  }

  // what is ready to go stays on this device until it went, also when the page is closed meanwhile
  function keep(step) {
    try { box.setItem(key, JSON.stringify({ url: step.url, body: step.body, last: true })); } catch (full) { /* the page itself still holds it */ }
  }
  function kept() {
    try { return JSON.parse(box.getItem(key)); } catch (broken) { return null; }
  }
  function drop() {
    try { box.removeItem(key); } catch (refused) { /* was not kept */ }
  }

  function ask(step) {
    var stop = new AbortController(), late = setTimeout(function () { stop.abort(); }, PATIENCE);
    var how = { method: "POST", body: new URLSearchParams(step.body), signal: stop.signal, credentials: "same-origin" };
    return fetch(step.url, how).then(function (answer) {
      if (AWAY.indexOf(answer.status) >= 0) throw new Error("away");
      return answer.text().then(function (text) { return { text: text, url: answer.url, moved: answer.redirected }; });
    }).finally(function () { clearTimeout(late); });
  }

  function load(fresh) {
    fresh.querySelectorAll("link[rel=stylesheet]").forEach(function (one) {
      if (!document.querySelector("link[href='" + one.getAttribute("href") + "']")) document.head.appendChild(document.importNode(one));
    });
    var there = Array.from(document.scripts, function (one) { return one.src; });
    fresh.querySelectorAll("script[src]").forEach(function (one) {
      var address = new URL(one.getAttribute("src"), location.href).href;
      if (there.indexOf(address) >= 0) return;
      var script = document.createElement("script");
      script.src = address;
      document.body.appendChild(script);
    });
  }

  function put(view) {
    main.innerHTML = view.html;
    document.title = view.title;
    document.documentElement.lang = view.lang;
    // what every page starts with: drafts, the place, lists to order
    document.dispatchEvent(new Event("htmx:afterSettle"));
    document.dispatchEvent(new Event("htmx:load"));
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }

  function show(came) {
    var fresh = new DOMParser().parseFromString(came.text, "text/html"), inside = fresh.getElementById("inhoud");
    if (!inside) throw new Error("away");
    pages[here] = pages[here] || { html: main.innerHTML, title: document.title, lang: document.documentElement.lang };
    here += 1;
    // thanks have an address of their own
    history.pushState({ step: here }, "", came.moved ? came.url : note.dataset.home);
    pages[here] = { html: inside.innerHTML, title: fresh.title, lang: fresh.documentElement.lang };
    load(fresh);
    put(pages[here]);
    // thanks: the cards are no longer there for who comes back with the button of the browser
    if (came.moved || !main.querySelector("form")) {
      pages = {};
      drop();
    }
  }

  function go(step) {
    busy = true;
    pending = null;
    clearTimeout(timer);
    main.setAttribute("aria-busy", "true");
    var slow = step.again ? null : setTimeout(function () { tell("slow", step.form); }, SLOW);
    return ask(step).then(function (came) {
      drop();
      tell("");
      show(came);
    }).catch(function () {
      if (step.last) keep(step);
      tell(step.last ? "last" : "between", step.form);
      pending = step;
      timer = setTimeout(again, EVERY);
    }).finally(function () {
      clearTimeout(slow);
      busy = false;
      main.removeAttribute("aria-busy");
    });
  }

  // what was changed while there was no network goes along
  function again() {
    if (busy || !pending) return;
    var next = pending.form && pending.form.isConnected ? stepOf(pending.form, pending.button) : pending;
    next.again = true;
    go(next);
  }

  function stepOf(form, button) {
    var data = new FormData(form), body = [], action = button && button.getAttribute("formaction");
    if (button && button.name) data.append(button.name, button.value);
    data.forEach(function (value, name) { if (typeof value === "string") body.push([name, value]); });
    return {
      url: new URL(action || form.getAttribute("action"), location.href).href,
      body: body, last: "last" in form.dataset && !action, form: form, button: button
    };
  }

  main.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter;
    if (event.defaultPrevented || form.method !== "post" || (button && button.formMethod === "get")) return;
    event.preventDefault();
    if (!busy) go(stepOf(form, button));
  });

  window.addEventListener("popstate", function (event) {
    var to = (event.state && event.state.step) || 0;
    clearTimeout(timer);
    pending = null;
    tell("");
    if (!pages[to]) {
      // without a network a page that is asked for again is lost
      if (navigator.onLine) location.reload();
      else gone();
      return;
    }
    here = to;
    put(pages[to]);
  });

  // the moment the network falls away, and a link that would lead to the browser's own page of faults
  function gone() {
    if (!pending && !busy) tell("away", null);
  }
  function back() {
    if (pending) again();
    else tell("");
  }
  function leaves(event) {
    if (navigator.onLine) return;
    var button = event.target.closest("button"), link = event.target.closest("a[href]");
    if (link ? link.protocol.indexOf("http") !== 0 || link.getAttribute("href")[0] === "#" : !button || button.formMethod !== "get") return;
    event.preventDefault();
    gone();
  }
  document.addEventListener("click", leaves);
  window.addEventListener("offline", gone);
  window.addEventListener("online", back);
  if (!navigator.onLine) gone();

  // closed before it could go: it goes now
  var waits = kept();
  if (waits) go(waits);
})();
