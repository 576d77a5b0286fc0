/* Her own key's locks: a passkey more or less, another passphrase, a new code on paper. Each asks for
   the passphrase once more: the key that the page holds can't be read out of it. */
(function (Desk) {
  'use strict';
  var bytes = Sealing.bytes, panel, state;

  function part(name) { return Desk.one('[data-lock-form="' + name + '"]', panel); }

  function passkeys() { return Desk.making.wrapsOf('passkey', state.me.key.wraps); }

  /* Her private key, for as long as `work` wraps it anew. */
  async function withSecret(form, work) {
    var account = state.me.account, secret;
    secret = await Desk.making.unwrap('passphrase', form.elements.present.value, account, state.me.key.wraps);
    try { await work(secret, account); } finally { bytes.wipe(secret); }
    form.reset();
  }

  async function store(wraps) { await Desk.ask('keys/wrap/', { wraps: wraps }); }

  function done(key) {
    Desk.fill(Desk.one('[data-lock-done]', panel), Desk.say(key));
    Desk.all('details', panel).forEach(function (each) { each.open = false; });
    Desk.one('h2', panel).scrollIntoView({ block: 'nearest' });
    Desk.tell('look again');
  }

  async function addPasskey(form) {
    var name = form.elements.name.value.trim();
    await withSecret(form, async function (secret, account) {
      var said, id, known = passkeys().map(function (wrap) { return bytes.fromText(wrap.label); });
      try {
        id = await Sealing.passkeys.make(Desk.say('passkey_name'), known);
        said = await Sealing.passkeys.ask([id]);
      } catch (wrong) {
        throw wrong.name === 'NotPossible' ? new Desk.Refused(0, 'no_passkey') : wrong;
      }
      await store([Object.assign(await Desk.making.wrapUnder('passkey', secret, account, said), { name: name })]);
    });
    done('lock_passkey_added');
  }

  async function changePassphrase(form) {
    var fresh = Desk.gate.passphraseOf(form);
    await withSecret(form, async function (secret, account) {
      await store([await Desk.making.wrapUnder('passphrase', secret, account, fresh)]);
    });
    done('lock_passphrase_changed');
  }

  async function newPaper(form) {
    var code = Sealing.members.newCode();
    await withSecret(form, async function (secret, account) {
      await store([await Desk.making.wrapUnder('recovery', secret, account, code)]);
    });
    done('lock_paper_changed');
    Desk.gate.showCode(code);
  }

  function month(day) {
    var how = { month: 'long', year: 'numeric', timeZone: 'UTC' };
    return new Date(day).toLocaleDateString(document.documentElement.lang, how);
  }

  function row(wrap, place) {
    var item = Desk.fromTemplate('passkey'), button = Desk.one('button', item);
    Desk.fill(Desk.one('b', item), Desk.plain(wrap.name) || Desk.say('passkey_number', { n: place + 1 }));
    Desk.fill(Desk.one('[data-added]', item), wrap.made_on ? Desk.say('passkey_since', { month: month(wrap.made_on) }) : '');
    Desk.onSecondPress(button, Desk.say('sure_remove'), async function () {
      try {
        await Desk.ask('keys/unlock-no-more/', { label: wrap.label });
        done('lock_passkey_removed');
      } catch (wrong) { Desk.tell('trouble', wrong); }
    });
    return item;
  }

  Desk.on('state', function (now) {
    var list = Desk.one('[data-passkeys]', panel);
    state = now;
    Desk.show(panel, Boolean(now.me.key));
    if (!now.me.key) return;
    var labels = passkeys().map(function (wrap) { return wrap.label; }).join();
    if (list.dataset.labels === labels) return;
    list.dataset.labels = labels;
    list.replaceChildren.apply(list, passkeys().map(row));
  });

  Desk.on('start', function () {
    panel = Desk.one('[data-locks]');
    Desk.onSubmit(part('passkey'), addPasskey);
    Desk.onSubmit(part('passphrase'), changePassphrase);
    Desk.onSubmit(part('paper'), newPaper);
  });
  Desk.on('locked', function () { Desk.fill(Desk.one('[data-lock-done]', panel), ''); });
})(window.Desk);
