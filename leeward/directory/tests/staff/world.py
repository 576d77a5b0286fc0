"""A small world for the staff's tests: two organisations with all kinds of parts, and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leeward.directory.models import (
    Accessibility,
    Contact,
    CostOption,
    Membership,
    RequiredDocument,
)
from leeward.directory.tests import make

PHONE = "718-555-0134"


@dataclass
class House:
    """One organisation, with one record of each kind."""

    organization: Any
    service: Any
    location: Any
    offer: Any
    parts: dict[str, Any] = field(default_factory=dict)


def house(name: str) -> House:
    """Return a stored organisation with a service at a place, and every kind of part."""
    owner = make.organization(name)
    service = make.service(f"{name} shelter", organization=owner)
    location = make.location(name=f"{name} office", organization=owner)
    offer = make.service_at_location(service, location)
    make.need(service, "shelter")
    parts = {
        "phone": make.phone(service, PHONE),
        "address": make.address(location),
        "contact": Contact.objects.create(service=service, name="Rosa"),
        "schedule": make.opens(service, "MO", "09:00", "17:00"),
        "service_area": make.serves(service, "US-NY", "New York"),
        "accessibility": Accessibility.objects.create(location=location, description="Ramp"),
        "cost_option": CostOption.objects.create(service=service, option="free"),
        "required_document": RequiredDocument.objects.create(service=service, document="none"),
        "service_at_location": offer,
    }
    return House(owner, service, location, offer, parts)


def works_at(account: Any, at: House) -> None:
    """Store that an account works for the organisation of `at`."""
    Membership.objects.create(account=account, organization=at.organization)
