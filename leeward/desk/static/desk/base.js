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
    return (words[key] || '').replace(/\{(\w+)\}/g, function (_, name) { return String(filled[name]); });
  }

  /* Signs that can't be seen or that turn other words around are shown as marks, so that no text looks
     like another. What real languages and emoji need stays; of marks upon one letter four. */
  var UNSEEN = new RegExp('[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c' +
    '\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ue000-\\uf8ff' +
    '\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff\\u{e0000}-\\u{10ffff}\\ud800-\\udfff]', 'gu');
  var JOINERS = /([\u200c-\u200f])[\u200c-\u200f]+/g;
  var MARKS = new RegExp('([\\p{Mn}\\p{Me}]{4})[\\p{Mn}\\p{Me}]+', 'gu');

  function plain(text) {
    var found = String(text).replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(JOINERS, '$1');
    return found.replace(UNSEEN, '\u25ab').normalize('NFC').replace(MARKS, '$1');
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
