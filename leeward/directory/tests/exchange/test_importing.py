"""One import: at one stroke, safe to repeat, and never over what others know better."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from leeward.directory.exchange import writing
from leeward.directory.exchange.importing import NotWritten
from leeward.directory.models import (
    Alias,
    Change,
    DuplicatePair,
    ImportRun,
    Location,
    Organization,
    Phone,
    Revision,
    Service,
    ServiceAtLocation,
    Source,
    TaxonomyTerm,
    Visibility,
)
from leeward.directory.services import public
from leeward.directory.tests import make
from leeward.directory.tests.exchange.made import (
    LOCATION,
    OFFER,
    ORGANIZATION,
    PHONE,
    SERVICE,
    bring,
    tables,
    written,
)

pytestmark = pytest.mark.django_db


def stored() -> list[int]:
    models = (Organization, Service, ServiceAtLocation, Location, Phone, Source, ImportRun, Change)
    return [model.objects.count() for model in models]


def test_a_dry_run_counts_and_writes_nothing(tmp_path):
    before = stored()

    report = bring(written(tmp_path), dry_run=True)

    assert stored() == before
    assert report.total("new") == 6
    assert not report.is_written
    assert "Nothing was written." in report.text()


def test_a_dry_run_tells_what_the_import_then_does(tmp_path):
    bring(written(tmp_path))
    changed = tables(phone=[{"id": PHONE, "service_id": SERVICE, "number": "718-555-0199"}])
    path = written(tmp_path, changed)

    told = bring(path, dry_run=True)
    done = bring(path)

    assert told.counts == done.counts
    assert told.total("changed") == 1


def test_strict_writes_nothing_when_anything_is_wrong(tmp_path):
    before = stored()
    row = {**tables()["service"][0], "assured_date": "0000-00-00"}

    with pytest.raises(NotWritten) as refused:
        bring(written(tmp_path, tables(service=[row])), strict=True)

    assert stored() == before
    assert refused.value.report.problem_count == 1
    assert not refused.value.report.is_written


def test_strict_writes_what_is_all_right(tmp_path):
    bring(written(tmp_path), strict=True)

    assert Service.objects.count() == 1


def test_the_same_file_again_changes_nothing(tmp_path):
    path = written(tmp_path)
    bring(path)
    before = stored()
    modified = Service.objects.get().modified_at

    report = bring(path)

    assert report.total("same") == 6
    assert report.total("new") == report.total("changed") == 0
    after = stored()
    assert after[:6] == before[:6]
    assert after[7] == before[7], "nothing to tell the index"
    assert Service.objects.get().modified_at == modified


def test_ids_that_are_no_uuids_mean_the_same_records_each_time(tmp_path):
    rows = {
        "organizations": [{"id": "1", "name": "Harbour"}],
        "services": [{"id": "1", "organization_id": "1", "name": "Shelter"}],
    }
    bring(written(tmp_path, rows))
    rows["services"][0]["name"] = "Safe house"

    report = bring(written(tmp_path, rows))

    assert (report.total("new"), report.total("changed")) == (0, 1)
    service = Service.objects.get()
    assert (service.name, service.outside_id, service.source.key) == ("Safe house", "1", "county")


def test_the_same_outside_id_of_another_source_is_another_record(tmp_path):
    rows = {"organizations": [{"id": "1", "name": "Harbour"}]}
    bring(written(tmp_path, rows), source="one")

    bring(written(tmp_path, rows), source="two")

    assert Organization.objects.count() == 2


def test_a_cell_that_is_missing_leaves_what_is_stored(tmp_path):
    bring(written(tmp_path))
    Phone.objects.update(safe_to_call="They say only hello.")

    bring(written(tmp_path))

    assert Phone.objects.get().safe_to_call == "They say only hello."


def test_what_staff_changed_by_hand_stays(tmp_path):
    bring(written(tmp_path))
    Service.objects.update(name="Shelter for women", description="old")
    Revision.objects.create(
        entity="service", record_id=SERVICE, before={"name": "Shelter"},
        after={"name": "Shelter for women"}, at=timezone.now(),
    )  # fmt: skip
    row = {**tables()["service"][0], "description": "new"}

    report = bring(written(tmp_path, tables(service=[row])))

    service = Service.objects.get()
    assert (service.name, service.description) == ("Shelter for women", "new")
    assert report.staff_kept == 1


def test_a_source_never_writes_over_another_sources_records(tmp_path):
    bring(written(tmp_path), source="one")
    taken = tables(
        organization=[{"id": ORGANIZATION, "name": "Taken over"}],
        phone=[{"id": PHONE, "service_id": SERVICE, "number": "900-555-0000"},
               {"id": str(uuid.uuid4()), "service_id": SERVICE, "number": "900-555-0001"}],
    )  # fmt: skip

    report = bring(written(tmp_path, taken), source="two")

    assert Organization.objects.get().name == "Harbour House"
    assert Phone.objects.get().number == "+1 718-555-0134"
    assert report.total("left") == 3
    assert report.total("new") == report.total("changed") == 0


def test_a_source_that_nobody_approved_adds_no_service_to_an_approved_organisation(tmp_path):
    bring(written(tmp_path), source="approved")
    Source.objects.filter(key="approved").update(**make.approval())
    other = tables(service=[{**tables()["service"][0], "id": str(uuid.uuid4()), "name": "Fake"}],
                   service_at_location=[], phone=[])  # fmt: skip

    bring(written(tmp_path, other), source="unknown")

    assert [each.name for each in public.listed_services()] == ["Shelter"]


def test_rows_are_shown_once_two_people_approved_their_source(tmp_path):
    bring(written(tmp_path))
    before = public.listed_services_at_locations().count()

    Source.objects.update(**make.approval())

    assert (before, public.listed_services_at_locations().count()) == (0, 1)


def test_our_own_vocabulary_is_never_written_over(tmp_path):
    ours = TaxonomyTerm.objects.get(code="shelter", taxonomy="leeward-needs")
    row = {"id": str(ours.pk), "name": "Renamed", "taxonomy": "leeward-needs"}

    bring(written(tmp_path, tables(taxonomy_term=[row])))

    assert TaxonomyTerm.objects.get(pk=ours.pk).name == ours.name


def test_a_merged_record_does_not_come_back_and_its_parts_go_to_the_survivor(tmp_path):
    bring(written(tmp_path))
    gone = str(uuid.uuid4())
    Alias.objects.create(entity="organization", old_id=gone, record_id=ORGANIZATION)
    rows = tables(
        organization=[*tables()["organization"], {"id": gone, "name": "Harbor House Inc"}],
        service=[*tables()["service"],
                 {"id": str(uuid.uuid4()), "organization_id": gone, "name": "Legal help"}],
    )  # fmt: skip

    report = bring(written(tmp_path, rows))

    assert Organization.objects.get().name == "Harbour House"
    assert Service.objects.filter(organization_id=ORGANIZATION).count() == 2
    assert report.total("merged") == 1


def test_every_service_at_location_that_changes_is_told_to_the_index(tmp_path):
    bring(written(tmp_path))
    number = ServiceAtLocation.objects.get(pk=OFFER).number
    Change.objects.all().delete()
    organization = [{"id": ORGANIZATION, "name": "Harbor"}]

    bring(written(tmp_path, tables(organization=organization)))

    assert list(Change.objects.values_list("number", flat=True)) == [number]


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": [{"id": PHONE, "service_id": SERVICE, "number": "718-555-0199"}]},
        {"location": [{"id": LOCATION, "latitude": "40.7", "longitude": "-73.9"}]},
        {"language": [{"id": "1", "location_id": LOCATION, "code": "es"}]},
    ],
    ids=["phone", "location", "language"],
)
def test_a_part_that_changes_touches_what_it_hangs_on(tmp_path, changes):
    bring(written(tmp_path))
    Change.objects.all().delete()

    bring(written(tmp_path, tables(**changes)))

    assert Change.objects.count() == 1


def test_a_fault_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    before = stored()
    written_so_far = []

    def breaks(model, rows):
        written_so_far.append(model)
        if model is Phone:
            raise IntegrityError
        real(model, rows)

    real = writing.insert
    monkeypatch.setattr(writing, "insert", breaks)

    with pytest.raises(IntegrityError):
        bring(written(tmp_path))

    assert Service in written_so_far
    assert stored() == before


def test_a_run_keeps_counts_and_places_and_no_words(tmp_path):
    row = {**tables()["service"][0], "email": "secret words"}

    bring(written(tmp_path, tables(service=[row])), by=make.account("ana"))

    run = ImportRun.objects.get()
    assert run.by.username == "ana"
    assert run.counts["new"] == 6
    assert run.problems == [
        {"file": "service.csv", "line": 2, "column": "email", "reason": "not an e-mail address"}
    ]


def test_services_that_left_the_file_are_counted_and_stay(tmp_path):
    bring(written(tmp_path))

    report = bring(written(tmp_path, {"organization": tables()["organization"]}))

    assert report.gone == 1
    assert Service.objects.count() == 1


def test_progress_is_told_in_rows(tmp_path):
    from leeward.directory.exchange.importing import Wanted, import_file

    told: list[int] = []

    import_file(written(tmp_path), Wanted(source="county"), progress=told.append)

    assert sum(told) == 6


# -- pairs that look like the same thing --


def other(**changes: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return a package of another source about the same house."""
    own = {name: str(uuid.uuid4()) for name in ("organization", "service", "location", "offer")}
    rows = {
        "organization": [{"id": own["organization"], "name": "Harbor House Inc"}],
        "service": [{"id": own["service"], "organization_id": own["organization"], "name": "Beds"}],
        "location": [{"id": own["location"], "latitude": "40.6902", "longitude": "-73.9803"}],
        "service_at_location": [
            {"id": own["offer"], "service_id": own["service"], "location_id": own["location"]}
        ],
        "address": [{"id": "a", "location_id": own["location"], "address_1": "12 MAIN ST., Fl 2",
                     "postal_code": "11201-1234"}],
        "phone": [{"id": "p", "location_id": own["location"], "number": "(718) 555 0134"}],
    }  # fmt: skip
    return {name: [{**found[0], **changes.get(name, {})}] for name, found in rows.items()}


def test_the_same_number_at_the_same_street_is_proposed_and_not_merged(tmp_path):
    bring(written(tmp_path))

    report = bring(written(tmp_path, other()), source="state")

    pair = DuplicatePair.objects.get()
    assert report.pairs == 1
    assert (pair.entity, pair.reason) == ("service", "same number, same street")
    assert str(SERVICE) in {str(pair.first_id), str(pair.second_id)}
    assert Service.objects.count() == 2


def test_the_same_name_close_by_is_proposed(tmp_path):
    bring(written(tmp_path))
    rows = other(service={"name": "Shelter"}, phone={"number": "212-555-0100"})

    bring(written(tmp_path, rows), source="state")

    assert DuplicatePair.objects.get().reason == "same name, close by"


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": {"number": "212-555-0100"}},
        {"address": {"address_1": "99 Other Street"}},
        {
            "service": {"name": "Shelter"},
            "location": {"latitude": "41.5"},
            "phone": {"number": "212-555-0100"},
        },
        {
            "service": {"name": "Shelter"},
            "location": {"latitude": "40.6992"},
            "phone": {"number": "212-555-0100"},
        },
    ],
    ids=["another number", "another street", "same name far away", "same name a kilometre away"],
)
def test_what_only_half_agrees_is_not_proposed(tmp_path, changes):
    bring(written(tmp_path))

    bring(written(tmp_path, other(**changes)), source="state")

    assert not DuplicatePair.objects.exists()


def test_a_pair_that_was_decided_is_not_proposed_again(tmp_path):
    bring(written(tmp_path))
    bring(written(tmp_path, other()), source="state")
    DuplicatePair.objects.update(state=DuplicatePair.State.DIFFERENT)

    Service.objects.filter(name="Beds").delete()
    bring(written(tmp_path), source="county")

    assert not DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN).exists()


# -- hidden wins --


@pytest.mark.parametrize("first", list(Visibility))
@pytest.mark.parametrize("second", list(Visibility))
def test_the_more_hidden_of_two_imports_wins_in_both_orders(tmp_path, first, second):
    order = [Visibility.PUBLIC, Visibility.PARTNER, Visibility.STAFF]
    for visibility in (first, second):
        row = {**tables()["service"][0], "visibility": visibility.value}
        bring(written(tmp_path, tables(service=[row])))

    assert Service.objects.get().visibility == max(first, second, key=order.index)


def test_a_record_that_staff_hid_stays_hidden(tmp_path):
    bring(written(tmp_path))
    Service.objects.update(visibility=Visibility.STAFF)
    row = {**tables()["service"][0], "visibility": "public", "name": "Renamed"}

    report = bring(written(tmp_path, tables(service=[row])))

    service = Service.objects.get()
    assert (service.visibility, service.name) == (Visibility.STAFF, "Renamed")
    assert report.hidden_kept == 1


def test_another_source_may_hide_a_record_and_change_nothing_else(tmp_path):
    bring(written(tmp_path), source="one")
    row = {**tables()["service"][0], "visibility": "staff", "name": "Renamed"}

    bring(written(tmp_path, tables(service=[row])), source="two")

    service = Service.objects.get()
    assert (service.visibility, service.name) == (Visibility.STAFF, "Shelter")


def test_another_source_may_not_show_a_hidden_record(tmp_path):
    row = {**tables()["service"][0], "visibility": "staff"}
    bring(written(tmp_path, tables(service=[row])), source="one")

    bring(written(tmp_path), source="two")

    assert Service.objects.get().visibility == Visibility.STAFF


def test_a_visibility_that_is_no_word_of_ours_hides(tmp_path):
    row = {**tables()["service"][0], "visibility": "internal"}

    bring(written(tmp_path, tables(service=[row])))

    assert Service.objects.get().visibility == Visibility.STAFF


def test_json_with_our_profile_keeps_visibility_and_notes(tmp_path):
    root = {
        "id": SERVICE, "name": "Shelter", "status": "active", "before_you_go": "Ring twice.",
        "organization": {"id": ORGANIZATION, "name": "Harbour"},
        "phones": [{"id": PHONE, "number": "718-555-0134", "visibility": "partner",
                    "safe_to_call": "They say only hello."}],
    }  # fmt: skip
    (tmp_path / "services.json").write_text(json.dumps([root]), encoding="utf-8")

    bring(tmp_path / "services.json")

    assert Service.objects.get().before_you_go == "Ring twice."
    phone = Phone.objects.get()
    assert (phone.visibility, phone.safe_to_call) == ("partner", "They say only hello.")


def test_an_approval_that_ended_hides_the_rows_again(tmp_path):
    bring(written(tmp_path))
    Source.objects.update(**make.approval())
    after = public.today() + timedelta(days=400)

    assert public.listed_services_at_locations(after).count() == 0
