/* The desk put together: look at the state, open what is hers, shut what is not, lock. */
(function (Desk) {
  'use strict';
  var talks = new Map(), isLooking = false, looksAgain = false, EACH_MS = 60000;

  function trouble(text) { Desk.fill(Desk.one('[data-trouble]'), text); }

  // -- conversations --

  async function openTalk(info) {
    var talk = new Desk.Talk(info);
    talks.set(info.id, talk);
    await talk.load();
    if (talk.ended) return;
    Desk.panes.open(talk);
    talk.keepKeys().catch(function (wrong) { Desk.tell('trouble', wrong); });
    if (Desk.wantsFocus === info.id) {
      Desk.wantsFocus = '';
      Desk.tell('show', 'chats');
      Desk.panes.focus(info.id);
    }
  }

  function isBehind(talk, info) { return info.last_place > talk.lastPlace; }

  function shutTalk(id) {
    Desk.ring.forget(id);
    talks.delete(id);
    Desk.panes.close(id);
  }

  async function follow(state) {
    var hers = state.talks.map(function (info) { return info.id; }), info;
    Array.from(talks.values()).forEach(function (talk) {
      if (hers.indexOf(talk.id) < 0 && !talk.ended) talk.load();
    });
    for (info of state.talks) {
      if (!talks.has(info.id)) await openTalk(info);
      else {
        Object.assign(talks.get(info.id).info, info);
        if (isBehind(talks.get(info.id), info)) talks.get(info.id).load();
        talks.get(info.id).changed();
      }
    }
  }

  // -- the state --

  async function look() {
    var state = await Desk.ask('state/');
    Desk.state = state;
    if (!state.team && Desk.ring.isOpen()) { lock(); return; }
    if (!Desk.gate.check(state)) { if (!Desk.ring.isOpen()) Desk.live.shut(); return; }
    if (state.team) await Desk.ring.openTeam(state.team.id, state.team.wraps);
    Desk.team.render(state);
    Desk.presence.show(state);
    Desk.queue.show(state);
    await Desk.calls.show(state);
    await follow(state);
    Desk.tell('state', state);
    trouble('');
  }

  async function lookAgain() {
    looksAgain = true;
    if (isLooking) return;
    isLooking = true;
    while (looksAgain) {
      looksAgain = false;
      try { await look(); } catch (wrong) { trouble(Desk.excuse(wrong)); }
    }
    isLooking = false;
  }

  // -- locking --

  function lock() {
    Desk.live.shut();
    if (Desk.ring.isOpen() && Desk.state.team && Desk.state.me.presence === 'on') {
      Desk.ask('on/', { state: 'away', most_chats: Desk.state.me.most_chats }).catch(function () { /* Her silence says it too. */ });
    }
    Array.from(talks.keys()).forEach(shutTalk);
    Desk.ring.lock();
    Desk.all('[data-inside] form').forEach(function (form) { form.reset(); });
    Desk.tell('locked');
    if (Desk.state) Desk.gate.check(Desk.state);
  }

  function show(name) {
    Desk.all('[data-view]').forEach(function (view) {
      view.classList.toggle('is-shown', view.dataset.view === name);
    });
    Desk.all('[data-show]').forEach(function (button) {
      if (button.dataset.show === name) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    });
  }

  function buttons() {
    Desk.all('[data-show]').forEach(function (button) {
      button.addEventListener('click', function () { show(button.dataset.show); });
    });
    Desk.one('[data-lock]').addEventListener('click', lock);
  }

  Desk.on('another line', function () {
    Array.from(talks.keys()).forEach(shutTalk);
    lookAgain();
  });
  Desk.on('opened', function () { Desk.live.open(); lookAgain(); });
  Desk.on('look again', lookAgain);
  Desk.on('lock', lock);
  Desk.on('show', show);
  Desk.on('closed', function (id) { talks.delete(id); });
  Desk.on('trouble', function (wrong) { trouble(Desk.excuse(wrong)); });
  Desk.on('talk', function (talk) { var pane = Desk.panes.get(talk.id); if (pane) pane.show(); });
  Desk.on('of a talk', function (event) {
    var talk = talks.get(event.talk);
    if (talk) talk.hear(event); else lookAgain();
  });
  Desk.on('online', function (isOnline) { Desk.show(Desk.one('[data-offline]'), !isOnline); });
  Desk.on('signed out', function () {
    lock();
    Desk.gate.open('signed-out');
  });

  async function start() {
    Desk.show(Desk.one('[data-needs-scripts]'), false);
    if (!window.Sealing || !await window.Sealing.isPossible()) {
      Desk.show(Desk.one('[data-not-possible]'), true);
      return;
    }
    Desk.show(Desk.one('[data-gate]'), true);
    Desk.team.start();
    buttons();
    Desk.tell('start');
    show('waiting');
    await lookAgain();
    setInterval(function () { if (Desk.ring.isOpen()) lookAgain(); }, EACH_MS);
    window.addEventListener('pagehide', function () { Desk.ring.lock(); });
  }

  start();
})(window.Desk);
