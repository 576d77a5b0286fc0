"""What a record's stored fields are called on staff's pages: as on the form that edits them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leeward.directory.forms.staff_records import LocationForm, OrganizationForm, ServiceForm
from leeward.directory.models import Location, Organization, Service

FORMS: dict[type[Any], type[Any]] = {
    Organization: OrganizationForm,
    Service: ServiceForm,
    Location: LocationForm,
}
# What imports bring and no form edits.
IN_NO_FORM = {
    "accreditations": _("Accreditations"),
    "assured_date": _("Assured on"),
    "assurer_email": _("Assured by (e-mail)"),
    "external_identifier": _("Number in another list"),
    "external_identifier_type": _("Which list"),
    "is_confidential": _("Confidential site"),
    "last_modified": _("Changed at the source"),
    "latitude": _("Latitude, degrees north"),
    "legal_status": _("Legal form"),
    "licenses": _("Licences"),
    "logo": _("Logo"),
    "longitude": _("Longitude, degrees east"),
    "program_id": _("Programme"),
    "tax_id": _("Tax number"),
    "tax_status": _("Tax status"),
    "uri": _("Address on the web, as a name"),
    "year_incorporated": _("Founded in"),
}


def field_words(record: Any, name: str) -> str:
    """Return what a stored field of an organisation, service or location is called."""
    field = FORMS[type(record)].base_fields.get(name)
    said = (field.label if field else None) or IN_NO_FORM.get(name)
    return str(said) if said else name.replace("_", " ").capitalize()


def value_words(record: Any, name: str, value: Any) -> Any:
    """Return a field's value as people read it: a choice by its name, yes or no."""
    choices = dict(record._meta.get_field(name).flatchoices)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return choices.get(value, value)
