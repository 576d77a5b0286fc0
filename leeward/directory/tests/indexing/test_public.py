"""What leaves the records: listed ones only, and nothing of a confidential place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leeward.directory.models import (
    Accessibility,
    Contact,
    Location,
    Metadata,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Visibility,
)
from leeward.directory.services import public, trees
from leeward.directory.tests import make

pytestmark = pytest.mark.django_db


def listed(**how) -> set[ServiceAtLocation]:
    return set(public.listed_services_at_locations(**how))


def test_an_approved_public_offer_is_listed():
    offer = make.service_at_location()

    assert listed() == {offer}


@pytest.mark.parametrize("of", ["offer", "service", "location", "organization"])
@pytest.mark.parametrize("visibility", [Visibility.PARTNER, Visibility.STAFF])
def test_one_hidden_record_hides_the_offer(of, visibility):
    offer = make.service_at_location()
    record = {
        "offer": offer,
        "service": offer.service,
        "location": offer.location,
        "organization": offer.service.organization,
    }[of]
    record.visibility = visibility
    record.save()

    assert listed() == set()
    assert listed(seen_by=visibility) == {offer}


@pytest.mark.parametrize(
    ("status", "is_listed"),
    [("active", True), ("temporarily closed", True), ("inactive", False), ("defunct", False)],
)
def test_only_a_service_that_runs_or_rests_is_listed(status, is_listed):
    offer = make.service_at_location(make.service(status=status))

    assert listed() == ({offer} if is_listed else set())


def test_an_organisation_without_approval_is_never_listed():
    make.service_at_location(make.service(organization=make.organization(is_approved=False)))

    assert listed() == set()


def test_an_approval_that_is_over_lists_no_more():
    offer = make.service_at_location()
    last_day = offer.service.organization.approved_until
    assert last_day is not None

    assert listed(on=last_day) == {offer}
    assert listed(on=last_day + timedelta(days=1)) == set()


def test_an_approved_source_lists_what_came_from_it():
    unapproved = {"is_approved": False}
    good = make.organization(source=make.source(), **unapproved)
    bad = make.organization(source=make.source(**unapproved), **unapproved)
    offer = make.service_at_location(make.service(organization=good))
    make.service_at_location(make.service(organization=bad))

    assert listed() == {offer}


def test_locations_are_listed_where_something_is_offered():
    offer = make.service_at_location()
    make.location(name="empty")

    assert set(public.listed_locations()) == {offer.location}


def full_offer(**of_location) -> ServiceAtLocation:
    """Return an offer with a part of every kind on its service and its location."""
    at = make.location(**of_location)
    offer = make.service_at_location(at=at)
    for record in (offer.service, at):
        make.phone(record, number=f"on {make.link_to(record)}")
        make.speaks(record, "es")
        make.opens(record, "MO", "09:00", "17:00")
        contact = Contact.objects.create(
            name="Ana", visibility=Visibility.PUBLIC, **{make.link_to(record): record}
        )
        make.phone(contact, number=f"contact on {make.link_to(record)}")
    Accessibility.objects.create(location=at, description="a ramp")
    make.address(at)
    make.attribute(at, "access", "wheelchair", "yes")
    Metadata.objects.create(
        resource_id=at.pk,
        resource_type="location",
        last_action_date="2026-01-01",
        last_action_type="update",
        field_name="name",
        previous_value="Old mill",
        replacement_value="",
        updated_by="them",
    )
    return offer


def test_a_whole_offer_brings_its_parts():
    offer = full_offer()

    found = trees.services_at_locations(public.listed_services_at_locations())

    place = found.rows[0].location
    assert [each.city for each in place.addresses.all()] == ["Brooklyn"]
    assert [each.number for each in place.phones.all()] == ["on location"]
    assert [each.number for each in place.contacts.all()[0].phones.all()] == ["contact on location"]
    assert [each.value for each in found.attributes[offer.location.pk]] == ["yes"]
    assert [each.previous_value for each in found.metadata[offer.location.pk]] == ["Old mill"]


def test_a_confidential_location_brings_nothing_of_its_own():
    offer = full_offer(is_confidential=True, name="Mill house")
    ServiceAtLocation.objects.update(description="behind the mill")

    found = trees.services_at_locations(
        public.listed_services_at_locations(), seen_by=Visibility.STAFF
    )

    at = found.rows[0].location
    parts = ("addresses", "phones", "contacts", "accessibility", "schedules", "languages")
    assert [list(getattr(at, part).all()) for part in parts] == [[]] * len(parts)
    assert at.name == ""
    assert found.rows[0].description == ""
    assert offer.location.pk not in {*found.attributes, *found.metadata}
    assert [each.number for each in found.rows[0].service.phones.all()] == ["on service"]


def test_contacts_are_for_staff_and_so_are_their_phones():
    of = make.service()
    make.service_at_location(of)
    make.phone(Contact.objects.create(service=of, name="Ana"), number="private")

    seen = trees.services(public.listed_services()).rows[0]
    by_staff = trees.services(public.listed_services(), seen_by=Visibility.STAFF).rows[0]

    assert list(seen.contacts.all()) == []
    assert list(public.shown(Phone)) == []
    assert [each.name for each in by_staff.contacts.all()] == ["Ana"]


def test_parts_marked_for_partners_are_not_for_everybody():
    of = make.service()
    make.phone(of, number="open")
    make.phone(of, number="partners", visibility=Visibility.PARTNER)
    Schedule.objects.create(service=of, visibility=Visibility.STAFF)

    seen = trees.services(public.listed_services()).rows[0]
    by_partner = trees.services(public.listed_services(), seen_by=Visibility.PARTNER).rows[0]

    assert [each.number for each in seen.phones.all()] == ["open"]
    assert {each.number for each in by_partner.phones.all()} == {"open", "partners"}
    assert list(by_partner.schedules.all()) == []


def test_an_organisation_brings_only_its_listed_services_and_places():
    of = make.organization()
    shown = make.service_at_location(make.service(organization=of, name="Shown"))
    make.service_at_location(shown.service, make.location(visibility=Visibility.PARTNER))
    make.service_at_location(make.service(organization=of, name="Gone", status="defunct"))

    whole = trees.organizations(public.listed_organizations()).rows[0]

    services = list(whole.services.all())
    assert [each.name for each in services] == ["Shown"]
    assert list(services[0].service_at_locations.all()) == [shown]


@pytest.mark.parametrize(
    ("tree", "rows"),
    [
        (trees.services, public.listed_services),
        (trees.services_at_locations, public.listed_services_at_locations),
        (trees.organizations, public.listed_organizations),
        (trees.locations, public.listed_locations),
    ],
)
def test_a_tree_costs_as_many_queries_for_many_as_for_one(
    tree, rows, django_assert_num_queries, django_assert_max_num_queries
):
    full_offer()
    with django_assert_max_num_queries(45) as first:
        tree(rows())
    for _more in range(3):
        full_offer()

    with django_assert_num_queries(len(first.captured_queries)):
        tree(rows())


def test_every_part_of_every_record_is_named_in_a_tree():
    known = {"memberships", "branches", "organization", "source", "parent_organization"}
    for model, tree, rows in (
        (Organization, trees.organizations, public.listed_organizations),
        (Service, trees.services, public.listed_services),
        (Location, trees.locations, public.listed_locations),
    ):
        full_offer()
        root = tree(rows()).rows[0]
        loaded = {*root._prefetched_objects_cache, *root._state.fields_cache}
        missing = parts_of(model) - loaded - known
        assert missing == set(), model.__name__


def parts_of(model) -> set[str]:
    """Return the names of the HSDS records that hang on a kind of record."""
    not_told = {"confidential_site", "bed_replies", "locations", "service_at_locations"}
    names = {
        field.get_accessor_name()
        for field in model._meta.related_objects
        if field.get_accessor_name() and not field.get_accessor_name().startswith("+")
    }
    return names - not_told
