/* Recovery shares: any two of three supervisors can put the team's key together, one alone can't. */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, PAIRS = [['12', 0, 1], ['13', 0, 2], ['23', 1, 2]];

  function xor(one, other) {
    return one.map(function (byte, i) { return byte ^ other[i]; });
  }

  async function isOf(key, publicBytes) {
    var pair = await Sealing.keys.pairFrom(key);
    return bytes.toText(pair.publicBytes) === bytes.toText(publicBytes);
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

  /* The halves that two shares hold of the one pair they have in common. */
  function commonHalves(one, other) {
    var common = PAIRS.filter(function (pair) { return pair[0] in one && pair[0] in other; });
    if (common.length !== 1) throw new Sealing.SharesMismatched();
    return [one, other].map(function (share) {
      var half = bytes.fromText(share[common[0][0]]);
      if (half.length !== 32) throw new Sealing.SealBroken();
      return half;
    });
  }

  /* Returns the team's private key, checked against its public half. Throws SharesMismatched when
     the two don't make it, SealBroken when one is damaged. */
  async function join(one, other, publicBytes) {
    var halves = commonHalves(one, other), key = xor(halves[0], halves[1]);
    if (!await isOf(key, publicBytes)) throw new Sealing.SharesMismatched();
    return key;
  }

  Sealing.shares = { split: split, join: join };
})(window.Sealing);
