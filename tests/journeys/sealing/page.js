/* Lets a test call what `Sealing` offers, and hands back what came, or the name of the error. */
(function () {
  'use strict';
  var task = document.getElementById('task'), answer = document.getElementById('answer');
  var ticks = 0;
  setInterval(function () { ticks++; }, 10);

  /* What only a page can do, beside Sealing's own. */
  var extra = {
    ticks: function () { return ticks; },
    ticksWhileStretching: async function () {
      var before = ticks;
      await Sealing.stretch(new Uint8Array(1), new Uint8Array(16), 64);
      return ticks - before;
    },
    cancelledWork: function () {
      var stop = new AbortController();
      setTimeout(function () { stop.abort(); }, 0);
      return Sealing.work.solve('challenge', 60, stop.signal);
    },
    registerPasskey: async function () {
      var made = await navigator.credentials.create({ publicKey: {
        challenge: new Uint8Array(32),
        rp: { name: 'x' },
        user: { id: new Uint8Array(8), name: 'x', displayName: 'x' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: { userVerification: 'required' },
        extensions: { prf: {} }
      } });
      return new Uint8Array(made.rawId);
    }
  };

  async function taken(value) {
    if (!value || typeof value !== 'object') return value;
    if ('bytes' in value) return Sealing.bytes.fromText(value.bytes);
    if ('pair' in value) return Sealing.keys.pairFrom(Sealing.bytes.fromText(value.pair));
    if (Array.isArray(value)) return Promise.all(value.map(taken));
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async function (entry) {
      return [entry[0], await taken(entry[1])];
    })));
  }

  function given(value) {
    if (value instanceof Uint8Array) return { bytes: Sealing.bytes.toText(value) };
    if (window.CryptoKey && value instanceof CryptoKey) return { isExtractable: value.extractable };
    if (Array.isArray(value)) return value.map(given);
    if (!value || typeof value !== 'object') return value === undefined ? null : value;
    return Object.fromEntries(Object.entries(value).map(function (entry) {
      return [entry[0], given(entry[1])];
    }));
  }

  async function run(call) {
    var path = call[0].split('.'), last = path.pop(), owner;
    owner = path[0] === 'extra' ? extra : path.reduce(function (object, name) {
      return object[name];
    }, Sealing);
    try {
      return { is: given(await owner[last].apply(owner, await taken(call.slice(1)))) };
    } catch (e) { return { threw: e.name, says: String(e.message) }; }
  }

  task.addEventListener('input', async function () {
    var calls = JSON.parse(task.value), all = [], i;
    for (i = 0; i < calls.length; i++) all.push(await run(calls[i]));
    answer.value = JSON.stringify(all);
  });
})();
