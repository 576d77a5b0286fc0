"""Loading what ships, checking, proposing, confirming."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from leeward.helplines import demo, jobs, services
from leeward.helplines.models import Check, CheckRecord, Line, NotChangeable, Proposal
from leeward.helplines.rules import Standing
from leeward.helplines.services import proposing
from leeward.helplines.services.showing import freshness_of, today
from leeward.helplines.tests.make import make_check, make_line, make_staff
from leeward.safety.generation import generation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return make_staff("ana")


@pytest.fixture
def ben():
    return make_staff("ben")


def live(settings: Any) -> Any:
    return settings.CONFIG.model_copy(update={"live": True})


def standing(line: Line) -> Standing:
    return freshness_of(Line.objects.get(pk=line.pk)).standing


# -- loading --


def test_what_ships_is_loaded_without_demonstration_content():
    services.sync_shipped()

    assert Line.objects.exclude(key=None).count() == 172
    assert Line.objects.values("country").distinct().count() == 113


def test_loading_again_changes_nothing():
    services.sync_shipped()

    assert services.sync_shipped() == 0


def test_loading_brings_a_shipped_row_up_to_date_and_keeps_its_checks(ana):
    services.sync_shipped()
    line = Line.objects.get(key="us-001")
    make_check(line, ana)
    Line.objects.filter(pk=line.pk).update(name="An older name")

    services.sync_shipped()

    assert Line.objects.get(pk=line.pk).name == "National Domestic Violence Hotline"
    assert line.checks.count() == 1


def test_loading_leaves_a_line_alone_that_staff_changed():
    services.sync_shipped()
    line = Line.objects.get(key="us-001")
    Line.objects.filter(pk=line.pk).update(name="As staff know it", is_changed_by_staff=True)

    services.sync_shipped()

    assert Line.objects.get(pk=line.pk).name == "As staff know it"


def test_a_row_that_no_longer_ships_is_taken_off():
    line = make_line(key="xx-999")

    services.sync_shipped()

    assert Line.objects.get(pk=line.pk).is_retired


# -- checking --


def test_a_line_is_checked_when_two_people_checked_it(ana, ben):
    line = make_line()

    services.check_line(line, by=ana, channel="called", is_good=True)
    after_one = standing(line)
    services.check_line(line, by=ben, channel="read", is_good=True)

    assert after_one is Standing.HIDDEN
    assert standing(line) is Standing.CHECKED


def test_a_second_check_on_the_same_day_is_the_first_one(ana):
    line = make_line()

    first = services.check_line(line, by=ana, channel="called", is_good=True)
    second = services.check_line(line, by=ana, channel="called", is_good=True)

    assert first == second
    assert Check.objects.count() == 1


def test_the_pages_forget_what_they_showed_after_a_check(ana, django_capture_on_commit_callbacks):
    line = make_line()
    before = generation().now()

    with django_capture_on_commit_callbacks(execute=True):
        services.check_line(line, by=ana, channel="called", is_good=True)

    assert generation().now() != before


def test_a_check_can_be_neither_changed_nor_removed(ana):
    check = make_check(make_line(), ana)

    check.is_good = False
    for attempt in (
        check.save,
        check.delete,
        Check.objects.all().delete,
        lambda: Check.objects.update(is_good=False),
    ):
        with pytest.raises(NotChangeable):
            attempt()


def test_a_check_of_an_older_number_no_longer_counts(ana, ben):
    line = make_line()
    make_check(line, ana)
    make_check(line, ben)

    Line.objects.filter(pk=line.pk).update(phone="561 1206", dial="+3545611206")

    assert standing(line) is Standing.HIDDEN


def test_a_stored_phone_number_can_always_be_dialled():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(dial="")


# -- proposing --


def test_what_one_proposes_another_confirms_and_both_have_checked_it(ana, ben):
    line = make_line()
    values = {"phone": "561 1206", "dial": "+3545611206"}
    made = services.propose(
        "change", by=ana, channel="read", reason="Their page", line=line, values=values
    )

    services.confirm(made.pk, by=ben, channel="called")

    assert Line.objects.get(pk=line.pk).phone == "561 1206"
    assert standing(line) is Standing.CHECKED
    assert Proposal.objects.get(pk=made.pk).state == "confirmed"


def test_nobody_confirms_their_own_proposal(ana):
    line = make_line()
    made = services.propose("retire", by=ana, channel="read", reason="Closed", line=line)

    with pytest.raises(proposing.SamePerson):
        services.confirm(made.pk, by=ana, channel="read")

    assert not Line.objects.get(pk=line.pk).is_retired


def test_the_database_refuses_a_proposal_confirmed_by_the_same_person(ana):
    made = services.propose("retire", by=ana, channel="read", reason="Closed", line=make_line())

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=made.pk).update(
            state="confirmed", decided_by=ana, decided_on=today()
        )


def test_a_proposal_is_decided_once(ana, ben):
    made = services.propose("retire", by=ana, channel="read", reason="Closed", line=make_line())
    services.decline(made.pk, by=ben)

    with pytest.raises(proposing.AlreadyDecided):
        services.confirm(made.pk, by=ben, channel="read")


def test_a_new_line_shows_once_a_second_person_confirms_it(ana, ben):
    values = proposing.values_of(make_line()) | {"name": "New line"}
    made = services.propose("add", by=ana, channel="called", reason="Called it", values=values)

    line = services.confirm(made.pk, by=ben, channel="called")

    assert line.name == "New line"
    assert standing(line) is Standing.CHECKED


def test_a_grade_b_row_shows_only_after_two_people_raised_it(ana, ben):
    line = make_line(grade="B")
    make_check(line, ana)
    make_check(line, ben)
    before = standing(line)
    made = services.propose("raise", by=ana, channel="read", reason="Their page", line=line)

    services.confirm(made.pk, by=ben, channel="read")

    assert before is Standing.HIDDEN
    assert standing(line) is Standing.CHECKED


def test_a_raised_row_lives_by_staffs_checks_and_not_by_its_old_sources(ana, ben, time_machine):
    line = make_line(grade="B", source_on=str(today()))
    made = services.propose("raise", by=ana, channel="read", reason="Their page", line=line)
    services.confirm(made.pk, by=ben, channel="read")

    time_machine.move_to(f"{today() + timedelta(days=91)} 12:00:00Z")

    assert standing(line) is Standing.HIDDEN


def test_a_confirmed_change_survives_the_next_loading(ana, ben):
    services.sync_shipped()
    line = Line.objects.get(key="us-001")
    made = services.propose("retire", by=ana, channel="called", reason="Closed", line=line)
    services.confirm(made.pk, by=ben, channel="called")

    services.sync_shipped()

    assert Line.objects.get(key="us-001").is_retired


# -- what waits --


def test_a_line_is_due_in_its_last_week(ana, ben):
    line = make_line()
    for person in (ana, ben):
        make_check(line, person, on=today() - timedelta(days=80))
    early = [each.line for each in services.due_lines()]
    other = make_line(name="Older")
    for person in (ana, ben):
        make_check(other, person, on=today() - timedelta(days=84))

    late = [each.line for each in services.due_lines()]

    assert line not in early
    assert late[0] == other


def test_the_daily_job_forgets_kept_pages_and_logs_counts_only(
    caplog, django_capture_on_commit_callbacks
):
    before = generation().now()

    with (
        caplog.at_level("INFO", logger="leeward"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        jobs.every_day()

    assert generation().now() != before
    assert "helplines.due going_stale=0" in caplog.text


# -- demonstration --


def test_demonstration_checks_are_made_once_and_by_nobody_who_can_sign_in():
    demo.load()
    first = Check.objects.count()

    demo.load()

    assert Check.objects.count() == first > 0
    assert all(check.is_demo and not check.by.is_active for check in Check.objects.all())
    assert not Check.objects.filter(line__grade="B").exists()


def test_a_live_site_does_not_believe_demonstration_checks(settings):
    demo.load()
    line = Line.objects.get(key="us-001")
    on_demo_site = standing(line)

    with override_settings(CONFIG=live(settings)):
        on_live_site = standing(line)

    assert on_demo_site is Standing.CHECKED
    assert on_live_site is Standing.SOURCE


def test_every_way_of_checking_is_named():
    assert set(CheckRecord.Channel.values) == {"called", "read"}
