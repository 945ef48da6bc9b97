// Saying it instead of typing: record, stop, listen, again; at most two minutes. What was recorded goes into the form
// as a file. Where a browser cannot record, one chooses a file.
(function () {
  "use strict";
  var form = document.querySelector("form[data-outbox]"), MOST = 120000;
  var pick = form && form.querySelector("[data-voice]"), button = pick && pick.querySelector("[data-record]");
  if (!button || !self.MediaRecorder || !navigator.mediaDevices || !self.DataTransfer) return;
  var words = button.querySelector("span"), told = form.querySelector("[data-voice-told]"), input = form.elements.voice;
  var begin = words.textContent, recorder = null, timer = null, seconds = 0;
  var SORTS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

  function scene(state) {
    button.classList.toggle("recording", state === "recording");
    button.setAttribute("aria-pressed", state === "recording");
    words.textContent = state === "recording" ? button.dataset.stop + " 0:00" : input.files.length ? button.dataset.again : begin;
  }

  function count() {
    seconds += 1;
    words.textContent = button.dataset.stop + " " + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
    if (seconds * 1000 >= MOST) recorder.stop();
  }

  function record(stream) {
    var pieces = [], sort = SORTS.find(function (one) { return MediaRecorder.isTypeSupported(one); });
    recorder = new MediaRecorder(stream, { mimeType: sort, audioBitsPerSecond: 48000 });
    recorder.ondataavailable = function (event) { if (event.data.size) pieces.push(event.data); };
    recorder.onstop = function () {
      clearInterval(timer);
      stream.getTracks().forEach(function (track) { track.stop(); });
      var type = recorder.mimeType.split(";")[0], carrier = new DataTransfer();
      recorder = null;
      carrier.items.add(new File([new Blob(pieces, { type: type })], "opname." + type.split("/")[1], { type: type }));
      input.files = carrier.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      told.textContent = told.dataset.ready;
      scene("ready");
    };
    recorder.start();
    seconds = 0;
    timer = setInterval(count, 1000);
    told.textContent = told.dataset.recording;
    scene("recording");
  }

  button.addEventListener("click", function () {
    if (recorder) { recorder.stop(); return; }
    navigator.mediaDevices.getUserMedia({ audio: true }).then(record).catch(function () {
      var line = form.querySelector("[data-wrong=voice]");
      line.textContent = pick.dataset.refused;
      line.hidden = false;
      button.hidden = true;
      pick.classList.remove("records");
      input.focus();
    });
  });
  // first the end of the recording, with the tick that belongs to it; then it may go
  form.addEventListener("submit", function (event) {
    if (!recorder) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    recorder.stop();
  }, true);
  input.addEventListener("change", function () { if (!recorder) scene("ready"); });
  form.addEventListener("outbox:kept", function () { scene("ready"); });

  button.hidden = false;
  pick.classList.add("records");
})();
