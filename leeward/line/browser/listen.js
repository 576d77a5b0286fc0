/* The stream of events, read by fetch: after a lost connection it goes on from the last place. */
(function (Line) {
  'use strict';
  var SILENT_MS = 40000, LONGEST_WAIT_MS = 6000, STEADY_TRIES = 3;

  /* Splits what comes into events; keeps what is not whole yet. */
  function reader(told, retry) {
    var rest = '';
    return function (text) {
      var events = (rest + text).split('\n\n');
      rest = events.pop();
      events.forEach(function (event) {
        event.split('\n').forEach(function (line) {
          if (line.indexOf('data: ') === 0) told(JSON.parse(line.slice(6)));
          if (line.indexOf('retry: ') === 0) retry(Number(line.slice(7)));
        });
      });
    };
  }

  /* talk: its hers and after(). told(event); a lost or found signal is an event of its own. */
  Line.listen = function (talk, told) {
    var stop = null, silent, isOver = false, base = 2000, tries = 0, wake = null;

    function watch() {
      clearTimeout(silent);
      silent = setTimeout(function () { if (stop) stop.abort(); }, SILENT_MS);
    }

    async function readAll(stream, take) {
      var text = new TextDecoder(), part;
      for (;;) {
        part = await stream.read();
        if (part.done) return;
        watch();
        take(text.decode(part.value, { stream: true }));
      }
    }

    async function once() {
      var answer, fields = Object.assign({ after: talk.after() }, talk.hers);
      stop = new AbortController();
      watch();
      answer = await Line.send('/live/listen', fields, stop.signal);
      if (answer.status === 404 || answer.status === 410) { told({ e: 'ended', how: 'unknown' }); return; }
      if (!answer.ok) throw new Line.Lost();
      told({ e: 'signal', is: 'there' });
      tries = 0;
      await readAll(answer.body.getReader(), reader(told, function (ms) { base = ms; }));
    }

    /* A server that starts again is back in seconds; so the pause grows only after some tries. */
    function pause() {
      tries += 1;
      return Math.min(base * Math.pow(2, Math.max(0, tries - STEADY_TRIES)), LONGEST_WAIT_MS);
    }

    async function run() {
      while (!isOver) {
        try { await once(); } catch (e) { /* lost, or cut by us */ }
        clearTimeout(silent);
        if (isOver) return;
        told({ e: 'signal', is: 'lost' });
        await Promise.race([Line.wait(pause()), new Promise(function (done) { wake = done; })]);
      }
    }

    run();
    return {
      again: function () { if (stop) stop.abort(); tries = 0; if (wake) wake(); },
      stop: function () { isOver = true; if (stop) stop.abort(); if (wake) wake(); }
    };
  };
})(window.Line);
