/* What was said: hers as it goes out, theirs as it comes in, each once and in its order. */
(function (Line) {
  'use strict';
  var AGAIN_MS = 2000, TRIES = 6;

  /* talk, shown, consents: see there. */
  Line.Said = function (log, talk, shown, consents) {
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

    function noteGap(event) {
      var before = last[event.seat];
      if (event.number !== (before || 0) + 1) add(Line.make('li', Line.say('gap'), 'quiet'));
      last[event.seat] = event.number;
    }

    /* Returns what it says; null when it can't be opened. A key that is only on its way is waited
       for: without a signal for as long as that lasts, from a server that is busy a few times. */
    async function opened(event) {
      var tries = 0;
      while (talk.isOpen) {
        try { return await talk.open(event); } catch (error) {
          if (!Line.isLost(error)) return null;
          if (!(error instanceof Line.Lost) && ++tries >= TRIES) return null;
        }
        await Line.wait(AGAIN_MS * Math.max(1, tries));
      }
      return null;
    }

    /* What opens may still be nothing that can be shown. */
    function drawn(about) {
      try { return Line.message(about); } catch (e) {
        return Line.message(Object.assign({}, about, { data: null }));
      }
    }

    async function take(event) {
      var data = await opened(event), isHers = event.seat === 0, item;
      if (!talk.isOpen) return;
      noteGap(event);
      item = drawn({
        name: shown.name(event.seat), at: event.at, isHers: isHers, data: data, answer: consents.answer
      });
      add(item);
      consents.shown(data, isHers);
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

    return {
      came: function (event) {
        if (!talk.take(event)) return;
        chain = chain.then(function () { return isThere(event) ? null : take(event); })
          .catch(function () { /* One that fails stops none after it. */ });
      },
      /* Shows what she sends now; the item goes into the outbox. */
      goes: function (data) {
        var item = { data: data };
        item.node = Line.message({ isHers: true, data: data, at: new Date(), answer: consents.answer });
        Line.how(item.node, 'sending');
        add(item.node);
        consents.shown(data, true);
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
