/* Box: sealed under a key of 32 bytes and bound to its context. AES-256-GCM. */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, NONCE = 12, TAG = 16;

  function imported(key, use) {
    Sealing.keys.need(key);
    return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);
  }

  function how(nonce, context) {
    return { name: 'AES-GCM', iv: nonce, additionalData: context };
  }

  async function seal(key, plain, context) {
    var nonce = bytes.random(NONCE), secret = await imported(key, 'encrypt');
    var sealed = await crypto.subtle.encrypt(how(nonce, context), secret, plain);
    return bytes.join(Sealing.suite.mark, nonce, new Uint8Array(sealed));
  }

  async function open(key, sealed, context) {
    var body = Sealing.suite.bodyOf(sealed, NONCE + TAG), secret = await imported(key, 'decrypt');
    try {
      return new Uint8Array(await crypto.subtle.decrypt(
        how(body.slice(0, NONCE), context), secret, body.slice(NONCE)));
    } catch (e) { throw new Sealing.SealBroken(); }
  }

  Sealing.box = { seal: seal, open: open };
})(window.Sealing);
