/* One conversation: reads what is stored, in order and without gaps; writes, and repeats until stored.
   A message counts as sent only when the server has stored it. */
(function (Desk) {
  'use strict';
  var Sealing = window.Sealing, bytes = Sealing.bytes, RETRY_MS = 2000, MOST_LETTERS = 4000;

  function pause() { return new Promise(function (done) { setTimeout(done, RETRY_MS); }); }

  function Talk(info) {
    this.id = info.id;
    this.info = info;
    this.wraps = [];
    this.seats = [];
    this.notes = [];
    this.messages = [];
    this.lastPlace = 0;
    this.myNumber = 0;
    this.visitorSeen = 0;
    this.waiting = [];
    this.isSending = false;
    this.ended = '';
    this.isShut = false;
    this.work = Promise.resolve();
  }

  Talk.prototype.changed = function () { Desk.tell('talk', this); };

  /* One thing after the other, so that places stay in order. */
  Talk.prototype.next = function (work) {
    var talk = this;
    this.work = this.work.then(work).catch(function (wrong) { talk.failed(wrong); });
    return this.work;
  };

  Talk.prototype.failed = function (wrong) {
    if (wrong.status === 404) this.end(this.ended || 'gone');
    else Desk.tell('trouble', wrong);
  };

  Talk.prototype.load = function () { return this.next(this.readOn.bind(this)); };

  Talk.prototype.readOn = async function () {
    var told, message;
    if (this.isOver()) return;
    do {
      told = await Desk.ask('talk/read/', { id: this.id, after: this.lastPlace });
      if (this.isOver()) return;
      this.take(told);
      for (message of told.messages) await this.add(message);
    } while (told.messages.length && told.last_place > this.lastPlace);
    this.changed();
  };

  Talk.prototype.take = function (told) {
    this.wraps = told.wraps;
    this.seats = told.seats;
    this.notes = told.notes;
    this.info = told.talk;
    this.visitorSeen = told.visitor_seen;
  };

  Talk.prototype.add = async function (message) {
    var data;
    if (message.place <= this.lastPlace) return;
    data = await this.opened(message);
    if (this.isOver()) return;
    this.messages.push({ place: message.place, seat: message.seat, at: message.at, data: data });
    this.lastPlace = message.place;
    this.waiting = this.waiting.filter(function (one) {
      return !one.sealed || one.sealed.box !== message.box;
    });
    if (message.seat === this.info.seat) this.used(message.number);
  };

  Talk.prototype.used = function (number) { this.myNumber = Math.max(this.myNumber, number); };

  Talk.prototype.isOver = function () { return Boolean(this.isShut || this.ended); };

  /* The desk was locked, or looks elsewhere: what was opened and what waited to be sent is let go of. */
  Talk.prototype.shut = function () {
    this.isShut = true;
    this.messages = [];
    this.waiting = [];
    Desk.ring.forget(this.id);
  };

  Talk.prototype.opened = async function (message) {
    var key;
    try {
      key = await Desk.ring.epochKey(this.id, message.epoch, this.wraps);
      return await Sealing.messages.open(key, {
        conversation: this.id, epoch: message.epoch, seat: message.seat, number: message.number
      }, bytes.fromText(message.box));
    } catch (e) { return { kind: 'broken' }; }
  };

  Talk.prototype.nameOf = function (seat) {
    var found = this.seats.find(function (one) { return one.number === seat; });
    return found ? found.name : '';
  };

  // -- what the stream tells --

  Talk.prototype.hear = function (event) {
    var does = {
      message: function () { return this.heardMessage(event); },
      seen: function () { return this.heardSeen(event); },
      typing: function () { return this.heardTyping(event); },
      ended: function () { return this.end(event.how, event.is_kept); }
    }[event.e];
    if (does) does.call(this); else this.load();
  };

  Talk.prototype.heardMessage = function (event) {
    var talk = this;
    return this.next(async function () {
      var isNext = event.place === talk.lastPlace + 1;
      var isKnown = talk.wraps.some(function (wrap) { return wrap.epoch === event.epoch; });
      if (event.place <= talk.lastPlace) return;
      if (isNext && isKnown) { await talk.add(event); talk.changed(); } else await talk.readOn();
      if (event.seat === 0) { talk.typingUntil = 0; Desk.tell('visitor wrote', talk); }
    });
  };

  Talk.prototype.heardSeen = function (event) {
    if (event.by !== 'visitor') return;
    this.visitorSeen = Math.max(this.visitorSeen, event.place);
    this.changed();
  };

  Talk.prototype.heardTyping = function (event) {
    if (event.seat === this.info.seat) return;
    this.typingSeat = event.seat;
    this.typingUntil = Date.now() + 6000;
    this.changed();
    setTimeout(this.changed.bind(this), 6100);
  };

  Talk.prototype.end = function (how, isKept) {
    if (this.isOver()) return;
    this.ended = how;
    if (isKept) this.info.is_kept = true;
    this.waiting = [];
    Desk.ring.forget(this.id);
    this.changed();
    Desk.tell('ended', this);
  };

  // -- writing --

  /* data: {kind: 'text', text} or another kind; see leeward/sealing/README.md. */
  Talk.prototype.say = function (data) {
    if (data.text && Array.from(data.text).length > MOST_LETTERS) throw new Sealing.TooLong();
    this.waiting.push({ data: data });
    this.changed();
    this.send();
  };

  Talk.prototype.send = async function () {
    if (this.isSending) return;
    this.isSending = true;
    while (this.waiting.length && !this.waiting[0].hasFailed && !this.isOver() && Desk.ring.isOpen()) {
      if (!await this.sendOne(this.waiting[0])) await pause();
    }
    this.isSending = false;
  };

  /* Returns whether it is done with; a lost connection sends the same box again. */
  Talk.prototype.sendOne = async function (one) {
    var told;
    try {
      if (!one.sealed) one.sealed = await this.sealed(one.data);
      told = await Desk.ask('talk/say/', one.sealed);
    } catch (wrong) { return this.notSent(one, wrong); }
    this.used(one.sealed.number);
    if (told.place > this.lastPlace) await this.load();
    this.waiting = this.waiting.filter(function (other) { return other !== one; });
    return true;
  };

  /* What can't be repeated by itself stays in sight, to be sent again or dropped by hand. */
  Talk.prototype.notSent = function (one, wrong) {
    if (wrong.code === 'taken' || wrong.code === 'no_epoch') this.sealAnew(one);
    else if (wrong.status === 404 || wrong.status === 410) this.end('gone');
    else if (wrong.status !== 0 && !(wrong.status >= 500)) {
      one.hasFailed = true;
      Desk.tell('trouble', wrong);
    }
    this.changed();
    return false;
  };

  Talk.prototype.sealAnew = function (one) {
    one.sealed = null;
    this.today = null;
  };

  Talk.prototype.sendAgain = function (one) {
    one.hasFailed = false;
    this.sealAnew(one);
    this.send();
    this.changed();
  };

  Talk.prototype.drop = function (one) {
    this.waiting = this.waiting.filter(function (other) { return other !== one; });
    this.send();
    this.changed();
  };

  /* A number counts as used once its message is stored: she is told of a gap where one is missing. */
  Talk.prototype.sealed = async function (data) {
    var epoch = await this.epochNow(), key, place;
    await this.load();
    if (this.isOver()) throw new Desk.Refused(410, 'not_here');
    key = await Desk.ring.epochKey(this.id, epoch, this.wraps);
    place = {
      conversation: this.id, epoch: epoch, seat: this.info.seat, number: this.myNumber + 1
    };
    return {
      id: this.id, number: place.number, epoch: epoch,
      box: bytes.toText(await Sealing.messages.seal(key, place, data))
    };
  };

  Talk.prototype.sign = function (what) {
    var body = Object.assign({ id: this.id }, what);
    Desk.ask('talk/sign/', body).catch(function () { /* A lost sign costs nothing. */ });
  };

  Desk.Talk = Talk;
})(window.Desk);
