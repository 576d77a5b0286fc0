/* Messages: padded to a few sizes, so that the length tells little, then boxed in their place. */
(function (Sealing) {
  'use strict';
  var bytes = Sealing.bytes, CLASSES = [256, 1024, 4096, 16384, 32768], HEAD = 4;

  function pad(data) {
    var size = CLASSES.find(function (size) { return size >= HEAD + data.length; }), padded;
    if (!size) throw new Sealing.TooLong();
    padded = new Uint8Array(size);
    padded.set(bytes.number(data.length, HEAD));
    padded.set(data, HEAD);
    return padded;
  }

  function unpad(padded) {
    var end, isFit = CLASSES.indexOf(padded.length) >= 0;
    if (isFit) {
      end = HEAD + new DataView(padded.buffer, padded.byteOffset).getUint32(0);
      isFit = end <= padded.length && padded.subarray(end).every(function (byte) { return !byte; });
    }
    if (!isFit) throw new Sealing.SealBroken();
    return padded.slice(HEAD, end);
  }

  function placeOf(at) {
    return Sealing.contexts.message(at.conversation, at.epoch, at.seat, at.number);
  }

  /* key: the epoch's. at: {conversation, epoch, seat, number}. data: {kind: 'text', text: '…'}. */
  function seal(key, at, data) {
    return Sealing.box.seal(key, pad(bytes.utf8(JSON.stringify(data))), placeOf(at));
  }

  async function open(key, at, sealed) {
    var data = unpad(await Sealing.box.open(key, sealed, placeOf(at)));
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
    } catch (e) { throw new Sealing.SealBroken(); }
  }

  Sealing.padding = { pad: pad, unpad: unpad };
  Sealing.messages = { seal: seal, open: open };
})(window.Sealing);
