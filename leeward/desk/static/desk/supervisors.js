/* What a supervisor sees of the shares: off or on, who holds one, who asks for one. */
(function (Desk) {
  'use strict';
  var panel, state, shown = '';

  function part(name) { return Desk.one('[data-' + name + ']', panel); }

  function nameOf(account) {
    var member = Desk.recovery.memberOf(account);
    return member ? Desk.plain(member.name) : Desk.say('somebody_gone');
  }

  function canRead() { return Desk.ring.hasTeam(state.team.generation); }

  function act(button, row, work) {
    button.addEventListener('click', async function () {
      button.disabled = true;
      Desk.formError(row, '');
      try { await work(); } catch (wrong) { Desk.formError(row, Desk.excuse(wrong)); }
      button.disabled = false;
    });
  }

  function choice(member) {
    var row = Desk.fromTemplate('supervisor'), box = Desk.one('input', row);
    box.value = member.account;
    Desk.fill(Desk.one('[data-name]', row), Desk.plain(member.name)
      + (member.account === state.me.account ? ' (' + Desk.say('member_you') + ')' : ''));
    Desk.team.nameOf(member.public_key).then(function (name) { Desk.fill(Desk.one('[data-words]', row), name); });
    return row;
  }

  function asking(asked) {
    var row = Desk.fromTemplate('asked'), isDone = asked.handed_by.indexOf(state.me.account) >= 0;
    Desk.fill(Desk.one('[data-who]', row), Desk.say('asks_for_share', {
      who: nameOf(asked.account), at: Desk.clock(asked.until)
    }));
    Desk.show(Desk.one('[data-compare]', row), !isDone);
    Desk.show(Desk.one('[data-handed]', row), isDone);
    Desk.team.nameOf(asked.public_key).then(function (name) { Desk.fill(Desk.one('[data-words]', row), name); });
    act(Desk.one('[data-do="hand"]', row), row, function () { return Desk.recovery.hand(asked); });
    act(Desk.one('[data-do="off"]', row), row, function () { return Desk.recovery.callOff(asked); });
    return row;
  }

  function showMaking() {
    var supervisors = state.members.filter(function (member) { return member.is_supervisor && member.public_key; });
    var isDue = state.recovery.holders.length < 3, list = part('three');
    Desk.show(part('making'), canRead() && isDue && supervisors.length >= 3);
    Desk.show(part('too-few'), isDue && supervisors.length < 3);
    Desk.show(part('renew'), canRead() && isDue && state.recovery.is_on);
    list.replaceChildren.apply(list, supervisors.map(choice));
  }

  function showAsking() {
    var holds = state.recovery.holders.indexOf(state.me.account) >= 0;
    var own = state.recovery.asked.find(function (asked) { return asked.account === state.me.account; });
    var others = state.recovery.asked.filter(function (asked) { return asked !== own; });
    Desk.show(part('may-ask'), holds && !canRead() && !own);
    Desk.show(part('has-asked'), Boolean(own));
    if (own) {
      Desk.fill(part('asked-until'), Desk.clock(own.until));
      Desk.show(part('nothing-yet'), own.handed.length === 0);
      Desk.show(part('restoring'), own.handed.length > 0);
      Desk.fill(part('handed-by'), own.handed_by.map(nameOf).join(', '));
    }
    part('others').replaceChildren.apply(part('others'), holds ? others.map(asking) : []);
    Desk.show(Desk.one('[data-share-asked]'), holds && others.some(function (asked) {
      return asked.handed_by.indexOf(state.me.account) < 0;
    }));
  }

  /* Drawn anew only when something changed: a tick that she set stays. */
  function show(now) {
    var looks = JSON.stringify([now.recovery, now.team, now.members.map(function (member) {
      return [member.account, member.name, member.public_key, member.is_supervisor, member.can_read];
    })]);
    state = now;
    Desk.recovery.know(now);
    Desk.show(panel, Boolean(now.recovery && now.team.generation));
    if (!now.recovery || looks === shown) return;
    shown = looks;
    Desk.show(part('is-on'), now.recovery.is_on);
    Desk.show(part('is-off'), !now.recovery.is_on);
    Desk.fill(part('holders'), now.recovery.holders.map(nameOf).join(', '));
    showMaking();
    showAsking();
  }

  function ownRequest() {
    return state.recovery.asked.find(function (asked) { return asked.account === state.me.account; });
  }

  Desk.on('state', show);
  Desk.on('locked', function () { shown = ''; });
  Desk.on('start', function () {
    panel = Desk.one('[data-recovery]');
    Desk.one('[data-to-recovery]').addEventListener('click', function () {
      panel.scrollIntoView();
      Desk.one('[data-others] button', panel).focus();
    });
    Desk.onSubmit(part('making'), Desk.recovery.make);
    act(part('ask-share'), part('may-ask'), Desk.recovery.ask);
    act(part('restore'), part('has-asked'), function () { return Desk.recovery.restore(ownRequest()); });
    act(part('call-off'), part('has-asked'), function () { return Desk.recovery.callOff(ownRequest()); });
  });
})(window.Desk);
