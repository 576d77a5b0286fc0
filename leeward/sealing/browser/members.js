/* Members: an advocate's key pair, made here and stored only wrapped: under a passphrase, a printed
   recovery code, or what a passkey says (WebAuthn's PRF). */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ', CODE_BYTES = 20;

  /* Five bits a letter (Crockford's base 32), eight groups of four. */
  function codeText(code) {
    var left = 0, held = 0, text = '';
    code.forEach(function (byte) {
      held = held << 8 | byte;
      for (left += 8; left >= 5; left -= 5) text += LETTERS[held >> left - 5 & 31];
      held &= 255;
    });
    return text.match(/.{4}/g).join('-');
  }

  /* What was read from paper: small letters, spaces, O for 0, I or L for 1 are understood. */
  function codeBytes(text) {
    var clean = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
    var code = [], left = 0, held = 0;
    Array.from(clean).forEach(function (letter) {
      if (LETTERS.indexOf(letter) < 0) throw new Sealing.CodeUnreadable();
      held = held << 5 | LETTERS.indexOf(letter);
      left += 5;
      if (left >= 8) { left -= 8; code.push(held >> left & 255); held &= (1 << left) - 1; }
    });
    if (code.length !== CODE_BYTES || left) throw new Sealing.CodeUnreadable();
    return Uint8Array.from(code);
  }

  async function make() {
    var secret = bytes.random(32), pair = await Sealing.keys.pairFrom(secret);
    return { secret: secret, pair: pair };
  }

  Sealing.members = {
    make: make,
    newSalt: function () { return bytes.random(16); },
    newCode: function () { return codeText(bytes.random(CODE_BYTES)); },
    codeText: codeText,
    codeBytes: codeBytes,
    /* The three keys that can wrap the pair's secret; `kind` names which, in the wrap too. */
    keyFrom: {
      passphrase: function (text, salt) {
        return Sealing.stretch(bytes.utf8(text.normalize('NFKC')), salt, 32);
      },
      recovery: async function (text) {
        return Sealing.keys.derive(codeBytes(text), 'leeward recovery v1');
      },
      passkey: function (said) { return Sealing.keys.derive(said, 'leeward passkey v1'); }
    },
    wrap: function (key, secret, account, kind) {
      return Sealing.box.seal(key, secret, Sealing.contexts.member(account, kind));
    },
    /* Returns the secret: make the pair of it, wrap it anew under another key, then wipe it. */
    unwrap: function (key, wrapped, account, kind) {
      return Sealing.box.open(key, wrapped, Sealing.contexts.member(account, kind));
    }
  };
})(window.Sealing);
