"""What staff may write of the parts of a record: numbers, addresses, hours, areas and the rest."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward import gazetteer
from leeward.directory.forms.staff_places import middle_of
from leeward.directory.forms.staff_records import AREA, VISIBILITY, Versioned
from leeward.directory.models import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    Location,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceArea,
    ServiceAtLocation,
)

_CLOCK = re.compile(r"^([01]?\d|2[0-3]):[0-5]\d$|^24:00$")
DAYS = [
    ("MO", _("Monday")), ("TU", _("Tuesday")), ("WE", _("Wednesday")), ("TH", _("Thursday")),
    ("FR", _("Friday")), ("SA", _("Saturday")), ("SU", _("Sunday")),
]  # fmt: skip
WIDTHS = [("county", _("its county")), ("place", _("just this place")), ("state", _("its state"))]
COUNTY_PARTS = 2


class PhoneForm(Versioned):
    """A number."""

    class Meta:
        model = Phone
        fields = ("number", "extension", "type", "description", "safe_to_call", "visibility")
        labels = {
            "description": _("What it is for"),
            "safe_to_call": _("Safe to call"),
            "visibility": VISIBILITY,
        }
        help_texts = {
            "safe_to_call": _("How they answer, whether they call back, what shows on a phone."),
            "type": _("voice, text, fax, cell, tty"),
        }
        widgets = {"description": AREA, "safe_to_call": AREA}


class AddressForm(Versioned):
    """An address."""

    class Meta:
        model = Address
        fields = (
            "attention", "address_1", "address_2", "city", "region", "state_province",
            "postal_code", "country", "address_type", "visibility",
        )  # fmt: skip
        labels = {
            "address_1": _("House and street"),
            "address_2": _("Floor or unit"),
            "region": _("County"),
            "state_province": _("State"),
            "address_type": _("Kind"),
            "visibility": VISIBILITY,
        }

    def clean_country(self) -> str:
        """Return two capital letters."""
        return str(self.cleaned_data["country"]).upper()


class ContactForm(Versioned):
    """A named person or desk; staff only unless somebody says otherwise."""

    email = forms.EmailField(required=False, label=_("E-mail"))

    class Meta:
        model = Contact
        fields = ("name", "title", "department", "email", "visibility")
        labels = {"visibility": VISIBILITY}


class ScheduleForm(Versioned):
    """Hours that come again each week."""

    days = forms.MultipleChoiceField(
        choices=DAYS, widget=forms.CheckboxSelectMultiple, label=_("Days"), required=False
    )

    class Meta:
        model = Schedule
        fields = ("opens_at", "closes_at", "valid_from", "valid_to", "description", "visibility")
        labels = {
            "opens_at": _("Opens at"),
            "closes_at": _("Closes at"),
            "valid_from": _("From this day on"),
            "valid_to": _("Until this day"),
            "description": _("In words, where the clock does not say it"),
            "visibility": VISIBILITY,
        }
        help_texts = {
            "opens_at": _("Such as 09:00"),
            "closes_at": _("Such as 17:30; earlier than it opens means the next morning"),
        }
        widgets = {
            "description": AREA,
            "valid_from": forms.DateInput(attrs={"type": "date"}),
            "valid_to": forms.DateInput(attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["days"] = [day[-2:] for day in self.instance.byday.split(",") if day]

    def clean_opens_at(self) -> str:
        """Return a time of day."""
        return self._clock("opens_at")

    def clean_closes_at(self) -> str:
        """Return a time of day."""
        return self._clock("closes_at")

    def _clock(self, name: str) -> str:
        said = str(self.cleaned_data[name]).strip()
        if said and not _CLOCK.match(said):
            raise forms.ValidationError(_("Write a time such as 09:00."))
        return said.zfill(5) if said else ""

    def clean(self) -> dict[str, Any]:
        """Ask for days with both times, or for words."""
        data: dict[str, Any] = super().clean() or {}
        has_hours = data.get("days") and data.get("opens_at") and data.get("closes_at")
        if not has_hours and not data.get("description") and not self.errors:
            raise forms.ValidationError(_("Tick days and write both times, or say it in words."))
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields to store."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        days = self.cleaned_data["days"]
        return said | {"byday": ",".join(days), "freq": "WEEKLY" if days else ""}


class ServiceAreaForm(Versioned):
    """An area that a service serves, named as people name it."""

    place = forms.CharField(max_length=120, label=_("Town, county, state or ZIP"), required=False)
    width = forms.ChoiceField(choices=WIDTHS, label=_("Serves"), required=False)

    class Meta:
        model = ServiceArea
        fields = ("name", "area_code", "visibility")
        labels = {
            "name": _("How to show it"),
            "area_code": _("Area's code"),
            "visibility": VISIBILITY,
        }
        help_texts = {"area_code": _("Found from the place above. Such as US-NY, US, world.")}

    def clean(self) -> dict[str, Any]:
        """Find the area's code from the place, when one is named."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("place"):
            place, width = middle_of(data["place"]), data.get("width") or "county"
            if place is None:
                self.add_error("place", _("We do not know this place. Try the ZIP."))
                return data
            data["area_code"] = _code_of(place.areas, width)
            data["name"] = data.get("name") or _name_of(place, width)
        if not data.get("area_code") and not self.errors:
            self.add_error("place", _("Name a place."))
        return data


def _code_of(areas: tuple[str, ...], width: str) -> str:
    """Return the narrowest code of `areas` that is at least as wide as asked."""
    states = [code for code in areas if "/" not in code]
    counties = [c for c in areas if "-" in c and len(c.split("/")) == COUNTY_PARTS]
    wanted = {"place": areas, "county": counties or states, "state": states}[width]
    return wanted[0] if wanted else areas[-1]


def _name_of(place: gazetteer.Place, width: str) -> str:
    if width == "state":
        return place.admin1
    if width == "county" and place.county:
        return f"{place.county}, {place.admin1}"
    return place.label


class AccessibilityForm(Versioned):
    """How accessible a place is."""

    class Meta:
        model = Accessibility
        fields = ("description", "details", "visibility")
        labels = {"visibility": VISIBILITY}
        widgets = {"description": AREA, "details": AREA}


class CostOptionForm(Versioned):
    """What it costs."""

    class Meta:
        model = CostOption
        fields = ("option", "amount", "currency", "amount_description", "visibility")
        labels = {"visibility": VISIBILITY}
        widgets = {"amount_description": AREA}


class RequiredDocumentForm(Versioned):
    """A paper that somebody must bring."""

    class Meta:
        model = RequiredDocument
        fields = ("document", "visibility")
        labels = {"visibility": VISIBILITY}
        widgets = {"document": AREA}


class ServiceAtLocationForm(Versioned):
    """Where a service is offered."""

    class Meta:
        model = ServiceAtLocation
        fields = ("location", "description", "visibility")
        labels = {"visibility": VISIBILITY, "description": _("What is different at this place")}
        widgets = {"description": AREA}

    def __init__(self, *args: Any, places: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.location_id:
            del self.fields["location"]
        else:
            field = forms.ModelChoiceField(places or Location.objects.none(), label=_("Location"))
            self.fields["location"] = field


FORMS: dict[str, type[Versioned]] = {
    "phone": PhoneForm,
    "address": AddressForm,
    "contact": ContactForm,
    "schedule": ScheduleForm,
    "service_area": ServiceAreaForm,
    "accessibility": AccessibilityForm,
    "cost_option": CostOptionForm,
    "required_document": RequiredDocumentForm,
    "service_at_location": ServiceAtLocationForm,
}
# Which parts each page offers to add.
PARTS = {
    "organization": ("phone", "contact"),
    "service": (
        "service_at_location", "phone", "schedule", "service_area", "contact", "cost_option",
        "required_document",
    ),
    "location": ("address", "phone", "schedule", "accessibility", "contact"),
}  # fmt: skip


def values_of(form: Versioned) -> dict[str, Any]:
    """Return the fields to store of a valid form."""
    if isinstance(form, ScheduleForm):
        return form.values()
    names = [name for name in form.Meta.fields if name in form.cleaned_data]  # type: ignore[attr-defined]
    return {name: form.cleaned_data[name] for name in names}
