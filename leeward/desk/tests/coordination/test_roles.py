"""Who may see the roster, the figures and the team, and who may change them."""

from __future__ import annotations

import pytest
from django.test import Client

from leeward.desk.tests.coordination import make
from leeward.line.models import Member
from leeward.line.tests import make as make_line
from leeward.people.tests.make import account, signed_in

pytestmark = pytest.mark.django_db

FOR_COORDINATORS = ("figures/", "team/", "team/new/", "team/{member}/")
CHANGES = (
    "roster/plan/",
    "roster/copy/",
    "roster/take-off/",
    "team/add/",
    "team/shares/",
    "team/{member}/out/",
)


@pytest.fixture
def member():
    return make.member(make.team(), make.advocate())


def path_of(screen: str, member: Member) -> str:
    return "/staff/desk/" + screen.format(member=member.account_id)


def test_everybody_who_answers_sees_the_roster(member):
    assert signed_in(member.account).get("/staff/desk/roster/").status_code == 200
    assert signed_in(make.coordinator()).get("/staff/desk/roster/").status_code == 200


@pytest.mark.parametrize("screen", FOR_COORDINATORS)
def test_a_screen_of_coordinators_opens_to_them_alone(screen, member):
    path = path_of(screen, member)

    assert signed_in(make.coordinator()).get(path).status_code == 200
    assert signed_in(member.account).get(path).status_code == 403
    assert signed_in(account("eda", "editor", "reviewer")).get(path).status_code == 403
    assert signed_in(account("ada", "administrator")).get(path).status_code == 403
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("change", CHANGES)
def test_an_advocate_changes_nothing(change, member):
    path = path_of(change, member)

    assert signed_in(member.account).post(path).status_code == 403
    assert signed_in(account("eda", "editor")).post(path).status_code == 403
    assert Client().post(path).status_code == 302


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_never_made_by_following_a_link(change, member):
    assert signed_in(make.coordinator()).get(path_of(change, member)).status_code == 405


def test_roles_that_have_nothing_to_do_with_the_line_do_not_see_the_roster(member):
    assert signed_in(account("eda", "editor")).get("/staff/desk/roster/").status_code == 403


def test_an_advocate_finds_no_way_to_change_the_roster_on_the_page(member):
    page = signed_in(member.account).get("/staff/desk/roster/").content.decode()

    assert "/staff/desk/roster/plan/" not in page
    assert "/staff/desk/figures/" not in page


def test_a_site_without_a_line_leads_a_coordinator_to_its_first_and_nobody_else():
    browser, other = signed_in(make.coordinator()), signed_in(make.advocate())

    for room in ("roster/", "figures/", "team/"):
        answer = browser.get(f"/staff/desk/{room}")
        assert (answer.status_code, answer["Location"]) == (302, "/staff/desk/team/new/")
    assert other.get("/staff/desk/roster/").status_code == 404
    assert other.get("/staff/desk/team/new/").status_code == 403


def test_another_line_is_chosen_by_those_who_may_see_it(member):
    make_line.team(slug="other", name_en="Night line")
    mine, theirs = signed_in(make.coordinator()), signed_in(member.account)
    sent = {"line": "other", "room": "roster"}

    chosen, refused = (each.post("/staff/desk/line/", sent) for each in (mine, theirs))

    assert (chosen.status_code, refused.status_code) == (302, 404)
    assert "Night line" in mine.get("/staff/desk/roster/").content.decode()
    assert "Night line" not in theirs.get("/staff/desk/roster/").content.decode()
    assert mine.post("/staff/desk/line/", sent | {"room": "x"}).status_code == 404
    assert signed_in(account("eda", "editor")).post("/staff/desk/line/", sent).status_code == 403
