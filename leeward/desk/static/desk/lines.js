/* Somebody who answers several lines looks at one at a time. Which one, this page alone knows. */
(function (Desk) {
  'use strict';
  var select;

  function hasDraft() {
    return Desk.panes.all().some(function (pane) { return pane.field.value.trim() || pane.talk.waiting.length; });
  }

  function option(team) {
    var made = Desk.make('option', '', Desk.plain(team.name)
      + (team.talks ? ' \u00b7 ' + Desk.say('open_talks', { n: team.talks }) : ''));
    made.value = team.id;
    return made;
  }

  Desk.on('state', function (state) {
    Desk.show(Desk.one('[data-lines]'), state.teams.length > 1);
    if (document.activeElement === select && select.value === state.team.id) return;
    select.replaceChildren.apply(select, state.teams.map(option));
    select.value = state.team.id;
  });

  Desk.on('start', function () {
    select = Desk.one('[data-lines] select');
    select.addEventListener('change', function () {
      if (hasDraft()) {
        select.value = Desk.state.team.id;
        Desk.tell('trouble', new Desk.Refused(0, 'draft'));
        return;
      }
      Desk.teamId = select.value;
      Desk.tell('another line');
    });
  });
})(window.Desk);
