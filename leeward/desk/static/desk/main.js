/* The desk put together: look at the state, open what is hers, shut what is not, lock. */
(function (Desk) {
  'use strict';
  var talks = new Map(), isLooking = false, looksAgain = false, round = 0, warned = false, EACH_MS = 60000;

  function trouble(text) { Desk.fill(Desk.one('[data-trouble]'), text); }

  // -- conversations --

  /* old: the same conversation, over on this page. It makes room once she can read again. */
  async function openTalk(info, old) {
    var talk = new Desk.Talk(info);
    talks.set(info.id, talk);
    await talk.load();
    if (talks.get(info.id) !== talk) return;
    if (talk.isOver()) {
      if (old) talks.set(info.id, old); else talks.delete(info.id);
      return;
    }
    if (old) {
      talks.delete(info.id);
      Desk.panes.close(info.id);
      talks.set(info.id, talk);
    }
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
    var talk = talks.get(id);
    talks.delete(id);
    if (talk) talk.shut();
    Desk.panes.close(id);
  }

  /* What is asked for now is not for this page any more when it comes. */
  function shutAll() {
    round += 1;
    Array.from(talks.keys()).forEach(shutTalk);
  }

  async function follow(state, mine) {
    var hers = state.talks.map(function (info) { return info.id; }), info, talk;
    Array.from(talks.values()).forEach(function (talk) {
      if (hers.indexOf(talk.id) < 0 && !talk.ended) talk.load();
    });
    for (info of state.talks) {
      if (mine !== round) return;
      talk = talks.get(info.id);
      if (!talk || talk.ended) await openTalk(info, talk);
      else {
        Object.assign(talk.info, info);
        if (isBehind(talk, info)) talk.load();
        talk.changed();
      }
    }
  }

  // -- the state --

  async function look() {
    var mine = round, state = await Desk.ask('state/');
    if (mine !== round) return;
    Desk.state = state;
    if (!state.team && Desk.ring.isOpen()) { lock(); return; }
    if (!Desk.gate.check(state)) { if (!Desk.ring.isOpen()) Desk.live.shut(); return; }
    await Desk.ring.openTeam(state.team.id, state.team.wraps);
    if (mine !== round) return;
    Desk.team.render(state);
    Desk.presence.show(state);
    Desk.queue.show(state);
    await Desk.calls.show(state);
    await follow(state, mine);
    if (mine !== round) return;
    Desk.tell('state', state);
    trouble('');
  }

  async function lookAgain() {
    looksAgain = true;
    if (isLooking) return;
    isLooking = true;
    while (looksAgain) {
      looksAgain = false;
      try { await look(); } catch (wrong) { if (Desk.ring.isOpen()) trouble(Desk.excuse(wrong)); }
    }
    isLooking = false;
  }

  // -- locking --

  /* Keys, opened texts and drafts leave the page. */
  function forget() {
    Desk.live.shut();
    shutAll();
    Desk.ring.lock();
    Desk.all('form').forEach(function (form) { form.reset(); });
    trouble('');
    Desk.tell('locked');
  }

  function lock() {
    if (Desk.ring.isOpen() && Desk.state.team && Desk.state.me.presence === 'on') {
      Desk.ask('on/', { state: 'away', most_chats: Desk.state.me.most_chats }).catch(function () { /* Her silence says it too. */ });
    }
    forget();
    if (Desk.state) Desk.gate.check(Desk.state);
  }

  /* By the button: what is not sent yet would be lost, so it says so first. */
  function lockByHand() {
    var isLost = Array.from(talks.values()).some(function (talk) { return talk.waiting.length > 0; });
    if (isLost && !warned) {
      warned = true;
      Desk.tell('trouble', new Desk.Refused(0, 'unsent'));
      return;
    }
    lock();
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
    Desk.one('[data-lock]').addEventListener('click', lockByHand);
    Desk.one('[data-lock]').addEventListener('blur', function () { warned = false; });
  }

  Desk.on('another line', function () {
    shutAll();
    lookAgain();
  });
  Desk.on('opened', function () { Desk.live.open(); lookAgain(); });
  Desk.on('look again', lookAgain);
  Desk.on('lock', lock);
  Desk.on('show', show);
  Desk.on('closed', shutTalk);
  Desk.on('trouble', function (wrong) { trouble(Desk.excuse(wrong)); });
  Desk.on('talk', function (talk) { var pane = Desk.panes.get(talk.id); if (pane) pane.show(); });
  Desk.on('of a talk', function (event) {
    var talk = talks.get(event.talk);
    if (talk && !talk.ended) talk.hear(event); else lookAgain();
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
    /* A browser may keep a page that was left, and bring it back: it is empty then, and locked. */
    window.addEventListener('pagehide', forget);
    window.addEventListener('pageshow', function (event) { if (event.persisted) location.reload(); });
  }

  start();
})(window.Desk);
