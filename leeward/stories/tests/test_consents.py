"""Consent: sealed, opened by few, ended on its day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.utils import IntegrityError

from leeward.people.models import AuditEntry
from leeward.sealing.box import SealBroken
from leeward.stories import jobs, services
from leeward.stories.frame import ending_consents
from leeward.stories.models import Consent
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db
ABOUT = services.About(who="Canary Jones", what="The whole text", reach="Ring the canary school")


def record(story: Any, *, by: Any, **dates: Any) -> Consent:
    dates = {"agreed_on": make.today(), "until": None} | dates
    return services.record_consent(story, ABOUT, by=by, **dates)


def test_what_is_sealed_stands_nowhere_in_the_database_in_plain_words() -> None:
    record(make.draft_story(), by=make.person("ed", "editor"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM stories_consent")
        sealed = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert sealed
    assert b"anary" not in sealed


def test_who_may_read_it_opens_the_seal_and_the_audit_log_says_so() -> None:
    story = make.draft_story()
    record(story, by=make.person("ed", "editor"))
    reader = make.person("co", "coordinator")

    about = services.open_consent(story, by=reader)

    assert about == ABOUT
    assert AuditEntry.objects.filter(event="stories.consent_opened", actor=reader).count() == 1


@pytest.mark.parametrize("role", ["editor", "reviewer", "advocate", "administrator"])
def test_other_roles_can_not_open_the_seal(role: str) -> None:
    story = make.draft_story()
    record(story, by=make.person("ed", "editor"))

    with pytest.raises(PermissionDenied):
        services.open_consent(story, by=make.person("other", role))


def test_a_seal_that_was_put_on_another_story_does_not_open() -> None:
    first, second = make.draft_story("One"), make.draft_story("Two")
    recorder = make.person("ed", "editor")
    sealed = record(first, by=recorder).sealed
    record(second, by=recorder)
    Consent.objects.filter(story_key=second.translation_key).update(sealed=sealed)

    with pytest.raises(SealBroken):
        services.open_consent(second, by=make.person("co", "coordinator"))


def test_somebody_without_the_right_can_not_record() -> None:
    with pytest.raises(PermissionDenied):
        record(make.draft_story(), by=make.person("adv", "advocate"))


def test_a_consent_can_not_end_before_it_begins() -> None:
    story, recorder = make.draft_story(), make.person("ed", "editor")

    with pytest.raises(services.ConsentWrong):
        record(story, by=recorder, until=make.today() - timedelta(days=1))


def test_the_database_refuses_an_end_before_the_beginning() -> None:
    consent = record(make.draft_story(), by=make.person("ed", "editor"))

    with pytest.raises(IntegrityError):
        Consent.objects.filter(pk=consent.pk).update(until=make.today() - timedelta(days=1))


def test_a_new_consent_takes_the_place_of_the_old_one() -> None:
    story, recorder = make.draft_story(), make.person("ed", "editor")
    record(story, by=recorder)

    record(story, by=recorder, until=make.today())

    assert Consent.objects.get().until == make.today()


def test_one_consent_counts_for_all_languages_of_a_story() -> None:
    story = make.story()

    other = make.translation(story, "es", title="La luz", slug="la-luz")

    assert other.live


def test_a_story_leaves_the_site_the_day_after_its_consent_ends() -> None:
    story = make.draft_story()
    make.consent(story, until=make.today())
    story.get_latest_revision().publish()

    assert services.end_expired_consents(on=make.today()) == 0
    assert services.end_expired_consents(on=make.today() + timedelta(days=1)) == 1

    story.refresh_from_db()
    assert not story.live


def test_a_story_without_any_consent_does_not_survive_the_day() -> None:
    story = make.story()
    Consent.objects.all().delete()

    jobs.every_day()

    story.refresh_from_db()
    assert not story.live


def test_what_is_scheduled_is_off_the_list_once_consent_has_ended() -> None:
    story = make.draft_story()
    make.consent(story, until=make.today())
    story.go_live_at = make.later()
    story.save_revision().publish()
    assert story.revisions.exclude(approved_go_live_at=None).exists()

    services.end_expired_consents(on=make.today() + timedelta(days=1))

    assert not story.revisions.exclude(approved_go_live_at=None).exists()


@pytest.mark.parametrize(("days", "is_named"), [(30, True), (0, True), (31, False), (-1, False)])
def test_editors_are_told_of_consents_that_end_within_thirty_days(
    days: int, *, is_named: bool
) -> None:
    story = make.draft_story()
    make.consent(story, until=make.today() + timedelta(days=days))
    browser = make.signed_in(make.person("ed", "editor"))

    page = browser.get("/staff/cms/").content.decode()

    assert ("Consents that end soon" in page) is is_named


def sent(**changes: str) -> dict[str, str]:
    return {
        "who": ABOUT.who,
        "what": ABOUT.what,
        "reach": ABOUT.reach,
        "agreed_on": make.today().isoformat(),
        "until": "",
    } | changes


def test_an_editor_records_a_consent_and_does_not_see_it_again() -> None:
    story = make.draft_story()
    browser = make.signed_in(make.person("ed", "editor"))
    path = f"/staff/cms/consents/{story.pk}/"

    answer = browser.post(path, sent())

    assert answer.status_code == 302
    assert story.is_agreed_to()
    assert b"Canary" not in browser.get(path).content
    refused = browser.post(f"{path}open/")
    assert (refused.status_code, refused.headers["Location"]) == (302, "/staff/cms/")


def test_a_coordinator_opens_the_seal_on_screen() -> None:
    story = make.draft_story()
    record(story, by=make.person("ed", "editor"))
    browser = make.signed_in(make.person("co", "coordinator"))

    answer = browser.post(f"/staff/cms/consents/{story.pk}/open/")

    assert b"Canary Jones" in answer.content


@pytest.mark.parametrize("changes", [{"agreed_on": "2999-01-01"}, {"until": "2020-01-01"}])
def test_days_that_can_not_be_are_sent_back(changes: dict[str, str]) -> None:
    story = make.draft_story()
    browser = make.signed_in(make.person("ed", "editor"))

    answer = browser.post(f"/staff/cms/consents/{story.pk}/", sent(**changes))

    assert answer.status_code == 200
    assert not Consent.objects.exists()


def test_the_overview_shows_where_each_story_stands() -> None:
    make.story("Agreed to")
    make.draft_story("Not agreed to")
    browser = make.signed_in(make.person("ed", "editor"))

    page = browser.get("/staff/cms/consents/").content.decode()

    assert "holds" in page
    assert "missing" in page


def test_the_staffs_start_page_names_consents_that_end_soon() -> None:
    make.consent(make.draft_story(), until=make.today())

    (note,) = ending_consents(make.person("ed", "editor"))

    assert note.path == "/staff/cms/consents/"
    assert list(ending_consents(make.person("adv", "advocate"))) == []
