/* Sound and desktop notice, only when she asked for them. Neutral: no name, no word of what it is. */
(function (Desk) {
  'use strict';
  var sound = null, wantsNotice = false, waitedBefore = null;

  /* Two soft tones, made here; nothing is fetched. */
  function tone(at, pitch) {
    var source = sound.createOscillator(), volume = sound.createGain();
    source.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.12, at + 0.04);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
    source.connect(volume);
    volume.connect(sound.destination);
    source.start(at);
    source.stop(at + 0.55);
  }

  function ring() {
    if (sound) { tone(sound.currentTime, 523); tone(sound.currentTime + 0.22, 659); }
    if (!wantsNotice || !document.hidden) return;
    try { new Notification(Desk.say('notice_title'), { body: Desk.say('notice_body'), tag: 'desk' }); } catch (e) { return; }
  }

  function setSound(event) {
    var Made = window.AudioContext || window.webkitAudioContext;
    if (sound) { sound.close(); sound = null; }
    if (event.target.checked && Made) { sound = new Made(); ring(); }
  }

  async function setNotice(event) {
    var box = event.target;
    wantsNotice = box.checked && 'Notification' in window
      && await Notification.requestPermission() === 'granted';
    box.checked = wantsNotice;
  }

  Desk.on('start', function () {
    Desk.one('[data-sound]').addEventListener('change', setSound);
    Desk.one('[data-notice]').addEventListener('change', setNotice);
  });
  Desk.on('visitor wrote', ring);
  /* Rings when somebody new waits, not at the first look. */
  Desk.on('state', function (state) {
    var ids = state.queue.map(function (info) { return info.id; });
    if (waitedBefore && ids.some(function (id) { return waitedBefore.indexOf(id) < 0; })) ring();
    waitedBefore = ids;
  });
  Desk.on('locked', function () { waitedBefore = null; });
})(window.Desk);
