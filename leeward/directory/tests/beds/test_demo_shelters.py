"""The invented shelters: clearly marked, complete, safe to load again, and told anew."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from leeward.directory import vocabulary
from leeward.directory.models import (
    Address,
    Attribute,
    CapacityEvent,
    Location,
    Organization,
    Phone,
    Service,
    ServiceArea,
)
from leeward.directory.rules.bed_requests import Need
from leeward.directory.services import bed_matching, beds, demo_shelters, public
from leeward.directory.services.beds import Count
from leeward.directory.services.vocabulary import UNITS
from leeward.people.tests.make import account

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
BROOKLYN = ("US-NY/kings-county/brooklyn", "US-NY/kings-county", "US-NY", "US", "world")


@pytest.fixture
def loaded():
    with time_machine.travel(NOW, tick=False) as clock:
        demo_shelters.load()
        yield clock


def counts() -> list[int]:
    kinds = (Organization, Service, Location, Address, Phone, Attribute, ServiceArea, CapacityEvent)
    return [kind.objects.count() for kind in kinds]


def test_every_name_says_in_both_languages_that_it_is_a_demonstration(loaded):
    names = [row.name for kind in (Organization, Service) for row in kind.objects.all()]

    assert len(names) == 2 * len(demo_shelters.shelters())
    assert all("demonstration" in name and "demostración" in name for name in names)


def test_every_number_is_from_the_range_kept_for_fiction(loaded):
    numbers = list(Phone.objects.values_list("number", flat=True))

    assert numbers
    assert [number for number in numbers if not re.fullmatch(r"\d{3}-555-01\d\d", number)] == []


def test_every_code_of_the_file_is_in_the_vocabulary():
    for row in demo_shelters.shelters():
        assert set(row["needs"]) <= set(vocabulary.terms(vocabulary.NEEDS))
        assert {*row["takes"], *row.get("takes_no", ())} <= set(vocabulary.terms(vocabulary.PEOPLE))
        assert set(row["access"]) <= set(vocabulary.terms(vocabulary.ACCESS))
        assert set(row["beds"]) <= set(UNITS)
        assert not set(row["takes"]) & set(row.get("takes_no", ()))


def test_all_are_listed_for_everybody(loaded):
    listed = public.listed_services_at_locations()

    assert listed.count() == len(demo_shelters.shelters())


def test_the_confidential_one_leaves_no_street_in_the_open_tables(loaded):
    street = demo_shelters.shelters()[0]["location"]["address_1"]
    location = Location.objects.get(pk=demo_shelters._id("tideway", "location"))

    assert location.is_confidential
    assert (location.name, location.latitude, location.addresses.count()) == ("", None, 0)
    assert not Address.objects.filter(address_1__contains=street).exists()
    assert street.encode() not in bytes(location.confidential_site.sealed)


def test_loading_again_changes_nothing(loaded):
    before = counts()

    demo_shelters.load()

    assert counts() == before


def test_beds_are_told_again_when_they_run_low_and_a_persons_word_is_left_alone(loaded):
    service = Service.objects.get(pk=demo_shelters.service_id("tideway"))
    loaded.shift(timedelta(hours=5))
    beds.tell(service.pk, "bed", Count(0), by=account("shira", "shelter"))
    loaded.shift(timedelta(hours=2))

    demo_shelters.load()

    units = {unit.code: unit for unit in beds.units_now(service, NOW + timedelta(hours=7))}
    assert units["bed"].count == Count(0)
    assert units["family_room"].told_at == NOW + timedelta(hours=7)


def test_after_a_month_they_are_verified_and_approved_anew(loaded):
    loaded.shift(timedelta(days=40))

    demo_shelters.load()

    service = Service.objects.get(pk=demo_shelters.service_id("tideway"))
    today = (NOW + timedelta(days=40)).date()
    assert service.verified_on == today
    assert service.organization.approved_until == today + timedelta(days=365)


def test_a_woman_with_boys_of_nine_and_thirteen_a_dog_and_spanish_finds_one_tonight(loaded):
    need = Need(
        unit="family_room",
        units=1,
        people=frozenset({"women", "pets"}),
        oldest_boy_age=13,
        languages=frozenset({"es"}),
        areas=BROOKLYN,
    )

    found = bed_matching.fits(need, now=NOW)

    sure = [Service.objects.get(pk=pk).outside_id for pk, fit in found.items() if not fit.unknown]
    assert sure == ["tideway"]


def test_the_demonstration_accounts_become_members(loaded):
    shira, pia = account("shelter", "shelter"), account("partner", "partner")

    demo_shelters.load()

    assert [service.outside_id for service in beds.services_told_by(shira)] == ["tideway"]
    assert {service.outside_id for service in beds.services_told_by(pia)} == {
        "gullwing",
        "rainward",
    }


def test_a_live_site_gets_no_invented_shelters(monkeypatch):
    monkeypatch.setattr(settings, "CONFIG", settings.CONFIG.model_copy(update={"live": True}))

    with pytest.raises(demo_shelters.NotOnALiveSite):
        demo_shelters.load()
    assert not Service.objects.exists()
