"""Reports: bounded, without a sender, decided once, deleted on their day."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from leeward.directory.models import Report, ServiceAtLocation
from leeward.directory.services import public, reports
from leeward.directory.tests import make
from leeward.people.tests.make import account

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_with_its_words_and_nothing_of_who_sent_it():
    offer = make.service_at_location()

    assert reports.send(offer.pk, kind="number", text="  It is \x00 wrong\u202e ") is True

    stored = Report.objects.get()
    assert (stored.kind, stored.text, stored.on) == ("number", "It is  wrong", public.today())
    assert {field.name for field in Report._meta.concrete_fields} == {
        "id", "service_at_location", "kind", "text", "on", "state", "decided_by", "decided_on",
        "delete_after",
    }  # fmt: skip


def test_a_long_text_is_cut():
    reports.send(make.service_at_location().pk, kind="change", text="x" * 10_000)

    assert len(Report.objects.get().text) == reports.MOST_TEXT


def test_an_unknown_kind_or_listing_is_refused():
    offer = make.service_at_location()

    with pytest.raises(ValueError, match="guess"):
        reports.send(offer.pk, kind="guess")
    with pytest.raises(ServiceAtLocation.DoesNotExist):
        reports.send(uuid4(), kind="number")


def test_nobody_can_bury_a_listing_in_reports():
    offer = make.service_at_location()

    kept = [reports.send(offer.pk, kind="hours") for _ in range(reports.MOST_OPEN + 5)]

    assert kept.count(True) == Report.objects.count() == reports.MOST_OPEN


def test_a_report_is_decided_once_and_goes_after_ninety_days():
    reports.send(make.service_at_location().pk, kind="number")
    editor = account("edda", "editor")
    report = Report.objects.get()

    reports.decide(report.pk, by=editor, is_accepted=True)
    with pytest.raises(reports.AlreadyDecided):
        reports.decide(report.pk, by=editor, is_accepted=False)

    report.refresh_from_db()
    assert (report.state, report.decided_by) == ("accepted", editor)
    assert report.delete_after == public.today() + timedelta(days=90)


@pytest.mark.parametrize("days", [90, 365])
def test_a_report_goes_the_day_after_its_day(days):
    reports.send(make.service_at_location().pk, kind="number")
    if days == 90:
        reports.decide(Report.objects.get().pk, by=account("edda", "editor"), is_accepted=False)
    last = public.today() + timedelta(days=days)

    assert reports.forget_old_reports(last) == 0
    assert reports.forget_old_reports(last + timedelta(days=1)) == 1
    assert not Report.objects.exists()
