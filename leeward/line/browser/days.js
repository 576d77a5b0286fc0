/* The keys of a talk's days: opened when needed, made and sealed to each reader on a new day. */
(function (Line, Sealing) {
  'use strict';
  var bytes = Sealing.bytes, GOOD_FOR_MS = 1800000, TRIES = 3;

  Line.sealTo = async function (readers, key, id, epoch) {
    var context = Sealing.contexts.epoch(id, epoch);
    return JSON.stringify(await Promise.all(readers.map(async function (reader) {
      var sealed = await Sealing.envelope.seal(bytes.fromText(reader[2]), key, context);
      return [reader[0], reader[1], bytes.toText(sealed)];
    })));
  };

  Line.Days = function (visit, id) {
    var keys = {}, today = 0, asked = 0;
    var hers = { id: id, proof: bytes.toText(visit.proof) };

    async function take(answer) {
      var i, wrap;
      for (i = 0; i < answer.wraps.length; i++) {
        wrap = answer.wraps[i];
        if (!keys[wrap.epoch]) {
          keys[wrap.epoch] = await Sealing.envelope.open(
            visit.pair, bytes.fromText(wrap.sealed), Sealing.contexts.epoch(id, wrap.epoch));
        }
      }
      today = answer.today;
      asked = Date.now();
      return answer;
    }

    async function ask(fields) {
      return take(await Line.post('/live/epoch', Object.assign({}, hers, fields)));
    }

    async function make(answer) {
      var wraps = await Line.sealTo(answer.readers, bytes.random(32), id, answer.next);
      try {
        return await ask({ wraps: wraps, number: answer.next });
      } catch (error) {
        if (error.why === 'readers_changed') return ask({});
        throw error;
      }
    }

    function isFresh() {
      var now = new Date(), then = new Date(asked);
      return today && now - then < GOOD_FOR_MS && now.getUTCDate() === then.getUTCDate();
    }

    return {
      first: function (key) { keys[1] = key; today = 1; asked = Date.now(); },
      forgetToday: function () { asked = 0; },

      /* Which day's key to seal with now. */
      now: async function () {
        var answer, i;
        for (i = 0; !isFresh() && i < TRIES; i++) {
          answer = await ask({});
          if (!answer.today) await make(answer);
        }
        if (!keys[today]) throw new Line.Lost();
        return { epoch: today, key: keys[today] };
      },

      of: async function (epoch) {
        if (!keys[epoch]) await ask({});
        if (!keys[epoch]) throw new Sealing.SealBroken();
        return keys[epoch];
      },

      wipe: function () {
        Object.keys(keys).forEach(function (epoch) { bytes.wipe(keys[epoch]); });
        keys = {};
      }
    };
  };
})(window.Line, window.Sealing);
