"""Staff's screens, as a person uses them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leeward import gazetteer
from leeward.directory import staff
from leeward.directory.models import (
    Alias,
    ConfidentialSite,
    DuplicatePair,
    Location,
    Membership,
    Organization,
    Phone,
    Report,
    Service,
    Source,
)
from leeward.directory.services import confidential, editing, public, reports
from leeward.directory.tests import make
from leeward.directory.tests.trust.test_confidential import BROOKLYN
from leeward.people.models import AuditEntry
from leeward.people.tests.make import account, signed_in

pytestmark = pytest.mark.django_db

AREA = "/staff/directory/"


@pytest.fixture
def places(monkeypatch):
    """Make Brooklyn the one place that is known."""
    monkeypatch.setattr(gazetteer, "nearest", lambda _latitude, _longitude: BROOKLYN)
    monkeypatch.setattr(
        gazetteer, "find", lambda text, **_how: [BROOKLYN] if "Brook" in text else []
    )


def text_of(answer) -> str:
    return answer.content.decode()


# -- the list --


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("words=harb+SHEL", {"Harbour shelter"}),
        ("words=nobody", set()),
        ("need=legal", set()),
        ("need=shelter", {"Harbour shelter", "Other shelter"}),
        ("state=never", {"Other shelter"}),
        ("state=stale", {"Harbour shelter"}),
        ("state=fresh", set()),
        ("state=unlisted", {"Other shelter"}),
        ("visibility=staff", {"Other shelter"}),
        ("need=wrong&state=wrong&page=-3", {"Harbour shelter", "Other shelter"}),
        ("words='%3B--%25_", set()),
        ("words=%00&page=99999999999999999999999", {"Harbour shelter", "Other shelter"}),
    ],
)
def test_the_list_is_narrowed_as_asked(ours, theirs, editors_browser, query, shown):
    yesterday = timezone.now().date() - timedelta(days=1)
    Service.objects.filter(pk=ours.service.pk).update(due_on=yesterday, verified_on=yesterday)
    Service.objects.filter(pk=theirs.service.pk).update(visibility="staff")

    page = text_of(editors_browser.get(f"{AREA}?{query}"))

    assert {name for name in ("Harbour shelter", "Other shelter") if name in page} == shown


def test_the_list_goes_on_after_fifty(ours, editors_browser):
    for number in range(60):
        make.service(f"Service {number:02}", organization=ours.organization)

    first, second = (text_of(editors_browser.get(f"{AREA}?page={page}")) for page in (1, 2))

    assert first.count('class="name"') == 50
    assert second.count('class="name"') == 11


def test_the_list_costs_the_same_queries_for_one_service_and_for_fifty(
    ours, editors_browser, django_assert_max_num_queries
):
    for number in range(50):
        make.service_at_location(make.service(f"S {number}", organization=ours.organization))

    with django_assert_max_num_queries(14):
        editors_browser.get(AREA)


# -- a record --


def test_a_record_shows_its_parts_and_who_may_see_them(ours, editors_browser):
    page = text_of(editors_browser.get(f"{AREA}services/{ours.service.pk}/"))

    for words in ("718-555-0134", "MO 09:00–17:00", "New York", "Rosa", "staff only", "Harbour"):
        assert words in page, words


def test_a_service_is_edited_and_the_page_says_so(ours, editors_browser):
    path = f"{AREA}records/service/{ours.service.pk}/edit/"
    seen = editing.version_of(Service.objects.get(pk=ours.service.pk))

    answer = editors_browser.post(
        path,
        {"name": "Renamed", "status": "active", "visibility": "partner", "seen": seen},
        follow=True,
    )

    assert "Saved." in text_of(answer)
    ours.service.refresh_from_db()
    assert (ours.service.name, ours.service.visibility) == ("Renamed", "partner")


def test_two_people_at_once_are_told_calmly_and_nothing_is_lost(ours, editors_browser, coordinator):
    path = f"{AREA}records/service/{ours.service.pk}/edit/"
    seen = editing.version_of(Service.objects.get(pk=ours.service.pk))
    mine = {"name": "Mine", "status": "active", "visibility": "public", "seen": seen}
    editing.change(ours.service, {"alert": "Closed today"}, by=coordinator)

    refused = editors_browser.post(path, mine)
    fresh = editing.version_of(Service.objects.get(pk=ours.service.pk))
    editors_browser.post(path, mine | {"seen": fresh})

    assert refused.status_code == 409
    assert "Somebody else changed this record" in text_of(refused)
    assert 'value="Mine"' in text_of(refused)
    assert f'value="{fresh}"' in text_of(refused)
    ours.service.refresh_from_db()
    assert ours.service.name == "Mine"


def test_a_number_is_added_changed_and_removed(ours, editors_browser):
    add = f"{AREA}records/service/{ours.service.pk}/add/phone/"
    editors_browser.post(add, {"number": "1-800-555-0100", "visibility": "public"})
    made = Phone.objects.get(number="1-800-555-0100")
    editors_browser.post(
        f"{AREA}parts/phone/{made.pk}/", {"number": "1-800-555-0111", "visibility": "staff"}
    )
    changed = Phone.objects.get(pk=made.pk)
    editors_browser.post(f"{AREA}parts/phone/{made.pk}/remove/")

    assert (changed.number, changed.visibility) == ("1-800-555-0111", "staff")
    assert not Phone.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("path", ["records/service/{}/add/address/", "records/x/{}/add/phone/"])
def test_a_part_that_does_not_belong_there_is_not_offered(ours, editors_browser, path):
    assert editors_browser.get(AREA + path.format(ours.service.pk)).status_code == 404


def test_hours_are_written_as_the_standard_has_them(ours, editors_browser):
    path = f"{AREA}parts/schedule/{ours.parts['schedule'].pk}/"

    wrong = editors_browser.post(
        path, {"days": ["MO"], "opens_at": "9", "closes_at": "17:00", "visibility": "public"}
    )
    editors_browser.post(
        path,
        {"days": ["FR", "SA"], "opens_at": "9:30", "closes_at": "02:00", "visibility": "public"},
    )

    assert wrong.status_code == 422
    rule = ours.parts["schedule"]
    rule.refresh_from_db()
    assert (rule.byday, rule.opens_at, rule.closes_at) == ("FR,SA", "09:30", "02:00")


def test_an_area_is_named_as_people_name_it(ours, editors_browser, places):
    path = f"{AREA}records/service/{ours.service.pk}/add/service_area/"
    said = {"place": "Brooklyn", "width": "county", "visibility": "public"}

    unknown = editors_browser.post(path, said | {"place": "Nowhere"})
    editors_browser.post(path, said)

    assert unknown.status_code == 422
    area = ours.service.service_areas.exclude(pk=ours.parts["service_area"].pk).get()
    assert (area.area_code, area.name) == ("US-NY/kings-county", "Kings County, NY")


def test_who_may_come_is_set_in_three_values(ours, editors_browser):
    path = f"{AREA}services/{ours.service.pk}/who/"

    editors_browser.post(
        path,
        {"needs": ["shelter", "legal"], "people-men": "no", "people-pets": "yes",
         "boys_to_age": "13", "languages": ["es", "ase"]},
    )  # fmt: skip
    page = text_of(editors_browser.get(f"{AREA}services/{ours.service.pk}/"))

    for words in ("Legal help", "Men: no", "People with a pet", "Spanish", "American Sign"):
        assert words in page, words


def test_a_record_is_verified_with_one_press(ours, editors_browser):
    path = f"{AREA}services/{ours.service.pk}/verify/"

    answer = editors_browser.post(path, {"how": "called"}, follow=True)
    nothing = editors_browser.post(path, {"how": "guessed"}, follow=True)

    assert "Verified today" in text_of(answer)
    assert "Please say how" in text_of(nothing)
    ours.service.refresh_from_db()
    assert ours.service.verified_on == public.today()


def test_what_is_due_stands_in_order_and_leaves_once_verified(ours, theirs, editors_browser):
    today = public.today()
    Service.objects.filter(pk=ours.service.pk).update(due_on=today - timedelta(days=2))
    Service.objects.filter(pk=theirs.service.pk).update(due_on=today - timedelta(days=9))

    page = text_of(editors_browser.get(f"{AREA}due/"))
    editors_browser.post(
        f"{AREA}services/{theirs.service.pk}/verify/", {"how": "called", "back": "due"}
    )
    after = text_of(editors_browser.get(f"{AREA}due/"))

    assert page.index("Other shelter") < page.index("Harbour shelter")
    assert 'class="name"' in after
    assert f"services/{theirs.service.pk}/verify/" not in after


def test_the_history_puts_a_change_back(ours, editors_browser, editor):
    editing.change(ours.parts["phone"], {"number": "911"}, by=editor)
    page = text_of(editors_browser.get(f"{AREA}records/service/{ours.service.pk}/history/"))
    number = page.partition("/revisions/")[2].partition("/")[0]

    editors_browser.post(f"{AREA}revisions/{number}/undo/")

    assert "911" in page
    assert Phone.objects.get().number == "718-555-0134"


def test_a_new_organisation_service_and_place_come_into_being(editors_browser):
    shown = {"visibility": "public"}
    editors_browser.post(f"{AREA}organizations/new/", {"name": "New House", **shown})
    owner = Organization.objects.get(name="New House")
    area = f"{AREA}organizations/{owner.pk}/"
    editors_browser.post(f"{area}services/new/", {"name": "Help", "status": "active", **shown})
    editors_browser.post(
        f"{area}places/new/", {"name": "Here", "location_type": "physical", **shown}
    )
    service, place = Service.objects.get(), Location.objects.get()
    editors_browser.post(
        f"{AREA}records/service/{service.pk}/add/service_at_location/",
        {"location": str(place.pk), **shown},
    )

    assert service.service_at_locations.get().location == place
    assert not public.listed_services_at_locations().exists()


# -- places --


def test_the_pin_is_typed_found_and_moved_before_it_is_saved(ours, editors_browser, places):
    path = f"{AREA}places/{ours.location.pk}/pin/"

    found = text_of(editors_browser.post(path, {"place": "Brooklyn", "find": "1"}))
    moved = text_of(
        editors_browser.post(path, {"latitude": "40.65", "longitude": "-73.95", "step": "n1"})
    )
    before = Location.objects.get(pk=ours.location.pk).latitude
    editors_browser.post(path, {"latitude": "40.66", "longitude": "-73.95", "save": "1"})

    assert 'value="40.65"' in found
    assert 'value="40.65899"' in moved
    assert before == make.BROOKLYN[0]
    assert Location.objects.get(pk=ours.location.pk).latitude == 40.66


@pytest.mark.parametrize(
    "said", [{"latitude": "91", "longitude": "0"}, {"latitude": "4"}, {"latitude": "nan"}]
)
def test_a_pin_off_the_earth_is_refused(ours, editors_browser, places, said):
    answer = editors_browser.post(f"{AREA}places/{ours.location.pk}/pin/", said | {"save": "1"})

    assert Location.objects.get(pk=ours.location.pk).latitude == make.BROOKLYN[0]
    assert "error" in text_of(answer)


def test_hiding_asks_once_and_then_shows_no_address(ours, editors_browser):
    path = f"{AREA}places/{ours.location.pk}/"

    editors_browser.post(f"{path}hide/", {})
    open_still = Location.objects.get(pk=ours.location.pk).is_confidential
    editors_browser.post(f"{path}hide/", {"understood": "on"})
    page = text_of(editors_browser.get(path))

    assert not open_still
    assert "12 Main Street" not in page
    assert "Look where it is" not in page
    assert editors_browser.post(f"{path}site/").status_code == 403


def test_a_coordinator_looks_changes_and_each_look_is_logged(ours, coordinators_browser):
    confidential.hide(ours.location, None)
    path = f"{AREA}places/{ours.location.pk}/"

    page = text_of(coordinators_browser.post(f"{path}site/"))
    said = {"address_1": "9 Other Road", "city": "Queens", "postal_code": "11101", "country": "US"}
    coordinators_browser.post(f"{path}site/write/", said)

    assert "12 Main Street" in page
    assert coordinators_browser.get(f"{path}site/").status_code == 405
    assert AuditEntry.objects.filter(event="directory.site_seen").count() == 2
    assert confidential.recognises(["9 other rd"], "11101")


def test_showing_a_place_again_takes_two_confirmations(ours, coordinators_browser):
    confidential.hide(ours.location, None)
    path = f"{AREA}places/{ours.location.pk}/show/"

    for said in ({}, {"agreed": "on"}, {"word": "SHOW"}, {"agreed": "on", "word": "show"}):
        assert coordinators_browser.post(path, said).status_code == 422, said
    still_hidden = ConfidentialSite.objects.exists()
    coordinators_browser.post(path, {"agreed": "on", "word": "SHOW"})

    assert still_hidden
    assert not Location.objects.get(pk=ours.location.pk).is_confidential


# -- review --


def test_an_accepted_report_leads_to_the_record(ours, editors_browser):
    reports.send(ours.offer.pk, kind="number", text="It is dead")
    report = Report.objects.get()

    page = text_of(editors_browser.get(f"{AREA}review/"))
    answer = editors_browser.post(f"{AREA}reports/{report.pk}/", {"decision": "accept"})

    assert "It is dead" in page
    assert answer["Location"] == f"{AREA}services/{ours.service.pk}/"
    report.refresh_from_db()
    assert report.state == "accepted"


def test_a_pair_is_merged_the_hidden_one_wins_and_an_import_finds_the_survivor(
    ours, theirs, editors_browser
):
    Service.objects.filter(pk=theirs.service.pk).update(visibility="partner", alert="Ring first")
    first, second = ours.service.pk, theirs.service.pk
    pair = DuplicatePair.objects.create(
        entity="service", first_id=first, second_id=second, reason="same number"
    )

    page = text_of(editors_browser.get(f"{AREA}pairs/{pair.pk}/"))
    editors_browser.post(f"{AREA}pairs/{pair.pk}/decide/", {"decision": "first"})
    again = editors_browser.post(
        f"{AREA}pairs/{pair.pk}/decide/", {"decision": "first"}, follow=True
    )

    assert "Ring first" in page
    assert "A notice for now" in page
    assert "is member shelter" not in page
    kept = Service.objects.get()
    assert (kept.pk, kept.visibility, kept.alert) == (first, "partner", "Ring first")
    assert kept.service_at_locations.count() == 2
    assert kept.phones.count() == 2
    assert Alias.objects.get(entity="service", old_id=second).record_id == first
    assert "decided already" in text_of(again)


def test_two_places_merged_stay_hidden_when_one_was(ours, theirs, editors_browser):
    confidential.hide(theirs.location, None)
    pair = DuplicatePair.objects.create(
        entity="location", first_id=ours.location.pk, second_id=theirs.location.pk, reason="x"
    )

    editors_browser.post(f"{AREA}pairs/{pair.pk}/decide/", {"decision": "first"})

    kept = Location.objects.get()
    assert kept.is_confidential
    assert not kept.addresses.exists()
    assert confidential.recognises(["12 Main Street"], "11201")


def test_two_different_things_stay_two(ours, theirs, editors_browser):
    pair = DuplicatePair.objects.create(
        entity="service", first_id=ours.service.pk, second_id=theirs.service.pk, reason="x"
    )

    editors_browser.post(f"{AREA}pairs/{pair.pk}/decide/", {"decision": "different"})

    pair.refresh_from_db()
    assert (pair.state, Service.objects.count()) == ("different", 2)


def test_approving_needs_the_tick_and_two_people(coordinators_browser):
    owner = make.organization("New", is_approved=False)
    path = f"{AREA}approve/organization/{owner.pk}/"
    second = signed_in(account("rita", "reviewer"))

    untold = coordinators_browser.post(path, {"decision": "approve"}, follow=True)
    coordinators_browser.post(path, {"decision": "approve", "checked": "1"})
    same = coordinators_browser.post(path, {"decision": "approve", "checked": "1"}, follow=True)
    after_one = Organization.objects.get().approved_until
    second.post(path, {"decision": "approve", "checked": "1"})

    assert "Please tick" in text_of(untold)
    assert "second person" in text_of(same)
    assert after_one is None
    assert Organization.objects.get().approved_until


@pytest.mark.parametrize("path", ["approve/organization/7/", "approve/source/x/", "approve/x/1/"])
def test_what_can_not_be_approved_is_not_there(coordinators_browser, path):
    assert coordinators_browser.post(AREA + path).status_code == 404


def test_a_partner_joins_and_leaves_an_organisation(theirs, partner, coordinators_browser):
    path = f"{AREA}organizations/{theirs.organization.pk}/"

    coordinators_browser.post(f"{path}join/", {"account": str(partner.pk)})
    joined = Membership.objects.filter(organization=theirs.organization, account=partner).exists()
    coordinators_browser.post(f"{path}leave/", {"account": str(partner.pk)})

    assert joined
    assert not Membership.objects.filter(organization=theirs.organization).exists()


def test_an_editor_gives_nobody_an_organisation(theirs, partner, editors_browser):
    path = f"{AREA}organizations/{theirs.organization.pk}/join/"

    assert editors_browser.post(path, {"account": str(partner.pk)}).status_code == 403


def test_attention_counts_what_waits_for_each_person(ours, editor, partner):
    reports.send(ours.offer.pk, kind="number")
    editing.change(ours.service, {"alert": "x"}, by=partner)
    Service.objects.update(due_on=public.today() - timedelta(days=1))

    said = [item.text for item in staff.attention(editor)]
    partners = [item.text for item in staff.attention(partner)]

    assert "Reports that something is wrong: 1" in said
    assert "Changes by partners to look at: 1" in said
    assert "1 service is due to be verified again" in said
    assert "Reports that something is wrong: 1" not in partners


# -- import --

HSDS = b'[{"id": "0b5e1d5e-2c0a-4d0e-9e8f-0f6d1c6a0001", "name": "Help", "status": "active",\
 "organization": {"id": "0b5e1d5e-2c0a-4d0e-9e8f-0f6d1c6a0002", "name": "Org"}}]'
NEW_SOURCE = {"kind": "auto", "key": "city", "name": "The city", "licence": "CC0"}


def kept_files(settings) -> list[str]:
    return [file.name for file in (settings.DATA / "uploads").iterdir()]


def test_an_import_is_tried_then_confirmed_and_the_file_goes(coordinators_browser, settings):
    file = SimpleUploadedFile("services.json", HSDS)

    tried = coordinators_browser.post(f"{AREA}import/", NEW_SOURCE | {"file": file})
    nothing_yet = Service.objects.count()
    kept = kept_files(settings)
    done = coordinators_browser.post(f"{AREA}import/confirm/", {"decision": "import"})

    assert "What would happen" in text_of(tried)
    assert (nothing_yet, len(kept)) == (0, 1)
    assert "Imported" in text_of(done)
    assert Service.objects.get().name == "Help"
    assert Source.objects.get().name == "The city"
    assert kept_files(settings) == []
    assert not public.listed_services_at_locations().exists()


def test_an_import_that_is_not_wanted_leaves_nothing(coordinators_browser, settings):
    file = SimpleUploadedFile("services.json", HSDS)
    coordinators_browser.post(f"{AREA}import/", NEW_SOURCE | {"file": file})

    coordinators_browser.post(f"{AREA}import/confirm/", {"decision": "drop"})
    again = coordinators_browser.post(f"{AREA}import/confirm/", {"decision": "import"}, follow=True)

    assert "The file is gone" in text_of(again)
    assert not Service.objects.exists()
    assert kept_files(settings) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.exe", b"MZ", "ends in .zip"),
        ("x.json", b"{not json", "alert"),
        ("x.zip", b"PK no zip", "alert"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_calmly(
    coordinators_browser, settings, name, content, words
):
    file = SimpleUploadedFile(name, content)

    answer = coordinators_browser.post(f"{AREA}import/", NEW_SOURCE | {"file": file})

    assert answer.status_code in {200, 422}
    assert not Service.objects.exists()


def test_an_editor_imports_nothing(editors_browser):
    assert editors_browser.get(f"{AREA}import/").status_code == 403
