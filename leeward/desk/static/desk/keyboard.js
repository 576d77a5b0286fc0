/* By keyboard: Alt with 1 to 9 goes to a conversation, Alt with 0 to the queue. */
(function (Desk) {
  'use strict';

  function go(number) {
    var panes = Desk.panes.all(), first;
    if (number === 0) {
      Desk.tell('show', 'waiting');
      first = Desk.one('[data-queue] button') || Desk.one('[data-presence]');
      first.focus();
    } else if (panes[number - 1]) {
      Desk.tell('show', 'chats');
      panes[number - 1].element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      panes[number - 1].field.focus();
    }
  }

  Desk.on('start', function () {
    document.addEventListener('keydown', function (event) {
      var digit = /^(Digit|Numpad)(\d)$/.exec(event.code || '');
      if (!event.altKey || event.ctrlKey || event.metaKey || !digit || !Desk.ring.isOpen()) return;
      event.preventDefault();
      go(Number(digit[2]));
    });
  });
})(window.Desk);
