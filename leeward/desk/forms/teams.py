"""What visitors are told of a team, and who belongs to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LANGUAGES_MAX = 8


def _text(label: Any, length: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, help_text=hint, widget=forms.Textarea(attrs={"rows": 4})
    )


class TeamForm(forms.Form):
    """What visitors read before they write, in both languages, and how long the queue may be."""

    name_en = forms.CharField(label=_("Name of the line, English"), max_length=80)
    name_es = forms.CharField(label=_("Name of the line, Spanish"), max_length=80)
    who_answers_en = _text(_("Who answers, English"), 600, _("Paid or volunteer, trained how."))
    who_answers_es = _text(_("Who answers, Spanish"), 600)
    must_report_en = _text(
        _("What we must tell others, English"),
        900,
        _("Who must report what, and to whom. Ask your lawyer: it differs from state to state."),
    )
    must_report_es = _text(_("What we must tell others, Spanish"), 900)
    caller_id_en = forms.CharField(
        label=_("What her phone shows when you call, English"), max_length=200, required=False
    )
    caller_id_es = forms.CharField(
        label=_("What her phone shows when you call, Spanish"), max_length=200, required=False
    )
    most_waiting = forms.IntegerField(
        label=_("How many may wait at once"),
        min_value=1,
        max_value=500,
        help_text=_("Whoever comes after that is told so, and shown the phone lines."),
    )
    minutes_a_chat = forms.IntegerField(
        label=_("Minutes a chat, on average"),
        min_value=5,
        max_value=240,
        help_text=_("Visitors are told how long the wait is by this."),
    )
    is_open = forms.BooleanField(
        label=_("The line is open to visitors"),
        required=False,
        help_text=_("Off: neither chats nor messages nor calls; the phone lines are shown."),
    )


class MemberForm(forms.Form):
    """Under which name and in which languages somebody answers."""

    working_name = forms.CharField(
        label=_("Working name"), max_length=40, help_text=_("Visitors see it. No family name.")
    )
    languages = forms.RegexField(
        r"^[a-z]{2,3}([ ,]+[a-z]{2,3}){0,7}$",
        label=_("Languages"),
        max_length=60,
        help_text=_("Codes with blanks between, such as en es."),
        error_messages={"invalid": _("Write codes of two or three letters, such as en es.")},
    )
    is_supervisor = forms.BooleanField(label=_("Supervisor"), required=False)

    def clean_languages(self) -> str:
        """Return the codes with one blank between."""
        return " ".join(str(self.cleaned_data["languages"]).replace(",", " ").split())


class NewMemberForm(MemberForm):
    """Who becomes a member."""

    account = forms.TypedChoiceField(label=_("Account"), coerce=int)
    field_order = ("account", "working_name", "languages", "is_supervisor")

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].choices = choices  # type: ignore[attr-defined]
