/* Colleagues in a conversation: hand it over, bring one in, step away. */
(function (Desk) {
  'use strict';

  function choices(select, members) {
    select.replaceChildren.apply(select, members.map(function (member) {
      var option = Desk.make('option', '', Desk.plain(member.name) + ' \u2013 ' + Desk.say('is_' + member.presence));
      option.value = member.account;
      return option;
    }));
  }

  Desk.tools.add('people', function (pane, tool) {
    var select = Desk.one('select', tool), talk = pane.talk, doing = Desk.tools.doing;

    tool.refresh = function () {
      var others = Desk.state.members.filter(function (member) {
        return member.account !== Desk.state.me.account && member.can_read;
      });
      choices(select, others);
      Desk.all('[data-needs-one]', tool).forEach(function (part) { Desk.show(part, others.length > 0); });
      Desk.show(Desk.one('[data-nobody]', tool), others.length === 0);
      Desk.fill(Desk.one('[data-here]', tool), talk.seats.filter(function (seat) { return seat.is_here; })
        .map(function (seat) { return Desk.plain(seat.name); }).join(', '));
    };

    function wish(name, work) {
      Desk.one('[data-do="' + name + '"]', tool).addEventListener('click', doing(pane, work));
    }

    wish('hand', async function () {
      await Desk.ask('talk/hand/', { id: talk.id, to: Number(select.value) });
      Desk.panes.close(talk.id);
    });
    wish('second', async function () {
      await Desk.ask('talk/bring/', { id: talk.id, to: Number(select.value), role: 'second' });
      await talk.load();
      tool.refresh();
    });
    wish('supervisor', async function () {
      await Desk.ask('talk/bring/', { id: talk.id, to: Number(select.value), role: 'supervisor' });
      await talk.load();
      tool.refresh();
    });
    wish('step', async function () {
      await Desk.ask('talk/step/', { id: talk.id });
      Desk.panes.close(talk.id);
    });
  });
})(window.Desk);
