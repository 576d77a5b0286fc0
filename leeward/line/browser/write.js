/* Writing: what is typed lies in the field alone until it is sent; nothing of it is stored. */
(function (Line) {
  'use strict';
  var TYPING_MS = 4000;

  /* send(text); typing(). */
  Line.Write = function (box, send, typing) {
    var form = Line.find(box, 'write'), field = form.querySelector('textarea'), told = 0;
    var slip = Line.find(form, 'slip');

    Line.onSend(form, function () {
      var text = field.value.trim();
      slip.textContent = text ? text.length > 4000 ? Line.say('long') : '' : Line.say('empty');
      if (slip.textContent) return;
      field.value = '';
      field.focus();
      send(text);
    });
    field.addEventListener('input', function () {
      var now = Date.now();
      if (now - told < TYPING_MS) return;
      told = now;
      typing();
    });
  };
})(window.Line);
