/* Keys: HKDF-SHA256 and X25519 pairs. What the browser holds can't be read out of it again. */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, subtle = window.crypto && crypto.subtle;
  /* PKCS #8 before a raw X25519 private key (RFC 8410), and the curve's base point (RFC 7748). */
  var PKCS8 = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32], BASE_POINT = 9;

  function need(key) {
    if (!bytes.isOf(key, 32)) throw new Sealing.KeyRefused();
  }

  async function derive(secret, info) {
    var key = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
    var how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: bytes.utf8(info) };
    return new Uint8Array(await subtle.deriveBits(how, key, 256));
  }

  async function publicKey(raw) {
    need(raw);
    try {
      return await subtle.importKey('raw', raw, 'X25519', true, []);
    } catch (e) { throw new Sealing.KeyRefused(); }
  }

  async function pairFrom(secret) {
    var key, point = new Uint8Array(32), raw;
    need(secret);
    point[0] = BASE_POINT;
    key = await subtle.importKey(
      'pkcs8', bytes.join(PKCS8, secret), 'X25519', false, ['deriveBits']);
    raw = new Uint8Array(await subtle.deriveBits(
      { name: 'X25519', public: await publicKey(point) }, key, 256));
    return { publicBytes: raw, publicKey: await publicKey(raw), privateKey: key };
  }

  Sealing.keys = { need: need, derive: derive, publicKey: publicKey, pairFrom: pairFrom };
})(window.Sealing);
