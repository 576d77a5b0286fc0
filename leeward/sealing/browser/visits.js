/* Visits: one random secret is the visitor's whole way in. It stays in this page's memory. */
(function (Sealing) {
  'use strict';

  async function from(secret) {
    var key;
    Sealing.keys.need(secret);
    key = await Sealing.keys.derive(secret, 'leeward visit key v1');
    return {
      secret: secret,
      proof: await Sealing.keys.derive(secret, 'leeward visit proof v1'),
      pair: await Sealing.keys.pairFrom(key)
    };
  }

  Sealing.visits = {
    from: from,
    start: function () { return from(Sealing.bytes.random(32)); }
  };
})(window.Sealing);
