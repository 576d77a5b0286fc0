/* She may read other pages meanwhile: the talk goes on, and a button leads back to it. */
(function (Line) {
  'use strict';
  var doc = document, own = doc.getElementById('page'), note = null, root = doc.documentElement;

  function goBack() {
    var page = doc.getElementById('page');
    page.parentNode.replaceChild(own, page);
    root.lang = own.lang;
    root.dir = own.dir;
    note = null;
    doc.getElementById('title').focus();
    Line.look();
  }

  function offer() {
    var main = doc.querySelector('#page main'), box;
    if (!Line.isTalking || !main || doc.getElementById('page') === own) return;
    own.removeAttribute('aria-busy');
    box = Line.part('aside');
    box.querySelector('button').addEventListener('click', goBack);
    note = box.querySelector('[role=status]');
    main.insertBefore(box.firstElementChild, main.firstChild);
  }

  Line.isAside = function () { return doc.getElementById('page') !== own; };
  Line.tellAside = function () { if (note) note.textContent = Line.say('new'); };

  new MutationObserver(offer).observe(doc.body, { childList: true });
})(window.Line);
