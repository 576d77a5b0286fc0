/* What was said: hers as it goes out, theirs as it comes in, each once and in its order. */
(function (Line) {
  'use strict';

  /* talk, shown: see there. answer(consent, word): her answer to a question. */
  Line.Said = function (log, talk, shown, answer) {
    var mine = {}, last = {}, seenByThem = 0, chain = Promise.resolve();

    function add(item) {
      var isNearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
      log.appendChild(item);
      if (isNearEnd) log.scrollTop = log.scrollHeight;
    }

    function mark(item, place) {
      item.place = place;
      Line.how(item.node, place <= seenByThem ? 'seen' : 'sent');
    }

    function settle(data) {
      var boxes, i, choices;
      if (!data || data.kind !== 'consent') return;
      boxes = log.querySelectorAll('[data-consent]');
      for (i = 0; i < boxes.length; i++) {
        if (boxes[i].getAttribute('data-consent') === data.consent) {
          choices = boxes[i].querySelectorAll('[data-answer]');
          choices[0].hidden = choices[1].hidden = true;
          choices[2].hidden = data.answer !== 'given';
        }
      }
    }

    function noteGap(event) {
      var before = last[event.seat];
      if (event.number !== (before || 0) + 1) add(Line.make('li', Line.say('gap'), 'quiet'));
      last[event.seat] = event.number;
    }

    async function take(event) {
      var data = null, item;
      try { data = await talk.open(event); } catch (e) {
        if (e instanceof Line.Lost) throw e;
      }
      noteGap(event);
      item = Line.message({
        name: shown.name(event.seat), at: event.at, isHers: event.seat === 0, data: data, answer: answer
      });
      add(item);
      settle(data);
      if (event.seat === 0) mark(mine[event.number] = { node: item }, event.place);
      else shown.typing(0);
      talk.saw(event.place);
    }

    /* Her own message comes back by the stream too; it stands there already. */
    function isThere(event) {
      var item = event.seat === 0 ? mine[event.number] : null;
      if (!item) return false;
      last[0] = Math.max(last[0] || 0, event.number);
      mark(item, event.place);
      return true;
    }

    async function keep(event) {
      for (;;) {
        try { await take(event); return; } catch (e) { await Line.wait(2000); }
        if (!talk.isOpen) return;
      }
    }

    return {
      came: function (event) {
        if (!talk.take(event)) return;
        chain = chain.then(function () { return isThere(event) ? null : keep(event); });
      },
      /* Shows what she sends now; the item goes into the outbox. */
      goes: function (data) {
        var item = { data: data };
        item.node = Line.message({ isHers: true, data: data, at: new Date(), answer: answer });
        Line.how(item.node, 'sending');
        add(item.node);
        settle(data);
        return item;
      },
      /* how: numbered, sent (with the server's answer), unsent. */
      went: function (item, how, stored) {
        if (how === 'numbered') {
          Object.keys(mine).forEach(function (number) {
            if (mine[number] === item) delete mine[number];
          });
          mine[item.number] = item;
        } else if (how === 'sent') {
          last[0] = Math.max(last[0] || 0, item.number);
          mark(item, stored.place);
        } else Line.how(item.node, how);
      },
      seen: function (upTo) {
        seenByThem = Math.max(seenByThem, upTo);
        Object.keys(mine).forEach(function (number) {
          if (mine[number].place <= seenByThem) Line.how(mine[number].node, 'seen');
        });
      }
    };
  };
})(window.Line);
