/* Desk: what all parts share: words, small helpers for the page, events between the parts.
   Texts of others always become text nodes, never markup. */
(function (Desk) {
  'use strict';
  var heard = {}, words;

  function one(selector, from) { return (from || document).querySelector(selector); }
  function all(selector, from) { return Array.from((from || document).querySelectorAll(selector)); }

  function data(id) { return JSON.parse(document.getElementById(id).textContent); }

  /* The page's words come with the page; {name} is filled in. */
  function say(key, filled) {
    words = words || data('desk-words');
    return words[key].replace(/\{(\w+)\}/g, function (_, name) { return String(filled[name]); });
  }

  /* Invisible and direction-turning signs are shown as marks, so that no text looks like another. */
  function plain(text) {
    return String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '\u25ab');
  }

  function fromTemplate(name) {
    return document.getElementById('desk-' + name).content.firstElementChild.cloneNode(true);
  }

  function show(element, isShown) { element.hidden = !isShown; }

  function fill(element, text) { if (element.textContent !== text) element.textContent = text; }

  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  Desk.one = one;
  Desk.all = all;
  Desk.data = data;
  Desk.say = say;
  Desk.plain = plain;
  Desk.fromTemplate = fromTemplate;
  Desk.show = show;
  Desk.fill = fill;
  Desk.make = make;
  Desk.on = function (name, hears) { (heard[name] = heard[name] || []).push(hears); };
  Desk.tell = function (name, what) {
    (heard[name] || []).forEach(function (hears) { hears(what); });
  };
  Desk.minutes = function (text) {
    return Math.max(0, Math.floor((Date.now() - Date.parse(text)) / 60000));
  };
  Desk.clock = function (text) {
    var at = new Date(text);
    return ('0' + at.getHours()).slice(-2) + ':' + ('0' + at.getMinutes()).slice(-2);
  };
})(window.Desk = window.Desk || {});
