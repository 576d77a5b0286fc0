"""What staff may send about a consent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leeward.stories.services import About

MOST_SEALED_CHARACTERS = 2000


def _today() -> date:
    return datetime.now(UTC).date()


class ConsentForm(forms.Form):
    """Who agreed to what, when, until when, and how to reach that person."""

    who = forms.CharField(
        label=_("Who agreed"),
        max_length=200,
        help_text=_("Sealed at once. A name that you and the person will know is enough."),
    )
    what = forms.CharField(
        label=_("What the person agreed to"),
        max_length=MOST_SEALED_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sealed at once. Which text, which languages, pictures, where it may stand."),
    )
    reach = forms.CharField(
        label=_("How to reach the person safely"),
        max_length=MOST_SEALED_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sealed at once. Also when not to call, and what not to say."),
    )
    agreed_on = forms.DateField(
        label=_("Agreed on"), initial=_today, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Last day it holds"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: until it is withdrawn."),
    )

    def clean(self) -> dict[str, Any]:
        """Return what was sent. Refuses an end before the beginning, and a beginning to come."""
        cleaned: dict[str, Any] = super().clean() or {}
        agreed_on, until = cleaned.get("agreed_on"), cleaned.get("until")
        if agreed_on and agreed_on > _today():
            raise ValidationError(_("Nobody can have agreed on a day that is still to come."))
        if agreed_on and until and until < agreed_on:
            raise ValidationError(_("It would end before it begins."))
        return cleaned

    @property
    def about(self) -> About:
        """Return the part that is sealed."""
        sent = self.cleaned_data
        return About(who=sent["who"], what=sent["what"], reach=sent["reach"])
