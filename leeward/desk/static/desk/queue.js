/* What waits: chats and messages in the queue, kept conversations that rest. Without names: a
   language, how long it waits, the flags. */
(function (Desk) {
  'use strict';

  function flagsOf(info) {
    return ['is_emergency', 'has_child', 'wants_interpreter'].filter(function (name) { return info[name]; })
      .map(function (name) { return Desk.make('span', 'tag off', Desk.say('flag_' + name)); });
  }

  function facts(info) {
    var since = info.state === 'resting' ? info.seen_at : info.opened_at;
    var parts = [Desk.say('kind_' + info.kind), Desk.say('language_' + info.language) || info.language];
    if (info.state === 'resting') parts.push(Desk.say('rests_since', { day: since.slice(0, 10) }));
    else parts.push(Desk.say(info.state === 'live' ? 'for_minutes' : 'waits_minutes', { n: Desk.minutes(since) }));
    return parts.join(' \u00b7 ');
  }

  async function sit(info, button, path) {
    button.disabled = true;
    try {
      await Desk.ask(path, { id: info.id });
      Desk.wantsFocus = info.id;
    } catch (wrong) { Desk.tell('trouble', wrong); }
    Desk.tell('look again');
  }

  /* path: how one sits down there; key: of the button's word, when it is not "Take". */
  function rowTo(path, key) {
    return function (info) { return row(info, path, key); };
  }

  function row(info, path, key) {
    var item = Desk.fromTemplate('waiting'), button = Desk.one('button', item);
    var place = Desk.one('[data-flags]', item);
    Desk.fill(Desk.one('[data-facts]', item), facts(info));
    place.append.apply(place, flagsOf(info));
    item.classList.toggle('is-urgent', info.is_emergency);
    item.dataset.id = info.id;
    if (key) Desk.fill(button, Desk.say(key));
    button.addEventListener('click', function () { sit(info, button, path); });
    return item;
  }

  /* A row that says the same stays, so that a press on it is not lost while the list is told anew.
     A row that had the focus gives it to the row in its place. */
  function put(list, items) {
    var old = Array.from(list.children), before;
    items = items.map(function (item) {
      return item.dataset.id && old.find(function (one) { return one.isEqualNode(item); }) || item;
    });
    if (items.length === old.length && items.every(function (item, place) { return item === old[place]; })) return;
    before = old.findIndex(function (item) {
      return item.contains(document.activeElement);
    });
    list.replaceChildren.apply(list, items);
    if (before >= 0 && items.length) Desk.one('button', items[Math.min(before, items.length - 1)]).focus();
  }

  /* Emergencies first, then chats, then messages left; each in the server's order. */
  function ordered(queue) {
    function rank(info) { return info.is_emergency ? 0 : info.kind === 'chat' ? 1 : 2; }
    return queue.slice().sort(function (one, other) { return rank(one) - rank(other); });
  }

  /* A list under its own summary, with how many there are. It is there only while it is of use. */
  function fold(name, infos, path, key, isAlwaysThere) {
    put(Desk.one('[data-' + name + ']'), infos.map(rowTo(path, key)));
    Desk.fill(Desk.one('[data-' + name + '-count]'), String(infos.length));
    Desk.show(Desk.one('[data-' + name + '-fold]'), isAlwaysThere || infos.length > 0);
  }

  function show(state) {
    var queue = ordered(state.queue);
    put(Desk.one('[data-queue]'), queue.map(rowTo('talk/take/')));
    Desk.fill(Desk.one('[data-queue-count]'), String(queue.length));
    Desk.show(Desk.one('[data-no-queue]'), queue.length === 0);
    fold('left', state.left, 'talk/back/', 'come_back', false);
    fold('colleagues', state.others, 'talk/join/', 'join', state.me.is_supervisor);
    fold('resting', state.resting, 'talk/take/', '', true);
    Desk.fill(Desk.one('[data-longest]'), queue.length
      ? Desk.say('longest', { n: Math.max.apply(null, queue.map(function (info) { return Desk.minutes(info.opened_at); })) })
      : '');
  }

  Desk.queue = { show: show, put: put };
})(window.Desk);
