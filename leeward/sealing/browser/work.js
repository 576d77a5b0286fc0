/* Proof of work: a nonce whose SHA-256 with the challenge begins with so many zero bits. */
(function (Sealing) {
  'use strict';
  var BATCH = 256, BREATH_MS = 40;

  function zeroBits(digest) {
    var first = digest.findIndex(function (byte) { return byte; });
    return first < 0 ? 8 * digest.length : 8 * first + Math.clz32(digest[first]) - 24;
  }

  /* Lets the page paint and hear the person. */
  function breathe() {
    return new Promise(function (done) { setTimeout(done, 0); });
  }

  async function digestOf(text) {
    var digest = await crypto.subtle.digest('SHA-256', Sealing.bytes.utf8(text));
    return new Uint8Array(digest);
  }

  /* The numbers from `first` on, or those of them that do. */
  async function oneOf(challenge, bits, first) {
    var tries = Array.from({ length: BATCH }, function (_, i) { return first + i; });
    var digests = await Promise.all(tries.map(function (nonce) {
      return digestOf(challenge + ':' + nonce);
    }));
    return tries.find(function (_, i) { return zeroBits(digests[i]) >= bits; });
  }

  /* Returns the nonce as text. signal: of an AbortController; when it says so, throws Cancelled. */
  async function solve(challenge, bits, signal) {
    var first = 0, found, rested = Date.now();
    while (found === undefined) {
      if (signal && signal.aborted) throw new Sealing.Cancelled();
      if (Date.now() - rested > BREATH_MS) { await breathe(); rested = Date.now(); }
      found = await oneOf(challenge, bits, first);
      first += BATCH;
    }
    return String(found);
  }

  Sealing.work = { solve: solve, zeroBits: zeroBits };
})(window.Sealing);
