/* Cards: public facts from the directory and the lines. The words to look for go to the server in a
   form body and are kept nowhere; the card that is sent is sealed here like any message. */
(function (Desk) {
  'use strict';

  function row(pane, card) {
    var item = Desk.fromTemplate('card');
    Desk.fill(Desk.one('[data-name]', item), Desk.plain(card.name));
    Desk.fill(Desk.one('[data-facts]', item),
      [card.organization, card.phones.join(' \u00b7 '), card.place, card.hours, card.beds, card.note]
        .filter(Boolean).map(Desk.plain).join(' \u00b7 '));
    Desk.one('button', item).addEventListener('click', function () {
      pane.talk.say({ kind: 'card', service: card });
      Desk.tools.shut(pane);
    });
    return item;
  }

  Desk.tools.add('cards', function (pane, tool) {
    var form = Desk.one('form', tool), list = Desk.one('ul', tool), said = Desk.one('[data-found]', tool);
    var kind = form.elements.kind, turn = 0;

    function fields() {
      Desk.all('[data-for]', form).forEach(function (field) {
        Desk.show(field, field.dataset.for === kind.value);
      });
      turn += 1;
      list.replaceChildren();
      Desk.fill(said, '');
    }

    form.addEventListener('change', function (event) { if (event.target.name === 'kind') fields(); });
    /* An answer that another question has overtaken is not shown. */
    form.addEventListener('submit', Desk.tools.telling(pane, async function (event) {
      var mine = turn += 1, told;
      event.preventDefault();
      told = await Desk.ask('cards/', {
        kind: kind.value, where: form.elements.where.value, words: form.elements.words.value,
        has_bed: form.elements.has_bed.checked, country: form.elements.country.value,
        language: pane.talk.info.language
      });
      if (mine !== turn) return;
      list.replaceChildren.apply(list, told.cards.map(function (card) { return row(pane, card); }));
      Desk.fill(said, told.cards.length ? '' : Desk.say(told.is_place_unknown ? 'place_unknown' : 'none_found'));
    }));
    fields();
  });
})(window.Desk);
