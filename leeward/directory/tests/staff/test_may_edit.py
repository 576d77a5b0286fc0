"""Partners edit their own organisation's records and no other, by service and by screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver

from leeward.directory.models import Membership, Revision
from leeward.directory.services import confidential, editing, owning, terms, undoing
from leeward.directory.services.revisions import ENTITIES
from leeward.directory.tests import make
from leeward.directory.tests.staff.world import House
from leeward.people.tests.make import account, signed_in

pytestmark = pytest.mark.django_db

AREA = "/staff/directory/"


def records_of(house: House) -> list[Any]:
    return [house.organization, house.service, house.location, *house.parts.values()]


def test_every_kind_of_record_is_tried_here(ours):
    assert {type(record) for record in records_of(ours)} == set(ENTITIES.values())


def test_a_partner_may_edit_every_record_of_the_own_organisation(ours, partner):
    assert [r for r in records_of(ours) if not owning.may_edit(partner, r)] == []


def test_a_partner_may_edit_no_record_of_another_organisation(theirs, partner):
    assert [r for r in records_of(theirs) if owning.may_edit(partner, r)] == []


def test_an_editor_may_edit_them_all(ours, theirs, editor):
    assert all(owning.may_edit(editor, r) for r in [*records_of(ours), *records_of(theirs)])


@pytest.mark.parametrize("role", ["shelter", "advocate"])
def test_other_roles_edit_nothing_even_as_members(ours, role):
    someone = account("someone", role)
    Membership.objects.create(account=someone, organization=ours.organization)

    assert not any(owning.may_edit(someone, record) for record in records_of(ours))


def test_a_partner_without_an_organisation_edits_nothing(ours):
    nobody = account("nobody", "partner")

    assert not any(owning.may_edit(nobody, record) for record in records_of(ours))


def test_a_place_that_others_use_too_is_not_the_partners(ours, theirs, partner):
    make.service_at_location(theirs.service, ours.location)

    assert not owning.may_edit(partner, ours.location)
    assert not owning.may_edit(partner, ours.parts["address"])
    assert owning.may_edit(partner, ours.service)


def test_the_services_stop_a_partner_at_anothers_records(theirs, partner, editor):
    editing.change(theirs.service, {"alert": "x"}, by=editor)
    revision = Revision.objects.get()

    for part in theirs.parts.values():
        with pytest.raises(PermissionDenied):
            editing.change(part, {"visibility": "staff"}, by=partner)
        with pytest.raises(PermissionDenied):
            editing.remove(part, by=partner)
    with pytest.raises(PermissionDenied):
        terms.set_terms(theirs.service, {}, by=partner)
    with pytest.raises(PermissionDenied):
        undoing.undo(revision, by=partner)


def test_a_partner_can_not_hang_a_part_on_anothers_record(theirs, partner):
    fresh = ENTITIES["phone"](service=theirs.service, number="1")

    with pytest.raises(PermissionDenied):
        editing.add(fresh, by=partner)


def paths_about(house: House) -> dict[str, str]:
    """Return every screen about a record, by the name of its address."""
    o, s, p, offer = house.organization.pk, house.service.pk, house.location.pk, house.offer.pk
    found = {
        "organization": f"organizations/{o}/",
        "add_service": f"organizations/{o}/services/new/",
        "add_location": f"organizations/{o}/places/new/",
        "join": f"organizations/{o}/join/",
        "leave": f"organizations/{o}/leave/",
        "service": f"services/{s}/",
        "who": f"services/{s}/who/",
        "verify": f"services/{s}/verify/",
        "location": f"places/{p}/",
        "pin": f"places/{p}/pin/",
        "hide": f"places/{p}/hide/",
        "edit": f"records/service/{s}/edit/",
        "edit-place": f"records/location/{p}/edit/",
        "edit-organization": f"records/organization/{o}/edit/",
        "history": f"records/service/{s}/history/",
        "add_part": f"records/service/{s}/add/phone/",
        "add_part-place": f"records/location/{p}/add/address/",
        "add_part-offer": f"records/service_at_location/{offer}/add/phone/",
    }
    for entity, part in house.parts.items():
        found[f"edit_part-{entity}"] = f"parts/{entity}/{part.pk}/"
        found[f"remove_part-{entity}"] = f"parts/{entity}/{part.pk}/remove/"
    return found


# Screens that hold no single record of an organisation, or that no partner may enter at all.
WITHOUT_A_RECORD = {"list", "due", "organizations"}
FOR_STAFF_ALONE = {
    "add_organization", "review", "look_at", "decide_report", "pair", "decide_pair", "sources",
    "source", "approve", "import", "confirm_import", "site", "write_site", "show",
    "decide_missing", "keep_missing",
}  # fmt: skip


def test_every_screen_of_the_directory_is_tried_here(ours):
    names = {
        pattern.name
        for resolver in get_resolver().url_patterns
        if str(resolver.pattern) == "staff/directory/"
        for pattern in resolver.url_patterns
    }
    tried = {name.partition("-")[0] for name in paths_about(ours)}

    assert names - tried - WITHOUT_A_RECORD - FOR_STAFF_ALONE == {"undo"}


def test_the_partner_reaches_the_own_screens(ours, partners_browser):
    for name, path in paths_about(ours).items():
        if name not in {"join", "leave", "verify"} and not name.startswith("remove_part"):
            assert partners_browser.get(AREA + path).status_code == 200, name


@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_record_is_not_there_for_a_partner(theirs, partners_browser, method):
    for name, path in paths_about(theirs).items():
        status = getattr(partners_browser, method)(AREA + path).status_code
        assert status in {403, 404, 405}, name
    assert not Revision.objects.exists()


def test_a_partner_can_not_undo_anothers_revision(theirs, editor, partners_browser):
    editing.change(theirs.service, {"alert": "kept"}, by=editor)

    answer = partners_browser.post(f"{AREA}revisions/{Revision.objects.get().pk}/undo/")

    theirs.service.refresh_from_db()
    assert (answer.status_code, theirs.service.alert) == (404, "kept")


def test_screens_for_staff_alone_are_shut_to_partners(ours, partners_browser, editor):
    confidential.hide(ours.location, editor)
    place = f"places/{ours.location.pk}/"
    paths = [
        "organizations/new/", "review/", "review/looked-at/", "reports/1/", "pairs/1/",
        "pairs/1/decide/", "sources/", "sources/1/", "import/", "import/confirm/",
        f"approve/organization/{ours.organization.pk}/",
        f"{place}site/", f"{place}site/write/", f"{place}show/",
        f"missing/{ours.service.pk}/", "sources/1/keep-all/",
    ]  # fmt: skip

    for path in paths:
        for method in (partners_browser.get, partners_browser.post):
            assert method(AREA + path).status_code in {403, 404, 405}, path


def test_the_lists_show_a_partner_the_own_records_alone(ours, theirs, partners_browser):
    for path in ("", "organizations/", "due/"):
        page = partners_browser.get(AREA + path).content.decode()
        assert "Other" not in page, path
    assert "Harbour shelter" in partners_browser.get(AREA).content.decode()


def test_a_partner_can_not_make_itself_a_member_shelter(ours, partners_browser):
    path = f"{AREA}records/service/{ours.service.pk}/edit/"

    partners_browser.post(
        path, {"name": "New", "status": "active", "visibility": "public", "is_member_shelter": "on"}
    )

    ours.service.refresh_from_db()
    assert (ours.service.name, ours.service.is_member_shelter) == ("New", False)


@pytest.mark.parametrize("role", ["shelter", "advocate"])
def test_who_edits_nothing_enters_nowhere(ours, role):
    browser = signed_in(account("someone", role))

    for path in ["", "due/", "organizations/", *paths_about(ours).values()]:
        assert browser.get(AREA + path).status_code == 403, path
