/* Envelope: sealed to a public key, opened by its pair. HPKE base mode, RFC 9180. */
(function (Sealing) {
  'use strict';
  var ENC = 32, TAG = 16;

  async function seal(publicBytes, plain, context) {
    var key = await Sealing.keys.publicKey(publicBytes), made;
    try {
      made = await Sealing.hpke.Seal(key, plain, { info: context });
    } catch (e) { throw new Sealing.KeyRefused(); }
    return Sealing.bytes.join(Sealing.suite.mark, made.encapsulatedSecret, made.ciphertext);
  }

  async function open(pair, sealed, context) {
    var body = Sealing.suite.bodyOf(sealed, ENC + TAG);
    try {
      return await Sealing.hpke.Open(pair, body.slice(0, ENC), body.slice(ENC), { info: context });
    } catch (e) { throw new Sealing.SealBroken(); }
  }

  Sealing.envelope = { seal: seal, open: open };
})(window.Sealing);
