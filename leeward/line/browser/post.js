/* Small forms to the one address, answered in JSON. */
(function (Line) {
  'use strict';
  var PATIENCE_MS = 20000;

  Line.Lost = class extends Error {
    constructor() { super('lost'); }
  };
  Line.Refused = class extends Error {
    constructor(status, why) { super(why); this.status = status; this.why = why; }
  };

  Line.send = function (to, fields, signal) {
    return fetch('/', {
      method: 'POST', credentials: 'omit', cache: 'no-store', signal: signal,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(Object.assign({ to: to }, fields)).toString()
    });
  };

  async function read(answer) {
    try { return await answer.json(); } catch (e) { return {}; }
  }

  /* Returns what the server said. Throws Lost (nobody knows whether it came), Refused (it did). */
  Line.post = async function (to, fields) {
    var stop = new AbortController(), timer, answer, found;
    timer = setTimeout(function () { stop.abort(); }, PATIENCE_MS);
    try {
      answer = await Line.send(to, fields, stop.signal);
      found = await read(answer);
    } catch (e) { throw new Line.Lost(); } finally { clearTimeout(timer); }
    if (!answer.ok) throw new Line.Refused(answer.status, found.why || '');
    return found;
  };

  /* Too many at once, or not just now: to be tried again like what was lost. */
  Line.isLost = function (error) {
    var status = error.status;
    return error instanceof Line.Lost || status === 429 || status === 502 || status === 504 ||
      (status === 503 && (!error.why || error.why === 'later'));
  };

  Line.isOver = function (error) { return error.status === 404 || error.status === 410; };
})(window.Line);
