/* One message as it stands in the page. What came is text, and nothing else: never HTML. */
(function (Line) {
  'use strict';
  var TEXT_MAX = 4000, FIELD_MAX = 600, LINES_MAX = 200;
  /* As rules/texts.py: what can't be seen or turns other words around goes; of joiners one stays,
     of marks upon one letter four, of empty lines two. */
  var UNSEEN = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c' +
    '\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ue000-\\uf8ff' +
    '\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff\\u{e0000}-\\u{10ffff}]', 'gu');
  var HALVES = new RegExp('[\\ud800-\\udfff]', 'gu'), JOINERS = /([\u200c-\u200f])[\u200c-\u200f]+/g;
  var MARKS = new RegExp('([\\p{Mn}\\p{Me}]{4})[\\p{Mn}\\p{Me}]+', 'gu'), EMPTY = /\n(?:[^\S\n]*\n){3,}/g;

  function clean(text, most) {
    var found = typeof text === 'string' ? text.slice(0, 2 * most) : '';
    found = found.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(HALVES, '\ufffd');
    found = found.replace(UNSEEN, '').replace(JOINERS, '$1').normalize('NFC').replace(MARKS, '$1');
    found = found.replace(EMPTY, '\n\n\n').trim();
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
    var list = Line.make('ul', '', 'bare'), service = data.service || {};
    Object.keys(service).slice(0, 30).forEach(function (name) {
      [].concat(service[name]).slice(0, 30).forEach(function (value) {
        var line = Line.make('li'), text = clean(value, FIELD_MAX);
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
    box.setAttribute('data-state', 'asked');
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
