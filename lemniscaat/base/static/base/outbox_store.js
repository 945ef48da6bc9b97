// What waits on this device until there is a network: forms with their files, in the browser's own database.
// Used by pages and by the worker.
(function () {
  "use strict";
  var NAME = "lemniscaat", ITEMS = "outbox", CLAIM = "claim", LOCK = "lemniscaat-outbox", HELD = 150000;
  var Outbox = self.Outbox = {};

  function base() {
    return new Promise(function (done, fail) {
      var asked = self.indexedDB.open(NAME, 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore(ITEMS, { keyPath: "key" });
        asked.result.createObjectStore(CLAIM);
      };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = asked.onblocked = function () { fail(asked.error); };
    });
  }

  // one transaction; resolves only once it lies on the disk
  function within(store, mode, work) {
    return base().then(function (opened) {
      return new Promise(function (done, fail) {
        var all = opened.transaction(store, mode), asked = work(all.objectStore(store));
        all.oncomplete = function () { opened.close(); done(asked && asked.result); };
        all.onerror = all.onabort = function () { opened.close(); fail(all.error); };
      });
    });
  }

  Outbox.all = function () {
    return within(ITEMS, "readonly", function (items) { return items.getAll(); }).then(function (found) {
      return found.sort(function (a, b) { return a.when - b.when; });
    });
  };
  Outbox.get = function (key) { return within(ITEMS, "readonly", function (items) { return items.get(key); }); };
  Outbox.put = function (item) { return within(ITEMS, "readwrite", function (items) { return items.put(item); }).then(Outbox.changed); };
  Outbox.remove = function (key) { return within(ITEMS, "readwrite", function (items) { return items.delete(key); }).then(Outbox.changed); };

  Outbox.key = function () {
    return Array.from(self.crypto.getRandomValues(new Uint8Array(16)), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  };

  // other pages of this device look again
  var channel = self.BroadcastChannel ? new BroadcastChannel("lemniscaat-outbox") : null, hearers = [];
  Outbox.changed = function () {
    if (channel) channel.postMessage("changed");
    hearers.forEach(function (hear) { hear(); });
  };
  Outbox.onchange = function (hear) {
    hearers.push(hear);
    if (channel) channel.onmessage = function () { hearers.forEach(function (one) { one(); }); };
  };

  // one at a time on this device: by a lock where the browser has them, else by a claim that runs out
  Outbox.alone = function (work) {
    if (self.navigator.locks) return self.navigator.locks.request(LOCK, work);
    var now = Date.now(), mine = false;
    return within(CLAIM, "readwrite", function (claims) {
      var asked = claims.get(LOCK);
      asked.onsuccess = function () {
        mine = !asked.result || asked.result < now - HELD;
        if (mine) claims.put(now, LOCK);
      };
    }).then(function () {
      if (!mine) return { state: "busy", sent: {}, wrong: {} };
      function let_go() { return within(CLAIM, "readwrite", function (claims) { return claims.delete(LOCK); }); }
      return work().then(function (told) { return let_go().then(function () { return told; }); }, function (fault) {
        return let_go().then(function () { throw fault; });
      });
    });
  };
})();
