"""Keys at the desk: hers, the team's first, admitting, the next one."""

from __future__ import annotations

import os

import pytest

from leeward.desk.tests.make import TEXT, colleague, desk_of, locks, ready_desk, taken, visitor
from leeward.line.models import Member, MemberKey, Team, TeamKey
from leeward.line.tests import make as make_line
from leeward.line.wraps.models import TeamKeyWrap
from leeward.sealing.encoding import to_text
from leeward.sealing.keys import new_private_key, public_key

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])


def test_her_key_is_stored_with_its_locks_and_told_to_her_alone():
    team = make_line.team(slug="main")
    desk, other = desk_of("sam", team=team), desk_of("kim", team=team)

    desk.make_key()

    assert [wrap["under"] for wrap in desk.state()["me"]["key"]["wraps"]] == [
        "passphrase",
        "recovery",
    ]
    assert other.state()["me"]["key"] is None
    assert all("wraps" not in member for member in other.state()["members"])


def test_a_second_key_takes_no_ones_place():
    desk = desk_of("sam", team=make_line.team(slug="main"))
    desk.make_key()
    before = bytes(MemberKey.objects.get().public_key)

    answer = desk.post("keys/make/", public_key=to_text(os.urandom(32)), wraps=locks())

    assert answer.status_code == 409
    assert bytes(MemberKey.objects.get().public_key) == before


def test_a_new_lock_takes_the_place_of_the_old_one():
    desk = desk_of("sam", team=make_line.team(slug="main"))
    desk.make_key()
    fresh = locks()

    desk.ask("keys/wrap/", wraps=fresh)

    kept = desk.state()["me"]["key"]["wraps"]
    assert [wrap | lock for wrap, lock in zip(kept, fresh, strict=True)] == kept


def test_a_lock_of_another_kind_is_refused():
    desk = desk_of("sam", team=make_line.team(slug="main"))
    desk.make_key()

    answer = desk.post("keys/wrap/", wraps=[locks()[0] | {"under": "nothing"}])

    assert answer.status_code == 422


def test_a_key_that_nobody_can_open_is_dropped_and_made_anew():
    desk = ready_desk()

    desk.ask("keys/drop/")

    state = desk.state()
    assert state["me"]["key"] is None
    assert state["team"]["wraps"] == []


def test_the_teams_first_key_opens_for_whoever_made_it():
    desk = ready_desk()

    [wrap] = desk.state()["team"]["wraps"]

    assert desk.opened_team_key(wrap) == desk.team_private


def test_somebody_outside_the_team_makes_no_key_of_it():
    team = make_line.team(slug="main")
    stranger = desk_of("olga")

    answer = stranger.post("team/first/", public_key=to_text(os.urandom(32)), wraps={})

    assert answer.status_code == 404
    assert not TeamKey.objects.filter(team=team).exists()


def test_a_colleague_who_is_admitted_reads_what_was_written_before():
    desk = ready_desk()
    ticket = visitor()
    other = colleague(desk)

    talk = taken(other, ticket)

    assert other.read(talk) == [TEXT]


def test_a_colleague_whose_key_changed_after_the_comparing_is_not_admitted():
    desk = ready_desk()
    other = desk_of("sam", team=Team.objects.get())
    other.make_key()
    compared = to_text(public_key(new_private_key()))

    answer = desk.post("team/admit/", account=other.account.pk, public_key=compared, wraps={})

    assert (answer.status_code, answer.json()) == (409, {"code": "key_changed"})
    assert not TeamKeyWrap.objects.filter(account_id=other.account.pk).exists()


def test_when_somebody_leaves_the_next_key_is_made_without_her():
    desk = ready_desk()
    leaver, stays = colleague(desk, "sam"), colleague(desk, "kim")

    answer = desk.make_team_key(2, leaver=leaver.account.pk)

    assert answer.status_code == 200
    assert desk.state()["team"]["generation"] == 2
    assert not Member.objects.filter(account=leaver.account).exists()
    assert not TeamKeyWrap.objects.filter(account_id=leaver.account.pk).exists()
    assert [wrap["generation"] for wrap in stays.state()["team"]["wraps"]] == [1, 2]


def test_nobody_takes_herself_out_by_the_next_key():
    desk = ready_desk()

    answer = desk.make_team_key(2, leaver=desk.account.pk)

    assert answer.status_code == 422
    assert Member.objects.filter(account=desk.account).exists()
