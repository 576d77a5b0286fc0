/* Recovery shares: any two of three supervisors can put the team's key together, one alone can't. */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, PAIRS = [['12', 0, 1], ['13', 0, 2], ['23', 1, 2]];

  function xor(one, other) {
    return one.map(function (byte, i) { return byte ^ other[i]; });
  }

  /* Returns three shares, the first supervisor's first; each goes into an envelope as JSON. */
  function split(key) {
    var shares = [{}, {}, {}];
    Sealing.keys.need(key);
    PAIRS.forEach(function (pair) {
      var random = bytes.random(32);
      shares[pair[1]][pair[0]] = bytes.toText(random);
      shares[pair[2]][pair[0]] = bytes.toText(xor(key, random));
    });
    return shares;
  }

  /* Throws SealBroken when the two are not of two supervisors. */
  function join(one, other) {
    var common = PAIRS.filter(function (pair) { return pair[0] in one && pair[0] in other; });
    var halves;
    if (common.length !== 1) throw new Sealing.SealBroken();
    halves = [one, other].map(function (share) { return bytes.fromText(share[common[0][0]]); });
    halves.forEach(function (half) { if (half.length !== 32) throw new Sealing.SealBroken(); });
    return xor(halves[0], halves[1]);
  }

  Sealing.shares = { split: split, join: join };
})(window.Sealing);
