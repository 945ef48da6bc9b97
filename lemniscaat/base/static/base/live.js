// The line with the server. On the one element with data-live="<address of the stream>" it passes the names of events
// on to the page, as events on the body; where no line can be held it asks by itself, every few seconds.
// Every page works without it: a link or a reload shows the same.
(function () {
  "use strict";
  var HELLO = 4000, SILENCE = 40000, EVERY = 4000, AGAIN = 60000, STALE = 20000, FAULTS = 3, LEAVING = 4000;
  var element = document.querySelector("[data-live]");
  if (!element) return;
  document.documentElement.classList.add("live");
  var address = element.dataset.live;
  var names = (element.dataset.liveNames || "stap stand").split(/\s+/);
  var spread = Number(element.dataset.liveSpread || 150);
  var line = null, flowing = false, broken = false, greeted = false, last = "", faults = 0, heard = 0;
  var watching = 0, polling = 0, retrying = 0, leaving = 0, pending = {};

  // a hall does not come at once, and two events that come together are one
  function tell(name) {
    if (pending[name]) return;
    pending[name] = setTimeout(function () {
      delete pending[name];
      if (leaving) return;
      document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }));
    }, Math.random() * spread);
  }
  function tellAll() { names.forEach(tell); }
  function more(time) { return time * (0.75 + Math.random() / 2); }

  function show() {
    // a link to look for oneself is not needed while the page goes along
    document.documentElement.classList.toggle("goes-along", flowing || polling > 0);
    document.querySelectorAll("[data-live-note]").forEach(function (note) { note.hidden = flowing || !broken; });
  }

  function watch(time) {
    clearTimeout(watching);
    watching = setTimeout(fail, time);
  }

  function close() {
    clearTimeout(watching);
    if (line) line.close();
    line = null;
    flowing = false;
  }

  function open() {
    close();
    clearTimeout(retrying);
    faults = 0;
    var url = new URL(address, location.href);
    if (last) url.searchParams.set("sinds", last);
    line = new EventSource(url);
    line.addEventListener("error", stumble);
    line.addEventListener("hallo", hello);
    line.addEventListener("hier", hear);
    line.addEventListener("opnieuw", function (event) { hear(event); tellAll(); });
    names.forEach(function (name) {
      line.addEventListener(name, function (event) { hear(event); tell(name); });
    });
    watch(HELLO);
  }

  function hear(event) {
    heard = Date.now();
    if (event.lastEventId) last = event.lastEventId;
    watch(SILENCE);
  }

  function hello(event) {
    hear(event);
    faults = 0;
    flowing = true;
    // without a number the server cannot tell what passed by
    if (polling || (greeted && event.data === "0")) tellAll();
    polling = clearTimeout(polling);
    greeted = true;
    show();
  }

  // the browser tries again by itself, unless it was refused
  function stumble(event) {
    if (event.target !== line) return;
    faults += 1;
    flowing = false;
    if (line.readyState === EventSource.CLOSED || faults >= FAULTS) fail();
    else watch(2 * HELLO);
    show();
  }

  function fail() {
    close();
    if (!polling) poll();
    clearTimeout(retrying);
    retrying = setTimeout(open, more(AGAIN));
    show();
  }

  function poll() {
    if (!document.hidden) tellAll();
    polling = setTimeout(poll, more(EVERY));
  }

  // a page that is the same for a whole hall is made once for each version of it
  document.addEventListener("htmx:configRequest", function (event) {
    if (!event.detail.elt.hasAttribute("data-live-version")) return;
    event.detail.parameters.v = flowing && last ? last : "t" + Math.floor(Date.now() / 3000);
  });

  // whoever sends a form gets a whole page for it: nothing is renewed under their hands until it is there
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented) return;
    clearTimeout(leaving);
    leaving = setTimeout(function () { leaving = 0; tellAll(); }, LEAVING);
  });

  function wake() { open(); tellAll(); }
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) return;
    if (!flowing || Date.now() - heard > STALE) open();
    tellAll();
  });
  window.addEventListener("online", wake);
  // some machines say so while the server is near; asking will tell
  window.addEventListener("offline", fail);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function (event) { if (event.persisted) wake(); });

  function broke() { broken = true; show(); }
  document.addEventListener("htmx:sendError", broke);
  document.addEventListener("htmx:timeout", broke);
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.xhr && event.detail.xhr.status) broken = event.detail.xhr.status >= 500;
    show();
  });

  open();
})();
