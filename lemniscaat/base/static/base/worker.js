// Works without a network: keeps the page to write on, and sends what waits. HOUSE is put before this by the server.
// It keeps nothing of anybody: no page of a member, no answer of the server. It leaves alone whoever answers a round,
// sits at a table or reads what came back.
"use strict";
importScripts.apply(self, HOUSE.scripts);

const STORE = "lemniscaat-" + HOUSE.version;
const PAGES = Array.from(new Set([HOUSE.without].concat(Object.values(HOUSE.capture))));

self.addEventListener("install", function (event) {
  const wanted = HOUSE.files.concat(PAGES).map(function (url) { return new Request(url, { cache: "reload" }); });
  event.waitUntil(caches.open(STORE).then(function (store) { return store.addAll(wanted); }).then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.filter(function (name) {
      return name.startsWith("lemniscaat-") && name !== STORE;
    }).map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

function kept(url) {
  return caches.open(STORE).then(function (store) { return store.match(url); });
}

// the network first, always: what is kept is for when there is none
function page(request, path) {
  return fetch(request).then(function (answer) {
    const away = answer.status === 502 || answer.status === 503 || answer.status === 504;
    return away && HOUSE.capture[path] ? kept(HOUSE.capture[path]).then(function (found) { return found || answer; }) : answer;
  }, function () { return kept(HOUSE.capture[path] || HOUSE.without).then(function (found) { return found || Response.error(); }); });
}

self.addEventListener("fetch", function (event) {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!HOUSE.apart.some(function (start) { return url.pathname.startsWith(start); })) event.respondWith(page(request, url.pathname));
  } else if (HOUSE.files.indexOf(url.pathname) >= 0) {
    event.respondWith(fetch(request).catch(function () {
      return kept(url.pathname).then(function (found) { return found || Response.error(); });
    }));
  }
});

self.addEventListener("sync", function (event) {
  if (event.tag !== "outbox") return;
  event.waitUntil(self.Outbox.send(HOUSE.sender).then(function (told) {
    if (told.state === "away") throw new Error("no network yet");
  }));
});
