"""Services that the newest file of their source no longer names wait for a person."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from leeward.directory.models import Missing, Service, Source
from leeward.directory.services import missing
from leeward.directory.tests.exchange.made import SERVICE, bring, tables, written
from leeward.people.tests.make import account, signed_in

pytestmark = pytest.mark.django_db

REVIEW = "/staff/directory/review/"


@pytest.fixture
def editor():
    return account("edda", "editor")


@pytest.fixture
def half(tmp_path):
    """Return a newer file without the service; the older one is here."""
    bring(written(tmp_path))
    return written(tmp_path, {"organization": tables()["organization"]})


def left_out() -> list[str]:
    return [str(each.pk) for each in missing.waiting()]


def test_a_service_that_left_the_file_waits_in_review_and_stays_as_it_is(half, editor):
    report = bring(half)

    assert report.gone == 1
    assert "wait in Review" in report.text()
    assert left_out() == [SERVICE]
    assert Service.objects.get().status == "active"
    page = signed_in(editor).get(REVIEW).content.decode()
    assert "Not in the newest file" in page
    assert "It still runs" in page


def test_a_dry_run_counts_it_and_notes_nothing(half):
    assert bring(half, dry_run=True).gone == 1
    assert left_out() == []


def test_one_that_comes_back_waits_no_more(half, tmp_path):
    bring(half)

    bring(written(tmp_path))

    assert not Missing.objects.exists()


def test_another_sources_file_takes_nothing_out(half, tmp_path):
    bring(half, source="other")

    assert left_out() == []


def test_staff_say_that_it_runs_and_are_not_asked_again(half, editor):
    bring(half)

    signed_in(editor).post(f"/staff/directory/missing/{SERVICE}/", {"decision": "runs"})
    bring(half)

    assert left_out() == []
    assert Service.objects.get().status == "active"


def test_one_that_came_back_and_left_again_is_asked_anew(half, editor, tmp_path):
    bring(half)
    signed_in(editor).post(f"/staff/directory/missing/{SERVICE}/", {"decision": "runs"})
    bring(written(tmp_path))

    bring(half)

    assert left_out() == [SERVICE]


def test_staff_set_it_inactive_and_the_same_file_does_not_ask_again(half, editor):
    bring(half)

    signed_in(editor).post(f"/staff/directory/missing/{SERVICE}/", {"decision": "inactive"})
    report = bring(half)

    assert Service.objects.get().status == "inactive"
    assert (left_out(), report.gone) == ([], 0)


def test_after_half_a_file_all_of_a_source_are_kept_at_once(half, editor):
    bring(half)
    source = Source.objects.get()

    signed_in(editor).post(f"/staff/directory/sources/{source.pk}/keep-all/")

    assert (left_out(), missing.by_source()) == ([], [])
    assert Missing.objects.get().is_decided


def test_a_press_of_neither_button_and_a_second_decision_change_nothing(half, editor):
    bring(half)
    browser = signed_in(editor)
    path = f"/staff/directory/missing/{SERVICE}/"

    browser.post(path, {"decision": "perhaps"})
    waits = left_out()
    browser.post(path, {"decision": "runs"})
    again = browser.post(path, {"decision": "inactive"}, follow=True).content.decode()

    assert waits == [SERVICE]
    assert "somebody decided this already" in again
    assert Service.objects.get().status == "active"


def test_only_who_may_decide_decides(half):
    bring(half)
    partner = account("pia", "partner")

    for act in (
        lambda: missing.decide(Service.objects.get().pk, by=partner, is_running=True),
        lambda: missing.keep_all(Source.objects.get(), by=partner),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert left_out() == [SERVICE]
