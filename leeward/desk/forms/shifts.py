"""Planning a shift."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.people.models import Account


class ShiftForm(forms.Form):
    """Who answers, on which day, from when until when."""

    account = forms.TypedChoiceField(label=_("Who"), coerce=int)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    end = forms.TimeField(
        label=_("Until"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("Earlier than the beginning: on the next day. Sixteen hours at most."),
    )

    def __init__(self, *args: Any, people: list[tuple[Account, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {account.pk: account for account, _name in people}
        choices = [(account.pk, name) for account, name in people]
        self.fields["account"].choices = choices  # type: ignore[attr-defined]

    def person(self) -> Account:
        """Return who was chosen."""
        return self._people[self.cleaned_data["account"]]

    def stretch(self) -> tuple[datetime, datetime]:
        """Return when the shift begins and ends, in the site's time zone."""
        sent = self.cleaned_data
        start = datetime.combine(sent["day"], sent["start"])
        end = datetime.combine(sent["day"], sent["end"])
        if end <= start:
            end += timedelta(days=1)
        return timezone.make_aware(start), timezone.make_aware(end)


class CopyForm(forms.Form):
    """Into which week a week's shifts are copied: any day of it."""

    into = forms.DateField(
        label=_("Into the week of"), widget=forms.DateInput(attrs={"type": "date"})
    )
