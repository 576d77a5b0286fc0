/* What she is asked to allow: her answer, where each question stands, and when its time is over.
   The server says how long it runs: the clock of her phone may be wrong. */
(function (Line) {
  'use strict';
  var SOON_MS = 300, AGAIN_MS = 60000, LONGEST_MS = 86400000;
  var NEXT = { given: 'given', refused: 'refused', revoked: 'revoked' };

  function isOpen(box) {
    return ['asked', 'given'].indexOf(box.getAttribute('data-state')) >= 0;
  }

  /* state: asked, given, refused, revoked, over. The focus stays at a question whose button goes. */
  function show(box, state) {
    var choices = box.querySelectorAll('[data-answer]'), focused = document.activeElement;
    box.setAttribute('data-state', state);
    choices[0].hidden = choices[1].hidden = state !== 'asked';
    choices[2].hidden = state !== 'given';
    Line.find(box, 'consent-over').hidden = state !== 'over';
    if (!box.contains(focused) || !focused.hidden) return;
    box.tabIndex = -1;
    box.focus();
  }

  /* log: where the questions stand. send(data), signal(how): see room.js. */
  Line.Consents = function (log, talk, send, signal) {
    var timer, turn = 0, isAnswering = false;

    function open() { return Array.from(log.querySelectorAll('[data-consent]')).filter(isOpen); }

    function settle(id, state) {
      open().forEach(function (box) {
        if (box.getAttribute('data-consent') === id) show(box, state);
      });
      soon();
    }

    function later(ms) {
      clearTimeout(timer);
      if (talk.isOpen) timer = setTimeout(look, Math.min(ms, LONGEST_MS));
    }

    /* An answer that is on its way already may not know of what came since. */
    function soon() {
      turn += 1;
      later(SOON_MS);
    }

    /* Shows what the server knows of the questions that stood open when it was asked. */
    async function look() {
      var boxes = open(), mine = ++turn, told, left = [];
      if (!boxes.length) return;
      try { told = await Line.post('/live/consent', talk.hers); } catch (e) { later(AGAIN_MS); return; }
      if (mine !== turn) return;
      boxes.forEach(function (box) {
        var now = told.consents[box.getAttribute('data-consent')];
        show(box, now ? now.state : 'over');
        if (now && isOpen(box)) left.push(now.left * 1000);
      });
      if (left.length) later(Math.min.apply(null, left));
    }

    return {
      soon: soon,
      stop: function () { clearTimeout(timer); },

      /* What stands in the talk: a question to her, or an answer of hers. */
      shown: function (data, isHers) {
        if (data && data.kind === 'ask_consent') soon();
        if (isHers && data && data.kind === 'consent' && NEXT[data.answer]) settle(data.consent, NEXT[data.answer]);
      },

      /* What the stream tells. */
      heard: function (event) { if (event.state === 'over') settle(event.consent, 'over'); },

      /* The server notes her answer; only then the talk says so. One that came too late shows why. */
      answer: async function (consent, word) {
        if (isAnswering) return;
        isAnswering = true;
        try {
          await Line.persist('/live/consent', Object.assign({ consent: consent, answer: word }, talk.hers));
          send({ kind: 'consent', consent: consent, answer: word });
        } catch (error) {
          if (error.status === 409) soon(); else signal('trouble');
        }
        isAnswering = false;
      }
    };
  };
})(window.Line);
