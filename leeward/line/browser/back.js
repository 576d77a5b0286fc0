/* Coming back: her words are compared, stretched and used here; they never leave this page. */
(function (Line) {
  'use strict';

  function showSlips(slip, found) {
    var list = Line.make('ul');
    slip.replaceChildren();
    if (found.count) slip.appendChild(Line.make('p', Line.say('count', { n: found.count })));
    if (!found.slips.length) return;
    found.slips.forEach(function (pair) {
      var item = Line.make('li'), near = Line.make('b', pair[1]);
      item.append(Line.make('bdi', pair[0]), pair[1] ? ' → ' : '', near);
      near.lang = 'en';
      list.appendChild(item);
    });
    slip.append(Line.make('p', Line.say('slip')), list);
  }

  function why(error) {
    if (error.status === 429) return 'often';
    return Line.isOver(error) || error.name === 'SealBroken' ? 'closed' : 'trouble';
  }

  /* opened(talk): a promise. */
  Line.comeBack = function (box, opened) {
    var part = Line.part('back'), form = Line.find(part, 'come-back'), isBusy = false;
    var field = form.querySelector('textarea'), slip = Line.find(part, 'slip');

    async function open() {
      var found, talk;
      await Line.wordList();
      found = Line.slipsOf(field.value);
      if (!found.isFit) {
        showSlips(slip, found);
        if (!field.value.trim()) slip.textContent = Line.say('empty');
        return;
      }
      talk = await Line.talkBehind(field.value);
      /* Her words stay in the field until the talk stands there: a lost connection costs her nothing. */
      try { await opened(talk); } catch (error) { talk.forget(); throw error; }
      field.value = '';
    }

    Line.onSend(form, async function () {
      if (isBusy) return;
      isBusy = true;
      slip.textContent = Line.say('working');
      try { await open(); } catch (error) { slip.textContent = Line.say(why(error)); }
      isBusy = false;
    });
    box.replaceChildren.apply(box, Array.from(part.childNodes));
  };
})(window.Line);
