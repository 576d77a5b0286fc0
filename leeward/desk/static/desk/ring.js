/* The ring of keys, in this page's memory alone: hers, the team's, those of each conversation's day.
   lock() lets go of all of them. Nothing here is ever stored. */
(function (Desk) {
  'use strict';
  var Sealing = window.Sealing, bytes = Sealing.bytes, contexts = Sealing.contexts;
  var held = null;

  function empty() { return { account: 0, pair: null, team: '', teams: {}, epochs: {} }; }

  function need() {
    if (!held || !held.pair) throw new Sealing.KeyRefused();
    return held;
  }

  /* secret: the private key's 32 bytes, emptied here. */
  async function open(account, secret) {
    var pair = await Sealing.keys.pairFrom(secret);
    bytes.wipe(secret);
    held = empty();
    held.account = account;
    held.pair = pair;
  }

  async function teamSecret(team, wrap) {
    var ring = need();
    return Sealing.envelope.open(
      ring.pair, bytes.fromText(wrap.sealed), contexts.team(team, wrap.generation, ring.account));
  }

  /* Opens each generation of the team's key that is sealed to her. Returns how many there are. */
  async function openTeam(team, wraps) {
    var ring = need(), secret, wrap;
    if (ring.team !== team) { ring.team = team; ring.teams = {}; }
    for (wrap of wraps) {
      if (ring.teams[wrap.generation]) continue;
      secret = await teamSecret(team, wrap);
      ring.teams[wrap.generation] = await Sealing.keys.pairFrom(secret);
      bytes.wipe(secret);
    }
    return Object.keys(ring.teams).length;
  }

  function pairFor(wrap) {
    var ring = need();
    if (wrap.reader === 'member' && wrap.reader_id === ring.account) return ring.pair;
    return wrap.reader === 'team' ? ring.teams[wrap.reader_id] : undefined;
  }

  async function openEpoch(talk, number, wraps) {
    var wrap, pair;
    for (wrap of wraps) {
      pair = wrap.epoch === number ? pairFor(wrap) : undefined;
      if (!pair) continue;
      try {
        return await Sealing.envelope.open(
          pair, bytes.fromText(wrap.sealed), contexts.epoch(talk, number));
      } catch (e) { continue; }
    }
    throw new Sealing.SealBroken();
  }

  /* The key of a conversation's day; wraps: {epoch, reader, reader_id, sealed}. Throws SealBroken. */
  async function epochKey(talk, number, wraps) {
    var epochs = need().epochs, name = talk + '/' + number;
    if (!epochs[name]) epochs[name] = await openEpoch(talk, number, wraps);
    return epochs[name];
  }

  function knowEpoch(talk, number, key) { need().epochs[talk + '/' + number] = key; }

  function forget(talk) {
    if (!held) return;
    Object.keys(held.epochs).forEach(function (name) {
      if (name.indexOf(talk) !== 0) return;
      bytes.wipe(held.epochs[name]);
      delete held.epochs[name];
    });
  }

  function lock() {
    if (held) Object.values(held.epochs).forEach(bytes.wipe);
    held = null;
  }

  Desk.ring = {
    open: open,
    openTeam: openTeam,
    teamSecret: teamSecret,
    epochKey: epochKey,
    knowEpoch: knowEpoch,
    forget: forget,
    lock: lock,
    isOpen: function () { return Boolean(held && held.pair); },
    hasTeam: function (generation) { return Boolean(held && held.teams[generation]); },
    /* Opens what was sealed to her own key: a share, hers or handed. Throws SealBroken. */
    openMine: function (sealed, context) {
      return Sealing.envelope.open(need().pair, bytes.fromText(sealed), context);
    },
    publicText: function () { return bytes.toText(need().pair.publicBytes); },
    /* Opens what was sealed to the team: a call, a note. Throws SealBroken. */
    openForTeam: function (generation, sealed, context) {
      var pair = need().teams[generation];
      if (!pair) throw new Sealing.SealBroken();
      return Sealing.envelope.open(pair, bytes.fromText(sealed), context);
    }
  };
})(window.Desk);
