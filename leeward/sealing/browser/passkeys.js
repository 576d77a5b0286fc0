/* Passkeys: makes one for the desk alone, and asks it for the secret that only it can make
   (WebAuthn level 3, the PRF extension). Not the passkeys for signing in: those name an account. */
(function (Sealing) {
  'use strict';
  var SALT = 'leeward passkey v1', ES256 = -7, RS256 = -257, HANDLE_BYTES = 16;

  function listed(ids) {
    return ids.map(function (id) { return { type: 'public-key', id: id }; });
  }

  function salted() { return { prf: { eval: { first: Sealing.bytes.utf8(SALT) } } }; }

  /* She shut the browser's window, or nobody answered in time: not a fault of the browser. */
  function why(wrong) {
    return wrong && wrong.name === 'NotAllowedError' ? new Sealing.Cancelled() : new Sealing.NotPossible();
  }

  async function saysItCant() {
    var powers;
    if (!window.PublicKeyCredential || !navigator.credentials) return true;
    if (!PublicKeyCredential.getClientCapabilities) return false;
    powers = await PublicKeyCredential.getClientCapabilities();
    return powers['extension:prf'] === false;
  }

  /* ids: of the passkeys that may answer, as bytes. Returns 32 bytes, the same each time for the
     same passkey, and which one answered. Throws NotPossible, Cancelled. */
  async function ask(ids) {
    var found, said;
    try {
      found = await navigator.credentials.get({ publicKey: {
        challenge: Sealing.bytes.random(32),
        allowCredentials: listed(ids),
        userVerification: 'required',
        extensions: salted()
      } });
      said = found.getClientExtensionResults().prf.results.first;
    } catch (e) { throw why(e); }
    return { id: new Uint8Array(found.rawId), secret: new Uint8Array(said) };
  }

  /* name: what the browser's own list of passkeys calls it. others: ids that she has already.
     A handle made anew, so that it takes no other passkey's place on her device.
     Returns its id. Throws NotPossible without PRF, Cancelled. */
  async function make(name, others) {
    var made, can;
    if (await saysItCant()) throw new Sealing.NotPossible();
    try {
      made = await navigator.credentials.create({ publicKey: {
        challenge: Sealing.bytes.random(32),
        rp: { name: name },
        user: { id: Sealing.bytes.random(HANDLE_BYTES), name: name, displayName: name },
        pubKeyCredParams: listedKinds(),
        excludeCredentials: listed(others),
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
        extensions: salted()
      } });
      can = made.getClientExtensionResults().prf;
    } catch (e) { throw why(e); }
    if (!can || !can.enabled) throw new Sealing.NotPossible();
    return new Uint8Array(made.rawId);
  }

  function listedKinds() {
    return [ES256, RS256].map(function (kind) { return { type: 'public-key', alg: kind }; });
  }

  Sealing.passkeys = { make: make, ask: ask };
})(window.Sealing);
