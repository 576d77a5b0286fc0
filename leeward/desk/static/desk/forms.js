/* What every form of the desk does: it waits, and says calmly what went wrong. */
(function (Desk) {
  'use strict';

  function busy(form, isBusy) {
    Desk.all('button, input', form).forEach(function (control) { control.disabled = isBusy; });
    form.toggleAttribute('data-busy', isBusy);
  }

  Desk.formError = function (form, text) { Desk.fill(Desk.one('.error', form), text); };

  /* Runs `work(form)` when the form is sent. What was typed stays only where it failed. */
  Desk.onSubmit = function (form, work) {
    form.addEventListener('submit', async function (event) {
      var focused = document.activeElement;
      event.preventDefault();
      if (form.hasAttribute('data-busy')) return;
      Desk.formError(form, '');
      busy(form, true);
      try { await work(form); } catch (wrong) { Desk.formError(form, Desk.excuse(wrong)); }
      busy(form, false);
      /* A field that is shut for a while loses the focus. */
      if (document.activeElement === document.body && form.contains(focused)) focused.focus();
    });
  };

  /* A button that asks "sure?" by its own words, and does it at the second press. */
  Desk.onSecondPress = function (button, sure, work) {
    var first = button.textContent;
    button.addEventListener('click', function (event) {
      /* A double click is one press. */
      if (event.detail > 1) return;
      if (button.textContent === first) Desk.fill(button, sure);
      else work();
    });
    button.addEventListener('blur', function () { Desk.fill(button, first); });
  };
})(window.Desk);
