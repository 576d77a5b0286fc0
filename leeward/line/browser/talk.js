/* One talk: opened with a secret made here, or opened again with the one that her words unlocked. */
(function (Line, Sealing) {
  'use strict';
  var bytes = Sealing.bytes, doc = document, GRACE_MINUTES = 5;

  /* What the X ends on the server at once. It stands outside the page part, so moves keep it. */
  function mark(id, proof) {
    var field = doc.createElement('input');
    field.type = 'hidden';
    field.setAttribute('data-open', 'talk');
    field.value = bytes.toText(bytes.join(bytes.uuid(id), proof));
    doc.body.appendChild(field);
    return field;
  }

  Line.Talk = function (visit, id) {
    var talk, open = mark(id, visit.proof), place = 0, hers = 0, seen = 0;
    talk = {
      id: id, visit: visit, isKept: false, isOpen: true,
      hers: { id: id, proof: bytes.toText(visit.proof) },
      days: Line.Days(visit, id),
      after: function () { return place; },
      number: function () { return ++hers; },
      used: function (number) { hers = Math.max(hers, number); },
      sign: function (fields) {
        return Line.post('/live/sign', Object.assign({}, talk.hers, fields)).catch(function () {});
      },
      keep: function (fields) {
        return Line.post('/live/keep', Object.assign({}, talk.hers, fields || {}));
      },
      /* Returns false for a message that was taken before. */
      take: function (event) {
        if (event.place <= place) return false;
        place = event.place;
        if (event.seat === 0) talk.used(event.number);
        return true;
      },
      open: async function (event) {
        var key = await talk.days.of(event.epoch);
        return Sealing.messages.open(key, {
          conversation: id, epoch: event.epoch, seat: event.seat, number: event.number
        }, bytes.fromText(event.box));
      },
      saw: function (upTo) {
        if (upTo <= seen || doc.hidden || Line.isAside()) return;
        seen = upTo;
        talk.sign({ seen: upTo });
      },
      /* Ends all that runs and empties what is secret. */
      forget: function () {
        talk.isOpen = false;
        if (open.parentNode) open.parentNode.removeChild(open);
        if (talk.stop) talk.stop();
        talk.days.wipe();
        bytes.wipe(visit.secret);
        bytes.wipe(visit.proof);
        talk.hers = {};
      }
    };
    return talk;
  };

  async function work() {
    var data = Line.root.dataset, challenge = data.challenge, bits = Number(data.bits), answer;
    if (!challenge) {
      answer = await Line.post('/live/challenge', {});
      challenge = answer.challenge;
      bits = answer.bits;
    }
    data.challenge = '';
    return { challenge: challenge, nonce: await Sealing.work.solve(challenge, bits) };
  }

  /* What was lost on the way is sent again: the server stores it once. */
  Line.persist = async function (to, fields) {
    var i;
    for (i = 0; ; i++) {
      try { return await Line.post(to, fields); } catch (error) {
        if (i >= 4 || !(error instanceof Line.Lost)) throw error;
      }
      await Line.wait(1000 * (i + 1));
    }
  };

  Line.newTalk = async function (kind) {
    var data = Line.root.dataset, id = crypto.randomUUID(), key = bytes.random(32), talk, visit, readers;
    visit = await Sealing.visits.start();
    readers = [['visitor', 0, bytes.toText(visit.pair.publicBytes)],
      ['team', Number(data.generation), data.team]];
    talk = Line.Talk(visit, id);
    talk.days.first(key);
    try {
      await Line.persist('/live/open', Object.assign({
        kind: kind, language: data.language, grace: GRACE_MINUTES,
        key: readers[0][2], wraps: await Line.sealTo(readers, key, id, 1)
      }, talk.hers, await work()));
    } catch (error) { talk.forget(); throw error; }
    return talk;
  };

  /* The server's pepper is another one by now: locks it under that, with the same words. If that
     fails they open it as before, and next time it is tried again. */
  async function renew(talk, both, share) {
    var key, sealed;
    try {
      key = await Sealing.words.unlockKey(both.half, bytes.fromText(share));
      sealed = await Sealing.words.lock(key, talk.visit.secret, talk.id);
      await talk.keep({ claim: bytes.toText(both.claim), sealed: bytes.toText(sealed), renew: 1 });
    } catch (error) { return; }
  }

  /* Throws Refused(404) for words that keep nothing. */
  Line.talkBehind = async function (words) {
    var salt = bytes.fromText(Line.root.dataset.salt), both, found, key, secret, talk;
    both = await Sealing.words.stretch(words, salt);
    found = await Line.post('/live/claim',
      Object.assign({ claim: bytes.toText(both.claim) }, await work()));
    key = await Sealing.words.unlockKey(both.half, bytes.fromText(found.share));
    secret = await Sealing.words.unlock(key, bytes.fromText(found.sealed), found.id);
    talk = Line.Talk(await Sealing.visits.from(secret), found.id);
    talk.isKept = true;
    if (found.renew) await renew(talk, both, found.renew);
    return talk;
  };
})(window.Line, window.Sealing);
