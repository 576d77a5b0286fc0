/* The first byte of every sealed thing says its suite; an unknown one is never guessed at. */
(function (Sealing) {
  'use strict';
  var ONE = 1;

  /* What follows the suite byte, at least `shortest` bytes of it. */
  function bodyOf(sealed, shortest) {
    if (!(sealed instanceof Uint8Array) || !sealed.length) throw new Sealing.SealBroken();
    if (sealed[0] !== ONE) throw new Sealing.SuiteUnknown();
    if (sealed.length < 1 + shortest) throw new Sealing.SealBroken();
    return sealed.slice(1);
  }

  Sealing.suite = { mark: [ONE], bodyOf: bodyOf };
})(window.Sealing);
