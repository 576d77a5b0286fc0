/* One message as it stands in the page. What came is text, and nothing else: never HTML. */
(function (Line) {
  'use strict';
  var TEXT_MAX = 4000, FIELD_MAX = 600, LINES_MAX = 200;
  /* Controls, and signs that can't be seen or that turn other words around. */
  var UNSEEN = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b' +
    '\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff0-\\ufffb]', 'g');

  function clean(text, most) {
    var found = typeof text === 'string' ? text.replace(/\r\n?/g, '\n').replace(UNSEEN, '') : '';
    return found.length > most ? found.slice(0, most - 1) + '…' : found;
  }

  function textBox(tag, text, kind, most) {
    var box = Line.make(tag, clean(text, most || TEXT_MAX), kind);
    box.dir = 'auto';
    return box;
  }

  function bold(text) {
    var line = Line.make('p');
    line.appendChild(Line.make('b', text)).dir = 'auto';
    return line;
  }

  function numberLink(text) {
    var link = textBox('a', text, 'number', FIELD_MAX);
    link.href = 'tel:' + text.replace(/[^0-9+*#]/g, '');
    return link;
  }

  function card(data) {
    var list = Line.make('dl'), service = data.service || {};
    Object.keys(service).slice(0, 30).forEach(function (name) {
      [].concat(service[name]).slice(0, 30).forEach(function (value) {
        var line = Line.make('div'), text = clean(value, FIELD_MAX);
        if (!text) return;
        line.appendChild(name.indexOf('phone') >= 0 && /\d/.test(text) ? numberLink(text) :
          textBox('span', text, '', FIELD_MAX));
        line.dir = 'auto';
        list.appendChild(line);
      });
    });
    return [bold(Line.say('card')), list];
  }

  function page(data) {
    var list = Line.make('ul');
    [].concat(data.lines || []).slice(0, LINES_MAX).forEach(function (line) {
      list.appendChild(textBox('li', [].concat(line).join(', '), '', FIELD_MAX));
    });
    return [bold(clean(data.title, 200)), list];
  }

  function words(data) { return [textBox('p', data.text, 'words')]; }

  function asks(data, answer) {
    var box = Line.part('consent'), choices = box.querySelectorAll('[data-answer]'), i;
    ['what', 'to', 'why', 'until'].forEach(function (name) {
      Line.find(box, name).textContent = clean(data[name], 1000);
    });
    for (i = 0; i < choices.length; i++) {
      choices[i].addEventListener('click', function () {
        answer(clean(data.consent, 40), this.getAttribute('data-answer'));
      });
    }
    box.setAttribute('data-consent', clean(data.consent, 40));
    return [box];
  }

  function answered(data) {
    var is = ['given', 'refused', 'revoked'].indexOf(data.answer) >= 0;
    return [Line.make('p', Line.say(is ? data.answer : 'unreadable'), 'words')];
  }

  var KINDS = {
    text: words, notice: words, card: card, page: page, ask_consent: asks, consent: answered,
    step: function (data) { return [bold(Line.say('step'))].concat(words(data)); }
  };

  /* Those that bring a box of their own. */
  var LOOSE = ['text', 'notice', 'consent'];

  function timeOf(at) {
    var time = new Date(at);
    return ('0' + time.getHours()).slice(-2) + ':' + ('0' + time.getMinutes()).slice(-2);
  }

  Line.clean = clean;

  /* about: {name, at, isHers, data (null when it can't be opened), answer(consent, word)}. */
  Line.message = function (about) {
    var item = Line.make('li', '', about.isHers ? 'mine' : 'theirs'), who = Line.make('p', '', 'who');
    var make = about.data && Object.prototype.hasOwnProperty.call(KINDS, about.data.kind) ?
      KINDS[about.data.kind] : null, inside;
    who.appendChild(Line.make('bdi', about.isHers ? Line.say('you') : clean(about.name, 80)));
    if (about.at) who.appendChild(Line.make('time', ', ' + timeOf(about.at)));
    who.appendChild(Line.make('span', '', 'how'));
    item.appendChild(who);
    inside = !make || LOOSE.indexOf(about.data.kind) >= 0 ? item :
      item.appendChild(Line.make('div', '', 'box'));
    (make ? make(about.data, about.answer) : [Line.make('p', Line.say('unreadable'), 'words')])
      .forEach(function (part) { inside.appendChild(part); });
    return item;
  };

  Line.how = function (item, name) {
    item.querySelector('.how').textContent = name ? ' · ' + Line.say(name) : '';
  };
})(window.Line);
