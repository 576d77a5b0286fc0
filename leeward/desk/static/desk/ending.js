/* The end of a conversation: counts alone, from fixed lists, and a moment for herself after a hard one. */
(function (Desk) {
  'use strict';

  function ticked(form, name) {
    return Desk.all('[name="' + name + '"]:checked', form).map(function (box) { return box.value; });
  }

  function counts(form) {
    var outcome = ticked(form, 'outcome');
    return { about: ticked(form, 'about'), outcome: outcome[0] || '' };
  }

  Desk.tools.add('end', function (pane, tool) {
    var form = Desk.one('form', tool), slow = Desk.one('[data-do="slow"]', tool);
    form.addEventListener('submit', Desk.tools.doing(pane, async function () {
      await Desk.ask('talk/end/', { id: pane.talk.id });
      pane.talk.end('staff');
    }));
    slow.addEventListener('click', Desk.tools.doing(pane, async function () {
      await Desk.ask('talk/end/', { id: pane.talk.id, how: 'slowed' });
      pane.talk.end('slowed');
    }));
  });

  /* Put into a pane whose conversation is over. */
  Desk.endForm = function (pane) {
    var form = Desk.fromTemplate('end-form');
    form.addEventListener('submit', Desk.tools.doing(pane, async function () {
      var isHard = form.elements.is_hard.checked;
      await Desk.ask('counts/', counts(form));
      Desk.panes.close(pane.talk.id);
      if (isHard) Desk.windDown();
    }));
    Desk.one('[data-skip]', form).addEventListener('click', function () {
      Desk.panes.close(pane.talk.id);
    });
    pane.element.appendChild(form);
  };

  Desk.windDown = function () {
    var dialog = Desk.one('[data-wind-down]');
    dialog.showModal();
  };

  Desk.on('start', function () {
    var dialog = Desk.one('[data-wind-down]');
    Desk.one('[data-break]', dialog).addEventListener('click', async function () {
      dialog.close();
      try { await Desk.presence.set('away'); } catch (wrong) { Desk.tell('trouble', wrong); }
    });
    Desk.one('[data-go-on]', dialog).addEventListener('click', function () { dialog.close(); });
  });
})(window.Desk);
