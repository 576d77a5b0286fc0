/* The stream of events. It may break at any time: on each beginning the desk asks for what it missed. */
(function (Desk) {
  'use strict';
  var stream = null, lost = 0;

  function hear(message) {
    var event = JSON.parse(message.data);
    lost = 0;
    if (event.e === 'signed_out') Desk.tell('signed out');
    else if (event.talk && event.e !== 'left') Desk.tell('of a talk', event);
    else Desk.tell('look again');
  }

  function open() {
    shut();
    stream = new EventSource(Desk.one('[data-desk]').dataset.base + 'live');
    stream.onopen = function () { lost = 0; Desk.tell('online', true); Desk.tell('look again'); };
    stream.onmessage = hear;
    stream.onerror = function () {
      Desk.tell('online', false);
      lost += 1;
      /* The browser comes again by itself, but not after an answer other than 200. */
      if (stream && stream.readyState === 2) {
        Desk.tell('look again');
        setTimeout(again, Math.min(30000, 1000 * lost));
      }
    };
  }

  function again() { if (stream) open(); }

  function shut() {
    if (stream) stream.close();
    stream = null;
  }

  /* A device that slept, or changed its network, may hold a stream that is dead and does not know it. */
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', function () {
    if (stream && !document.hidden) Desk.tell('look again');
  });

  Desk.live = { open: open, shut: shut };
})(window.Desk);
