/* Requests for a call: what she asked for opens here, once taken. */
(function (Desk) {
  'use strict';
  var opened = {};

  async function open(call) {
    var context = window.Sealing.contexts.call(call.id);
    opened[call.id] = JSON.parse(await Desk.openForTeam(call.generation, call.box, context));
  }

  function when(call) {
    return Desk.say('call_when', {
      day: call.not_before.slice(0, 10), from: Desk.clock(call.not_before), to: Desk.clock(call.not_after)
    });
  }

  /* What she wrote, in her order. What this desk has no word for shows under its own name. */
  function details(call) {
    var list = Desk.make('dl'), asked = opened[call.id] || {}, words = Desk.data('desk-words');
    Object.keys(asked).forEach(function (name) {
      var label = words['call_' + name] || name, value = asked[name];
      if (value === '' || value === null) return;
      list.appendChild(Desk.make('dt', '', label));
      list.appendChild(Desk.make('dd', '', Desk.plain(words['call_' + name + '_' + value] || value)));
    });
    return list;
  }

  function does(item, call, name, isShown) {
    var button = Desk.one('[data-do="' + name + '"]', item);
    async function press() {
      button.disabled = true;
      try { await Desk.ask('call/' + name + '/', { id: call.id }); } catch (wrong) { Desk.tell('trouble', wrong); }
      Desk.tell('look again');
    }
    Desk.show(button, isShown);
    /* She waits for this call: a slip must not destroy it. */
    if (name === 'done') Desk.onSecondPress(button, Desk.say('sure_destroy'), press);
    else button.addEventListener('click', press);
  }

  function row(call) {
    var item = Desk.fromTemplate('call');
    item.dataset.id = call.id;
    Desk.fill(Desk.one('[data-facts]', item), [
      Desk.say('language_' + call.language) || call.language, when(call),
      call.tries ? Desk.say('call_tries', { n: call.tries }) : ''
    ].filter(Boolean).join(' \u00b7 '));
    does(item, call, 'take', !call.is_mine && !call.is_taken);
    does(item, call, 'tried', call.is_mine);
    does(item, call, 'back', call.is_mine);
    does(item, call, 'done', call.is_mine);
    Desk.show(Desk.one('[data-elsewhere]', item), call.is_taken && !call.is_mine);
    if (call.is_mine) Desk.one('[data-details]', item).appendChild(details(call));
    return item;
  }

  async function show(state) {
    var ids = state.calls.map(function (call) { return call.id; }), call;
    Object.keys(opened).forEach(function (id) { if (ids.indexOf(id) < 0) delete opened[id]; });
    for (call of state.calls) {
      if (!call.is_mine || opened[call.id]) continue;
      try { await open(call); } catch (e) { opened[call.id] = { broken: Desk.say('kind_broken') }; }
    }
    Desk.queue.put(Desk.one('[data-calls]'), state.calls.map(row));
    Desk.fill(Desk.one('[data-calls-count]'), String(state.calls.length));
    Desk.show(Desk.one('[data-no-calls]'), state.calls.length === 0);
  }

  Desk.on('locked', function () {
    opened = {};
    Desk.one('[data-calls]').replaceChildren();
  });
  Desk.calls = { show: show };
})(window.Desk);
