/* The day's key of a conversation. The first to write on a day makes it, for all who may read. */
(function (Desk) {
  'use strict';
  var Sealing = window.Sealing, bytes = Sealing.bytes, TRIES = 3;

  function today() { return new Date().toISOString().slice(0, 10); }

  async function makeEpoch(talk, told) {
    var key = bytes.random(32), context = Sealing.contexts.epoch(talk.id, told.next), wraps = [], reader;
    for (reader of told.readers) {
      wraps.push({
        reader: reader.reader,
        reader_id: reader.reader_id,
        sealed: bytes.toText(
          await Sealing.envelope.seal(bytes.fromText(reader.public_key), key, context))
      });
    }
    await Desk.ask('talk/epoch/', { id: talk.id, number: told.next, wraps: wraps });
    Desk.ring.knowEpoch(talk.id, told.next, key);
    return told.next;
  }

  /* Somebody was quicker, or who may read has changed meanwhile: then it is asked again. */
  async function findOrMake(talk, tries) {
    var told = await Desk.ask('talk/epoch/', { id: talk.id });
    if (told.number) return told.number;
    try { return await makeEpoch(talk, told); } catch (wrong) {
      if (wrong.code !== 'epoch_taken' || tries <= 1) throw wrong;
      return findOrMake(talk, tries - 1);
    }
  }

  /* Returns the number of today's epoch; its key is in the ring or among the talk's wraps. */
  Desk.Talk.prototype.epochNow = async function () {
    var day = today();
    if (!this.today || this.today.day !== day) this.today = { day: day, number: await findOrMake(this, TRIES) };
    return this.today.number;
  };

  /* After taking: the days' keys sealed to her own key too, so that they open when the team's key
     has moved on. */
  Desk.Talk.prototype.keepKeys = async function () {
    var mine = {}, own = bytes.fromText(Desk.ring.publicText()), wrap, key, talk = this;
    for (wrap of this.wraps) {
      if (wrap.reader !== 'team' || this.hasOwn(wrap.epoch)) continue;
      key = await Desk.ring.epochKey(talk.id, wrap.epoch, talk.wraps);
      mine[wrap.epoch] = bytes.toText(
        await Sealing.envelope.seal(own, key, Sealing.contexts.epoch(talk.id, wrap.epoch)));
    }
    if (Object.keys(mine).length) await Desk.ask('talk/keys/', { id: this.id, wraps: mine });
  };

  Desk.Talk.prototype.hasOwn = function (epoch) {
    return this.wraps.some(function (wrap) { return wrap.epoch === epoch && wrap.reader === 'member'; });
  };
})(window.Desk);
