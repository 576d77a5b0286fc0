/* Stretching: Argon2id v1.3, 64 MiB, 3 passes, 1 lane, in a worker of its own, so that the way out
   keeps working meanwhile and the 64 MiB that saw the words are given back at the end. */
(function (Sealing) {
  'use strict';
  var KIB = 65536, PASSES = 3;

  /* Runs in the worker, where vendor/argon2.js has put `hashwasm`. */
  function work() {
    self.onmessage = function (event) {
      self.hashwasm.argon2id(event.data).then(function (stretched) {
        self.postMessage(stretched);
      }, function () { self.postMessage(null); });
    };
  }

  function newWorker() {
    var text = '(' + Sealing.argon2 + ').call(self);(' + work + ')();', address, worker;
    address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    try { worker = new Worker(address); } finally { URL.revokeObjectURL(address); }
    return worker;
  }

  function ask(worker, task) {
    return new Promise(function (done, fail) {
      worker.onmessage = function (event) { if (event.data) done(event.data); else fail(); };
      worker.onerror = function (event) { event.preventDefault(); fail(); };
      worker.postMessage(task);
    });
  }

  /* password, salt: bytes, neither empty. size: how many bytes to return. Throws NotPossible. */
  Sealing.stretch = async function (password, salt, size) {
    var worker;
    try {
      worker = newWorker();
      return await ask(worker, {
        password: password, salt: salt, hashLength: size, outputType: 'binary',
        parallelism: 1, iterations: PASSES, memorySize: KIB
      });
    } catch (e) {
      throw new Sealing.NotPossible();
    } finally { if (worker) worker.terminate(); }
  };
})(window.Sealing);
