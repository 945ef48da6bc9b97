// The page to write on: remembers who may read it, makes a photo small before it leaves the device (place, camera and
// moment stay behind), and says beside a field what is wrong with it. Without this script the page is a form.
(function () {
  "use strict";
  var form = document.querySelector("form[data-outbox]"), LONGEST = 1600, CIRCLES = "lemniscaat:kringen";
  if (!form) return;
  var who = (self.Outbox && self.Outbox.who) || { mark: "" }, circle = form.elements.circle;
  var kept = document.querySelector("meta[name=device][data-kept]");
  form.classList.add("scripted");

  function part(name) { return form.querySelector("[data-" + name + "]"); }
  function read(box, key) { try { return JSON.parse(box.getItem(key)); } catch (refused) { return null; } }
  function write(box, key, value) { try { box.setItem(key, JSON.stringify(value)); } catch (refused) { /* then not */ } }

  // the circles of whoever used this device last; a page that was kept knows none by itself
  function circles() {
    var known = read(localStorage, CIRCLES), wrong = form.querySelector(".error:not([hidden])");
    if (known && known.mark !== who.mark) known = null;
    if (kept && known) {
      circle.replaceChildren.apply(circle, known.options.map(function (one) { return new Option(one[1], one[0]); }));
    }
    var values = Array.from(circle.options, function (one) { return one.value; });
    if (known && !wrong && values.indexOf(known.chosen) >= 0) circle.value = known.chosen;
    if (kept) return;
    if (who.mark) write(localStorage, CIRCLES, { mark: who.mark, options: Array.from(circle.options, function (one) { return [one.value, one.text]; }), chosen: circle.value });
  }
  circle.addEventListener("change", function () {
    var known = read(localStorage, CIRCLES);
    if (known && known.mark === who.mark) write(localStorage, CIRCLES, Object.assign(known, { chosen: circle.value }));
  });

  // what is typed stays while one looks at another sort, in this tab only
  var typed = "vastleggen-" + form.dataset.kind + "-" + who.mark.slice(0, 8);
  function fields() { return form.querySelectorAll("textarea, input[type=text]"); }
  function keep() {
    write(sessionStorage, typed, Array.from(fields(), function (one) { return one.value; }));
  }
  function back() {
    var before = read(sessionStorage, typed);
    if (before && before.length === fields().length) fields().forEach(function (one, at) { one.value = one.value || before[at]; });
  }
  form.addEventListener("input", keep);

  // a picture is drawn anew, so that only what one sees goes along
  function small(file) {
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var by = Math.min(1, LONGEST / Math.max(picture.width, picture.height)), sheet = document.createElement("canvas");
      sheet.width = Math.max(1, Math.round(picture.width * by));
      sheet.height = Math.max(1, Math.round(picture.height * by));
      var pen = sheet.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, sheet.width, sheet.height);
      pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
      picture.close();
      return new Promise(function (done, fail) {
        sheet.toBlob(function (blob) { if (blob) done(blob); else fail(new Error("no picture")); }, "image/jpeg", 0.82);
      });
    });
  }

  function put(name, file) {
    var carrier = new DataTransfer();
    if (file) carrier.items.add(file);
    form.elements[name].files = carrier.files;
    shown(name);
  }

  function shown(name) {
    var file = form.elements[name].files[0], view = part(name + "-shown");
    if (view.src) URL.revokeObjectURL(view.src);
    view.removeAttribute("src");
    if (file) view.src = URL.createObjectURL(file);
    part(name + "-chosen").hidden = !file;
    part(name).classList.toggle("full", Boolean(file));
  }

  function wrong(name, sentence) {
    var line = form.querySelector("[data-wrong=" + name + "]"), field = form.elements[name];
    if (!line) return;
    line.textContent = sentence;
    line.hidden = !sentence;
    if (sentence) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", line.id);
    } else field.removeAttribute("aria-invalid");
  }

  form.elements.photo.addEventListener("change", function () {
    var file = form.elements.photo.files[0];
    wrong("photo", "");
    if (!file) { shown("photo"); return; }
    form.ready = small(file).then(function (blob) {
      put("photo", new File([blob], "foto.jpg", { type: "image/jpeg" }));
    }).catch(function () {
      // better nothing than a photo with everything that hangs on it
      put("photo", null);
      wrong("photo", part("photo").dataset.unreadable);
      return false;
    });
  });
  form.elements.voice.addEventListener("change", function () { wrong("voice", ""); shown("voice"); });
  form.addEventListener("click", function (event) {
    var drop = event.target.closest("[data-drop]");
    if (!drop) return;
    put(drop.dataset.drop, null);
    wrong(drop.dataset.drop, "");
    form.elements[drop.dataset.drop].focus();
  });

  // said here already, so that nothing waits for a network that is refused later
  form.addEventListener("submit", function (event) {
    var tick = form.elements.unseen, sent = ["photo", "voice"].some(function (name) { return form.elements[name].files.length; });
    wrong("unseen", "");
    if (!sent || tick.checked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong("unseen", tick.dataset.first);
    tick.focus();
  }, true);

  function clear() { form.querySelectorAll("[data-wrong]").forEach(function (line) { wrong(line.dataset.wrong, ""); }); }
  form.addEventListener("outbox:wrong", function (event) {
    var told = event.detail.fields, first = Object.keys(told)[0];
    clear();
    Object.keys(told).forEach(function (name) { wrong(name, told[name]); });
    if (first && form.elements[first]) form.elements[first].focus();
  });
  form.addEventListener("outbox:kept", function () {
    try { sessionStorage.removeItem(typed); } catch (refused) { /* was not kept either */ }
    clear();
    shown("photo");
    shown("voice");
    circles();
  });
  form.addEventListener("outbox:mend", function () { clear(); shown("photo"); shown("voice"); });

  circles();
  back();
})();
