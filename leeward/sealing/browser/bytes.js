/* Bytes: base64url without padding, numbers and UUIDs as the formats write them, the named errors. */
(function (Sealing) {
  'use strict';

  function namedError(name, parent) {
    return class extends parent {
      constructor() { super(name); this.name = name; }
    };
  }

  ['SealBroken', 'TooLong', 'KeyRefused', 'CodeUnreadable', 'SharesMismatched', 'NotPossible',
    'Cancelled'].forEach(function (name) { Sealing[name] = namedError(name, Error); });
  Sealing.SuiteUnknown = namedError('SuiteUnknown', Sealing.SealBroken);

  function join() {
    var parts = Array.from(arguments), at = 0, whole;
    whole = new Uint8Array(parts.reduce(function (sum, part) { return sum + part.length; }, 0));
    parts.forEach(function (part) { whole.set(part, at); at += part.length; });
    return whole;
  }

  /* A number as `size` bytes, big-endian. */
  function number(value, size) {
    var bytes = new Uint8Array(size), left = value, i;
    for (i = size; i--; left = Math.floor(left / 256)) bytes[i] = left % 256;
    if (!Number.isSafeInteger(value) || value < 0 || left) throw new RangeError('number');
    return bytes;
  }

  function uuid(text) {
    var hex = String(text).replace(/-/g, '');
    if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError('uuid');
    return Uint8Array.from(hex.match(/../g), function (pair) { return parseInt(pair, 16); });
  }

  function toText(bytes) {
    var letters = Array.from(bytes, function (byte) { return String.fromCharCode(byte); }).join('');
    return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  /* Each run of bytes has one spelling; any other is refused. Throws SealBroken. */
  function fromText(text) {
    var bytes;
    try {
      bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), function (letter) {
        return letter.charCodeAt(0);
      });
    } catch (e) { throw new Sealing.SealBroken(); }
    if (toText(bytes) !== text) throw new Sealing.SealBroken();
    return bytes;
  }

  Sealing.bytes = {
    join: join,
    number: number,
    uuid: uuid,
    toText: toText,
    fromText: fromText,
    utf8: function (text) { return new TextEncoder().encode(text); },
    random: function (size) { return crypto.getRandomValues(new Uint8Array(size)); },
    isOf: function (bytes, size) { return bytes instanceof Uint8Array && bytes.length === size; },
    wipe: function (bytes) { bytes.fill(0); }
  };
})(window.Sealing = window.Sealing || {});
