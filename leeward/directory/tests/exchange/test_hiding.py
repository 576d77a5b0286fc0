"""Confidential places and imports: an address that staff hid never comes in openly again."""

from __future__ import annotations

import json

import pytest
from django.core import serializers

from leeward import gazetteer
from leeward.directory.exchange import exporting
from leeward.directory.models import (
    Address,
    ConfidentialSite,
    ImportRun,
    Location,
    Phone,
    Service,
    ServiceArea,
)
from leeward.directory.services import confidential
from leeward.directory.tests import make
from leeward.directory.tests.exchange.made import (
    ADDRESS,
    EXAMPLES,
    LOCATION,
    bring,
    tables,
    written,
)
from leeward.gazetteer import Place

pytestmark = pytest.mark.django_db

STREET = "4711 Canary Lane"
CITY = {"city": "Brooklyn", "state_province": "NY", "postal_code": "11201", "country": "US"}


@pytest.fixture(autouse=True)
def small_gazetteer(monkeypatch):
    kings = Place(
        "Brooklyn", "town", "NY", "Kings County", "US", 40.65, -73.95, 2_000_000,
        "America/New_York", "Brooklyn, NY", ("US-NY/kings-county/brooklyn", "US-NY/kings-county",
                                             "US-NY", "US", "world"),
    )  # fmt: skip
    monkeypatch.setattr(gazetteer, "nearest", lambda _latitude, _longitude: kings)


def flagged(**values: str) -> dict[str, list[dict[str, str]]]:
    """Return a package whose place the file itself calls confidential."""
    row = {**tables()["location"][0], "name": "Canary House", "is_confidential": "true", **values}
    return tables(location=[row], address=[address(STREET)])


@pytest.fixture
def hidden_house():
    """Return a location at the canary's address that staff hid."""
    at = make.location()
    make.address(at, address_1=STREET)
    make.service_at_location(at=at)
    confidential.hide(at, None)
    return at


def address(line: str) -> dict[str, str]:
    return {"id": ADDRESS, "location_id": LOCATION, "address_1": line, **CITY}


def open_tables() -> str:
    """Return all that stands openly in the directory's tables, as one text."""
    from django.apps import apps

    models = [model for model in apps.get_app_config("directory").get_models()
              if model is not ConfidentialSite]  # fmt: skip
    return "".join(serializers.serialize("json", model.objects.all()) for model in models)


@pytest.mark.parametrize("line", [STREET, "4711 CANARY LN.", "4711 Canary Ln, Apt 3"])
def test_a_hidden_address_that_comes_in_openly_is_recognised_and_not_stored(
    tmp_path, hidden_house, line
):
    report = bring(written(tmp_path, tables(address=[address(line)])))

    assert report.confidential == 1
    location = Location.objects.get(pk=LOCATION)
    assert location.is_confidential
    assert (location.latitude, location.name) == (None, "")
    assert not Address.objects.exists()
    assert "canary" not in open_tables().lower()


def test_its_texts_lose_the_street_too(tmp_path, hidden_house):
    service = {**tables()["service"][0], "description": f"Ring at {STREET}, second bell."}
    phone = {**tables()["phone"][0], "description": "The desk at 4711 Canary Ln"}

    bring(written(tmp_path, tables(address=[address(STREET)], service=[service], phone=[phone])))

    assert "canary" not in open_tables().lower()
    assert "second bell" in Service.objects.get(pk=service["id"]).description


def test_a_recognised_place_serves_its_county_and_has_no_point(tmp_path, hidden_house):
    bring(written(tmp_path, tables(address=[address(STREET)])))

    area = ServiceArea.objects.get(service_at_location__location_id=LOCATION)
    assert area.area_code == "US-NY/kings-county"


def test_a_place_confidential_from_the_start_is_sealed_and_stands_nowhere_in_the_open(tmp_path):
    report = bring(written(tmp_path, flagged()))

    assert report.confidential == 1
    assert "canary" not in open_tables().lower()
    sealed = ConfidentialSite.objects.get()
    assert b"anary" not in bytes(sealed.sealed)
    site = confidential._unsealed(sealed)
    assert site.addresses[0]["address_1"] == STREET
    assert (site.latitude, site.texts["name"]) == (40.69, "Canary House")


def test_one_confidential_from_the_start_in_json_is_sealed_too(tmp_path):
    whole = json.loads((EXAMPLES / "service_full.json").read_text())
    at = whole["service_at_locations"][0]["location"]
    at["is_confidential"] = True
    street = at["addresses"][0]["address_1"]
    (tmp_path / "service.json").write_text(json.dumps(whole))

    bring(tmp_path / "service.json")

    assert street not in open_tables()
    sealed = confidential._unsealed(ConfidentialSite.objects.get(location_id=at["id"]))
    assert sealed.addresses[0]["address_1"] == street


def test_a_second_file_without_the_flag_leaves_it_hidden(tmp_path):
    bring(written(tmp_path, flagged()))

    bring(written(tmp_path, tables(address=[address(STREET)])))

    assert Location.objects.get().is_confidential
    assert "canary" not in open_tables().lower()


def test_another_source_that_brings_it_openly_is_recognised(tmp_path):
    bring(written(tmp_path, flagged()), source="one")
    other = "33333333-0000-4000-8000-000000000009"
    row = {**tables()["location"][0], "id": other}
    offer = {**tables()["service_at_location"][0], "location_id": other}
    open_one = {**address("4711 CANARY LN"), "location_id": other}

    bring(written(tmp_path, tables(location=[row], service_at_location=[offer],
                                   address=[open_one])), source="two")  # fmt: skip

    assert Location.objects.get(pk=other).is_confidential
    assert "canary" not in open_tables().lower()


@pytest.mark.parametrize("order", [1, -1])
def test_two_places_of_one_file_at_one_address_are_hidden_when_either_is(tmp_path, order):
    other = {**tables()["location"][0], "id": "33333333-0000-4000-8000-000000000009"}
    beside = {**address("4711 Canary Ln."), "id": "a2", "location_id": other["id"]}
    rows = flagged()

    bring(written(tmp_path, {**rows, "location": [*rows["location"], other][::order],
                             "address": [*rows["address"], beside][::order]}))  # fmt: skip

    assert set(Location.objects.values_list("is_confidential", flat=True)) == {True}
    assert "canary" not in open_tables().lower()


@pytest.mark.parametrize("code", ["11201", ""])
def test_an_open_place_that_stands_here_is_hidden_by_a_file_that_hides_its_address(tmp_path, code):
    at = make.location()
    make.address(at, **{**CITY, "address_1": STREET, "postal_code": code})
    row = {**address(STREET), "postal_code": code}

    bring(written(tmp_path, {**flagged(), "address": [row]}))

    at.refresh_from_db()
    assert at.is_confidential
    assert "canary" not in open_tables().lower()


def test_a_new_address_of_a_hidden_place_is_sealed_beside_the_old_one(tmp_path):
    bring(written(tmp_path, flagged()))

    for _time in range(2):
        bring(written(tmp_path, tables(address=[address("9 Heron Road")])))

    site = confidential._unsealed(ConfidentialSite.objects.get())
    assert [each["address_1"] for each in site.addresses] == [STREET, "9 Heron Road"]
    assert confidential.recognises(["9 heron rd"], "11201")


def test_an_open_place_that_the_file_calls_confidential_is_sealed(tmp_path):
    bring(written(tmp_path, tables(address=[address(STREET)])))
    row = {**tables()["location"][0], "is_confidential": "yes"}

    bring(written(tmp_path, tables(location=[row], address=[address(STREET)])))

    assert Location.objects.get().is_confidential
    assert ConfidentialSite.objects.get().location_id == Location.objects.get().pk
    assert "canary" not in open_tables().lower()


def test_a_source_may_hide_another_sources_place(tmp_path):
    bring(written(tmp_path, tables(address=[address(STREET)])), source="one")
    row = {**tables()["location"][0], "is_confidential": "yes"}

    bring(written(tmp_path, tables(location=[row])), source="two")

    assert Location.objects.get().is_confidential
    assert not Address.objects.exists()


def test_an_import_never_opens_a_confidential_place(tmp_path):
    path = written(tmp_path, tables(address=[address(STREET)]))
    bring(path)
    confidential.hide(Location.objects.get(), None)
    row = {**tables()["location"][0], "is_confidential": "no", "description": "At the canary"}

    bring(written(tmp_path, tables(location=[row], address=[address(STREET)])))

    assert Location.objects.get().is_confidential
    assert Location.objects.get().latitude is None
    assert not Address.objects.exists()
    assert "canary" not in open_tables().lower()


def test_a_dry_run_hides_nothing_and_stores_nothing(tmp_path, hidden_house):
    report = bring(written(tmp_path, tables(address=[address(STREET)])), dry_run=True)

    assert report.confidential == 1
    assert not Location.objects.filter(pk=LOCATION).exists()


@pytest.mark.parametrize("has_all", [False, True])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_no_export_holds_a_confidential_address(tmp_path, form, has_all):
    at = make.location(name="The canary house", transportation="Bus to Canary")
    make.address(at, address_1=STREET)
    offer = make.service_at_location(at=at, description=f"Behind {STREET}")
    make.phone(at, description="canary desk")
    confidential.hide(at, None)

    exporting.export(tmp_path / "out", form, has_all=has_all)

    files = [tmp_path / "out"] if form == "json" else sorted((tmp_path / "out").iterdir())
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert str(offer.service_id) in text
    assert "canary" not in text.lower()


def test_the_run_keeps_no_word_of_a_hidden_place(tmp_path, hidden_house):
    row = {**address(STREET), "country": "Canaria"}

    bring(written(tmp_path, tables(address=[row])))

    assert "anar" not in json.dumps(ImportRun.objects.get().problems)


def test_numbers_of_a_recognised_place_stay(tmp_path, hidden_house):
    bring(written(tmp_path, tables(address=[address(STREET)])))

    assert Phone.objects.get().number == "+1 718-555-0134"
