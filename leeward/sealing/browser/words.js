/* Code words: six words open the way back. The words and their half of the key stay in this page. */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, COUNT = 6, TYPED_MAX = 400, UNLOCK = 'leeward words v1';
  var DROPPED = /[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

  /* Capitals, accents, invisible signs and any separators make no difference. The same as
     words.normalise in Python: what two keyboards spell must stretch to the same bytes. */
  function normalise(text) {
    return Array.from(text).slice(0, TYPED_MAX).join('').normalize('NFKD').replace(DROPPED, '')
      .toLowerCase().replace(/[^a-z]+/g, ' ').trim();
  }

  /* A number below `limit`, each as likely as the next. limit: at most 65,536. */
  function below(limit) {
    var fair = 65536 - 65536 % limit, drawn;
    do {
      drawn = crypto.getRandomValues(new Uint16Array(1))[0];
    } while (drawn >= fair);
    return drawn % limit;
  }

  function pick(list) {
    return Array.from({ length: COUNT }, function () { return list[below(list.length)]; }).join(' ');
  }

  /* The claim goes to the server, which answers with its share; the half never leaves. */
  async function stretch(text, siteSalt) {
    var both = await Sealing.stretch(bytes.utf8(normalise(text)), siteSalt, 64);
    return { claim: both.slice(0, 32), half: both.slice(32) };
  }

  function unlockKey(half, share) {
    Sealing.keys.need(half);
    Sealing.keys.need(share);
    return Sealing.keys.derive(bytes.join(half, share), UNLOCK);
  }

  Sealing.words = {
    normalise: normalise,
    pick: pick,
    stretch: stretch,
    unlockKey: unlockKey,
    lock: function (key, secret, conversation) {
      return Sealing.box.seal(key, secret, Sealing.contexts.words(conversation));
    },
    unlock: function (key, sealed, conversation) {
      return Sealing.box.open(key, sealed, Sealing.contexts.words(conversation));
    }
  };
})(window.Sealing);
