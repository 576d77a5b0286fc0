"""A staff member hides a place: what stays in the open with its services, and under which area.

Nothing of a confidential place itself is shown. A number that is no clue to the address, and the
hours and languages, can stay: as copies on its services, when whoever hides it says so.
"""

from __future__ import annotations

import uuid
from collections.abc import Container
from typing import Any

from django.db import transaction
from django.db.models import Q

from leeward.directory.models import Language, Location, Phone, Schedule, Visibility
from leeward.directory.services import confidential, editing
from leeward.people.models import Account

KEEPABLE = (Phone, Schedule, Language)
LINKS = ("location", "service_at_location", "contact", "phone")


def keepable(location: Location) -> list[Any]:
    """Return the public numbers, hours and languages that visitors lose when it is hidden.

    Not those of contacts: who works at a hidden place is for staff.
    """
    found: list[Any] = []
    for model in KEEPABLE:
        of_place = Q(location=location)
        if model is not Language:
            of_place |= Q(service_at_location__location=location)
        rows = model._default_manager.filter(of_place, visibility=Visibility.PUBLIC)
        found += rows.order_by("pk")
    return found


@transaction.atomic
def hide(location: Location, by: Account, *, keep: Container[str] = (), area: str = "") -> None:
    """Make `location` confidential; see `confidential.hide`.

    keep: ids, as text, of `keepable` records to copy to the services. Raises PermissionDenied.
    """
    for part in keepable(location):
        if str(part.pk) in keep:
            _copy_to_services(part, location, by)
    confidential.hide(location, by, area=area)


def _copy_to_services(part: Any, location: Location, by: Account) -> None:
    if (offer := getattr(part, "service_at_location", None)) is not None:
        services = [offer.service]
    else:
        offers = location.service_at_locations.select_related("service").order_by("number")
        services = list({offer.service_id: offer.service for offer in offers}.values())
    for service in services:
        if not _has_same(service, part):
            _copy(part, service, by)


def _copy(part: Any, service: Any, by: Account) -> None:
    names = {field.name for field in part._meta.concrete_fields} - {"id", "service", *LINKS}
    values = {name: getattr(part, name) for name in names}
    copy = type(part)(id=uuid.uuid4(), service=service, **values)
    if isinstance(part, Language):  # has no history of its own
        copy.save(force_insert=True)
    else:
        editing.add(copy, by=by)


def _has_same(service: Any, part: Any) -> bool:
    """Return whether the service tells the same number, hours or language already."""
    names = {
        Phone: ("number", "extension"),
        Schedule: ("byday", "opens_at", "closes_at", "description", "valid_from", "valid_to"),
        Language: ("code", "name"),
    }[type(part)]
    same = {name: getattr(part, name) for name in names}
    rows = type(part)._default_manager.filter(service=service, visibility=Visibility.PUBLIC)
    return bool(rows.filter(**same).exists())
