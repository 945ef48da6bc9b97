// Pages of members and what waits on this device: a form[data-outbox] is put on the disk first and sent then; what
// could not be sent goes when the network is back, while any page is open. Without this script forms work as forms.
(function () {
  "use strict";
  var Outbox = self.Outbox, meta = document.querySelector("meta[name=device]"), WHO = "lemniscaat:wie";
  var EVERY = 30000, SLOW = 10000, going = null;
  if (!Outbox || !meta || !self.indexedDB || !self.fetch) return;
  var sender = meta.dataset.sender, who = remember();
  if (!meta.content && !("kept" in meta.dataset)) return;

  // this device remembers who used it last; signing out makes it forget
  function remember() {
    try {
      if (meta.content) localStorage.setItem(WHO, JSON.stringify({ mark: meta.content, name: meta.dataset.name || "" }));
      else if (!("kept" in meta.dataset)) localStorage.removeItem(WHO);
      return JSON.parse(localStorage.getItem(WHO)) || { mark: "", name: "" };
    } catch (refused) {
      return { mark: meta.content || "", name: "" };
    }
  }
  Outbox.who = who;

  function tell(what) {
    document.querySelectorAll("[data-outbox-told]").forEach(function (line) {
      line.textContent = "";
      // said again when it is the same sentence
      setTimeout(function () { line.textContent = what in line.dataset ? line.dataset[what] : what; }, 50);
    });
  }

  function draw() {
    return Outbox.all().then(function (items) {
      // what is on its way this very moment does not wait
      items = items.filter(function (item) { return item.key !== going; });
      Outbox.draw(items, who.mark, { mend: mend, claim: claim });
      return items;
    }, function () { return []; });
  }

  function out(yes) {
    document.querySelectorAll("[data-waiting-out]").forEach(function (line) { line.hidden = !yes; });
  }

  function after(told) {
    out(told.state === "out");
    if (Object.keys(told.sent).length) tell("sent");
    return draw().then(function () { return told; });
  }

  function flush() {
    if (navigator.onLine === false) return;
    Outbox.all().then(function (items) {
      if (items.length) return Outbox.send(sender).then(after);
    }).catch(function () { /* looked at again in half a minute */ });
  }

  function claim(item) {
    if (item.mark !== "") return;
    item.mark = who.mark;
    Outbox.put(item).then(flush);
  }

  function today() {
    var now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  }

  // the address a form goes to; on a page that was kept, with what stands behind the question mark of its address
  function urlOf(form) {
    var url = new URL(form.action);
    return url.pathname + (url.search || location.search);
  }

  function taken(form) {
    var item = { key: form.elements.form_key.value || Outbox.key(), is: form.dataset.outbox, when: Date.now(), mark: who.mark };
    item.url = urlOf(form);
    item.fields = [];
    item.files = [];
    item.mended = form.dataset.mends === item.key;
    new FormData(form).forEach(function (value, name) {
      if (value instanceof File) {
        if (value.size) item.files.push({ name: name, filename: value.name, type: value.type, blob: value });
      } else if (name !== "csrfmiddlewaretoken" && name !== "form_key" && name !== "day") item.fields.push([name, value]);
    });
    item.fields.push(["day", today()]);
    var words = Array.prototype.map.call(form.querySelectorAll("textarea, input[type=text]"), function (one) { return one.value.trim(); });
    item.about = words.filter(Boolean).join(" / ").slice(0, 90);
    return item;
  }

  function mend(item) {
    if (item.mark !== who.mark) return;
    var form = document.querySelector("form[data-outbox]");
    if (!form || urlOf(form) !== item.url) {
      location.assign(item.url + "#verbeter-" + item.key);
      return;
    }
    form.reset();
    item.fields.forEach(function (pair) {
      var field = form.elements[pair[0]];
      if (!field) return;
      if (field.type === "checkbox") field.checked = true;
      else field.value = pair[1];
    });
    item.files.forEach(function (file) {
      var carrier = new DataTransfer();
      carrier.items.add(new File([file.blob], file.filename, { type: file.type }));
      form.elements[file.name].files = carrier.files;
    });
    form.elements.form_key.value = form.dataset.mends = item.key;
    form.dispatchEvent(new CustomEvent("outbox:mend", { detail: item }));
    tell(item.problem);
    form.scrollIntoView();
    (form.querySelector("textarea") || form).focus();
  }

  function fresh(form) {
    form.reset();
    form.elements.form_key.value = Outbox.key();
    delete form.dataset.mends;
    form.dispatchEvent(new Event("outbox:kept"));
  }

  function wait(told) {
    return new Promise(function (done) { setTimeout(done, SLOW, told); });
  }

  function later(form, state) {
    fresh(form);
    tell(state === "out" ? "out" : "kept");
    out(state === "out");
    // asks the browser not to clear this away when it wants room
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    if (navigator.serviceWorker) navigator.serviceWorker.getRegistration().then(function (here) {
      if (here && here.sync) here.sync.register("outbox").catch(function () { /* half a minute does it too */ });
    });
    return draw();
  }

  function send(form) {
    var item = taken(form);
    going = item.key;
    return Outbox.put(item).then(function () {
      var trying = Outbox.send(sender, item.key);
      return Promise.race([trying, wait({ state: "slow", sent: {}, wrong: {} })]).then(function (told) {
        going = null;
        if (told.state === "slow") trying.then(after);
        if (item.key in told.sent) {
          form.dispatchEvent(new Event("outbox:kept"));
          location.assign(told.sent[item.key]);
          return null;
        }
        if (item.key in told.wrong) {
          form.dispatchEvent(new CustomEvent("outbox:wrong", { detail: told.wrong[item.key] }));
          tell(told.wrong[item.key].problem);
          return item.mended ? draw() : Outbox.remove(item.key);
        }
        return later(form, told.state);
      });
    });
  }

  function follow(form) {
    if (!form.elements.form_key.value) form.elements.form_key.value = Outbox.key();
    var busy = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (busy) return;
      busy = true;
      // a photo may still be on its way to being small
      Promise.resolve(form.ready).then(function (fine) {
        form.ready = null;
        return fine === false ? null : send(form);
      }).catch(function () {
        // this browser keeps nothing: the form goes the ordinary way, where there is one
        going = null;
        if (navigator.onLine === false || "kept" in meta.dataset) tell("failed");
        else HTMLFormElement.prototype.submit.call(form);
      }).then(function () { busy = false; });
    });
  }

  function start() {
    document.querySelectorAll("[data-who]").forEach(function (line) {
      line.hidden = !who.name;
      line.querySelector("[data-who-name]").textContent = who.name;
    });
    document.querySelectorAll("form[data-outbox]").forEach(follow);
    var asked = location.hash.match(/^#verbeter-(\w+)$/);
    if (asked) Outbox.get(asked[1]).then(function (item) { if (item && item.mark === who.mark) mend(item); });
    Outbox.onchange(draw);
    draw();
    flush();
    setInterval(flush, EVERY);
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", function () { if (!document.hidden) flush(); });
  }

  if (meta.content && navigator.serviceWorker) {
    navigator.serviceWorker.register(meta.dataset.worker).catch(function () { /* works without, with a network */ });
  }
  start();
})();
