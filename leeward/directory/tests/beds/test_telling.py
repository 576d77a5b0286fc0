"""Telling free beds: the log, the present state, who may, and what the indexes hear of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from leeward.directory.models import (
    CapacityEvent,
    Change,
    NotChangeable,
    Service,
    ServiceCapacity,
)
from leeward.directory.services import beds
from leeward.directory.services.beds import Count
from leeward.directory.services.vocabulary import UNITS, unit_id
from leeward.directory.tests import make
from leeward.directory.tests.beds.make import person, shelter
from leeward.people.models import AuditEntry

EVENING = datetime(2026, 11, 23, 21, 4, tzinfo=UTC)


@pytest.mark.django_db
def test_telling_writes_the_log_the_state_and_the_change_log_together():
    house = shelter()
    shira = person("shira", "shelter", house)
    offer = make.service_at_location(house)
    before = Change.objects.count()

    with time_machine.travel(EVENING, tick=False):
        told = beds.tell(house.pk, "bed", Count(3, 1), by=shira)

    event = CapacityEvent.objects.get()
    row = ServiceCapacity.objects.get()
    assert (event.available, event.restricted_available, event.by, event.at) == (
        3,
        1,
        shira,
        EVENING,
    )
    assert (row.available, row.restricted_available, row.updated) == (3, 1, EVENING)
    assert told.event == event
    assert Change.objects.count() == before + 1
    assert Change.objects.last().number == offer.number


@pytest.mark.django_db
def test_the_audit_log_says_that_beds_were_told_and_not_how_many():
    house = shelter()
    shira = person("shira", "shelter", house)

    beds.tell(house.pk, "bed", Count(3), by=shira)

    entry = AuditEntry.objects.get(event="directory.beds_told")
    assert (entry.actor, entry.kind, entry.object_id) == (shira, "service", str(house.pk))


@pytest.mark.django_db
def test_what_was_told_is_never_changed_or_taken_back():
    told = beds.tell(shelter().pk, "bed", Count(3), by=None).event
    told.available = 9

    with pytest.raises(NotChangeable):
        told.save()
    with pytest.raises(NotChangeable):
        told.delete()
    with pytest.raises(NotChangeable):
        CapacityEvent.objects.update(available=9)
    with pytest.raises(NotChangeable):
        CapacityEvent.objects.filter(pk=told.pk).delete()
    assert CapacityEvent.objects.get().available == 3


@pytest.mark.django_db
def test_more_than_the_house_has_is_refused_and_nothing_is_written():
    house = shelter()
    make.capacity(house, 2, maximum=4)

    with pytest.raises(beds.MoreThanThereAre) as refused:
        beds.tell(house.pk, "bed", Count(3, 2), by=None)

    assert refused.value.maximum == 4
    assert ServiceCapacity.objects.get().available == 2
    assert not CapacityEvent.objects.exists()


@pytest.mark.django_db
def test_the_last_of_two_wins_and_hears_of_the_one_in_between():
    house = shelter()
    shira, bea = person("shira", "shelter", house), person("bea", "shelter", house)
    seen = beds.tell(house.pk, "bed", Count(2), by=shira).event.pk
    meant = beds.tell(house.pk, "bed", Count(4), by=bea, seen=seen)

    late = beds.tell(house.pk, "bed", Count(1), by=shira, seen=seen)

    assert meant.between is None
    assert late.between == meant.event
    assert ServiceCapacity.objects.get().available == 1


@pytest.mark.django_db
def test_a_double_tap_of_the_same_person_is_no_news():
    house = shelter()
    shira = person("shira", "shelter", house)
    seen = beds.tell(house.pk, "bed", Count(2), by=shira).event.pk
    beds.tell(house.pk, "bed", Count(3), by=shira, seen=seen)

    again = beds.tell(house.pk, "bed", Count(3), by=shira, seen=seen)

    assert again.between is None


@pytest.mark.django_db
def test_a_second_row_of_an_import_never_says_yes_beside_full():
    house = shelter()
    make.capacity(house, 5)
    make.capacity(house, 5)

    beds.tell(house.pk, "bed", Count(0), by=None)

    assert [row.available for row in ServiceCapacity.objects.all()] == [0, 0]
    assert beds.units_now(house, datetime.now(UTC))[0].answer == "no"


@pytest.mark.django_db
def test_a_page_shows_what_holds_and_turns_to_call_after_twelve_hours():
    house = shelter()
    shira = person("shira", "shelter", house)
    with time_machine.travel(EVENING, tick=False):
        beds.tell(house.pk, "family_room", Count(1), by=shira)

    fresh = beds.units_now(house, EVENING + timedelta(hours=11))[0]
    over = beds.units_now(house, EVENING + timedelta(hours=12))[0]

    assert (fresh.code, fresh.answer, fresh.ends_soon, fresh.by) == (
        "family_room",
        "yes",
        True,
        "Shira",
    )
    assert fresh.until == EVENING + timedelta(hours=12)
    assert (over.answer, over.ends_soon) == ("call", False)


@pytest.mark.django_db
def test_shelters_tell_their_own_and_coordinators_every_member():
    own, other = shelter("Own"), shelter("Other")
    make.service("Clinic")
    law = make.service("Law", organization=own.organization)
    shira = person("shira", "shelter", own)
    cora = person("cora", "coordinator")

    assert set(beds.services_told_by(shira)) == {own}
    assert set(beds.services_told_by(cora)) == {own, other}
    assert law not in beds.services_told_by(shira)


@pytest.mark.django_db
def test_a_shelter_that_told_nothing_for_twelve_hours_is_reminded():
    house = shelter()
    shira = person("shira", "shelter", house)

    never = beds.run_out(shira, EVENING)
    with time_machine.travel(EVENING, tick=False):
        beds.tell(house.pk, "bed", Count(0), by=shira)

    assert never == 1
    assert beds.run_out(shira, EVENING + timedelta(hours=11)) == 0
    assert beds.run_out(shira, EVENING + timedelta(hours=12)) == 1


@pytest.mark.django_db
def test_a_page_costs_the_same_number_of_questions_however_many_units(
    django_assert_num_queries,
):
    house = shelter()
    for code in UNITS:
        beds.tell(house.pk, code, Count(1), by=None)

    with django_assert_num_queries(2):
        shown = beds.units_now(house, EVENING)

    assert [unit.code for unit in shown] == list(UNITS)


class TheLogAgrees(TestCase):
    """Whatever is told in whatever order, the present state is what was told last."""

    @given(
        st.lists(
            st.tuples(st.sampled_from(list(UNITS)), st.integers(0, 9), st.integers(0, 9)),
            min_size=1,
            max_size=12,
        )
    )
    def test_with_the_present_state_after_any_sequence(self, tellings):
        house: Service = make.service()
        make.capacity(house, 2, maximum=10)

        for unit, available, restricted in tellings:
            try:
                beds.tell(house.pk, unit, Count(available, restricted), by=None)
            except beds.MoreThanThereAre:
                assert unit == "bed"
                assert available + restricted > 10

        for unit in {unit for unit, _available, _restricted in tellings}:
            row = ServiceCapacity.objects.filter(service=house, unit=unit_id(unit)).first()
            last = row.events.last() if row else None
            if last is not None:
                assert row.available == last.available
                assert row.restricted_available == last.restricted_available
                assert row.updated == last.at
