"""Each write leaves a revision, tells the change log, and can be put back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from leeward.directory.models import Change, Phone, Revision, Service, ServiceAtLocation
from leeward.directory.services import editing, history, public, terms, undoing, verifying
from leeward.directory.tests import make
from leeward.directory.tests.staff.world import PHONE
from leeward.people.models import AuditEntry

pytestmark = pytest.mark.django_db


def changes_since(count: int) -> list[int]:
    return list(Change.objects.order_by("sequence")[count:].values_list("number", flat=True))


def test_a_change_keeps_only_the_fields_that_differ(ours, editor):
    editing.change(ours.service, {"name": "New name", "alert": ""}, by=editor)

    revision = Revision.objects.get()
    assert (revision.before, revision.after) == ({"name": "Harbour shelter"}, {"name": "New name"})
    assert (revision.entity, revision.part_of, revision.by) == ("service", ours.service.pk, editor)


def test_what_is_the_same_is_no_change(ours, editor):
    before = Change.objects.count()

    assert editing.change(ours.service, {"name": "Harbour shelter"}, by=editor) is False

    assert not Revision.objects.exists()
    assert changes_since(before) == []


@pytest.mark.parametrize("entity", ["phone", "address", "schedule", "service_area", "contact"])
def test_a_change_of_a_part_is_told_to_the_change_log_and_the_audit_log(ours, editor, entity):
    part = ours.parts[entity]
    before = Change.objects.count()

    editing.change(part, {"visibility": "partner"}, by=editor)

    assert changes_since(before) == [ours.offer.number]
    entry = AuditEntry.objects.get(event="directory.record_changed")
    assert (entry.actor, entry.object_id) == (editor, str(part.pk))


def test_a_second_writer_who_saw_the_old_state_is_stopped(ours, editor, coordinator):
    seen = editing.version_of(Service.objects.get(pk=ours.service.pk))
    editing.change(ours.service, {"alert": "Closed today"}, by=coordinator, seen=seen)

    with pytest.raises(editing.ChangedMeanwhile):
        editing.change(ours.parts["phone"], {"number": "1"}, by=editor, seen=seen)

    assert Phone.objects.get().number == PHONE


def test_undoing_a_change_puts_it_back_as_a_new_revision(ours, editor):
    editing.change(ours.parts["phone"], {"number": "911"}, by=editor)
    first = Revision.objects.get()

    undoing.undo(first, by=editor)

    assert Phone.objects.get().number == PHONE
    again = Revision.objects.exclude(pk=first.pk).get()
    assert (again.undoes, again.after) == (first, {"number": PHONE})


def test_a_removed_part_comes_back_with_its_own_id(ours, editor):
    key = ours.parts["phone"].pk
    editing.remove(ours.parts["phone"], by=editor)
    gone = not Phone.objects.exists()

    undoing.undo(Revision.objects.get(), by=editor)

    assert gone
    back = Phone.objects.get()
    assert (back.pk, back.number, back.service) == (key, PHONE, ours.service)


def test_an_added_part_goes_again(ours, editor):
    editing.add(Phone(service=ours.service, number="1-800-555-0100"), by=editor)

    undoing.undo(Revision.objects.get(), by=editor)

    assert Phone.objects.get().number == PHONE


def test_what_was_changed_again_since_is_not_put_back(ours, editor):
    editing.change(ours.service, {"alert": "one"}, by=editor)
    first = Revision.objects.get()
    editing.change(ours.service, {"alert": "two"}, by=editor)

    with pytest.raises(undoing.NotUndoable):
        undoing.undo(first, by=editor)

    ours.service.refresh_from_db()
    assert ours.service.alert == "two"


def test_a_whole_record_is_not_undone_away(editor):
    owner = make.organization()
    editing.add(Service(organization=owner, name="Fresh"), by=editor)

    with pytest.raises(undoing.NotUndoable):
        undoing.undo(Revision.objects.get(), by=editor)


def test_an_organisation_service_or_place_is_not_removed(ours, editor):
    for record in (ours.organization, ours.service, ours.location):
        with pytest.raises(PermissionDenied):
            editing.remove(record, by=editor)


def test_a_service_offered_at_a_place_gets_a_number_and_is_found(ours, editor):
    place = make.location(name="Second office", organization=ours.organization)

    made = editing.add(ServiceAtLocation(service=ours.service, location=place), by=editor)

    assert made.number > ours.offer.number
    assert public.listed_services_at_locations().filter(pk=made.pk).exists()


def test_terms_are_written_read_and_put_back(ours, editor):
    wanted = {"needs/legal": "yes", "people/men": "no", "people/boys_to_age": "13"}

    terms.set_terms(ours.service, wanted | {"language/es": "yes"}, by=editor)
    after = terms.terms_of(ours.service)
    undoing.undo(Revision.objects.get(), by=editor)

    assert after == wanted | {"language/es": "yes"}
    assert terms.terms_of(ours.service) == {"needs/shelter": "yes"}


def test_the_history_of_a_page_names_what_happened_to_its_parts(ours, editor):
    editing.change(ours.parts["phone"], {"number": "911"}, by=editor)
    editing.change(ours.parts["address"], {"city": "Queens"}, by=editor)

    [line] = history.of_page(ours.service)

    assert (line.what, line.changes) == ("phone", (("number", PHONE, "911"),))


def test_verifying_vouches_for_the_service_and_its_places(ours, editor):
    before = Change.objects.count()

    verifying.verify(ours.service, how="called", by=editor)

    for record in (ours.service, ours.offer, ours.location):
        record.refresh_from_db()
        assert (record.verified_on, record.verified_by) == (public.today(), editor)
        assert record.due_on > public.today()
    assert changes_since(before) == [ours.offer.number]


def test_a_partners_change_shows_at_once_and_asks_staff_to_look(ours, partner):
    editing.change(ours.parts["phone"], {"number": "718-555-0199"}, by=partner)

    assert Phone.objects.get().number == "718-555-0199"
    ours.service.refresh_from_db()
    assert ours.service.verified_how == "own"
    assert [row.by for row in history.to_look_at()] == [partner]


def test_a_partners_word_is_always_its_own(ours, partner):
    verifying.verify(ours.service, how="visited", by=partner)

    ours.service.refresh_from_db()
    assert ours.service.verified_how == "own"


def test_what_staff_looked_at_waits_no_longer(ours, partner, editor):
    editing.change(ours.service, {"alert": "x"}, by=partner)
    waiting = list(history.to_look_at().values_list("pk", flat=True))

    with pytest.raises(PermissionDenied):
        history.look_at(waiting, by=partner)
    history.look_at(waiting, by=editor)

    assert not history.to_look_at().exists()
