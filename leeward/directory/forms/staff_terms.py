"""What is known of a service: needs, who may come and access in three values, languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from babel import Locale, UnknownLocaleError
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.directory import vocabulary
from leeward.directory.forms.finding import LANGUAGES
from leeward.directory.services.terms import LANGUAGE, YES

BOYS = "boys_to_age"
OLDEST = 21
NO_CLDR_NAME = {"ase": _("American Sign Language"), "hmn": "Hmong"}
THREE = [("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))]


class TermsForm(forms.Form):
    """One field for each term; told: what is known now, as `terms.terms_of` gives it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    needs = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Helps with")
    )
    boys_to_age = forms.IntegerField(
        required=False, min_value=0, max_value=OLDEST, label=_("Boys may come up to the age of")
    )
    languages = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Languages spoken")
    )

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told = told
        needs = vocabulary.terms(vocabulary.NEEDS)
        self._choices("needs", [(code, term.name(reader())) for code, term in needs.items()])
        spoken = _codes(told, LANGUAGE)
        known = [*LANGUAGES, *(code for code in spoken if code not in LANGUAGES)]
        self._choices("languages", [(code, language_name(code)) for code in known])
        self.initial = {
            "needs": _codes(told, vocabulary.NEEDS),
            "languages": spoken,
            "boys_to_age": told.get(f"{vocabulary.PEOPLE}/{BOYS}"),
        }
        for group in (vocabulary.PEOPLE, vocabulary.ACCESS):
            for code, term in vocabulary.terms(group).items():
                if code != BOYS:
                    self._add_three(group, code, term.name(reader()))

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _add_three(self, group: str, code: str, label: str) -> None:
        name = f"{group}-{code}"
        self.fields[name] = forms.ChoiceField(
            choices=THREE, required=False, widget=forms.RadioSelect, label=label
        )
        self.initial[name] = self._told.get(f"{group}/{code}", "")

    def people(self) -> Iterator[Any]:
        """Return the fields of who may come."""
        return (self[name] for name in self.fields if name.startswith(f"{vocabulary.PEOPLE}-"))

    def access(self) -> Iterator[Any]:
        """Return the fields of access."""
        return (self[name] for name in self.fields if name.startswith(f"{vocabulary.ACCESS}-"))

    def values(self) -> dict[str, str]:
        """Return what is known, by key, as `terms.set_terms` takes it."""
        said = self.cleaned_data
        found = {f"{vocabulary.NEEDS}/{code}": YES for code in said["needs"]}
        found |= {f"{LANGUAGE}/{code}": YES for code in said["languages"]}
        found |= {
            name.replace("-", "/", 1): value
            for name, value in said.items()
            if "-" in name and value
        }
        if said["boys_to_age"] is not None:
            found[f"{vocabulary.PEOPLE}/{BOYS}"] = str(said["boys_to_age"])
        return found


def reader() -> str:
    """Return the language of the staff's screens, two letters."""
    return (get_language() or "en").partition("-")[0]


def _codes(told: Mapping[str, str], group: str) -> list[str]:
    return [key.partition("/")[2] for key in told if key.startswith(f"{group}/")]


def language_name(code: str) -> str:
    """Return a language's name as the reader calls it; the code itself when it has none."""
    if code in NO_CLDR_NAME:
        return str(NO_CLDR_NAME[code])
    try:
        name = Locale.parse(code, sep="-").get_display_name(reader()) or code
        return name[:1].upper() + name[1:]
    except (UnknownLocaleError, ValueError):
        return code
