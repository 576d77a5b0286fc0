/* The page: can this browser seal? Then the talk, from its first key to its end. */
(function (Line, Sealing) {
  'use strict';
  var doc = document, root = Line.root, here = Line.find(root, 'here'), talk = null;

  function stopWith(words) {
    var part = Line.part('stop');
    Line.find(part, 'why').textContent = words;
    here.replaceChildren.apply(here, Array.from(part.childNodes));
  }

  function whyNot(error) {
    var names = { full: 'full', nobody: 'none', no_room: 'room', too_many: 'often' };
    return Line.say(names[error.why] || 'trouble');
  }

  /* Ends what runs here; what stays on the page is said in `lines`. */
  function close(title, lines) {
    var part = Line.part('over');
    Line.find(part, 'left').textContent = lines.shift();
    lines.reverse().forEach(function (line) {
      Line.find(part, 'left').insertAdjacentElement('afterend', Line.make('p', line));
    });
    Line.isTalking = false;
    if (talk) talk.forget();
    here.replaceChildren.apply(here, Array.from(part.childNodes));
    Line.title(title);
  }

  /* event: what the stream told; none when the talk ended here. */
  function ended(event) {
    var isDeleted = Boolean(event) && event.how === 'deleted', isKept;
    if (!Line.isTalking) return;
    isKept = talk.isKept && talk.until && !isDeleted;
    close(Line.say(isDeleted ? 'gone' : 'ended'), isKept ?
      [Line.say('kept', { day: Line.day(talk.until) })] : [Line.say('destroyed'), Line.say('copies')]);
  }

  function deleted(counts) {
    var lines = [Line.say('messages', { n: counts.messages }), Line.say('locks', { n: counts.keys })];
    if (counts.notes) lines.push(Line.say('notes', { n: counts.notes }));
    if (counts.consents) lines.push(Line.say('consents', { n: counts.consents }));
    close(Line.say('gone'), lines.concat(Line.say('copies')));
  }

  function run(box) {
    var shown = Line.Shown(box, talk), said, outbox, stream, keeping = Line.find(box, 'keeping');
    var log = Line.find(box, 'log'), consents = Line.Consents(log, talk, send, shown.signal);

    /* Its line stands there from the start, so that nothing moves under her finger. */
    Line.find(box, 'state').appendChild(Line.make('p', Line.say('working')));

    function send(data) { outbox.put(said.goes(data)); }

    said = Line.Said(log, talk, shown, consents);
    talk.signal = shown.signal;
    talk.over = ended;
    outbox = Line.Outbox(talk, function (item, how, stored) {
      said.went(item, how, stored);
      if (how === 'sent') shown.signal('there');
    });

    function hear(event) {
      if (event.e === 'message') {
        said.came(event);
        if (event.seat > 0 && Line.isAside()) Line.tellAside();
      }
      if (event.e === 'state') shown.state(event);
      if (event.e === 'typing' && event.seat > 0) shown.typing(event.seat);
      if (event.e === 'seen' && event.by === 'staff') said.seen(event.place);
      if (event.e === 'consent') consents.heard(event);
      if (event.e === 'ended') ended(event);
      if (event.e === 'signal') {
        shown.signal(event.is);
        if (event.is === 'there') { outbox.hurry(); consents.soon(); }
      }
    }

    function again() { stream.again(); outbox.hurry(); }
    function look() { if (!doc.hidden) talk.saw(talk.after()); }

    Line.look = look;
    stream = Line.listen(talk, hear);
    addEventListener('online', again);
    addEventListener('offline', again);
    doc.addEventListener('visibilitychange', look);
    talk.stop = function () {
      stream.stop();
      outbox.stop();
      consents.stop();
      removeEventListener('online', again);
      removeEventListener('offline', again);
      doc.removeEventListener('visibilitychange', look);
    };
    Line.Write(box, function (text) { send({ kind: 'text', text: text }); },
      function () { talk.sign({ typing: 1 }); });
    Line.onPress(box, 'end', function () {
      Line.persist('/live/sign', Object.assign({ end: 1 }, talk.hers)).then(ended, function (error) {
        if (Line.isOver(error)) ended(); else shown.signal('lost');
      });
    });
    box.querySelector('#grace').addEventListener('change', function () {
      talk.sign({ grace: this.value });
    });
    return {
      send: send,
      keeping: keeping,
      offer: function () { Line.offer(keeping, talk, this.kept); },
      kept: function (status, isOld) { Line.kept(keeping, talk, status, deleted, !isOld, isOld); }
    };
  }

  /* Puts the parts of a talk into the page and starts it. */
  function begin(opened, kind) {
    var box = Line.part('talk');
    talk = opened;
    talk.kind = kind;
    Line.isTalking = true;
    here.replaceChildren(box);
    return run(box);
  }

  async function chat() {
    here.replaceChildren(Line.make('p', Line.say('opening')));
    try { begin(await Line.newTalk('chat'), 'chat').offer(); } catch (error) { stopWith(whyNot(error)); }
  }

  function message() {
    var part = Line.part('message'), form = Line.find(part, 'leave'), field = form.querySelector('textarea');
    var slip = Line.find(part, 'slip'), isBusy = false;
    Line.onSend(form, async function () {
      var text = field.value.trim(), running;
      if (isBusy) return;
      if (!text) { slip.textContent = Line.say('empty'); return; }
      isBusy = true;
      slip.textContent = Line.say('working');
      try {
        running = begin(await Line.newTalk('message'), 'message');
      } catch (error) { slip.textContent = whyNot(error); isBusy = false; return; }
      running.send({ kind: 'text', text: text });
      Line.keep(running.keeping, talk, running.kept, true);
    });
    here.replaceChildren.apply(here, Array.from(part.childNodes));
  }

  function back() {
    Line.comeBack(here, async function (opened) {
      var status = await Line.persist('/live/keep', Object.assign({ back: 1 }, opened.hers));
      Line.title(Line.say('yours'));
      begin(opened, status.kind).kept(status, true);
    });
  }

  function forgetAll() {
    if (talk) talk.forget();
    talk = null;
    Line.isTalking = false;
  }

  /* Gone by the X, the tab, or another page: what was secret goes with her. A page that a browser
     brings back from memory is empty of it, and starts at the beginning. */
  addEventListener('pagehide', forgetAll);
  addEventListener('pageshow', function (event) { if (event.persisted) location.replace('/'); });
  new MutationObserver(function () {
    if (doc.documentElement.className === 'left') forgetAll();
  }).observe(doc.documentElement, { attributeFilter: ['class'] });

  async function start() {
    var plain = Line.find(root, 'plain');
    plain.hidden = true;
    if (!Sealing || !Sealing.words || !await Sealing.isPossible()) { plain.hidden = false; return; }
    plain.remove();
    ({ chat: chat, message: message, back: back })[root.dataset.room]();
  }

  start();
})(window.Line, window.Sealing);
