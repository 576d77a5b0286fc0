/* After 15 idle minutes the desk locks: keys, texts and drafts leave the memory. A minute before, it asks. */
(function (Desk) {
  'use strict';
  var IDLE_MS = 15 * 60000, ASKS_MS = 14 * 60000, HERE_MS = 3 * 60000, EACH_MS = 5000;
  var lastMoved = Date.now(), lastTold = Date.now();

  /* A device that slept comes back by a move of the mouse: that is too late. */
  function moved() {
    look();
    lastMoved = Date.now();
    if (!Desk.ring.isOpen()) return;
    Desk.show(Desk.one('[data-still-there]'), false);
    if (lastMoved - lastTold < HERE_MS) return;
    lastTold = lastMoved;
    /* Keeps her signed in while she sits here, reading. */
    Desk.ask('here/').catch(function () { /* The stream says when she is signed out. */ });
  }

  function look() {
    var still = Date.now() - lastMoved;
    if (!Desk.ring.isOpen()) return;
    Desk.show(Desk.one('[data-still-there]'), still > ASKS_MS);
    if (still > IDLE_MS) Desk.tell('lock');
  }

  Desk.on('start', function () {
    ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'].forEach(function (name) {
      document.addEventListener(name, moved, { passive: true });
    });
    document.addEventListener('visibilitychange', look);
    setInterval(look, EACH_MS);
  });
  Desk.on('opened', function () { lastMoved = lastTold = Date.now(); });
})(window.Desk);
