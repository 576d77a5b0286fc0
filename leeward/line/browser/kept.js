/* What is kept: for how long, and all of it deleted now. */
(function (Line) {
  'use strict';

  function sure(box, talk, status, deleted) {
    var part = Line.part('sure');
    Line.onPress(part, 'no', function () { Line.kept(box, talk, status, deleted); });
    Line.onPress(part, 'yes', async function () {
      try { deleted(await talk.keep({ delete: 1 })); } catch (error) { Line.showTrouble(box, error); }
    });
    Line.showPart(box, part);
  }

  /* status: {until, days}; deleted(counts) */
  Line.kept = function (box, talk, status, deleted, isNews, isQuiet) {
    var part = Line.part('kept'), days = Line.find(part, 'days'), text = part.querySelector('p');
    text.textContent = (isNews ? Line.say('know') + ' ' : '') +
      Line.fill(text.textContent, { day: Line.day(status.until) });
    days.value = String(status.days);
    days.addEventListener('change', async function () {
      try {
        Line.kept(box, talk, await talk.keep({ days: days.value }), deleted);
        Line.find(box, 'days').focus();
      } catch (error) { Line.showTrouble(box, error); }
    });
    Line.onPress(part, 'delete', function () { sure(box, talk, status, deleted); });
    talk.until = status.until;
    Line.showPart(box, part, isQuiet);
  };
})(window.Line);
