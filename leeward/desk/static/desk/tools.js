/* The tools of a conversation: quick replies, steps, cards, notes, flags, colleagues, the end.
   One is open at a time; Escape shuts it and goes back to writing. */
(function (Desk) {
  'use strict';
  var starts = {};

  function shut(pane) {
    var was = Desk.one('[data-open][aria-expanded="true"]', pane.element);
    Desk.all('[data-open]', pane.element).forEach(function (button) {
      button.setAttribute('aria-expanded', 'false');
    });
    Desk.all('[data-tool]', pane.element).forEach(function (tool) { Desk.show(tool, false); });
    return was;
  }

  function open(pane, name) {
    var tool = Desk.one('[data-tool="' + name + '"]', pane.element), was = shut(pane), first;
    if (was && was.dataset.open === name) { pane.field.focus(); return; }
    Desk.one('[data-open="' + name + '"]', pane.element).setAttribute('aria-expanded', 'true');
    Desk.show(tool, true);
    pane.log.scrollTop = pane.log.scrollHeight;
    if (!tool.dataset.begun) { tool.dataset.begun = '1'; starts[name](pane, tool); }
    if (tool.refresh) tool.refresh();
    first = Desk.one('input, select, textarea, button', tool);
    if (first) first.focus();
  }

  /* A wish of a tool, with its trouble said in the pane. */
  function telling(pane, work) {
    return async function (event) {
      try { await work(event); pane.trouble(''); } catch (wrong) { pane.trouble(Desk.excuse(wrong)); }
    };
  }

  /* The same for a press: pressed twice, it is done once. */
  function doing(pane, work) {
    var isBusy = false, told = telling(pane, work);
    return async function (event) {
      if (event) event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      await told(event);
      isBusy = false;
    };
  }

  Desk.tools = function (pane) {
    Desk.all('[data-open]', pane.element).forEach(function (button) {
      button.addEventListener('click', function () { open(pane, button.dataset.open); });
    });
    pane.element.addEventListener('keydown', function (event) {
      if (event.key !== 'Escape') return;
      shut(pane);
      pane.field.focus();
    });
  };

  Desk.tools.add = function (name, start) { starts[name] = start; };
  Desk.tools.shut = function (pane) { shut(pane); pane.field.focus(); };
  Desk.tools.doing = doing;
  Desk.tools.telling = telling;

  // -- quick replies and steps: from files, in the visitor's language first --

  function phrases(name, use) {
    return function (pane, tool) {
      var all = Desk.data('desk-' + name), language = Desk.one('select', tool), list = Desk.one('ul', tool);
      language.value = pane.talk.info.language === 'es' ? 'es' : 'en';
      function show() {
        list.replaceChildren.apply(list, all.map(function (phrase) {
          var item = Desk.make('li'), button = Desk.make('button', 'phrase', phrase[language.value]);
          button.type = 'button';
          button.lang = language.value;
          button.addEventListener('click', function () { use(pane, phrase[language.value]); });
          item.appendChild(button);
          return item;
        }));
      }
      language.addEventListener('change', show);
      show();
    };
  }

  /* A reply goes into the field, to be changed before it is sent. */
  Desk.tools.add('replies', phrases('replies', function (pane, text) {
    var field = pane.field;
    field.value = (field.value ? field.value.trimEnd() + ' ' : '') + text;
    Desk.tools.shut(pane);
  }));

  Desk.tools.add('steps', phrases('steps', function (pane, text) {
    pane.talk.say({ kind: 'step', text: text });
    Desk.tools.shut(pane);
  }));

  // -- flags --

  Desk.tools.add('flags', function (pane, tool) {
    var names = ['is_emergency', 'has_child', 'wants_interpreter'], last = Promise.resolve(), tells;
    tool.refresh = function () {
      names.forEach(function (name) { Desk.one('[name=' + name + ']', tool).checked = pane.talk.info[name]; });
    };
    tells = telling(pane, async function () {
      var body = { id: pane.talk.id };
      names.forEach(function (name) { body[name] = Desk.one('[name=' + name + ']', tool).checked; });
      await Desk.ask('talk/flags/', body);
      await pane.talk.load();
    });
    /* One after the other, so that the last tick is the one that stays. */
    tool.addEventListener('change', function () { last = last.then(tells); });
  });
})(window.Desk);
