"""What staff may send: a check, a proposal, a decision, emergency numbers."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.helplines import facts, rules
from leeward.helplines.models import CheckRecord, Line
from leeward.helplines.services.proposing import PROPOSABLE
from leeward.helplines.words import TOPICS

_LANGUAGE_CODE = re.compile(r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")
_EMERGENCY = re.compile(r"^[0-9]{2,6}$")


class CheckForm(forms.Form):
    """One finding about a line."""

    channel = forms.ChoiceField(choices=CheckRecord.Channel.choices, label=_("How"))
    finding = forms.ChoiceField(choices=[("good", _("Right")), ("wrong", _("Wrong"))])


class ReasonForm(forms.Form):
    """Why a line should be raised to grade A or taken off."""

    reason = forms.CharField(max_length=300, label=_("Where you read it, or whom you called"))
    channel = forms.ChoiceField(choices=CheckRecord.Channel.choices, label=_("How"))


class DecideForm(forms.Form):
    """A second person's word on a proposal."""

    channel = forms.ChoiceField(choices=CheckRecord.Channel.choices, label=_("How I checked it"))
    decision = forms.ChoiceField(choices=[("confirm", _("Confirm")), ("decline", _("Decline"))])


class EmergencyForm(forms.Form):
    """A country's emergency numbers as somebody found them."""

    police = forms.RegexField(_EMERGENCY, required=False, label=_("Police"))
    ambulance = forms.RegexField(_EMERGENCY, required=False, label=_("Ambulance"))
    channel = forms.ChoiceField(choices=[("read", _("I read an official page"))], label=_("How"))

    def clean(self) -> dict[str, Any]:
        """Ask for at least one number."""
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("police") or data.get("ambulance")) and not self.errors:
            raise forms.ValidationError(_("Write at least one number."))
        return data


class LineForm(forms.ModelForm[Line]):
    """A line's fields, as they are proposed to be."""

    topic = forms.ChoiceField(choices=list(TOPICS.items()))
    url = forms.URLField(required=False, assume_scheme="https", label=_("Website"))
    languages = forms.CharField(required=False, help_text=_("codes, such as: en, es, ase"))
    reason = forms.CharField(max_length=300, label=_("Where you read it, or whom you called"))
    channel = forms.ChoiceField(choices=CheckRecord.Channel.choices, label=_("How"))

    class Meta:
        model = Line
        fields = PROPOSABLE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = ", ".join(self.instance.languages)

    def clean_country(self) -> str:
        """Return two capital letters of a country we know."""
        country: str = self.cleaned_data["country"].upper()
        if country not in facts.emergency_facts():
            raise forms.ValidationError(_("Write two letters, such as US."))
        return country

    def clean_languages(self) -> list[str]:
        """Return language codes."""
        codes: list[str] = self.cleaned_data["languages"].replace(",", " ").split()
        if not all(_LANGUAGE_CODE.match(code) for code in codes):
            raise forms.ValidationError(_("Write codes, such as: en, es, ase"))
        return codes

    def clean_sms_number(self) -> str:
        """Return a number that a text can be sent to."""
        number: str = self.cleaned_data["sms_number"]
        problem = rules.sms_problem(number)
        if problem:
            raise forms.ValidationError(problem)
        return number

    def clean_operator_changed(self) -> str:
        """Return a month or a day, such as 2025-09."""
        changed: str = self.cleaned_data["operator_changed"]
        if changed and rules.earliest_day(changed) is None:
            raise forms.ValidationError(_("Write a date, such as 2025-09."))
        return changed

    def clean(self) -> dict[str, Any]:
        """Work out what is dialled, and ask for at least one way to reach the line."""
        data: dict[str, Any] = super().clean() or {}
        country, phone = data.get("country", ""), data.get("phone", "")
        if phone and not data.get("dial"):
            data["dial"] = rules.dial_of(phone, country)
        if phone and country:
            problem = rules.dial_problem(data.get("dial", ""), country)
            if problem:
                self.add_error("dial", problem)
        if not (phone or data.get("sms_number") or data.get("url")):
            self.add_error("phone", _("Write a number or a website."))
        return data

    def values(self) -> dict[str, Any]:
        """Return the proposed fields by name."""
        return {name: self.cleaned_data[name] for name in PROPOSABLE}
