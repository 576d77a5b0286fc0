/* The talk in her own browser: what its parts share. All that is secret stays in variables. */
(function () {
  'use strict';
  var doc = document, parts = {}, phrases = {};
  var Line = window.Line = { root: doc.querySelector('[data-room]') };

  doc.querySelectorAll('template[data-part]').forEach(function (part) {
    parts[part.getAttribute('data-part')] = part.content;
  });
  parts.phrases.querySelectorAll('[data-say]').forEach(function (phrase) {
    phrases[phrase.getAttribute('data-say')] = phrase.textContent;
  });

  /* A fresh copy of a piece of the page, which the server wrote in her language. */
  Line.part = function (name) {
    var box = doc.createElement('div');
    box.appendChild(parts[name].cloneNode(true));
    return box;
  };

  Line.fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  };

  Line.say = function (name, values) { return Line.fill(phrases[name], values || {}); };

  Line.find = function (box, name) { return box.querySelector('[data-line="' + name + '"]'); };

  /* Text goes into the page as text alone, in a box whose direction ends with it. */
  Line.make = function (tag, text, kind) {
    var made = doc.createElement(tag);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    return made;
  };

  Line.title = function (text) {
    var heading = doc.getElementById('title');
    heading.textContent = text;
    heading.tabIndex = -1;
    heading.focus();
  };

  Line.onPress = function (box, name, act) {
    Line.find(box, name).addEventListener('click', function (event) {
      event.preventDefault();
      act(event);
    });
  };

  /* What is typed goes by its own way; no form of this page is ever sent as one. */
  Line.onSend = function (form, act) {
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      event.stopPropagation();
      act();
    });
  };

  Line.wait = function (ms) {
    return new Promise(function (done) { setTimeout(done, ms); });
  };

  Line.day = function (text) {
    var options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };
    return new Date(text).toLocaleDateString(doc.documentElement.lang, options);
  };
})();
