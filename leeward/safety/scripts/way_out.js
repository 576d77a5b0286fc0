/* The way out. On press: cover, empty, blank the title, then replace this page by a neutral one.
   It listens on the document from the first byte, so the X works before the page is whole. */
(function () {
  'use strict';
  var doc = document, left = false, shifts = 0, lastShift = 0, target = '';

  function neutralSite(link) {
    var sites = link.getAttribute('data-exit').split(' ');
    return sites[Math.floor(Math.random() * sites.length)];
  }

  /* What was open on the server (a chat, say) is named by the page and ended in the background. */
  function tellServer() {
    var body = 'leave=1', open = doc.querySelectorAll('[data-open]'), i;
    for (i = 0; i < open.length; i++) {
      body += '&' + encodeURIComponent(open[i].getAttribute('data-open')) + '=' +
        encodeURIComponent(open[i].value || '');
    }
    try {
      fetch('/', {
        method: 'POST', body: body, keepalive: true, credentials: 'omit', cache: 'no-store',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' }
      }).catch(function () {});
    } catch (e) { /* leaving matters more */ }
  }

  function emptyPage() {
    var fields = doc.querySelectorAll('input,textarea,select'), i;
    for (i = 0; i < fields.length; i++) fields[i].value = '';
    doc.title = '';
    doc.documentElement.className = 'left';
    if (doc.body) doc.body.textContent = '';
  }

  function leave() {
    var link = doc.getElementById('leave');
    if (left || !link) return;
    left = true;
    target = neutralSite(link);
    tellServer();
    emptyPage();
    location.replace(target);
  }

  function onX(event) {
    var at = event.target;
    return at && at.closest && at.closest('#leave');
  }

  function onPress(event) {
    if (event.button > 0 || !onX(event)) return;
    event.preventDefault();
    leave();
  }

  doc.addEventListener('PointerEvent' in window ? 'pointerdown' : 'mousedown', onPress, true);
  doc.addEventListener('touchstart', onPress, { capture: true, passive: false });
  doc.addEventListener('click', onPress, true);

  doc.addEventListener('keydown', function (event) {
    if (event.key === ' ' && onX(event)) { event.preventDefault(); leave(); }
    if (event.key !== 'Shift') { shifts = 0; return; }
    if (event.repeat) return;
    shifts = event.timeStamp - lastShift < 1500 ? shifts + 1 : 1;
    lastShift = event.timeStamp;
    if (shifts === 3) leave();
  }, true);

  /* A browser that brings the emptied page back must not stay on it. */
  addEventListener('pageshow', function () { if (left) location.replace(target); });
})();
