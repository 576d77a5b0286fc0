"""Bed requests: who is asked, the first yes, two at once, the timer, and the week after."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from leeward.directory import jobs
from leeward.directory.models import BedReply, BedRequest, Service
from leeward.directory.rules.bed_requests import Need
from leeward.directory.services import bed_matching, beds
from leeward.directory.services import bed_requests as services
from leeward.directory.services.bed_requests import Outcome
from leeward.directory.services.beds import Count
from leeward.directory.tests import make
from leeward.directory.tests.beds.make import NEED, ask, person, shelter
from leeward.people.models import AuditEntry

NIGHT = datetime(2026, 11, 24, 2, 40, 20, tzinfo=UTC)
FAMILY = Need(
    unit="bed",
    units=3,
    people=frozenset({"women", "pets"}),
    oldest_boy_age=13,
    languages=frozenset({"es"}),
    areas=("US-NY/kings-county/brooklyn", "US-NY/kings-county", "US-NY", "US", "world"),
)


@pytest.fixture
def avi(db):
    return person("avi", "advocate")


@pytest.fixture
def bo(db):
    return person("bo", "shelter")


def yes(request: BedRequest, house: Service, by: object) -> Outcome:
    return services.reply(request.pk, house.pk, says_yes=True, by=by, now=timezone.now())


def no(request: BedRequest, house: Service, by: object) -> Outcome:
    return services.reply(request.pk, house.pk, says_yes=False, by=by, now=timezone.now())


def answers(request: BedRequest) -> dict[str, str]:
    return dict(request.replies.values_list("service__name", "answer"))


def test_shelters_that_fit_are_asked_and_a_known_no_is_not(avi):
    sure = shelter("Sure")
    make.may_come(sure, yes=("pets",))
    make.speaks(sure, "en", "es")
    make.serves(sure, "US-NY")
    beds.tell(sure.pk, "bed", Count(4), by=None)
    shelter("Open")
    shelter("Young boys", age=12)
    make.may_come(shelter("No pets"), no=("pets",))
    make.speaks(shelter("English"), "en")
    make.serves(shelter("Jersey"), "US-NJ")
    beds.tell(shelter("Full").pk, "bed", Count(0), by=None)
    make.may_come(shelter("Clinic", status="inactive"), yes=("pets",))

    found = bed_matching.fits(FAMILY, now=timezone.now())

    by_name = {Service.objects.get(pk=pk).name: fit.unknown for pk, fit in found.items()}
    assert by_name == {"Sure": (), "Open": ("area", "beds", "language", "pets")}


def test_a_shelter_whose_approval_is_over_or_that_is_no_member_is_not_asked(avi):
    lapsed = shelter("Lapsed")
    lapsed.organization.approved_until = date(2020, 1, 1)
    lapsed.organization.save()
    make.may_come(make.service("No member"), yes=("women",))

    with pytest.raises(services.NobodyToAsk):
        ask(avi)
    assert not BedRequest.objects.exists()


def test_a_request_keeps_codes_and_minutes_and_says_when_it_goes(avi):
    shelter()

    with time_machine.travel(NIGHT, tick=False):
        made = ask(avi, FAMILY, minutes=15, area_code="US-NY/kings-county/brooklyn")

    made.refresh_from_db()
    assert made.made_at == NIGHT.replace(second=0)
    assert made.reply_by == datetime(2026, 11, 24, 2, 56, tzinfo=UTC)
    assert made.delete_after == date(2026, 12, 1)
    assert (made.people, made.languages, made.oldest_boy_age) == (["pets", "women"], ["es"], 13)
    assert bed_matching.need_of(made) == FAMILY


def test_no_field_of_a_request_or_reply_takes_words_that_somebody_types():
    typed = {"TextField", "EmailField", "URLField", "FileField"}

    fields = [*BedRequest._meta.get_fields(), *BedReply._meta.get_fields()]
    kinds = {field.name: field.get_internal_type() for field in fields}

    assert not typed & set(kinds.values())
    assert {name for name, kind in kinds.items() if kind in {"CharField", "JSONField"}} == {
        "area_code",
        "people",
        "languages",
        "state",
        "answer",
    }


def test_the_first_yes_wins_and_the_rest_are_told(avi, bo):
    first, second, third = shelter("A"), shelter("B"), shelter("C")
    made = ask(avi)
    no(made, third, bo)

    won = yes(made, first, bo)
    late = yes(made, second, bo)

    made.refresh_from_db()
    assert (won, late) == (Outcome.WON, Outcome.FOUND_ELSEWHERE)
    assert (made.state, made.taken_by) == ("taken", first)
    assert answers(made) == {"A": "yes", "B": "told", "C": "no"}


def test_a_second_tap_on_yes_is_still_the_winners(avi, bo):
    house = shelter()
    made = ask(avi)
    yes(made, house, bo)

    assert yes(made, house, bo) is Outcome.WON
    assert answers(made) == {"Harbour": "yes"}


def test_a_no_can_become_a_yes_while_nobody_else_said_it(avi, bo):
    house = shelter()
    made = ask(avi)
    no(made, house, bo)

    assert yes(made, house, bo) is Outcome.WON


def test_a_no_after_ones_own_yes_changes_nothing(avi, bo):
    house = shelter()
    made = ask(avi)
    yes(made, house, bo)

    assert no(made, house, bo) is Outcome.OVER
    assert answers(made) == {"Harbour": "yes"}


def test_the_database_itself_refuses_a_second_yes(avi):
    made = ask_two(avi)

    with pytest.raises(IntegrityError), transaction.atomic():
        BedReply.objects.filter(request=made).update(answer="yes")


def ask_two(avi: object) -> BedRequest:
    shelter("A")
    shelter("B")
    return ask(avi)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_say_yes_at_the_same_moment_one_wins():
    houses = [shelter(name) for name in "ABCD"]
    made = ask(person("avi", "advocate"))
    people = [person(f"bo{house.name.lower()}", "shelter") for house in houses]
    start = threading.Barrier(len(houses))
    outcomes: list[Outcome] = []

    def answer(house: Service, by: object) -> None:
        start.wait()
        outcomes.append(yes(made, house, by))
        connection.close()

    threads = [threading.Thread(target=answer, args=pair) for pair in zip(houses, people)]  # noqa: B905
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    made.refresh_from_db()
    assert sorted(outcome.name for outcome in outcomes) == ["FOUND_ELSEWHERE"] * 3 + ["WON"]
    assert sorted(answers(made).values()) == ["told", "told", "told", "yes"]
    assert answers(made)[made.taken_by.name] == "yes"


def test_a_service_that_was_not_asked_has_no_say(avi, bo):
    shelter()
    made = ask(avi)

    with pytest.raises(services.NotAsked):
        services.reply(made.pk, uuid4(), says_yes=True, by=bo, now=timezone.now())


def test_when_the_timer_is_over_a_yes_comes_too_late_even_before_the_clockwork(avi, bo):
    house = shelter()
    with time_machine.travel(NIGHT, tick=False):
        made = ask(avi, minutes=15)

    with time_machine.travel(made.reply_by, tick=False):
        outcome = yes(made, house, bo)
        waiting = list(services.waiting_for(bo, timezone.now()))

    assert outcome is Outcome.OVER
    assert waiting == []
    assert answers(made) == {"Harbour": "asked"}


def test_the_clockwork_ends_what_is_over_and_leaves_the_rest(avi, bo):
    shelter()
    taken_house = shelter("Other")
    with time_machine.travel(NIGHT, tick=False):
        short, long, taken = ask(avi, minutes=15), ask(avi, minutes=60), ask(avi, minutes=15)
        yes(taken, taken_house, bo)

    with time_machine.travel(NIGHT + timedelta(minutes=20), tick=False):
        jobs.every_minute()

    states = [BedRequest.objects.get(pk=made.pk).state for made in (short, long, taken)]
    assert states == ["expired", "open", "taken"]


def test_a_request_is_gone_with_its_replies_once_its_seven_days_are_over(avi):
    shelter()
    with time_machine.travel(NIGHT, tick=False):
        ask(avi)

    with time_machine.travel(NIGHT + timedelta(days=7), tick=False):
        jobs.every_day()
    stood = BedRequest.objects.exists()
    with time_machine.travel(NIGHT + timedelta(days=8), tick=False):
        jobs.every_day()

    assert stood
    assert not BedRequest.objects.exists()
    assert not BedReply.objects.exists()


@pytest.mark.parametrize("is_taken", [True, False])
def test_an_advocate_ends_a_request_once(avi, bo, is_taken):
    house = shelter()
    made = ask(avi)
    if is_taken:
        yes(made, house, bo)

    first = services.close(made.pk, by=avi)
    again = services.close(made.pk, by=avi)

    made.refresh_from_db()
    assert (first, again, made.state) == (True, False, "closed")
    assert yes(made, house, bo) is Outcome.OVER


def test_the_audit_log_names_who_and_which_and_nothing_of_what(avi, bo):
    house = shelter()
    made = ask(avi, FAMILY)
    no(made, house, bo)
    yes(made, house, bo)
    services.close(made.pk, by=avi)

    entries = AuditEntry.objects.filter(kind="bed_request").order_by("pk")

    assert [(entry.event, entry.actor, entry.object_id) for entry in entries] == [
        ("directory.bed_asked", avi, str(made.pk)),
        ("directory.bed_no", bo, str(made.pk)),
        ("directory.bed_yes", bo, str(made.pk)),
        ("directory.bed_closed", avi, str(made.pk)),
    ]


def test_the_place_found_has_names_and_numbers_staffs_first(avi, bo):
    house = shelter()
    make.phone(house.organization, "718-555-0101")
    make.phone(house, "718-555-0102", visibility="staff")
    make.phone(house, "718-555-0103", type="fax")
    made = ask(avi)
    before = services.place_found(made)
    yes(made, house, bo)
    made.refresh_from_db()

    place = services.place_found(made)

    assert before is None
    assert place is not None
    assert (place.service, place.organization) == ("Harbour", "Harbour House")
    assert [phone.number for phone in place.phones] == ["718-555-0102", "718-555-0101"]


def test_asking_takes_the_same_number_of_questions_for_one_shelter_or_many(
    avi, django_assert_max_num_queries
):
    for number in range(12):
        shelter(f"House {number}")

    with django_assert_max_num_queries(8):
        found = bed_matching.fits(NEED, now=timezone.now())

    assert len(found) == 12
