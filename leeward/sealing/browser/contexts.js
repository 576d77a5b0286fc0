/* Contexts: what each sealed thing is bound to, so that it opens in its own place only. */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, number = bytes.number, uuid = bytes.uuid;

  function context(label) {
    var fields = Array.from(arguments).slice(1);
    return bytes.join.apply(null, [bytes.utf8('leeward ' + label + ' v1\0')].concat(fields));
  }

  function ofTeam(label) {
    return function (line, generation, account) {
      return context(label, uuid(line), number(generation, 4), number(account, 8));
    };
  }

  function ofOne(label) {
    return function (id) { return context(label, uuid(id)); };
  }

  Sealing.contexts = {
    epoch: function (conversation, epoch) {
      return context('epoch', uuid(conversation), number(epoch, 4));
    },
    team: ofTeam('team'),
    share: ofTeam('share'),
    handed: function (line, generation, account, asker) {
      return context('handed', uuid(line), number(generation, 4), number(account, 8), number(asker, 8));
    },
    call: ofOne('call'),
    note: ofOne('note'),
    words: ofOne('words'),
    message: function (conversation, epoch, seat, count) {
      return context('message', uuid(conversation), number(epoch, 4), number(seat, 2), number(count, 4));
    },
    member: function (account, kind) {
      return context('member', number(account, 8), bytes.utf8(kind));
    }
  };
})(window.Sealing);
