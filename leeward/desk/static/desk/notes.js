/* Notes of staff: sealed to the team, so that her key does not open them. */
(function (Desk) {
  'use strict';
  var bytes = Sealing.bytes;

  Desk.sealForTeam = async function (text, context) {
    return bytes.toText(await Sealing.envelope.seal(
      bytes.fromText(Desk.state.team.public_key), Sealing.padding.pad(bytes.utf8(text)), context));
  };

  Desk.openForTeam = async function (generation, sealed, context) {
    var padded = await Desk.ring.openForTeam(generation, sealed, context);
    return new TextDecoder().decode(Sealing.padding.unpad(padded));
  };

  async function textOf(talk, note) {
    try {
      return Desk.plain(await Desk.openForTeam(note.generation, note.box, Sealing.contexts.note(talk.id)));
    } catch (e) { return Desk.say('kind_broken'); }
  }

  async function row(pane, tool, note) {
    var item = Desk.fromTemplate('note'), drop = Desk.one('button', item);
    Desk.fill(Desk.one('[data-text]', item), await textOf(pane.talk, note));
    Desk.onSecondPress(drop, Desk.say('sure_delete'), Desk.tools.doing(pane, async function () {
      await Desk.ask('talk/note/drop/', { id: pane.talk.id, note: note.id });
      await pane.talk.load();
      await tool.refresh();
      Desk.one('textarea', tool).focus();
    }));
    return item;
  }

  Desk.tools.add('notes', function (pane, tool) {
    var form = Desk.one('form', tool), list = Desk.one('ul', tool), talk = pane.talk;
    tool.refresh = async function () {
      var rows = await Promise.all(talk.notes.map(function (note) { return row(pane, tool, note); }));
      list.replaceChildren.apply(list, rows);
    };
    form.addEventListener('submit', Desk.tools.doing(pane, async function () {
      var text = form.elements.note.value.trim();
      if (!text) return;
      await Desk.ask('talk/note/', {
        id: talk.id, generation: Desk.state.team.generation,
        box: await Desk.sealForTeam(text, Sealing.contexts.note(talk.id))
      });
      form.reset();
      await talk.load();
      await tool.refresh();
    }));
  });
})(window.Desk);
