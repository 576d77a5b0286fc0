"""Invented shelters for the demonstration, with beds that are told anew at each start.

Every name says "(demonstration)" in English and Spanish, and numbers are from the range that is
kept for fiction. Safe to repeat: what is there stays, and only what would run out is renewed.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.directory import vocabulary
from leeward.directory.models import (
    Address,
    Attribute,
    Language,
    Location,
    Membership,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    Source,
    Visibility,
)
from leeward.directory.rules import trust
from leeward.directory.services import beds, changes, confidential, public
from leeward.directory.services.vocabulary import unit_id
from leeward.people.models import Account

FILE = Path(__file__).parent.parent / "data" / "demo_shelters.yaml"
SOURCE_KEY = "demonstration-shelters"
MARK = "(demonstration · demostración)"
APPROVERS = ("demo-approver-one", "demo-approver-two")
TELL_AGAIN = timedelta(hours=6)  # half of what a telling holds: a start renews what runs low
RENEW_DAYS = 30
HOURS = {"always": ("MO,TU,WE,TH,FR,SA,SU", "00:00", "24:00"),
         "weekdays": ("MO,TU,WE,TH,FR", "09:00", "18:00")}  # fmt: skip
_ADDRESS = ("address_1", "city", "region", "state_province", "postal_code")


class NotOnALiveSite(Exception):
    """A live site never shows invented shelters."""


@cache
def shelters() -> tuple[dict[str, Any], ...]:
    """Return the shelters as `data/demo_shelters.yaml` has them."""
    return tuple(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@transaction.atomic
def load() -> None:
    """Store the shelters that are missing, and renew approvals, verifying and beds.

    Raises NotOnALiveSite.
    """
    if settings.CONFIG.live:
        raise NotOnALiveSite
    source, _made = Source.objects.update_or_create(
        key=SOURCE_KEY,
        defaults={
            "name": "Demonstration",
            "note_en": "Invented for the demonstration. Nobody answers this number.",
            "note_es": "Inventado para la demostración. Nadie contesta este número.",
        },
    )
    one, two = (_approver(name) for name in APPROVERS)
    for row in shelters():
        if not Service.objects.filter(pk=service_id(row["key"])).exists():
            _make(row, source)
        _join_members(row)
        _renew(row, one, two)
        _tell(row)


def service_id(key: str) -> uuid.UUID:
    """Return the id of the shelter with that key, the same on every site."""
    return _id(key, "service")


def _id(key: str, kind: str) -> uuid.UUID:
    return uuid.uuid5(vocabulary.NAMESPACE, f"demo-shelters/{key}/{kind}")


def _approver(username: str) -> Account:
    """Return an account that nobody can sign in to."""
    found = Account.objects.filter(username=username).first()
    return found or Account.objects.create_user(
        username=username, display_name="Demonstration check", is_active=False
    )


# -- the records --


def _make(row: dict[str, Any], source: Source) -> None:
    key = row["key"]
    organization, _made = Organization.objects.get_or_create(
        pk=_id(key, "organization"),
        defaults={"name": f"{row['organization']} {MARK}", "source": source, "outside_id": key},
    )
    service = Service.objects.create(
        pk=service_id(key),
        organization=organization,
        source=source,
        outside_id=key,
        name=f"{row['service']} {MARK}",
        description=row["description"].strip(),
        before_you_go=row["before_you_go"].strip(),
        is_member_shelter=bool(row["beds"]),
    )
    location = _location(row, organization, source)
    ServiceAtLocation.objects.create(
        pk=_id(key, "service_at_location"),
        service=service,
        location=location,
        source=source,
        number=changes.new_numbers(1)[0],
    )
    _details(row, service)
    if row["location"]["kind"] == "confidential":
        confidential.hide(location, None)


def _location(row: dict[str, Any], organization: Organization, source: Source) -> Location:
    place = row["location"]
    location: Location = Location.objects.create(
        pk=_id(row["key"], "location"),
        organization=organization,
        source=source,
        location_type="virtual" if place["kind"] == "virtual" else "physical",
        name=f"{row['organization']} {MARK}",
        latitude=place.get("latitude"),
        longitude=place.get("longitude"),
        time_zone=place["time_zone"],
    )
    if place["kind"] != "virtual":
        lines = {name: place.get(name, "") for name in _ADDRESS}
        Address.objects.create(location=location, country="US", **lines)
    return location


def _details(row: dict[str, Any], service: Service) -> None:
    said = [(vocabulary.NEEDS, code, "yes") for code in row["needs"]]
    said += [(vocabulary.PEOPLE, code, "yes") for code in row["takes"]]
    said += [(vocabulary.PEOPLE, code, "no") for code in row.get("takes_no", ())]
    said += [(vocabulary.ACCESS, code, "yes") for code in row["access"]]
    if "boys_to_age" in row:
        said.append((vocabulary.PEOPLE, "boys_to_age", str(row["boys_to_age"])))
    Attribute.objects.bulk_create(
        Attribute(
            link_id=service.pk,
            link_entity="service",
            taxonomy_term_id=vocabulary.terms(group)[code].id,
            value=value,
        )
        for group, code, value in said
    )
    Language.objects.bulk_create(Language(service=service, code=code) for code in row["languages"])
    ServiceArea.objects.bulk_create(
        ServiceArea(service=service, area_code=code, name=name)
        for code, name in row["areas"].items()
    )
    byday, opens_at, closes_at = HOURS[row["hours"]]
    Schedule.objects.create(
        service=service, freq="WEEKLY", byday=byday, opens_at=opens_at, closes_at=closes_at
    )
    _phones(row, service)


def _phones(row: dict[str, Any], service: Service) -> None:
    Phone.objects.create(service=service, type="voice", **row["phone"])
    if "staff_phone" in row:
        Phone.objects.create(
            service=service,
            number=row["staff_phone"],
            type="voice",
            description="For advocates",
            visibility=Visibility.STAFF,
        )


def _join_members(row: dict[str, Any]) -> None:
    """Tie the demonstration accounts of `people.demo` to their organisations."""
    for account in Account.objects.filter(username__in=row.get("members", ())):
        Membership.objects.get_or_create(
            account=account, organization_id=_id(row["key"], "organization")
        )


# -- what would run out --


def _renew(row: dict[str, Any], one: Account, two: Account) -> None:
    """Approve and verify anew, as of today, what is older than a month."""
    today = public.today()
    organizations = Organization.objects.filter(pk=_id(row["key"], "organization"))
    service = Service.objects.get(pk=service_id(row["key"]))
    if service.verified_on and service.verified_on > today - timedelta(days=RENEW_DAYS):
        return
    organizations.update(
        first_approved_by=one, second_approved_by=two, approved_until=trust.approved_until(today)
    )
    verified = {
        "verified_on": today,
        "verified_by": one,
        "verified_how": trust.CALLED,
        "due_on": trust.next_due(today, trust.CALLED),
    }
    Service.objects.filter(pk=service.pk).update(**verified)
    ServiceAtLocation.objects.filter(service=service).update(**verified)
    changes.touch_service(service.pk)


def _tell(row: dict[str, Any]) -> None:
    """Tell each unit as the file has it, unless somebody told it within the last hours."""
    service, since = service_id(row["key"]), timezone.now() - TELL_AGAIN
    for unit, (available, restricted, maximum) in row["beds"].items():
        capacity, _made = ServiceCapacity.objects.get_or_create(
            service_id=service, unit_id=unit_id(unit), defaults={"maximum": maximum}
        )
        if capacity.updated is None or capacity.updated < since:
            beds.tell(service, unit, beds.Count(available, restricted), by=None)
