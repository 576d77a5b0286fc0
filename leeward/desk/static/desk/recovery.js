/* Two of three supervisors: shares of the team's key, made here, handed from browser to browser. The
   server holds ciphertext alone; five words compared by voice say whose key it is sealed to. */
(function (Desk) {
  'use strict';
  var bytes = Sealing.bytes, contexts = Sealing.contexts, THREE = 3, state;

  function me() { return state.me.account; }

  function memberOf(account) {
    return state.members.find(function (member) { return member.account === account; });
  }

  async function sealTo(publicText, plain, context) {
    return bytes.toText(await Sealing.envelope.seal(bytes.fromText(publicText), plain, context));
  }

  // -- making: by a supervisor who holds the team's key --

  async function sharesOf(wrap, three) {
    var secret = await Desk.ring.teamSecret(state.team.id, wrap), parts, sealed = {}, i;
    parts = Sealing.shares.split(secret);
    bytes.wipe(secret);
    for (i = 0; i < THREE; i += 1) {
      sealed[three[i].account] = await sealTo(
        three[i].public_key, bytes.utf8(JSON.stringify(parts[i])),
        contexts.share(state.team.id, wrap.generation, three[i].account));
    }
    return sealed;
  }

  async function make(form) {
    var ticked = Desk.all('input:checked', form), three, publics = {}, shares = {}, wrap;
    if (ticked.length !== THREE) throw new Desk.Refused(0, 'not_three');
    three = ticked.map(function (box) { return memberOf(Number(box.value)); });
    three.forEach(function (member) { publics[member.account] = member.public_key; });
    for (wrap of state.team.wraps) shares[wrap.generation] = await sharesOf(wrap, three);
    await Desk.ask('recovery/make/', { publics: publics, shares: shares });
    Desk.tell('look again');
  }

  // -- handing over: her own share, opened here and sealed to the one who asks --

  async function mine() {
    var told = await Desk.ask('recovery/mine/'), opened = {}, number;
    for (number of Object.keys(told.shares)) {
      opened[number] = await Desk.ring.openMine(
        told.shares[number], contexts.share(state.team.id, Number(number), me()));
    }
    return opened;
  }

  async function hand(asked) {
    var opened = await mine(), sealed = {}, number;
    for (number of Object.keys(opened)) {
      sealed[number] = await sealTo(asked.public_key, opened[number],
        contexts.handed(state.team.id, Number(number), me(), asked.account));
      bytes.wipe(opened[number]);
    }
    await Desk.ask('recovery/hand/', { to: asked.account, public_key: asked.public_key, shares: sealed });
    Desk.tell('look again');
  }

  // -- putting together: hers and one that was handed --

  async function join(own, handed) {
    var context = contexts.handed(state.team.id, handed.generation, handed.account, me());
    var other = await Desk.ring.openMine(handed.sealed, context), text = new TextDecoder();
    return Sealing.shares.join(JSON.parse(text.decode(own)), JSON.parse(text.decode(other)),
      bytes.fromText(state.recovery.publics[handed.generation]));
  }

  async function restore(asked) {
    var own = await mine(), wraps = {}, each, secret;
    for (each of asked.handed) {
      if (wraps[each.generation] || !own[each.generation]) continue;
      secret = await join(own[each.generation], each);
      wraps[each.generation] = await sealTo(Desk.ring.publicText(), secret,
        contexts.team(state.team.id, each.generation, me()));
      bytes.wipe(secret);
    }
    await Desk.ask('recovery/restore/', { wraps: wraps });
    Desk.tell('look again');
  }

  Desk.recovery = {
    know: function (now) { state = now; },
    make: make, hand: hand, restore: restore, memberOf: memberOf,
    ask: async function () { await Desk.ask('recovery/ask/'); Desk.tell('look again'); },
    callOff: async function (asked) {
      await Desk.ask('recovery/off/', { asker: asked.account });
      Desk.tell('look again');
    }
  };
})(window.Desk);
