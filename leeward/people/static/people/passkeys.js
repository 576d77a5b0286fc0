// Passkeys: makes a new one, or signs in with one. Finds its place by data-passkey.
// The forms beside it work without this file; the place stays hidden where passkeys can't work.
(() => {
  "use strict";
  class Refused extends Error {}
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const send = async (place, address, value) => {
    const answer = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": place.dataset.token },
      body: JSON.stringify(value),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Refused(told.said || "");
    return told;
  };

  const make = async (place) => {
    const begin = { present: place.querySelector("[name=present]").value };
    const wish = await send(place, place.dataset.begin, begin);
    wish.challenge = bytes(wish.challenge);
    wish.user.id = bytes(wish.user.id);
    wish.excludeCredentials = named(wish.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey: wish });
    return {
      id: made.id, rawId: text(made.rawId), type: made.type,
      name: place.querySelector("[name=name]").value,
      clientExtensionResults: made.getClientExtensionResults(),
      response: {
        attestationObject: text(made.response.attestationObject),
        clientDataJSON: text(made.response.clientDataJSON),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  };

  const use = async (place) => {
    const wish = await send(place, place.dataset.begin, {});
    wish.challenge = bytes(wish.challenge);
    wish.allowCredentials = named(wish.allowCredentials);
    const used = await navigator.credentials.get({ publicKey: wish });
    const whole = used.response;
    return {
      id: used.id, rawId: text(used.rawId), type: used.type,
      clientExtensionResults: used.getClientExtensionResults(),
      response: {
        authenticatorData: text(whole.authenticatorData),
        clientDataJSON: text(whole.clientDataJSON),
        signature: text(whole.signature),
        userHandle: whole.userHandle ? text(whole.userHandle) : null,
      },
    };
  };

  const start = (place) => {
    const button = place.querySelector("button");
    const status = place.querySelector("[role=status]");
    place.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      status.textContent = "";
      try {
        const proof = await (place.dataset.passkey === "make" ? make(place) : use(place));
        const told = await send(place, place.dataset.complete, proof);
        location.assign(told.to);
      } catch (wrong) {
        // The browser's own words name technical things; ours are calm. The server's are ours.
        const isOurs = wrong instanceof Refused;
        status.textContent = (isOurs && wrong.message) || place.dataset.failed;
        button.disabled = false;
      }
    });
  };

  if (window.PublicKeyCredential && navigator.credentials) {
    document.querySelectorAll("[data-passkey]").forEach(start);
  }
})();
