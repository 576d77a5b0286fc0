/* Making and wrapping her own key: a new pair, a passphrase, a printed code, a passkey.
   What goes to the server is the public half and the private half under locks that only she opens. */
(function (Desk) {
  'use strict';
  var Sealing = window.Sealing, bytes = Sealing.bytes, members = Sealing.members;

  async function wrapUnder(kind, secret, account, said) {
    var salt = kind === 'passphrase' ? members.newSalt() : new Uint8Array(0), key, sealed;
    key = await members.keyFrom[kind](said.secret || said, salt);
    sealed = await members.wrap(key, secret, account, kind);
    bytes.wipe(key);
    return {
      under: kind,
      label: said.id ? bytes.toText(said.id) : '',
      salt: bytes.toText(salt),
      sealed: bytes.toText(sealed)
    };
  }

  /* Returns {public_key, wraps, code}; the ring is open afterwards. */
  async function makeAll(account, passphrase) {
    var made = await members.make(), code = members.newCode(), wraps;
    wraps = [
      await wrapUnder('passphrase', made.secret, account, passphrase),
      await wrapUnder('recovery', made.secret, account, code)
    ];
    await Desk.ring.open(account, made.secret);
    return { public_key: bytes.toText(made.pair.publicBytes), wraps: wraps, code: code };
  }

  function wrapsOf(kind, wraps) {
    return wraps.filter(function (wrap) { return wrap.under === kind; });
  }

  /* Returns her private key's bytes; the caller wipes them. Throws SealBroken for a wrong one. */
  async function unwrap(kind, said, account, wraps) {
    var wrap = wrapsOf(kind, wraps).find(function (wrap) {
      return !said.id || wrap.label === bytes.toText(said.id);
    });
    var key, secret;
    if (!wrap) throw new Sealing.SealBroken();
    key = await members.keyFrom[kind](said.secret || said, bytes.fromText(wrap.salt));
    secret = await members.unwrap(key, bytes.fromText(wrap.sealed), account, kind);
    bytes.wipe(key);
    return secret;
  }

  Desk.making = { makeAll: makeAll, wrapUnder: wrapUnder, unwrap: unwrap, wrapsOf: wrapsOf };
})(window.Desk);
