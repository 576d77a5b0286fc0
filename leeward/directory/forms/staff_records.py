"""What staff may write of organisations, services and locations, and how they narrow the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.directory import vocabulary
from leeward.directory.forms.staff_terms import reader
from leeward.directory.models import Location, Organization, Service, Source, Visibility
from leeward.directory.services import staff_list
from leeward.directory.services.confidential import TELLING_TEXTS

VISIBILITY = _("Who may see it")
AREA = forms.Textarea(attrs={"rows": 3})


class Versioned(forms.ModelForm[Any]):
    """A form that remembers which state of the record the person saw."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class OrganizationForm(Versioned):
    """An organisation's own fields."""

    website = forms.URLField(required=False, assume_scheme="https", label=_("Website"))
    email = forms.EmailField(required=False, label=_("E-mail"))

    class Meta:
        model = Organization
        fields = ("name", "alternate_name", "description", "website", "email", "visibility")
        labels = {"alternate_name": _("Also known as"), "visibility": VISIBILITY}
        widgets = {"description": AREA}


class ServiceForm(Versioned):
    """A service's own fields."""

    url = forms.URLField(required=False, assume_scheme="https", label=_("Web page"))
    email = forms.EmailField(required=False, label=_("E-mail"))

    class Meta:
        model = Service
        fields = (
            "name", "alternate_name", "status", "visibility", "description", "before_you_go",
            "alert", "application_process", "eligibility_description", "minimum_age",
            "maximum_age", "fees_description", "wait_time", "interpretation_services", "url",
            "email", "is_member_shelter",
        )  # fmt: skip
        labels = {
            "alternate_name": _("Also known as"),
            "visibility": VISIBILITY,
            "before_you_go": _("Before you go"),
            "alert": _("A notice for now"),
            "application_process": _("How to apply"),
            "eligibility_description": _("Who it is for, in words"),
            "minimum_age": _("Youngest age"),
            "maximum_age": _("Oldest age"),
            "fees_description": _("What it costs"),
            "wait_time": _("How long people wait"),
            "interpretation_services": _("Interpreters"),
            "is_member_shelter": _("Takes part in bed requests"),
        }
        help_texts = {
            "before_you_go": _("What to know first: what to bring, where to ring."),
            "alert": _("Such as: closed this week. It stands first."),
            "is_member_shelter": _("Advocates may ask it for a place."),
        }
        widgets = dict.fromkeys(
            ("description", "before_you_go", "application_process", "eligibility_description",
             "fees_description", "wait_time", "interpretation_services"), AREA,
        ) | {"alert": forms.Textarea(attrs={"rows": 2})}  # fmt: skip

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["is_member_shelter"]  # the network decides who takes part


class LocationForm(Versioned):
    """A location's own fields; of a confidential one only those that tell no place."""

    url = forms.URLField(required=False, assume_scheme="https", label=_("Web page"))

    class Meta:
        model = Location
        fields = (
            "name", "alternate_name", "location_type", "visibility", "description",
            "transportation", "time_zone", "url",
        )  # fmt: skip
        labels = {
            "alternate_name": _("Also known as"),
            "location_type": _("Kind"),
            "visibility": VISIBILITY,
            "transportation": _("How to get there"),
            "time_zone": _("Time zone"),
        }
        widgets = {"description": AREA, "transportation": AREA}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_confidential:
            for name in TELLING_TEXTS:
                self.fields.pop(name, None)


class ListForm(forms.Form):
    """How staff narrow the list of services."""

    words = forms.CharField(required=False, max_length=200, label=_("Words in a name"))
    need = forms.ChoiceField(required=False, label=_("Need"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            ("", _("any")),
            (staff_list.FRESH, _("verified")),
            (staff_list.STALE, _("stale")),
            (staff_list.NEVER, _("never verified")),
            (staff_list.UNLISTED, _("not shown to visitors")),
            (staff_list.CONFIDENTIAL, _("confidential site")),
        ],
    )
    visibility = forms.ChoiceField(
        required=False, label=VISIBILITY, choices=[("", _("any")), *Visibility.choices]
    )
    source = forms.ModelChoiceField(
        Source.objects.all(), required=False, label=_("Source"), empty_label=_("any")
    )
    organization = forms.UUIDField(required=False, widget=forms.HiddenInput)
    page = forms.IntegerField(
        required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = vocabulary.terms(vocabulary.NEEDS).values()
        choices = [("", _("any")), *((term.code, term.name(reader())) for term in needs)]
        self.fields["need"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> tuple[staff_list.Wanted, int]:
        """Return what the list is narrowed to, and the page; what was refused asks for nothing."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        source = said.get("source")
        wanted = staff_list.Wanted(
            words=said.get("words", ""),
            need=said.get("need", ""),
            source=source.pk if source else None,
            visibility=said.get("visibility", ""),
            state=said.get("state", ""),
            organization=said.get("organization"),
        )
        return wanted, said.get("page") or 1
