/* One address. Moves inside the site fetch the next page and swap it in: the browser's history
   holds one entry for the whole visit, and none of it is stored. Without this script the same
   buttons and forms post to the same address. */
(function () {
  'use strict';
  var doc = document, root = doc.documentElement, trail = [], here = '', asked = 0, pressed = null;
  if (location.pathname !== '/' || location.search || location.hash) {
    here = 'to=' + encodeURIComponent(location.pathname);
    history.replaceState(null, '', '/');
  }
  if (!window.fetch || !window.FormData || !window.URLSearchParams) return;
  root.className = 'js';

  function say(name) {
    var status = doc.getElementById('status'), page = doc.getElementById('page');
    if (status) status.textContent = name ? page.getAttribute('data-' + name) : '';
  }

  /* A page with scripts of its own comes as a document of its own: a policy holds for one. */
  function goWhole(body) {
    var form = doc.getElementById('go').cloneNode(true);
    form.removeAttribute('id');
    new URLSearchParams(body + '&scripts=1').forEach(function (value, name) {
      var field = doc.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value;
      form.appendChild(field);
    });
    doc.body.appendChild(form).submit();
    doc.body.removeChild(form);
  }

  function isWhole(page) {
    return page.hasAttribute('data-whole') || page.querySelector('[data-whole]');
  }

  function show(page) {
    var old = doc.getElementById('page'), heading;
    old.parentNode.replaceChild(page, old);
    root.lang = page.lang;
    root.dir = page.dir;
    doc.getElementById('leave').setAttribute('aria-label', page.getAttribute('data-leave'));
    scrollTo(0, 0);
    showBack();
    heading = page.querySelector('h1');
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  }

  function showBack() {
    var back = doc.getElementById('back');
    if (back && trail.length) back.hidden = false;
  }

  function ask(body, isBack) {
    var mine = ++asked, page = doc.getElementById('page'), slow;
    page.setAttribute('aria-busy', 'true');
    slow = setTimeout(function () { say('wait'); }, 600);
    fetch('/', {
      method: 'POST', body: body, credentials: 'omit', cache: 'no-store',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Part': '1' }
    }).then(function (answer) { return answer.text(); }).then(function (html) {
      var box = doc.createElement('div'), page;
      if (mine !== asked) return;
      box.innerHTML = html;
      page = box.querySelector('#page');
      if (!page) throw new Error('no page');
      if (isWhole(page)) { goWhole(body); return; }
      if (isBack) trail.pop(); else trail.push(here);
      here = body;
      show(page);
      say('');
    }).catch(function () {
      if (mine === asked) { page.removeAttribute('aria-busy'); say('lost'); }
    }).then(function () { clearTimeout(slow); });
  }

  function fieldsOf(form, button) {
    var fields = new URLSearchParams(new FormData(form));
    if (button && button.name && button.form === form) fields.append(button.name, button.value);
    return fields.toString();
  }

  doc.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('button') : null;
    if (!button) return;
    pressed = button;
    if (button.id === 'back' && trail.length) { event.preventDefault(); ask(trail[trail.length - 1], true); }
    if (button.id === 'skip') {
      event.preventDefault();
      doc.querySelector('h1').tabIndex = -1;
      doc.querySelector('h1').focus();
    }
    if (button.hasAttribute('data-print')) print();
  });

  doc.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.getAttribute('action') !== '/' || form.getAttribute('method') !== 'post') return;
    event.preventDefault();
    ask(fieldsOf(form, event.submitter || pressed), false);
  });

  doc.addEventListener('DOMContentLoaded', function () {
    var page = doc.getElementById('page');
    here = here || 'to=' + encodeURIComponent(page.getAttribute('data-here'));
    if (isWhole(page)) goWhole(here);
  });
})();
