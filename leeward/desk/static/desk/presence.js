/* On, away, off: whether she takes chats now. Told to the server, shown by three buttons. */
(function (Desk) {
  'use strict';
  var group;

  async function set(state) {
    var most = Desk.one('[data-most]');
    await Desk.ask('on/', { state: state, most_chats: Number(most.value) });
    Desk.tell('look again');
  }

  function show(state) {
    Desk.all('[data-presence]', group).forEach(function (button) {
      button.setAttribute('aria-pressed', String(button.dataset.presence === state.me.presence));
    });
    Desk.one('[data-most]').value = String(state.me.most_chats);
  }

  Desk.on('start', function () {
    function set_() {
      var pressed = Desk.one('[aria-pressed="true"]', group);
      set(pressed ? pressed.dataset.presence : 'off').catch(trouble);
    }
    function trouble(wrong) { Desk.tell('trouble', wrong); }
    group = Desk.one('[data-presences]');
    Desk.all('[data-presence]', group).forEach(function (button) {
      button.addEventListener('click', function () { set(button.dataset.presence).catch(trouble); });
    });
    Desk.one('[data-most]').addEventListener('change', set_);
  });

  Desk.presence = { set: set, show: show };
})(window.Desk);
