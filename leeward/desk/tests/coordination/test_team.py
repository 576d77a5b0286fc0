"""The team's settings: what visitors are told, and who belongs to it."""

from __future__ import annotations

from datetime import date

import pytest

from leeward.desk.tests.coordination import make
from leeward.line.models import Member, Presence, Shift, Team
from leeward.line.services.members import teams
from leeward.people.models import AuditEntry
from leeward.people.tests.make import account, signed_in

pytestmark = pytest.mark.django_db
NEW = {"working_name": "Noor", "languages": "en, ar"}


@pytest.fixture
def team():
    return make.team()


@pytest.fixture
def browser(team):
    return signed_in(make.coordinator())


def test_what_visitors_are_told_changes(browser, team):
    sent = teams.values_of(team) | {"who_answers_en": "Trained people.", "most_waiting": 7}

    answer = browser.post("/staff/desk/team/", sent)

    team.refresh_from_db()
    assert answer.status_code == 302
    assert (team.who_answers_en, team.most_waiting) == ("Trained people.", 7)
    assert AuditEntry.objects.filter(event="line.team_changed").count() == 1


@pytest.mark.parametrize("wrong", [{"must_report_es": ""}, {"most_waiting": 0}, {"name_en": ""}])
def test_what_visitors_must_be_told_is_never_empty(browser, team, wrong):
    answer = browser.post("/staff/desk/team/", teams.values_of(team) | wrong)

    assert answer.status_code == 422


def test_somebody_who_may_answer_becomes_a_member(browser, team):
    ana = make.advocate("ana")

    browser.post("/staff/desk/team/add/", NEW | {"account": ana.pk})

    member = Member.objects.get()
    assert (member.account, member.working_name, member.languages) == (ana, "Noor", "en ar")


def test_somebody_whose_role_does_not_answer_is_no_member(browser, team):
    eda = account("eda", "editor")

    answer = browser.post("/staff/desk/team/add/", NEW | {"account": eda.pk})

    assert answer.status_code == 422
    assert not Member.objects.exists()


def test_a_member_answers_under_another_name_from_now_on(browser, team):
    member = make.member(team, make.advocate(), "Sam")

    browser.post(f"/staff/desk/team/{member.account_id}/", NEW | {"is_supervisor": "on"})

    member.refresh_from_db()
    assert (member.working_name, member.is_supervisor) == ("Noor", True)


def test_a_leaver_takes_presence_and_coming_shifts_along(browser, team):
    member = make.member(team, make.advocate())
    Presence.objects.create(team=team, account=member.account, seen_at="2030-01-01T00:00Z")
    make.shift(team, member.account, make.at(date(2090, 1, 1), 8), 8)

    browser.post(f"/staff/desk/team/{member.account_id}/out/")

    assert not Member.objects.exists()
    assert not Presence.objects.exists()
    assert not Shift.objects.exists()


def test_the_page_says_what_visitors_read_of_shares(browser, team):
    off = browser.get("/staff/desk/team/").content.decode()
    team.has_shares = True
    team.save()
    on = browser.get("/staff/desk/team/").content.decode()
    browser.post("/staff/desk/team/shares/")

    team.refresh_from_db()
    assert "two of three heads of our team" in off
    assert "/staff/desk/team/shares/" not in off
    assert "/staff/desk/team/shares/" in on
    assert not team.has_shares


def test_a_coordinator_makes_the_first_line_of_a_site_and_finds_herself_on_its_page():
    browser = signed_in(make.coordinator())
    words = dict.fromkeys(teams.FIELDS, "Plain words.") | {"name_en": "Night line"}
    numbers = {"most_waiting": 5, "minutes_a_chat": 30}

    empty = browser.get("/staff/desk/team/new/").content.decode()
    unfit = browser.post("/staff/desk/team/new/", {})
    sent = {name: text for name, text in words.items() if name != "is_open"}
    made = browser.post("/staff/desk/team/new/", sent | numbers)
    page = browser.get("/staff/desk/team/").content.decode()

    team = Team.objects.get()
    assert "This site has no line yet" in empty
    assert (unfit.status_code, made.status_code) == (422, 302)
    assert (team.slug, team.is_open, team.most_waiting) == ("night-line", False, 5)
    assert "Nobody yet." in page
    assert AuditEntry.objects.filter(event="line.team_made").count() == 1


def test_lines_of_one_name_are_kept_apart(browser, team):
    words = teams.values_of(team) | {"name_en": "Main"}

    for _ in range(2):
        browser.post("/staff/desk/team/new/", words)

    assert sorted(Team.objects.values_list("slug", flat=True)) == ["main", "main-2", "main-3"]
