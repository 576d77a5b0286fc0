/* What she wrote goes out one by one, each until it is stored. Sealed once under one number, so that
   whatever comes twice is stored once. It lies in memory alone. */
(function (Line, Sealing) {
  'use strict';
  var bytes = Sealing.bytes, FIRST_WAIT_MS = 1000, LONGEST_WAIT_MS = 6000, RESEALED_MAX = 20;

  /* talk: its hers, days, number() for the next and used(number); told(item, how, answer). */
  Line.Outbox = function (talk, told) {
    var waiting = [], isBusy = false, isOver = false, wake = null, wait = FIRST_WAIT_MS;

    async function seal(item) {
      var day = await talk.days.now();
      item.number = item.number || talk.number();
      item.epoch = day.epoch;
      item.box = bytes.toText(await Sealing.messages.seal(day.key, {
        conversation: talk.id, epoch: item.epoch, seat: 0, number: item.number
      }, item.data));
      told(item, 'numbered');
    }

    async function send(item) {
      if (!item.box) await seal(item);
      return Line.post('/live/say', Object.assign({}, talk.hers, {
        number: item.number, epoch: item.epoch, box: item.box
      }));
    }

    function again(item) {
      item.box = '';
      item.resealed = (item.resealed || 0) + 1;
      return item.resealed < RESEALED_MAX;
    }

    /* Another page took the number, or the day has a new key. Returns whether to seal it anew. */
    function mayReseal(item, error) {
      if (error.status === 409) { talk.used(item.number); item.number = 0; return again(item); }
      if (error.why === 'no_epoch') { talk.days.forgetToday(); return again(item); }
      return false;
    }

    async function rest(error) {
      talk.signal(error.status === 507 ? 'room' : 'lost');
      await Promise.race([Line.wait(wait), new Promise(function (done) { wake = done; })]);
      wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    }

    async function one(item) {
      var answer;
      try {
        answer = await send(item);
      } catch (error) {
        if (Line.isOver(error)) { isOver = true; talk.over(); return; }
        if (Line.isLost(error) || error.status === 507) { await rest(error); return; }
        if (!mayReseal(item, error)) { waiting.shift(); told(item, 'unsent'); }
        return;
      }
      wait = FIRST_WAIT_MS;
      waiting.shift();
      told(item, 'sent', answer);
    }

    async function run() {
      if (isBusy) return;
      isBusy = true;
      while (waiting.length && !isOver) await one(waiting[0]);
      isBusy = false;
    }

    return {
      put: function (item) { waiting.push(item); run(); },
      hurry: function () { wait = FIRST_WAIT_MS; if (wake) wake(); },
      stop: function () { isOver = true; waiting = []; if (wake) wake(); }
    };
  };
})(window.Line, window.Sealing);
