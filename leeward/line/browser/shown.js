/* Where the talk stands: her place in the line, who is there, the signal, who is writing. */
(function (Line) {
  'use strict';
  var TYPING_MS = 6000;

  function waiting(event, kind) {
    var words = [];
    if (kind === 'message') return [Line.say('unread')];
    words.push(event.queue === 1 ? Line.say('next') : Line.say('number', { n: event.queue }));
    if (event.wait) words.push(Line.say('wait', { n: event.wait }));
    if (event.wait === null) words.push(Line.say('nobody'));
    words.push(Line.say('write'));
    return words;
  }

  function wordsOf(event, kind) {
    if (event.state === 'waiting') return waiting(event, kind);
    if (event.state !== 'live') return [Line.say('resting')];
    return [Line.say('live', { name: event.names.join(Line.say('and')) || Line.say('team') })];
  }

  Line.Shown = function (box, talk) {
    var names = {}, timer, signal = Line.find(box, 'signal'), typing = Line.find(box, 'typing');

    return {
      name: function (seat) { return names[seat] || Line.say('team'); },
      state: function (event) {
        var words = wordsOf(event, talk.kind), line = Line.make('p');
        names = event.seats || names;
        line.appendChild(Line.make('b', words[0]));
        line.appendChild(document.createTextNode(' ' + words.slice(1).join(' ')));
        Line.find(box, 'state').replaceChildren(line);
      },
      /* how: a phrase that says what is amiss, or 'there'. */
      signal: function (how) {
        signal.hidden = how === 'there';
        signal.textContent = how === 'there' ? '' : Line.say(how);
      },
      typing: function (seat) {
        clearTimeout(timer);
        typing.textContent = seat ? Line.say('typing', { name: names[seat] || Line.say('team') }) : '';
        timer = setTimeout(function () { typing.textContent = ''; }, TYPING_MS);
      }
    };
  };
})(window.Line);
