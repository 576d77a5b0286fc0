"""Confidential sites: sealed apart, traces removed, opened by few, recognised when they return."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leeward import gazetteer
from leeward.directory.models import (
    Address,
    Attribute,
    Change,
    ConfidentialSite,
    ImportRun,
    Location,
    Metadata,
    Report,
    Revision,
    ServiceArea,
    SiteMark,
    TaxonomyTerm,
)
from leeward.directory.services import changes, confidential, editing, reports
from leeward.directory.tests import make
from leeward.people.models import AuditEntry
from leeward.people.tests.make import account

pytestmark = pytest.mark.django_db

STREET = "44 Hidden Elm Street"


@pytest.fixture
def coordinator():
    return account("cora", "coordinator")


@pytest.fixture
def editor():
    return account("edda", "editor")


@pytest.fixture
def shelter():
    """Return a shelter's offer at an open address."""
    place = make.location(name="Hope House", description="The blue door", transportation="Bus 4")
    make.address(place, address_1=STREET, postal_code="11217")
    return make.service_at_location(make.service("Shelter"), place)


def everything_open() -> str:
    """Return all that stands in the open tables, as text."""
    rows = []
    for model in (Location, Address, Metadata, Revision, ImportRun, Report, Attribute):
        rows += [str(row) for row in model.objects.values()]
    rows += [str(row) for row in type(make.organization("x")).objects.values()]
    return "\n".join(rows)


def test_hiding_moves_the_place_into_the_sealed_table(shelter, editor):
    confidential.hide(shelter.location, editor)

    place = Location.objects.get(pk=shelter.location_id)
    assert place.is_confidential
    assert (place.latitude, place.longitude, place.name, place.transportation) == (
        None,
        None,
        "",
        "",
    )
    assert not place.addresses.exists()
    sealed = bytes(ConfidentialSite.objects.get().sealed)
    assert b"Elm" not in sealed
    assert b"Hope" not in sealed


def test_what_was_sealed_comes_back_whole_for_who_may_see_it(shelter, coordinator, editor):
    confidential.hide(shelter.location, editor)

    site = confidential.site(shelter.location, coordinator)

    assert [a["address_1"] for a in site.addresses] == [STREET]
    assert (site.latitude, site.longitude) == make.BROOKLYN
    assert site.texts["name"] == "Hope House"


def test_each_look_is_written_down(shelter, coordinator):
    confidential.hide(shelter.location, None)

    confidential.site(shelter.location, coordinator)
    confidential.site(shelter.location, coordinator)

    looks = AuditEntry.objects.filter(event="directory.site_seen", actor=coordinator)
    assert looks.count() == 2


def test_an_editor_may_hide_and_may_not_look_or_show(shelter, editor):
    confidential.hide(shelter.location, editor)

    for open_it in (confidential.site, confidential.show):
        with pytest.raises(PermissionDenied):
            open_it(shelter.location, editor)
    with pytest.raises(PermissionDenied):
        confidential.write_site(shelter.location, confidential.Site(), editor)
    assert not AuditEntry.objects.filter(event="directory.site_seen").exists()


def test_showing_puts_everything_back(shelter, coordinator):
    confidential.hide(shelter.location, coordinator)

    confidential.show(shelter.location, coordinator)

    place = Location.objects.get(pk=shelter.location_id)
    assert (place.latitude, place.longitude) == make.BROOKLYN
    assert (place.name, place.transportation) == ("Hope House", "Bus 4")
    assert place.addresses.get().address_1 == STREET
    assert not ConfidentialSite.objects.exists()
    assert not SiteMark.objects.exists()


def test_hiding_is_told_to_the_change_log_and_has_the_index_made_anew(shelter):
    before = Change.objects.count()

    confidential.hide(shelter.location, None)

    told = Change.objects.order_by("sequence")[before:].values_list("number", flat=True)
    assert list(told) == [shelter.number, changes.FORGET]


def test_the_database_refuses_coordinates_on_a_confidential_place(shelter):
    confidential.hide(shelter.location, None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.filter(pk=shelter.location_id).update(latitude=40.0, longitude=-73.0)


def test_hiding_removes_the_traces_from_texts_history_notes_and_imports(shelter, coordinator):
    service = shelter.service
    editing.change(service, {"description": f"Come to {STREET.upper()}, ring."}, by=coordinator)
    editing.change(service, {"alert": "Closed on Monday"}, by=coordinator)
    editing.change(shelter.location, {"description": "The green door"}, by=coordinator)
    make.phone(service, description="at 44 hidden elm st.")
    note = {"resource_type": "location", "field_name": "address", "previous_value": STREET}
    Metadata.objects.create(resource_id=shelter.location_id, **note)
    block = TaxonomyTerm.objects.create(name="block")
    tied = {"link_entity": "location", "value": "BLOCK 77", "taxonomy_term": block}
    Attribute.objects.create(link_id=shelter.location_id, **tied)
    problems = [{"line": 1, "reason": f"{STREET} twice"}, {"line": 2}]
    ImportRun.objects.create(source=make.source(), on="2026-01-01", problems=problems)

    confidential.hide(shelter.location, coordinator)

    service.refresh_from_db()
    assert service.description == "Come to …, ring."
    assert service.alert == "Closed on Monday"
    assert service.phones.get().description == "at …."
    assert ImportRun.objects.get().problems == [{"line": 2}]
    kept = Revision.objects.values_list("after", flat=True)
    assert list(kept) == [{"alert": "Closed on Monday"}]
    told = everything_open().lower()
    assert "hidden elm" not in told
    assert "block 77" not in told


def test_reports_lose_the_address_and_keep_everything_else(shelter):
    reports.send(shelter.pk, kind="address", text="It is at number 46 now")
    reports.send(shelter.pk, kind="unsafe", text=f"A man waits outside {STREET}")
    reports.send(shelter.pk, kind="hours", text="Closed at eight")

    confidential.hide(shelter.location, None)

    assert list(Report.objects.values_list("kind", "text")) == [
        ("address", ""), ("unsafe", ""), ("hours", "Closed at eight"),
    ]  # fmt: skip


def test_other_places_at_the_same_address_are_hidden_with_it(shelter):
    twin = make.location(name="Another record")
    make.address(twin, address_1="44 hidden elm st, apt 2", postal_code="11217-0001")
    neighbour = make.location(name="Next door")
    make.address(neighbour, address_1="46 Hidden Elm Street", postal_code="11217")

    confidential.hide(shelter.location, None)

    assert Location.objects.get(pk=twin.pk).is_confidential
    assert not Location.objects.get(pk=neighbour.pk).is_confidential


@pytest.mark.parametrize(
    ("lines", "postal_code", "city", "is_known"),
    [
        (["44 HIDDEN ELM ST"], "11217", "", True),
        (["Hope House", "44 Hidden Elm Street #3"], "11217-4000", "", True),
        (["44 Hidden Elm Street"], "", "Brooklyn", True),
        (["44 Hidden Elm Street"], "10001", "Queens", False),
        (["46 Hidden Elm Street"], "11217", "Brooklyn", False),
        ([""], "11217", "Brooklyn", False),
    ],
)
def test_a_hidden_address_is_recognised_however_it_is_written(
    shelter, lines, postal_code, city, is_known
):
    confidential.hide(shelter.location, None)

    assert confidential.recognises(lines, postal_code, city) is is_known


def test_nothing_is_recognised_before_anything_is_hidden(shelter):
    assert not confidential.recognises([STREET], "11217")


def test_writing_the_hidden_address_openly_by_hand_hides_it_again(shelter, editor):
    confidential.hide(shelter.location, editor)
    other = make.location(name="New", organization=make.organization())

    editing.add(
        Address(location=other, address_1="44 Hidden Elm St", postal_code="11217", country="US"),
        by=editor,
    )

    assert Location.objects.get(pk=other.pk).is_confidential
    assert not Address.objects.filter(location=other).exists()
    assert "hidden elm" not in json.dumps(list(Revision.objects.values("after", "before"))).lower()


def test_hiding_again_adds_what_came_in_openly_and_keeps_what_was_sealed(shelter, coordinator):
    confidential.hide(shelter.location, coordinator)
    make.address(shelter.location, address_1="9 Second Road", postal_code="11218")

    confidential.hide(shelter.location, None)

    site = confidential.site(shelter.location, coordinator)
    assert [a["address_1"] for a in site.addresses] == [STREET, "9 Second Road"]
    assert (site.latitude, site.longitude) == make.BROOKLYN
    assert confidential.recognises(["9 Second Road"], "11218")
    assert confidential.recognises([STREET], "11217")


BROOKLYN = gazetteer.Place(
    name="Brooklyn", kind="town", admin1="NY", county="Kings County", country="US",
    latitude=40.65, longitude=-73.95, population=2_300_000, time_zone="America/New_York",
    label="Brooklyn, NY",
    areas=("US-NY/kings-county/brooklyn", "US-NY/kings-county", "US-NY", "US", "world"),
)  # fmt: skip


def test_a_hidden_place_serves_its_county_and_no_smaller_area(shelter, monkeypatch):
    monkeypatch.setattr(gazetteer, "nearest", lambda _latitude, _longitude: BROOKLYN)

    confidential.hide(shelter.location, None)

    area = ServiceArea.objects.get(service_at_location=shelter)
    assert (area.area_code, area.name) == ("US-NY/kings-county", "Kings County, NY")


def test_the_person_who_hides_it_may_choose_a_wider_area(shelter, editor, monkeypatch):
    monkeypatch.setattr(gazetteer, "nearest", lambda _latitude, _longitude: BROOKLYN)

    offered = [code for code, _name in confidential.areas_to_name(shelter.location)]
    confidential.hide(shelter.location, editor, area="US-NY")

    assert offered == ["US-NY/kings-county", "US-NY", "US"]
    assert ServiceArea.objects.get().area_code == "US-NY"


@pytest.mark.parametrize("area", ["US-NY/kings-county/brooklyn", "US/11217", "nonsense", "world"])
def test_an_area_that_is_no_choice_is_not_named(shelter, editor, monkeypatch, area):
    monkeypatch.setattr(gazetteer, "nearest", lambda _latitude, _longitude: BROOKLYN)

    confidential.hide(shelter.location, editor, area=area)

    assert ServiceArea.objects.get().area_code == "US-NY/kings-county"


def test_outside_the_united_states_no_town_is_named(shelter, monkeypatch):
    paris = replace(BROOKLYN, areas=("FR-11/paris", "FR-11", "FR", "world"))
    monkeypatch.setattr(gazetteer, "nearest", lambda _latitude, _longitude: paris)

    confidential.hide(shelter.location, None)

    assert ServiceArea.objects.get().area_code == "FR-11"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([BROOKLYN], "US-NY/kings-county"),
        ([], "US-NY"),
        ([replace(BROOKLYN, areas=("US-ME/york-county/brooklyn", "US-ME", "US"))], "US-NY"),
    ],
)
def test_a_place_without_a_pin_serves_the_county_or_state_of_its_address(monkeypatch, found, code):
    monkeypatch.setattr(gazetteer, "find", lambda _text, **_how: found)
    place = make.location(latitude=None, longitude=None)
    make.address(place, address_1=STREET)
    make.service_at_location(at=place)

    confidential.hide(place, None)

    assert ServiceArea.objects.get().area_code == code


@pytest.mark.parametrize(
    ("city", "code"), [("Brooklyn", "US-NY/kings-county"), ("Brooklin", "US-NY"), ("", "US-NY")]
)
def test_a_town_counts_only_by_its_exact_name(monkeypatch, city, code):
    monkeypatch.setattr(gazetteer, "find", lambda _text, **_how: [BROOKLYN])
    place = make.location(latitude=None, longitude=None)
    make.address(place, postal_code="", city=city)

    assert confidential.areas_to_name(place)[0][0] == code


def test_a_place_of_which_nothing_is_known_names_no_area_until_its_site_is_written(coordinator):
    place = make.location(latitude=None, longitude=None)
    make.service_at_location(at=place)
    confidential.hide(place, None)
    nothing = ServiceArea.objects.exists()
    address = dict.fromkeys(confidential.ADDRESS_FIELDS, "")
    address |= {"state_province": "NY", "country": "US"}

    confidential.write_site(place, confidential.Site(addresses=(address,)), coordinator)

    assert not nothing
    assert ServiceArea.objects.get().area_code == "US-NY"


def test_an_area_that_somebody_named_stays_the_only_one(shelter, monkeypatch):
    monkeypatch.setattr(gazetteer, "nearest", lambda _latitude, _longitude: BROOKLYN)
    make.serves(shelter.service, "US-NY", "New York")

    confidential.hide(shelter.location, None)

    assert ServiceArea.objects.get().area_code == "US-NY"


def test_a_confidential_place_takes_no_telling_field_by_hand(shelter, editor):
    confidential.hide(shelter.location, editor)

    editing.change(shelter.location, {"name": STREET, "time_zone": "America/Denver"}, by=editor)

    place = Location.objects.get(pk=shelter.location_id)
    assert (place.name, place.time_zone) == ("", "America/Denver")
