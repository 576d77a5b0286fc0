/* Consent: asking for it in the conversation, and printing or saving while she allows it. The server
   hands out sealed messages only while a consent of that kind stands; the page opens them. */
(function (Desk) {
  'use strict';
  var bytes = window.Sealing.bytes, HOUR_MS = 3600000;

  function until(days) { return new Date(Math.floor((Date.now() + days * 24 * HOUR_MS) / HOUR_MS) * HOUR_MS); }

  function spelled(date, language) {
    return date.toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' });
  }

  // -- asking --

  /* Sends the question with the record of it, sealed anew when its number or day was taken. */
  async function send(talk, data, record, isAgain) {
    var sealed = await talk.sealed(data);
    try {
      await Desk.ask('consent/ask/', Object.assign(sealed, record));
    } catch (wrong) {
      if (isAgain || (wrong.code !== 'taken' && wrong.code !== 'no_epoch')) throw wrong;
      talk.sealAnew({});
      await send(talk, data, record, true);
    }
  }

  async function ask(pane, form) {
    var talk = pane.talk, fields = form.elements, language = talk.info.language === 'es' ? 'es' : 'en';
    var chosen = fields.what.selectedOptions[0], end = until(Number(fields.days.value)), id = crypto.randomUUID();
    await send(talk, {
      kind: 'ask_consent', consent: id, what: chosen.dataset[language],
      to: fields.to.value.trim(), why: fields.why.value.trim(), until: spelled(end, language)
    }, { consent: id, what: fields.what.value, until: end.toISOString().replace('Z', '+00:00') });
    form.reset();
    await talk.load();
  }

  // -- what leaves --

  function lines(data) {
    var service = (data || {}).service || {};
    try {
      return [].concat(data.text || data.title || service.name || [], data.lines || [], service.phones || [])
        .map(String);
    } catch (e) { return [Desk.say('kind_broken')]; }
  }

  function whoOf(talk, seat) { return seat === 0 ? Desk.say('she') : Desk.plain(talk.nameOf(seat)); }

  /* Returns {until, texts}: each part is asked for anew, so a consent taken back ends it midway. */
  async function collect(talk, what) {
    var texts = [], after = 0, told, message, data;
    do {
      told = await Desk.ask('consent/use/', { id: talk.id, what: what, after: after });
      for (message of told.messages) {
        data = await talk.opened(message);
        after = message.place;
        if (!lines(data).length) continue;
        texts.push(whoOf(talk, message.seat) + ', ' + message.at.replace('T', ' ') + '\n' + lines(data).map(Desk.plain).join('\n'));
      }
    } while (told.messages.length && after < told.last_place);
    return { until: new Date(told.consent.until), texts: texts };
  }

  function heading(tool, end) {
    return [tool.dataset.heading, tool.dataset.ends.replace('{until}', spelled(end, document.documentElement.lang))];
  }

  function print(tool, found) {
    var sheet = Desk.make('section', 'sheet');
    heading(tool, found.until).concat(found.texts).forEach(function (text, place) {
      sheet.appendChild(Desk.make(place ? 'p' : 'h1', '', text));
    });
    document.body.appendChild(sheet);
    document.body.classList.add('is-sheet');
    window.print();
    document.body.classList.remove('is-sheet');
    sheet.remove();
  }

  function save(tool, found) {
    var text = heading(tool, found.until).concat(found.texts).join('\n\n') + '\n';
    var link = Desk.make('a'), address = URL.createObjectURL(new Blob([bytes.utf8(text)], { type: 'text/plain' }));
    link.href = address;
    link.download = tool.dataset.file + '-' + found.until.toISOString().slice(0, 10) + '.txt';
    link.click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  }

  function row(pane, tool, consent, option) {
    var item = Desk.make('li'), end = spelled(new Date(consent.until), document.documentElement.lang), button;
    item.appendChild(Desk.make('span', '', option.textContent + ' \u2013 ' + tool.dataset[consent.state] + ' \u2013 ' + end + ' '));
    if (consent.state !== 'given') return item;
    button = Desk.make('button', 'quiet', consent.what === 'print' ? tool.dataset.print : tool.dataset.save);
    button.type = 'button';
    button.addEventListener('click', Desk.tools.doing(pane, async function () {
      var found = await collect(pane.talk, consent.what);
      (consent.what === 'print' ? print : save)(tool, found);
    }));
    item.appendChild(button);
    return item;
  }

  /* Its time ended by itself: what she allowed is allowed no more, and her page says so too. */
  Desk.on('of a talk', function (event) {
    var pane = event.e === 'consent' && event.state === 'over' ? Desk.panes.get(event.talk) : null, tool;
    if (!pane || pane.isOver) return;
    pane.log.insertBefore(Desk.make('p', 'is-notice', Desk.say('consent_over')), pane.part('pending'));
    pane.log.scrollTop = pane.log.scrollHeight;
    tool = Desk.one('[data-tool="consent"]', pane.element);
    if (!tool.hidden && tool.refresh) tool.refresh();
  });

  Desk.tools.add('consent', function (pane, tool) {
    var form = Desk.one('form', tool), list = Desk.one('ul', tool);
    tool.refresh = Desk.tools.telling(pane, async function () {
      var told = await Desk.ask('consent/standing/', { id: pane.talk.id });
      list.replaceChildren.apply(list, told.consents.map(function (consent) {
        return row(pane, tool, consent, Desk.one('option[value="' + consent.what + '"]', form));
      }));
    });
    form.addEventListener('submit', Desk.tools.doing(pane, async function () {
      await ask(pane, form);
      await tool.refresh();
    }));
  });
})(window.Desk);
