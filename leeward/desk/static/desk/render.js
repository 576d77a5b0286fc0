/* How a message looks, whatever its kind. Built of text nodes alone. */
(function (Desk) {
  'use strict';

  function lines(parent, texts) {
    texts.filter(Boolean).forEach(function (text) {
      parent.appendChild(Desk.make('p', '', Desk.plain(text)));
    });
  }

  function card(body, data) {
    var service = data.service || {}, phones = service.phones || [];
    body.classList.add('is-card');
    body.appendChild(Desk.make('b', '', Desk.plain(service.name || '')));
    lines(body, [service.organization, phones.join(' · '), service.place, service.hours, service.note]);
  }

  function page(body, data) {
    body.classList.add('is-card');
    body.appendChild(Desk.make('b', '', Desk.plain(data.title || '')));
    lines(body, (data.lines || []).map(String));
  }

  function notice(body, key, filled) {
    body.classList.add('is-notice');
    body.appendChild(Desk.make('p', '', Desk.say(key, filled || {})));
  }

  var kinds = {
    text: function (body, data) { lines(body, [data.text]); },
    step: function (body, data) {
      body.classList.add('is-card');
      body.appendChild(Desk.make('b', '', Desk.say('kind_step')));
      lines(body, [data.text]);
    },
    card: card,
    page: page,
    broken: function (body) { notice(body, 'kind_broken'); },
    ask_consent: function (body, data) {
      body.classList.add('is-card');
      body.appendChild(Desk.make('b', '', Desk.say('kind_ask_consent')));
      lines(body, [data.what, data.to, data.why, data.until]);
    },
    consent: function (body, data) {
      notice(body, 'consent_' + (data.answer === 'given' || data.answer === 'refused' ? data.answer : 'revoked'));
    }
  };

  function whoOf(talk, seat) {
    if (seat === 0) return Desk.say('she');
    return seat === talk.info.seat ? Desk.say('you') : Desk.plain(talk.nameOf(seat));
  }

  /* What came may be of any shape: what is no message of ours shows as one that does not open. */
  function fillIn(body, data) {
    try {
      (Object.prototype.hasOwnProperty.call(kinds, data.kind) ? kinds[data.kind] : kinds.broken)(body, data);
    } catch (e) {
      body.replaceChildren();
      body.className = 'body';
      kinds.broken(body);
    }
  }

  /* message: {seat, at, data}. */
  Desk.bubble = function (talk, message) {
    var isHers = message.seat === 0, bubble, body, who;
    bubble = Desk.make('div', 'said ' + (isHers ? 'hers' : message.seat === talk.info.seat ? 'mine' : 'theirs'));
    who = Desk.make('p', 'by', whoOf(talk, message.seat) + (message.at ? ' \u00b7 ' + Desk.clock(message.at) : ''));
    body = Desk.make('div', 'body');
    body.dir = 'auto';
    fillIn(body, message.data);
    bubble.appendChild(who);
    bubble.appendChild(body);
    return bubble;
  };
})(window.Desk);
