/* Passkeys: asks one for the secret that only it can make (WebAuthn level 3, the PRF extension). */
(function (Sealing) {
  'use strict';
  var SALT = 'leeward passkey v1';

  function listed(ids) {
    return ids.map(function (id) { return { type: 'public-key', id: id }; });
  }

  /* ids: of the passkeys registered for signing in, as bytes. Returns 32 bytes, the same each time
     for the same passkey, and which one answered. Throws NotPossible. */
  Sealing.passkeys = {
    ask: async function (ids) {
      var found, said;
      try {
        found = await navigator.credentials.get({ publicKey: {
          challenge: Sealing.bytes.random(32),
          allowCredentials: listed(ids),
          userVerification: 'required',
          extensions: { prf: { eval: { first: Sealing.bytes.utf8(SALT) } } }
        } });
        said = found.getClientExtensionResults().prf.results.first;
      } catch (e) { throw new Sealing.NotPossible(); }
      return { id: new Uint8Array(found.rawId), secret: new Uint8Array(said) };
    }
  };
})(window.Sealing);
