"""Builders for the directory's tests: records with sensible defaults, approved and public."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from leeward.directory import vocabulary
from leeward.directory.models import (
    Address,
    Attribute,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    Source,
    TaxonomyTerm,
)
from leeward.directory.services import changes, public
from leeward.directory.services.vocabulary import unit_id
from leeward.people.models import Account

APPROVED_DAYS = 365
BROOKLYN = (40.6932, -73.9898)

_counts = itertools.count(1)


def account(username: str = "", **values: Any) -> Account:
    """Return a stored staff account."""
    name = username or f"person{next(_counts)}"
    return Account.objects.create_user(username=name, display_name=name.title(), **values)


def approval() -> dict[str, Any]:
    """Return the fields of an approval by two people, good for a year."""
    return {
        "first_approved_by": account(),
        "second_approved_by": account(),
        "approved_until": public.today() + timedelta(days=APPROVED_DAYS),
    }


def source(key: str = "", *, is_approved: bool = True, **values: Any) -> Source:
    """Return a stored source of imports, approved unless said otherwise."""
    name = key or f"source-{next(_counts)}"
    given = {"key": name, "name": name.title(), **(approval() if is_approved else {}), **values}
    return Source.objects.create(**given)


def organization(name: str = "Harbour House", *, is_approved: bool = True, **values: Any) -> Any:
    """Return a stored organisation, approved unless said otherwise."""
    given = {"name": name, **(approval() if is_approved else {}), **values}
    return Organization.objects.create(**given)


def service(name: str = "Emergency shelter", **values: Any) -> Service:
    """Return a stored active service, of a new organisation unless one is given."""
    given = {"name": name, **values}
    given.setdefault("organization", None)
    given["organization"] = given["organization"] or organization()
    return Service.objects.create(**given)


def location(**values: Any) -> Location:
    """Return a stored location: in Brooklyn, unless it is confidential, virtual or elsewhere."""
    given = {"name": "Main office", "time_zone": "America/New_York", **values}
    is_placed = given.get("location_type", "physical") == "physical"
    if is_placed and not given.get("is_confidential") and "latitude" not in given:
        given["latitude"], given["longitude"] = BROOKLYN
    return Location.objects.create(**given)


def address(at: Location, **values: Any) -> Address:
    """Return a stored street address in Brooklyn."""
    given = {
        "address_1": "12 Main Street",
        "city": "Brooklyn",
        "region": "Kings County",
        "state_province": "NY",
        "postal_code": "11201",
        "country": "US",
        **values,
    }
    return Address.objects.create(location=at, **given)


def service_at_location(
    of: Service | None = None, at: Location | None = None, **values: Any
) -> ServiceAtLocation:
    """Return a stored service at a location, written in the change log; new ones if not given."""
    with transaction.atomic():
        offer = ServiceAtLocation.objects.create(
            service=of or service(),
            location=at or location(),
            number=changes.new_numbers(1)[0],
            **values,
        )
        changes.touch([offer.number])
    return offer


def phone(of: Any, number: str = "718-555-0134", **values: Any) -> Phone:
    """Return a stored number of an organisation, service, location, contact or offer."""
    return Phone.objects.create(number=number, **{link_to(of): of, **values})


def speaks(of: Any, *codes: str) -> None:
    """Store that these languages (ISO codes) are spoken at a service, location or phone."""
    for code in codes:
        Language.objects.create(code=code, **{link_to(of): of})


def serves(of: Any, area_code: str, name: str = "") -> ServiceArea:
    """Return a stored area that a service, or a service at a location, serves."""
    return ServiceArea.objects.create(area_code=area_code, name=name, **{link_to(of): of})


def opens(of: Any, byday: str, opens_at: str, closes_at: str, **values: Any) -> Schedule:
    """Return a stored weekly rule; byday is such as "MO,TU", times such as "09:00"."""
    given = {"freq": "WEEKLY", "byday": byday, "opens_at": opens_at, "closes_at": closes_at}
    return Schedule.objects.create(**{link_to(of): of, **given, **values})


def need(of: Service, *codes: str) -> None:
    """Store that a service helps with these needs of our vocabulary."""
    for code in codes:
        attribute(of, vocabulary.NEEDS, code, "yes")


def may_come(
    of: Service, *, yes: tuple[str, ...] = (), no: tuple[str, ...] = (), boys_to_age: int = -1
) -> None:
    """Store who may come and who may not; boys_to_age is the oldest age of boys."""
    for code in yes:
        attribute(of, vocabulary.PEOPLE, code, "yes")
    for code in no:
        attribute(of, vocabulary.PEOPLE, code, "no")
    if boys_to_age >= 0:
        attribute(of, vocabulary.PEOPLE, "boys_to_age", str(boys_to_age))


def attribute(of: Any, group: str, code: str, value: str, **values: Any) -> Attribute:
    """Return a stored term of our vocabulary, tied to a record."""
    return Attribute.objects.create(
        link_id=of.pk,
        link_entity=link_to(of),
        taxonomy_term=TaxonomyTerm.objects.get(pk=vocabulary.terms(group)[code].id),
        value=value,
        **values,
    )


def capacity(of: Service, available: int = 1, unit: str = "bed", **values: Any) -> ServiceCapacity:
    """Return a stored capacity, told just now unless `updated` says otherwise."""
    given = {"available": available, "updated": timezone.now(), **values}
    return ServiceCapacity.objects.create(service=of, unit_id=unit_id(unit), **given)


def link_to(of: Any) -> str:
    """Return the name of the field, and of the HSDS table, that points to a record."""
    names = {ServiceAtLocation: "service_at_location"}
    return names.get(type(of), type(of).__name__.lower())
