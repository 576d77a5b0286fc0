"""What staff may send about beds: counts, answers, requests. Codes and numbers alone.

The one thing that is typed is the name of a place. It becomes the code of an area and is dropped.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward import gazetteer
from leeward.directory.rules import bed_requests as rules
from leeward.directory.rules.bed_requests import Need
from leeward.directory.services import beds
from leeward.directory.services.question import MOST_WHERE_LENGTH, OLDEST_BOY
from leeward.directory.services.vocabulary import UNITS
from leeward.gazetteer import GazetteerUnfit, Place

FULL = "full"
PLACES_OFFERED = 6


class TellForm(forms.Form):
    """One telling: how many of a unit are free. `full` empties both counts."""

    unit = forms.ChoiceField(choices=list(UNITS.items()))
    available = forms.IntegerField(min_value=0, max_value=beds.MOST_UNITS, required=False)
    restricted = forms.IntegerField(min_value=0, max_value=beds.MOST_UNITS, required=False)
    say = forms.ChoiceField(choices=[(FULL, FULL)], required=False)
    seen = forms.IntegerField(min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a count, unless the house is full."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("available") is None and data.get("say") != FULL and not self.errors:
            raise forms.ValidationError(_now("Say how many are free."))
        return data

    def count(self) -> beds.Count:
        """Return what is told free; call it once the form is valid."""
        if self.cleaned_data["say"] == FULL:
            return beds.Count(0)
        return beds.Count(self.cleaned_data["available"] or 0, self.cleaned_data["restricted"] or 0)


class AnswerForm(forms.Form):
    """A shelter's answer to a request."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


def _nights() -> list[tuple[str, str]]:
    """Return the first nights to choose from, ISO day and words, tonight first."""
    today = timezone.localdate()
    days = [today + timedelta(days=ahead) for ahead in range(rules.LATEST_NIGHT_DAYS + 1)]
    words = [_now("Tonight, %s"), _now("Tomorrow, %s"), *["%s"] * len(days)]
    return [
        (day.isoformat(), said % date_format(day, "l j F"))
        for day, said in zip(days, words, strict=False)
    ]


def _timers() -> list[tuple[int, str]]:
    return [(minutes, _now("%d minutes") % minutes) for minutes in rules.TIMERS_MINUTES]


class RequestForm(forms.Form):
    """An advocate's request for a place. There is no field for a name or a story."""

    unit = forms.ChoiceField(choices=list(UNITS.items()), label=_("What"), initial="bed")
    units = forms.IntegerField(
        min_value=1, max_value=rules.MOST_UNITS, initial=1, label=_("How many")
    )
    night = forms.ChoiceField(choices=_nights, label=_("First night"))
    minutes = forms.TypedChoiceField(
        choices=_timers, coerce=int, initial=30, label=_("Shelters may answer for")
    )
    place = forms.CharField(
        max_length=MOST_WHERE_LENGTH,
        required=False,
        label=_("Near which town, county or ZIP"),
        help_text=_("Leave it empty to ask everywhere. Only the county or state is kept."),
    )
    area = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    who = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Who comes")
    )
    boy = forms.IntegerField(
        min_value=0, max_value=OLDEST_BOY, required=False, label=_("Age of the oldest boy")
    )
    lang = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("One of these languages")
    )

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        languages: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Read or show a request; people, languages: code and name of what may be ticked."""
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = people  # type: ignore[attr-defined]
        self.fields["lang"].choices = languages  # type: ignore[attr-defined]
        for name in ("units", "boy"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        self.places: list[Place] = []

    def clean(self) -> dict[str, Any]:
        """Find the place; ask which one when its name means several."""
        data: dict[str, Any] = super().clean() or {}
        typed = data.get("place", "").replace("\0", "").strip()
        data["areas"] = self._areas(typed, data.get("area", "")) if typed else ()
        return data

    def _areas(self, typed: str, picked: str) -> tuple[str, ...]:
        try:
            self.places = _different(gazetteer.find(typed, limit=PLACES_OFFERED))
        except GazetteerUnfit:
            self.add_error("place", _now("Places can't be looked up just now. Leave it empty."))
            return ()
        chosen = next((place for place in self.places if area_of(place) == picked), None)
        if chosen is None and len(self.places) == 1:
            chosen = self.places[0]
        if chosen is not None:
            return chosen.areas
        several = _now("Several places have this name. Which one?")
        self.add_error("place", several if self.places else _now("No such place was found."))
        return ()

    def need(self) -> Need:
        """Return what is asked for; call it once the form is valid."""
        data = self.cleaned_data
        return Need(
            unit=data["unit"],
            units=data["units"],
            people=frozenset(data["who"]),
            oldest_boy_age=data["boy"],
            languages=frozenset(data["lang"]),
            areas=data["areas"],
        )

    def night_on(self) -> date:
        """Return the first night's day."""
        return date.fromisoformat(self.cleaned_data["night"])

    def kept_area(self) -> str:
        """Return the code that is kept: the county's, or wider when there is none."""
        return _kept(self.cleaned_data["areas"])


def area_of(place: Place) -> str:
    """Return the code that is kept for a place."""
    return _kept(place.areas)


def _kept(areas: tuple[str, ...]) -> str:
    return next((code for code in areas if _is_wide(code)), "")


def _is_wide(code: str) -> bool:
    """Return whether a code is a county's of the USA, or a wider one; never a ZIP or a town."""
    head, _slash, rest = code.partition("/")
    return not rest or (head.startswith("US-") and "/" not in rest)


def _different(places: list[Place]) -> list[Place]:
    """Return the places that lead to different areas, the likeliest of each."""
    by_area: dict[str, Place] = {}
    for place in places:
        by_area.setdefault(area_of(place), place)
    return list(by_area.values())
