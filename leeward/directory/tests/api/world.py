"""A small directory for the interface's tests: one record with everything, and hidden ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from leeward.directory import vocabulary
from leeward.directory.models import (
    Accessibility,
    Contact,
    CostOption,
    Funding,
    Metadata,
    OrganizationIdentifier,
    Program,
    RequiredDocument,
    Service,
    ServiceAtLocation,
    Url,
)
from leeward.directory.tests import make

SECRET = "kingfisher"
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")


def term_id(code: str, group: str = vocabulary.NEEDS) -> str:
    """Return the id of a term of our vocabulary."""
    return str(vocabulary.terms(group)[code].id)


def whole_offer() -> ServiceAtLocation:
    """Return a service at a location that says something in every table of HSDS."""
    where_from = make.source(url="https://data.example.org", licence="CC0", as_of="2024")
    who = make.organization(
        "Harbour House",
        source=where_from,
        website="www.harbour.example.org",
        email="office@harbour.example.org",
        year_incorporated=1987,
        verified_on=timezone.now().date(),
        verified_how="called",
        due_on=timezone.now().date(),
    )
    program = Program.objects.create(organization=who, name="Safe nights")
    Url.objects.create(organization=who, label="News", url="https://news.example.org")
    Url.objects.create(organization=who, label="Broken", url="no address at all")
    OrganizationIdentifier.objects.create(organization=who, identifier_type="EIN", identifier="1")
    Funding.objects.create(organization=who, funding_source="City")
    make.phone(who, safe_to_call="They say only hello.")
    offer = make.service_at_location(_whole_service(who, program), _whole_place(), description="Up")
    make.phone(offer, "718-555-0135", extension=4)
    return offer


def _whole_service(who: Any, program: Program) -> Service:
    service = make.service(
        "Emergency shelter",
        organization=who,
        program=program,
        url="https://harbour.example.org/shelter",
        email="not an address",
        minimum_age=18,
        before_you_go="Ring twice.",
    )
    make.need(service, "shelter", "legal")
    make.may_come(service, yes=("women",), no=("men",), boys_to_age=13)
    make.speaks(service, "en", "es")
    make.serves(service, "US-NY", "New York")
    make.opens(service, "MO,TU", "09:00", "17:00")
    make.capacity(service, 3, restricted_available=2, restriction="Referral by the city")
    CostOption.objects.create(service=service, option="Free", amount=0, currency="USD")
    RequiredDocument.objects.create(service=service, document="None")
    desk = Contact.objects.create(service=service, name="Intake desk", visibility="public")
    make.speaks(make.phone(desk, "718-555-0136"), "es")
    return service


def _whole_place() -> Any:
    place = make.location(url="harbour.example.org")
    make.address(place)
    Accessibility.objects.create(location=place, description="Ramp", url="bad url")
    make.opens(place, "WE", "10:00", "12:00", valid_from="2024-01-01")
    return place


@dataclass(slots=True)
class Hidden:
    """Records that nobody outside may see, each with SECRET in it."""

    records: list[Any] = field(default_factory=list)

    def ids(self) -> list[str]:
        """Return the ids of records that must not even be named."""
        return [str(record.pk) for record in self.records]


def hide_around(offer: ServiceAtLocation) -> Hidden:
    """Store hidden records of every kind around a public one."""
    hidden = Hidden()
    for visibility in ("partner", "staff"):
        given = {"visibility": visibility}
        hidden.records += [
            make.phone(offer.service, f"{SECRET} 1", **given),
            make.phone(offer.service.organization, f"{SECRET} 2", **given),
            make.address(offer.location, address_1=f"{SECRET} 3", **given),
            Contact.objects.create(service=offer.service, name=f"{SECRET} 4", **given),
            Url.objects.create(service=offer.service, url=f"https://{SECRET}.example", **given),
            make.attribute(offer.service, vocabulary.NEEDS, "crisis", f"{SECRET} 5", **given),
        ]
        hidden.records += _hidden_roots(offer, given)
    hidden.records += _unlisted()
    Metadata.objects.create(
        resource_id=offer.location.pk,
        resource_type="location",
        last_action_date="2024-01-01",
        last_action_type="update",
        field_name="address_1",
        previous_value=f"{SECRET} 6",
        replacement_value="",
        updated_by=SECRET,
    )
    hidden_contact = Contact.objects.create(organization=offer.service.organization, name=SECRET)
    hidden.records += [hidden_contact, make.phone(hidden_contact, f"{SECRET} 7")]
    return hidden


def _hidden_roots(offer: ServiceAtLocation, given: dict[str, str]) -> list[Any]:
    who = make.organization(f"{SECRET} org", **given)
    theirs = make.service_at_location(make.service(f"{SECRET} its service", organization=who))
    ours = make.service(f"{SECRET} service", organization=offer.service.organization, **given)
    place = make.location(name=f"{SECRET} place", **given)
    return [
        who,
        theirs,
        theirs.service,
        ours,
        make.service_at_location(ours),
        place,
        make.service_at_location(offer.service, place),
        make.service_at_location(offer.service, description=SECRET, **given),
    ]


def _unlisted() -> list[Any]:
    unapproved = make.organization(f"{SECRET} unapproved", is_approved=False)
    old_source = make.source(is_approved=False, name=f"{SECRET} source")
    imported = make.organization(f"{SECRET} imported", is_approved=False, source=old_source)
    offers = [
        make.service_at_location(make.service(f"{SECRET} 8", organization=unapproved)),
        make.service_at_location(make.service(f"{SECRET} 9", organization=imported)),
        make.service_at_location(make.service(f"{SECRET} 10", status="defunct")),
        make.service_at_location(make.service(f"{SECRET} 11", status="inactive")),
    ]
    return [unapproved, imported, *offers, *(offer.service for offer in offers)]


def confidential_offer(of: Service) -> ServiceAtLocation:
    """Return a public offer at a confidential place whose parts, put there by mistake, tell it."""
    place = make.location(name=f"{SECRET} house", is_confidential=True)
    make.address(place, address_1=f"{SECRET} street")
    make.phone(place, f"{SECRET} 12")
    make.phone(Contact.objects.create(location=place, name=SECRET, visibility="public"), SECRET)
    Accessibility.objects.create(location=place, description=f"{SECRET} ramp")
    make.opens(place, "MO", "09:00", "17:00", notes=SECRET)
    make.attribute(place, vocabulary.ACCESS, next(iter(vocabulary.terms("access"))), SECRET)
    return make.service_at_location(of, place, description=f"behind the {SECRET}")
