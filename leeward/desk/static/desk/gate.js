/* The gate: before the desk opens she makes her key, opens it, or waits to be admitted. */
(function (Desk) {
  'use strict';
  var LEAST_LETTERS = 14, gate, state, code = '';

  function room(name) { return Desk.one('[data-room="' + name + '"]', gate); }

  function open(name) {
    var wasShut = !gate.hidden;
    Desk.all('[data-room]', gate).forEach(function (other) {
      Desk.show(other, other.dataset.room === name);
    });
    Desk.show(gate, Boolean(name));
    Desk.show(Desk.one('[data-inside]'), !name);
    if (name) focusIn(room(name));
    else if (wasShut) Desk.one('#title').focus();
  }

  function focusIn(section) {
    var field = Desk.one('input:not([hidden]), button', section);
    if (field) field.focus();
  }

  function onSubmit(name, work) { Desk.onSubmit(Desk.one('form', room(name)), work); }

  /* What she chose, typed twice. Throws Refused when it is short or differs. */
  function passphraseOf(form) {
    var text = form.elements.passphrase.value, again = form.elements.again;
    var slip = Array.from(text).length < LEAST_LETTERS ? 'passphrase_short'
      : again && again.value !== text ? 'passphrase_differs' : '';
    if (slip) throw new Desk.Refused(0, slip);
    return text;
  }

  async function makeKey(form) {
    var made = await Desk.making.makeAll(state.me.account, passphraseOf(form));
    try { await Desk.ask('keys/make/', { public_key: made.public_key, wraps: made.wraps }); } catch (wrong) {
      /* It is not hers: another page may have made her one meanwhile. */
      Desk.ring.lock();
      if (wrong.code === 'key_changed') Desk.tell('look again');
      throw wrong;
    }
    form.reset();
    showCode(made.code);
    Desk.tell('look again');
  }

  function showCode(text) {
    code = text;
    Desk.fill(Desk.one('[data-code]', room('code')), text.replace(/-/g, ' '));
    open('code');
  }

  async function codeKept(form) {
    var typed = form.elements.last.value.trim().toUpperCase();
    if (typed !== code.slice(-4)) throw new Desk.Refused(0, 'code_differs');
    forgetCode();
    form.reset();
    Desk.tell('opened');
  }

  async function unlock(form) {
    var field = form.elements.passphrase, secret;
    secret = await Desk.making.unwrap(
      'passphrase', field.value, state.me.account, state.me.key.wraps);
    field.value = '';
    await Desk.ring.open(state.me.account, secret);
    Desk.tell('opened');
  }

  async function unlockByPasskey() {
    var wraps = Desk.making.wrapsOf('passkey', state.me.key.wraps);
    var said = await Sealing.passkeys.ask(wraps.map(function (wrap) {
      return Sealing.bytes.fromText(wrap.label);
    }));
    var secret = await Desk.making.unwrap('passkey', said, state.me.account, wraps);
    await Desk.ring.open(state.me.account, secret);
    Desk.tell('opened');
  }

  /* The printed code opens once more, and a new passphrase and a new code take the old ones' place. */
  async function recover(form) {
    var passphrase = passphraseOf(form), typed = form.elements.code.value, fresh, secret, wraps;
    secret = await Desk.making.unwrap(
      'recovery', typed, state.me.account, state.me.key.wraps);
    fresh = Sealing.members.newCode();
    wraps = [
      await Desk.making.wrapUnder('passphrase', secret, state.me.account, passphrase),
      await Desk.making.wrapUnder('recovery', secret, state.me.account, fresh)
    ];
    await Desk.ask('keys/wrap/', { wraps: wraps });
    await Desk.ring.open(state.me.account, secret);
    form.reset();
    showCode(fresh);
  }

  /* Nothing opens the old key any more: a new one, which a coordinator has to admit. */
  async function startAnew(form) {
    if (!form.elements.sure.checked) throw new Desk.Refused(0, 'not_sure');
    await Desk.ask('keys/drop/');
    form.reset();
    Desk.tell('look again');
  }

  function links() {
    Desk.all('[data-go]', gate).forEach(function (button) {
      button.addEventListener('click', function () { open(button.dataset.go); });
    });
    Desk.one('[data-print]', gate).addEventListener('click', function () { window.print(); });
    Desk.one('[data-by-passkey]', gate).addEventListener('click', async function (event) {
      var form = Desk.one('form', room('unlock')), button = event.currentTarget;
      button.disabled = true;
      Desk.formError(form, '');
      try { await unlockByPasskey(); } catch (wrong) { Desk.formError(form, Desk.excuse(wrong)); }
      button.disabled = false;
    });
  }

  /* The code is on paper, or it was shown and is gone: then she makes another, with her passphrase. */
  function forgetCode() {
    code = '';
    if (gate) Desk.fill(Desk.one('[data-code]', room('code')), '');
  }

  function start() {
    gate = Desk.one('[data-gate]');
    onSubmit('make', makeKey);
    onSubmit('code', codeKept);
    onSubmit('unlock', unlock);
    onSubmit('recover', recover);
    onSubmit('anew', startAnew);
    links();
  }

  /* Shows the room that fits; returns whether the way to the desk is free. */
  function check(now) {
    var passkeys;
    state = now;
    if (!gate) start();
    if (!state.team) { open('no-team'); return false; }
    if (Desk.ring.isOpen() && state.me.key) {
      if (!code) open('');
      return !code;
    }
    passkeys = state.me.key ? Desk.making.wrapsOf('passkey', state.me.key.wraps) : [];
    Desk.show(Desk.one('[data-by-passkey]', gate), passkeys.length > 0);
    open(state.me.key ? 'unlock' : 'make');
    return false;
  }

  Desk.on('locked', forgetCode);
  Desk.gate = { check: check, open: open, passphraseOf: passphraseOf, showCode: showCode };
})(window.Desk);
