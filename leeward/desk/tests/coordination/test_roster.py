"""The roster: planning, copying a week, taking off; who is on now; gaps named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leeward.desk import coordinating
from leeward.desk.tests.coordination import make
from leeward.line.models import Presence, Shift
from leeward.people.models import Account, AuditEntry
from leeward.people.tests.make import signed_in

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-11-25T12:00:00+00:00")


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team():
    return make.team()


@pytest.fixture
def sam(team):
    return make.member(team, make.advocate(), "Sam").account


@pytest.fixture
def browser(team):
    return signed_in(make.coordinator())


def plan(browser: Client, person: Account, **changed: str) -> Any:
    sent = {"account": person.pk, "day": "2026-11-24", "start": "22:00", "end": "06:00"}
    return browser.post("/staff/desk/roster/plan/", sent | {"week": "2026-11-23"} | changed)


def page_of(browser: Client, week: str = "2026-11-23") -> str:
    return str(browser.get(f"/staff/desk/roster/?week={week}").content.decode())


def test_a_shift_that_ends_earlier_than_it_begins_ends_on_the_next_day(browser, sam):
    answer = plan(browser, sam)

    shift = Shift.objects.get()
    assert answer.status_code == 302
    assert timezone.localtime(shift.starts_at) == make.at(date(2026, 11, 24), 22)
    assert timezone.localtime(shift.ends_at) == make.at(date(2026, 11, 25), 6)
    assert AuditEntry.objects.filter(event="line.shift_planned").count() == 1


def test_a_second_shift_at_the_same_time_is_refused_and_said(browser, sam):
    plan(browser, sam)

    again = plan(browser, sam, start="23:00", end="02:00")

    assert again.status_code == 422
    assert "another shift" in again.content.decode()
    assert Shift.objects.count() == 1


def test_a_shift_of_a_stranger_is_refused(browser, sam):
    stranger = make.advocate("eve")

    answer = plan(browser, stranger)

    assert answer.status_code == 422
    assert not Shift.objects.exists()


@pytest.mark.parametrize("wrong", [{"day": "soon"}, {"start": "25:00"}, {"account": "x"}])
def test_what_is_no_shift_is_refused(browser, sam, wrong):
    assert plan(browser, sam, **wrong).status_code == 422


def test_a_shift_is_taken_off(browser, sam, team):
    shift = make.shift(team, sam, make.at(MONDAY, 8), 8)

    browser.post("/staff/desk/roster/take-off/", {"shift": shift.pk, "week": "2026-11-23"})

    assert not Shift.objects.exists()


def test_taking_off_what_is_not_there_is_said_calmly(browser, sam):
    answer = browser.post("/staff/desk/roster/take-off/", {"shift": "99"}, follow=True)

    assert answer.status_code == 200
    assert "taken off already" in answer.content.decode()


def test_a_week_is_copied_and_what_overlaps_stays_out(browser, sam, team):
    make.shift(team, sam, make.at(MONDAY, 8), 8)
    make.shift(team, sam, make.at(MONDAY + timedelta(days=2), 8), 8)
    make.shift(team, sam, make.at(MONDAY + timedelta(days=7), 10), 2)

    answer = browser.post(
        "/staff/desk/roster/copy/", {"week": "2026-11-23", "into": "2026-12-01"}, follow=True
    )

    page = answer.content.decode()
    assert "1 shift planned." in page
    assert "Left out, because they overlap or belong to nobody now: 1." in page
    starts = list(Shift.objects.order_by("starts_at").values_list("starts_at", flat=True))
    assert starts[-1] == make.at(MONDAY + timedelta(days=9), 8)


@pytest.mark.parametrize("into", ["", "never", "2199-01-01"])
def test_a_week_is_not_copied_into_nowhere(browser, sam, team, into):
    make.shift(team, sam, make.at(MONDAY, 8), 8)

    browser.post("/staff/desk/roster/copy/", {"week": "2026-11-23", "into": into})

    assert Shift.objects.count() == 1


def test_a_copied_shift_keeps_its_time_by_the_clock_when_the_clocks_change(team, sam, settings):
    from leeward.line.services.shifts import weeks

    with timezone.override("Europe/Madrid"):
        before = date(2026, 10, 19)
        make.shift(team, sam, make.at(before, 8), 8)
        weeks.copy_week(team, before, into=date(2026, 10, 26), by=sam)
        copied = Shift.objects.order_by("starts_at").last()

        assert timezone.localtime(copied.starts_at).hour == 8
        assert timezone.localtime(copied.ends_at).hour == 16


def test_a_gap_is_named_with_its_hours(browser, sam, team):
    make.shift(team, sam, make.at(MONDAY, 0), 8)
    make.shift(team, sam, make.at(MONDAY, 10), 14)

    page = page_of(browser)

    assert ">08:00–10:00<" in page
    assert "00:00–24:00" in page


def test_a_shift_of_somebody_whose_account_was_shut_covers_nothing(browser, sam, team):
    make.shift(team, sam, make.at(MONDAY, 0), 16)
    sam.is_active = False
    sam.save()

    page = page_of(browser)

    assert page.count("00:00–24:00") == 7


def test_who_is_on_now_is_named_by_the_working_name(browser, sam, team):
    Presence.objects.create(team=team, account=sam, most_chats=2, seen_at=NOW)

    assert "takes 2 chats" in page_of(browser)
    assert sam.display_name not in page_of(browser)


@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2026-99-99"])
def test_a_week_that_is_none_shows_the_present_one(browser, sam, week):
    assert "23 Nov" in page_of(browser, week)


def test_a_coordinator_is_told_of_hours_without_anybody(team, sam):
    cora = make.coordinator()
    make.shift(team, sam, NOW - timedelta(hours=1), 11)

    told = [item.text for item in coordinating.attention(cora)]

    assert told == ["Hours without anybody on the line in the next two days: 38"]
    assert not list(coordinating.attention(sam))


def test_a_week_is_shown_with_the_same_number_of_queries_however_full(
    browser, sam, team, django_assert_max_num_queries
):
    page_of(browser)
    with django_assert_max_num_queries(40) as empty:
        page_of(browser)
    for day in range(6):
        make.shift(team, sam, make.at(MONDAY + timedelta(days=day), 8), 8)

    with django_assert_max_num_queries(len(empty.captured_queries)):
        page_of(browser)
