/* The team's key: the first one, admitting a member, the next one when somebody leaves. */
(function (Desk) {
  'use strict';
  var Sealing = window.Sealing, bytes = Sealing.bytes, list = null, state;

  /* The words that name a key come from a file of this host, fetched when first needed. */
  async function words() {
    var answer;
    if (!list) {
      try { answer = await fetch(Desk.one('[data-desk]').dataset.words); } catch (e) { throw new Desk.Refused(0, 'offline'); }
      if (!answer.ok) throw new Desk.Refused(answer.status, 'refused');
      list = (await answer.text()).trim().split('\n');
    }
    return list;
  }

  async function nameOf(publicText) {
    return Sealing.fingerprint(bytes.fromText(publicText), await words());
  }

  async function sealFor(member, generation, secret) {
    var context = Sealing.contexts.team(state.team.id, generation, member.account);
    return bytes.toText(
      await Sealing.envelope.seal(bytes.fromText(member.public_key), secret, context));
  }

  /* Makes the team's key of a generation, sealed to each of `members`. */
  async function newKey(generation, members) {
    var secret = bytes.random(32), pair = await Sealing.keys.pairFrom(secret), wraps = {}, member;
    for (member of members) wraps[member.account] = await sealFor(member, generation, secret);
    bytes.wipe(secret);
    return { generation: generation, public_key: bytes.toText(pair.publicBytes), wraps: wraps };
  }

  /* For her alone: colleagues are admitted once she has compared their five words. */
  async function makeFirst() {
    var own = state.members.filter(function (member) { return member.account === state.me.account; });
    await Desk.ask('team/first/', await newKey(1, own));
    Desk.tell('look again');
  }

  /* Seals every generation that she holds to the one who is admitted. */
  async function admit(member) {
    var wraps = {}, wrap, secret;
    for (wrap of state.team.wraps) {
      secret = await Desk.ring.teamSecret(state.team.id, wrap);
      wraps[wrap.generation] = await sealFor(member, wrap.generation, secret);
      bytes.wipe(secret);
    }
    await Desk.ask('team/admit/', {
      account: member.account, public_key: member.public_key, wraps: wraps
    });
    Desk.tell('look again');
  }

  /* leaver: an account, or null to change the key alone. */
  async function makeNext(leaver) {
    /* A key that nobody compared by voice is sealed to nobody. */
    var stay = state.members.filter(function (member) { return member.can_read && member.account !== leaver; });
    var made = await newKey(state.team.generation + 1, stay);
    if (leaver !== null) made.leaver = leaver;
    await Desk.ask('team/next/', made);
    Desk.tell('look again');
  }

  function standing(member) {
    return Desk.say(member.can_read ? 'member_reads' : member.public_key ? 'member_waits' : 'member_keyless');
  }

  function act(row, selector, isShown, work) {
    var button = Desk.one(selector, row);
    Desk.show(button, isShown);
    button.addEventListener('click', async function () {
      button.disabled = true;
      Desk.fill(Desk.one('.error', row), '');
      try { await work(); } catch (wrong) { Desk.fill(Desk.one('.error', row), Desk.excuse(wrong)); }
      button.disabled = false;
    });
  }

  function asks(row, name, isShown) {
    var button = Desk.one('[data-ask="' + name + '"]', row);
    var box = Desk.one('[data-sure="' + name + '"]', row);
    Desk.show(button, isShown);
    button.addEventListener('click', function () {
      Desk.show(box, box.hidden);
      if (!box.hidden) Desk.one('button', box).focus();
    });
  }

  function rowFor(member) {
    var row = Desk.fromTemplate('member'), isMe = member.account === state.me.account;
    var holds = Desk.ring.hasTeam(state.team.generation);
    var may = state.me.may_admit && holds && !isMe;
    Desk.fill(Desk.one('[data-name]', row), Desk.plain(member.name));
    Desk.fill(Desk.one('[data-standing]', row), isMe ? Desk.say('member_you') : standing(member));
    asks(row, 'admit', may && !member.can_read && Boolean(member.public_key));
    asks(row, 'leave', may && member.can_read);
    act(row, '[data-do="admit"]', true, function () { return admit(member); });
    act(row, '[data-do="leave"]', true, function () { return makeNext(member.account); });
    if (member.public_key) nameOf(member.public_key).then(function (name) {
      Desk.all('[data-words]', row).forEach(function (place) { Desk.fill(place, name); });
    });
    return row;
  }

  /* Rows are drawn anew only when something changed: a question that stands open stays open. */
  function renderMembers() {
    var place = Desk.one('[data-members]'), looks = JSON.stringify([
      state.team, state.me.may_admit, state.members.map(function (member) {
        return [member.account, member.name, member.public_key, member.can_read];
      })
    ]);
    if (place.dataset.looks === looks) return;
    place.dataset.looks = looks;
    place.replaceChildren.apply(place, state.members.map(rowFor));
  }

  function render(now) {
    state = now;
    Desk.show(Desk.one('[data-first-key]'), !state.team.generation);
    Desk.show(Desk.one('[data-next-key]'), state.team.must_follow && Desk.ring.hasTeam(state.team.generation));
    Desk.show(Desk.one('[data-not-admitted]'),
      Boolean(state.team.generation) && !Desk.ring.hasTeam(state.team.generation));
    renderMembers();
    if (!state.me.key) return;
    nameOf(state.me.key.public_key).then(function (name) {
      Desk.all('[data-my-words]').forEach(function (mine) { Desk.fill(mine, name); });
    });
  }

  function start() {
    act(Desk.one('[data-first-key]'), '[data-make-first]', true, makeFirst);
    act(Desk.one('[data-next-key]'), '[data-make-next]', true, function () { return makeNext(null); });
  }

  Desk.team = { start: start, render: render, nameOf: nameOf };
})(window.Desk);
