"""Who may ask the desk what: every address, and what it says to those it is not for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from leeward.desk import urls
from leeward.desk.tests.make import BASE, colleague, desk_of, ready_desk, taken, visitor
from leeward.line.tests import make as make_line
from leeward.people.tests.make import account, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])

PAGES = ("calls", "cards", "keys", "recovery", "state", "talks")
ASKED = sorted(
    str(entry.pattern)
    for entry in urls.urlpatterns
    if getattr(entry, "callback", None) and entry.callback.__module__.rpartition(".")[2] in PAGES
)
OF_A_TALK = {
    "talk/take/": {},
    "talk/read/": {"after": 0},
    "talk/say/": {"number": 1, "epoch": 1, "box": "AAAA"},
    "talk/epoch/": {},
    "talk/keys/": {"wraps": {}},
    "talk/sign/": {"typing": True},
    "talk/step/": {},
    "talk/join/": {},
    "talk/back/": {},
    "talk/note/drop/": {"note": 1},
    "talk/flags/": {"is_emergency": True, "has_child": False, "wants_interpreter": False},
    "talk/note/": {"generation": 1, "box": "AAAA"},
    "talk/end/": {},
}


@pytest.fixture
def desk():
    return ready_desk()


def test_the_list_of_addresses_is_whole():
    assert len(ASKED) > 35
    assert set(OF_A_TALK) < set(ASKED)


@pytest.mark.parametrize("path", ASKED)
def test_an_address_answers_those_alone_who_answer_the_line(path):
    stranger = signed_in(account("eda", "editor", "reviewer", "administrator"))

    assert stranger.post(BASE + path).status_code == 403
    assert Client().post(BASE + path).status_code == 302


@pytest.mark.parametrize("path", ASKED)
def test_nothing_is_asked_by_following_a_link(path, desk):
    assert desk.browser.get(BASE + path).status_code == 405


@pytest.mark.parametrize("path", ["team/admit/", "team/next/"])
def test_admitting_and_the_next_key_are_for_coordinators(path, desk):
    advocate = colleague(desk)

    assert advocate.post(path).status_code == 403


@pytest.mark.parametrize("path", sorted(OF_A_TALK))
def test_a_talk_that_is_not_hers_answers_as_if_it_were_not_there(path, desk):
    ticket = visitor()
    stranger = desk_of("olga", team=make_line.team(slug="other"))

    there = stranger.post(path, id=str(ticket.conversation), **OF_A_TALK[path])
    unknown = stranger.post(path, id=str(uuid4()), **OF_A_TALK[path])

    assert there.status_code == unknown.status_code == 404
    assert there.content == unknown.content


@pytest.mark.parametrize("path", sorted(set(OF_A_TALK) - {"talk/take/"}))
def test_a_colleague_without_a_seat_gets_no_part_of_a_talk(path, desk):
    other = colleague(desk)
    talk = taken(desk, visitor())

    refused = other.post(path, id=talk, **OF_A_TALK[path])
    unknown = other.post(path, id=str(uuid4()), **OF_A_TALK[path])

    assert refused.status_code == 404
    assert refused.content == unknown.content


@pytest.mark.parametrize("path", ["talk/hand/", "talk/bring/"])
def test_a_talk_goes_to_members_of_the_team_alone(path, desk):
    talk = taken(desk, visitor())
    stranger = desk_of("olga", team=make_line.team(slug="other"))

    to_stranger = desk.post(path, id=talk, to=stranger.account.pk, role="second")
    to_nobody = desk.post(path, id=talk, to=999_999, role="second")

    assert to_stranger.status_code == to_nobody.status_code == 404
    assert to_stranger.content == to_nobody.content


@pytest.mark.parametrize("body", ["", "[]", "{", '{"id": 3}', '{"id": "x"}', '{"id": "\\u0000"}'])
def test_a_body_that_means_nothing_is_refused_calmly(body, desk):
    answer = desk.browser.post(BASE + "talk/read/", body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json() == {"code": "unfit"}


def test_somebody_without_a_team_sees_an_empty_desk():
    alone = desk_of("zoe")

    state = alone.state()

    assert state["team"] is None
    assert "queue" not in state
    assert alone.post("on/", state="on", most_chats=2).status_code == 404
