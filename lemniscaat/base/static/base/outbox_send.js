// Sending what waits, one at a time, oldest first. Each form carries its own key, so that the server keeps it once
// whatever happens here. Nothing is sent under another name than that of whoever wrote it.
(function () {
  "use strict";
  var Outbox = self.Outbox, AWAY = [0, 408, 425, 429, 500, 502, 503, 504], PATIENCE = 120000, ASKING = 15000;

  function ask(url, how, patience) {
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, patience);
    how = Object.assign({ credentials: "same-origin", redirect: "manual", cache: "no-store", signal: stop.signal }, how);
    return fetch(url, how).finally(function () { clearTimeout(timer); });
  }

  // who is signed in here, with a fresh token
  function sender(url) {
    return ask(url, { headers: { "X-Requested-With": "outbox" } }, ASKING).then(function (answer) {
      if (answer.type === "opaqueredirect" || [401, 403, 404].indexOf(answer.status) >= 0) return { state: "out" };
      if (!answer.ok) return { state: "away" };
      return answer.json().then(function (told) { return { state: "in", token: told.token, mark: told.mark }; });
    }).catch(function () { return { state: "away" }; });
  }

  function body(item, mark, direct) {
    var data = new FormData();
    item.fields.forEach(function (pair) { data.append(pair[0], pair[1]); });
    item.files.forEach(function (file) { data.append(file.name, file.blob, file.filename); });
    data.set("form_key", item.key);
    data.set("mark", mark);
    if (direct) data.set("direct", "1");
    return data;
  }

  function post(item, who, direct) {
    var headers = { "X-Requested-With": "outbox", "X-CSRFToken": who.token };
    return ask(item.url, { method: "POST", headers: headers, body: body(item, who.mark, direct) }, PATIENCE).then(function (answer) {
      if (answer.ok) return answer.json().then(function (told) { return { is: "sent", next: told.next }; });
      if (answer.type === "opaqueredirect" || [401, 403, 409].indexOf(answer.status) >= 0) return { is: "out" };
      if (AWAY.indexOf(answer.status) >= 0) return { is: "away" };
      return answer.json().catch(function () { return {}; }).then(function (told) {
        return { is: "wrong", problem: told.problem || "", fields: told.fields || {} };
      });
    }).catch(function () { return { is: "away" }; });
  }

  function settle(item, came, told) {
    if (came.is === "sent") {
      told.sent[item.key] = came.next;
      return Outbox.remove(item.key);
    }
    if (came.is === "wrong") {
      told.wrong[item.key] = came;
      item.wrong = true;
      item.problem = came.problem;
      return Outbox.put(item);
    }
    told.state = came.is;
    return Promise.resolve();
  }

  function each(items, who, told, direct) {
    return items.reduce(function (before, item) {
      return before.then(function () {
        if (told.state !== "in") return null;
        // another page may have sent or removed it in the meantime
        return Outbox.get(item.key).then(function (still) {
          if (!still || still.wrong) return null;
          return post(still, who, still.key === direct).then(function (came) { return settle(still, came, told); });
        });
      });
    }, Promise.resolve()).then(function () { return told; });
  }

  // {state: in | out | away | busy, sent: {key: where it hangs}, wrong: {key: what is wrong}, mark}
  // `direct`: the key of what somebody is sending just now, and waits for
  Outbox.send = function (url, direct) {
    return Outbox.alone(function () {
      return Outbox.all().then(function (items) {
        items = items.filter(function (item) { return !item.wrong; });
        var told = { state: "in", sent: {}, wrong: {}, mark: null };
        if (!items.length) return told;
        return sender(url).then(function (who) {
          told.state = who.state;
          told.mark = who.mark || null;
          return each(items.filter(function (item) { return item.mark === who.mark; }), who, told, direct);
        });
      });
    });
  };
})();
