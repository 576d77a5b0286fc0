"""Where a place is: its pin, without any map of others; and, for few, a confidential site."""

from __future__ import annotations

import math
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward import gazetteer
from leeward.directory.services.confidential import ADDRESS_FIELDS, Site

Choices = list[tuple[str, str]]
KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6371 km
# Name of the button: (part of the way north, part of the way east), in km.
STEPS = {
    "n1": (1.0, 0.0), "s1": (-1.0, 0.0), "e1": (0.0, 1.0), "w1": (0.0, -1.0),
    "n100": (0.1, 0.0), "s100": (-0.1, 0.0), "e100": (0.0, 0.1), "w100": (0.0, -0.1),
}  # fmt: skip
DECIMALS = 5  # about a metre


class PinForm(forms.Form):
    """Coordinates as typed, or from the middle of a town or ZIP, then moved step by step."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(
        required=False,
        max_length=120,
        label=_("Town or ZIP"),
        help_text=_("Takes the middle of it, if you have no coordinates."),
    )
    latitude = forms.FloatField(
        required=False, min_value=-90, max_value=90, label=_("Latitude, degrees north")
    )
    longitude = forms.FloatField(
        required=False, min_value=-180, max_value=180, label=_("Longitude, degrees east")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both coordinates or none."""
        data: dict[str, Any] = super().clean() or {}
        has = [data.get(name) is not None for name in ("latitude", "longitude")]
        if has[0] != has[1] and not self.errors:
            raise forms.ValidationError(_("Write both coordinates, or none."))
        return data

    def point(self) -> tuple[float, float] | None:
        """Return the coordinates of a valid form."""
        latitude, longitude = (self.cleaned_data[name] for name in ("latitude", "longitude"))
        return None if latitude is None else (latitude, longitude)


def middle_of(text: str) -> gazetteer.Place | None:
    """Return the place that `text` most likely means; None also while places are made anew."""
    try:
        found = gazetteer.find(text, limit=1)
    except gazetteer.GazetteerUnfit:
        return None
    return found[0] if found else None


def step(point: tuple[float, float], name: str) -> tuple[float, float]:
    """Return the point one of STEPS further on, within the earth's degrees."""
    north, east = STEPS[name]
    latitude = max(-89.9, min(89.9, point[0] + north / KM_PER_DEGREE))
    wide = KM_PER_DEGREE * math.cos(math.radians(latitude))
    longitude = (point[1] + east / wide + 180) % 360 - 180
    return round(latitude, DECIMALS), round(longitude, DECIMALS)


class HideForm(forms.Form):
    """Making a place confidential. areas, parts: choices (value, words)."""

    area = forms.ChoiceField(
        required=False,
        label=_("Visitors find it under"),
        help_text=_("Where few people live, a county can give it away: choose a wider area then."),
    )
    keep = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Keep for visitors, with its services"),
        help_text=_("Only what is no clue to the address. What you leave is for staff alone."),
    )
    understood = forms.BooleanField(
        label=_("Nobody but coordinators shall see where this is"),
    )

    def __init__(self, *args: Any, areas: Choices, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("area", areas), ("keep", parts)):
            if choices:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class SiteForm(forms.Form):
    """Where a confidential place is. Stored sealed, and nowhere else."""

    address_1 = forms.CharField(max_length=300, label=_("House and street"))
    address_2 = forms.CharField(max_length=300, required=False, label=_("Floor or unit"))
    city = forms.CharField(max_length=200, label=_("City"))
    region = forms.CharField(max_length=200, required=False, label=_("County"))
    state_province = forms.CharField(max_length=100, required=False, label=_("State"))
    postal_code = forms.CharField(max_length=20, label=_("ZIP or postal code"))
    country = forms.CharField(max_length=2, initial="US", label=_("Country, two letters"))
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180)
    transportation = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), label=_("How to get there")
    )

    @classmethod
    def of(cls, site: Site) -> SiteForm:
        """Return the form filled with what is sealed now."""
        first = site.addresses[0] if site.addresses else {}
        initial = {name: first.get(name, "") for name in cls.base_fields if name in ADDRESS_FIELDS}
        texts = {"transportation": site.texts.get("transportation", "")}
        point = {"latitude": site.latitude, "longitude": site.longitude}
        return cls(initial=initial | texts | point)

    def site(self, before: Site) -> Site:
        """Return what to seal: the first address as written here, all else as it was."""
        said = self.cleaned_data
        old = before.addresses[0] if before.addresses else dict.fromkeys(ADDRESS_FIELDS, "")
        first = old | {name: said[name] for name in ADDRESS_FIELDS if name in said}
        first["address_type"] = first["address_type"] or "physical"
        return Site(
            addresses=(first, *before.addresses[1:]),
            latitude=said["latitude"],
            longitude=said["longitude"],
            texts=before.texts | {"transportation": said["transportation"]},
        )


class ShowForm(forms.Form):
    """Making a confidential place open again: two confirmations, one of them typed."""

    agreed = forms.BooleanField(
        label=_("The people who run it asked for this, and I called them back to be sure"),
    )
    word = forms.CharField(max_length=20, label=_("Type the word SHOW"))

    def clean_word(self) -> str:
        """Return the word, which must be typed as it stands."""
        word = str(self.cleaned_data["word"]).strip()
        if word != "SHOW":
            raise forms.ValidationError(_("Type SHOW in capitals, or go back: it stays hidden."))
        return word
