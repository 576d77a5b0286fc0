/* One conversation on the desk: its log, its field to write, what it is doing. */
(function (Desk) {
  'use strict';
  var LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ', TYPING_EACH_MS = 4000, panes = new Map(), used = 0;

  function Pane(talk) {
    this.talk = talk;
    this.letter = LETTERS[used++ % LETTERS.length];
    this.element = Desk.fromTemplate('pane');
    this.log = this.part('log');
    this.form = this.part('write');
    this.field = this.form.elements.text;
    this.shown = 0;
    this.seenPlace = 0;
    this.lastTyping = 0;
    this.begin();
  }

  Pane.prototype.part = function (name) { return Desk.one('[data-' + name + ']', this.element); };

  Pane.prototype.begin = function () {
    var pane = this, id = 'pane-' + this.letter;
    this.part('title').id = id;
    this.element.setAttribute('aria-labelledby', id);
    Desk.fill(this.part('letter'), this.letter);
    this.form.addEventListener('submit', function (event) { event.preventDefault(); pane.say(); });
    this.field.addEventListener('keydown', function (event) {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        pane.say();
      }
    });
    this.field.addEventListener('input', function () { pane.typing(); });
    this.element.addEventListener('focusin', function () { pane.seen(); });
    Desk.tools(this);
  };

  Pane.prototype.say = function () {
    var text = this.field.value.trim();
    if (!text || this.talk.ended) return;
    try { this.talk.say({ kind: 'text', text: text }); } catch (wrong) {
      this.trouble(Desk.excuse(wrong));
      return;
    }
    this.trouble('');
    this.field.value = '';
    this.lastTyping = 0;
  };

  Pane.prototype.trouble = function (text) { Desk.fill(this.part('trouble'), text); };

  Pane.prototype.typing = function () {
    if (Date.now() - this.lastTyping < TYPING_EACH_MS) return;
    this.lastTyping = Date.now();
    this.talk.sign({ typing: true });
  };

  /* Seen is said only while she sits at this pane. */
  Pane.prototype.seen = function () {
    var talk = this.talk, isHere = this.element.contains(document.activeElement);
    if (!isHere || document.hidden || talk.lastPlace <= this.seenPlace || talk.ended) return;
    this.seenPlace = talk.lastPlace;
    talk.sign({ seen: talk.lastPlace });
    this.element.classList.remove('has-news');
  };

  // -- showing --

  Pane.prototype.title = function () {
    var info = this.talk.info, words = Desk.data('desk-words');
    return Desk.say('kind_' + info.kind) + ' \u00b7 ' + (words['language_' + info.language] || info.language);
  };

  Pane.prototype.facts = function () {
    var info = this.talk.info, facts = [];
    facts.push(Desk.say('for_minutes', { n: Desk.minutes(info.taken_at || info.opened_at) }));
    if (!info.has_scripts) facts.push(Desk.say('no_scripts'));
    if (info.is_kept) facts.push(Desk.say('kept'));
    return facts.join(' \u00b7 ');
  };

  Pane.prototype.flags = function () {
    var info = this.talk.info, place = this.part('flags');
    var set = ['is_emergency', 'has_child', 'wants_interpreter'].filter(function (name) { return info[name]; });
    if (place.dataset.set === set.join()) return;
    place.dataset.set = set.join();
    place.replaceChildren.apply(place, set.map(function (name) {
      return Desk.make('span', 'tag off', Desk.say('flag_' + name));
    }));
  };

  Pane.prototype.showMessages = function () {
    var pane = this, fresh = this.talk.messages.slice(this.shown);
    var isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    fresh.forEach(function (message) {
      pane.log.insertBefore(Desk.bubble(pane.talk, message), pane.part('pending'));
    });
    this.shown = this.talk.messages.length;
    this.showWaiting();
    if (isAtEnd) this.log.scrollTop = this.log.scrollHeight;
    if (fresh.some(function (message) { return message.seat === 0; })) this.element.classList.add('has-news');
    this.seen();
  };

  Pane.prototype.showWaiting = function () {
    var pane = this, place = this.part('pending');
    place.replaceChildren.apply(place, this.talk.waiting.map(function (one) {
      var bubble = Desk.bubble(pane.talk, { seat: pane.talk.info.seat, data: one.data });
      bubble.classList.add('is-waiting');
      bubble.appendChild(one.hasFailed ? pane.failed(one) : Desk.make('p', 'by', Desk.say('sending')));
      return bubble;
    }));
  };

  Pane.prototype.failed = function (one) {
    var row = Desk.fromTemplate('failed'), talk = this.talk;
    Desk.one('[data-again]', row).addEventListener('click', function () { talk.sendAgain(one); });
    Desk.one('[data-drop]', row).addEventListener('click', function () { talk.drop(one); });
    return row;
  };

  Pane.prototype.showSigns = function () {
    var talk = this.talk, isTyping = talk.typingUntil > Date.now() && !talk.ended;
    var last = talk.messages.filter(function (message) { return message.seat !== 0; }).pop();
    var isSeen = last && talk.visitorSeen >= last.place;
    var who = talk.typingSeat ? Desk.plain(talk.nameOf(talk.typingSeat)) : Desk.say('she');
    var text = isTyping ? Desk.say('typing', { who: who }) : isSeen ? Desk.say('seen') : '';
    Desk.fill(this.part('signs'), text);
  };

  Pane.prototype.show = function () {
    Desk.fill(this.part('title'), this.title());
    Desk.fill(this.part('facts'), this.facts());
    this.flags();
    this.showMessages();
    this.showSigns();
    if (this.talk.ended && !this.isOver) this.over();
  };

  /* It ended: what was shown goes from the page; a form for counts stays. */
  Pane.prototype.over = function () {
    var focused = document.activeElement, isHere = this.element.contains(focused);
    var ends = Desk.one('[data-tool="end"]', this.element).contains(focused);
    this.isOver = true;
    this.field.value = '';
    this.talk.messages = [];
    this.element.classList.add('is-over');
    this.log.replaceChildren(Desk.make('p', 'is-notice', Desk.say('ended_' + this.howOver())));
    Desk.show(this.form, false);
    Desk.show(this.part('signs'), false);
    Desk.endForm(this);
    /* She may be in the middle of a word: her next Enter must not fill the form in. */
    if (isHere) (ends ? Desk.one('.end-form input', this.element) : this.log).focus();
  };

  Pane.prototype.howOver = function () {
    var how = this.talk.ended;
    return this.talk.info.is_kept && how !== 'deleted' ? 'kept' : how;
  };

  function open(talk) {
    var pane = panes.get(talk.id);
    if (!pane) {
      pane = new Pane(talk);
      panes.set(talk.id, pane);
      Desk.one('[data-panes]').appendChild(pane.element);
    }
    pane.show();
    empty();
    return pane;
  }

  function close(id) {
    var pane = panes.get(id);
    var hadFocus = pane && pane.element.contains(document.activeElement), next;
    if (!pane) return;
    pane.element.remove();
    panes.delete(id);
    empty();
    next = Array.from(panes.values())[0];
    if (hadFocus) (next && !next.isOver ? next.field : Desk.one('#title')).focus();
    Desk.tell('closed', id);
  }

  function empty() { Desk.show(Desk.one('[data-no-panes]'), panes.size === 0); }

  Desk.panes = {
    open: open,
    close: close,
    get: function (id) { return panes.get(id); },
    all: function () { return Array.from(panes.values()); },
    focus: function (id) { var pane = panes.get(id); if (pane) pane.field.focus(); }
  };
})(window.Desk);
