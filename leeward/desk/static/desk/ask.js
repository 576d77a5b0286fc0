/* Asking the server: small JSON posts to addresses that name nothing. */
(function (Desk) {
  'use strict';
  var root = null;

  /* status: HTTP's, 0 when nothing came back. code: the server's own word for what happened. */
  class Refused extends Error {
    constructor(status, code, told) {
      super(code);
      this.status = status;
      this.code = code;
      this.told = told || {};
    }
  }

  async function send(path, body) {
    try {
      return await fetch(root.dataset.base + path, {
        method: 'POST',
        credentials: 'same-origin',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/json', 'X-CSRFToken': root.dataset.token },
        body: JSON.stringify(Object.assign(Desk.teamId ? { team: Desk.teamId } : {}, body))
      });
    } catch (e) { throw new Refused(0, 'offline'); }
  }

  /* Returns what the server says. Throws Refused; 'signed_out' when the session is over. */
  Desk.ask = async function (path, body) {
    var answer, told;
    root = root || Desk.one('[data-desk]');
    answer = await send(path, body);
    if (answer.type === 'opaqueredirect') {
      Desk.tell('signed out');
      throw new Refused(401, 'signed_out');
    }
    try { told = await answer.json(); } catch (e) { told = {}; }
    if (!answer.ok) throw new Refused(answer.status, told.code || 'refused', told);
    return told;
  };

  Desk.Refused = Refused;

  /* Says calmly what went wrong: the words of its code, or those for everything else. */
  Desk.excuse = function (wrong) {
    var words = Desk.data('desk-words'), key = 'wrong_' + (wrong.code || wrong.name || '');
    return words[key] || words.wrong_refused;
  };
})(window.Desk);
