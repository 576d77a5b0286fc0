/* Fingerprint: five words that two people read to each other to know that a key is the same. */
(function (Sealing) {
  'use strict';
  var WORDS = 5;

  /* list: the 7,776 words of the EFF's large list. */
  Sealing.fingerprint = async function (publicBytes, list) {
    var start = Sealing.bytes.utf8('leeward fingerprint v1\0'), digest, left, size, words = [];
    Sealing.keys.need(publicBytes);
    digest = await crypto.subtle.digest('SHA-256', Sealing.bytes.join(start, publicBytes));
    left = new Uint8Array(digest).reduce(function (sum, byte) {
      return sum * BigInt(256) + BigInt(byte);
    }, BigInt(0));
    for (size = BigInt(list.length); words.length < WORDS; left /= size) {
      words.push(list[Number(left % size)]);
    }
    return words.join(' ');
  };
})(window.Sealing);
