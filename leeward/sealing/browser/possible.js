/* Can this browser seal? When not, the page goes the way without scripts. */
(function (Sealing) {
  'use strict';

  async function tryAll() {
    var key = new Uint8Array(32), context = new Uint8Array(1), pair, sealed;
    pair = await Sealing.keys.pairFrom(await Sealing.keys.derive(key, ''));
    sealed = await Sealing.envelope.seal(pair.publicBytes, key, context);
    await Sealing.envelope.open(pair, sealed, context);
    await Sealing.box.open(key, await Sealing.box.seal(key, key, context), context);
    return true;
  }

  /* Resolves to whether everything needed is there and works; never throws. Takes milliseconds. */
  Sealing.isPossible = async function () {
    try {
      return window.isSecureContext === true && await tryAll();
    } catch (e) { return false; }
  };
})(window.Sealing);
