"""Who sits where: stepping away and coming back, a supervisor who joins, notes, several lines."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.desk.tests.make import (
    TEXT,
    Desk,
    colleague,
    desk_of,
    locks,
    ready_desk,
    seal_team,
    taken,
    visitor,
)
from leeward.line import jobs
from leeward.line.models import Conversation, Member, Note, Presence, Seat, Team
from leeward.line.services.members.member_keys import PASSKEYS_MAX
from leeward.line.services.talks import standing
from leeward.line.services.visitors import server_side
from leeward.line.tests import make as make_line
from leeward.line.wraps.models import MemberKeyWrap, TeamKeyWrap
from leeward.people.models import Account, AuditEntry
from leeward.sealing.encoding import to_text
from leeward.sealing.keys import new_private_key, public_key

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])


@pytest.fixture
def cora() -> Desk:
    """Return the desk of a supervisor who holds the team's key."""
    return ready_desk()


# -- stepping away, coming back --


def test_whoever_stepped_away_finds_the_talk_and_sits_down_again_in_her_old_seat(cora):
    sam, talk = colleague(cora), taken(cora, visitor())
    cora.ask("talk/bring/", id=talk, to=sam.account.pk, role="second")
    cora.ask("talk/step/", id=talk)

    [left] = cora.state()["left"]
    seat = cora.ask("talk/back/", id=talk)["seat"]

    assert (left["id"], seat) == (talk, 1)
    assert [each["id"] for each in cora.state()["talks"]] == [talk]
    assert cora.state()["left"] == []
    assert cora.read(talk) == [TEXT]
    assert Seat.objects.get(number=1).role == Seat.Role.SECOND
    assert Seat.objects.get(number=2).role == Seat.Role.LEAD


def test_whoever_comes_back_to_a_talk_that_waits_leads_it(cora):
    talk = taken(cora, visitor())
    cora.ask("talk/step/", id=talk)
    waited = Conversation.objects.get().state

    cora.ask("talk/back/", id=talk)

    assert (waited, Conversation.objects.get().state) == ("waiting", "live")
    assert Seat.objects.get().role == Seat.Role.LEAD


def test_nobody_comes_back_to_where_she_never_sat(cora):
    sam, talk = colleague(cora), taken(cora, visitor())

    answer = sam.post("talk/back/", id=talk)

    assert answer.status_code == 404
    assert sam.state()["left"] == []


# -- a supervisor joins --


def test_a_supervisor_sees_colleagues_talks_and_joins_by_name(cora):
    sam = colleague(cora)
    talk = taken(sam, visitor())

    [seen] = cora.state()["others"]
    cora.ask("talk/join/", id=talk)

    assert seen["id"] == talk
    assert "messages" not in seen
    assert cora.state()["others"] == []
    assert cora.read(talk) == [TEXT]
    assert Seat.objects.get(account=cora.account).role == Seat.Role.SUPERVISOR
    assert set(standing.names_in(Conversation.objects.get())) == {"Sam", "Cora"}
    assert AuditEntry.objects.filter(event="line.talk_joined", actor=cora.account).exists()


def test_an_advocate_sees_no_talk_of_a_colleague_and_joins_none(cora):
    sam, kim = colleague(cora, "sam"), colleague(cora, "kim")
    talk = taken(sam, visitor())

    answer = kim.post("talk/join/", id=talk)

    assert answer.status_code == 404
    assert kim.state()["others"] == []
    assert not Seat.objects.filter(account=kim.account).exists()


def test_a_supervisor_of_another_team_joins_nothing(cora):
    talk = taken(cora, visitor())
    stranger = desk_of("olga", "coordinator", team=make_line.team(slug="other"))

    there, unknown = (stranger.post("talk/join/", id=each) for each in (talk, str(uuid4())))

    assert there.status_code == unknown.status_code == 404
    assert there.content == unknown.content


# -- notes --


def note_on(desk: Desk, talk: str) -> int:
    """Keep a note; return its number."""
    desk.ask("talk/note/", id=talk, generation=1, box=to_text(os.urandom(305)))
    return desk.ask("talk/read/", id=talk, after=0)["notes"][-1]["id"]


def test_a_note_is_deleted_and_the_others_stay(cora):
    talk = taken(cora, visitor())
    first, second = note_on(cora, talk), note_on(cora, talk)

    cora.ask("talk/note/drop/", id=talk, note=first)

    assert [note.pk for note in Note.objects.all()] == [second]
    assert cora.post("talk/note/drop/", id=talk, note=first).status_code == 404


def test_a_note_goes_only_by_the_talk_it_belongs_to(cora):
    one, other = taken(cora, visitor()), taken(cora, visitor("another"))
    note = note_on(cora, one)

    answer = cora.post("talk/note/drop/", id=other, note=note)

    assert answer.status_code == 404
    assert Note.objects.count() == 1


# -- her own locks --


def passkey(label: str) -> dict[str, str]:
    """Return a lock under a passkey."""
    sealed = to_text(os.urandom(61))
    return {"under": "passkey", "label": label, "salt": "", "sealed": sealed}


def test_a_passkey_is_a_lock_more_and_goes_alone(cora):
    cora.ask("keys/wrap/", wraps=[passkey("one"), passkey("two")])

    cora.ask("keys/unlock-no-more/", label="one")

    wraps = cora.state()["me"]["key"]["wraps"]
    assert [(each["under"], each["label"]) for each in wraps] == [
        ("passkey", "two"),
        ("passphrase", ""),
        ("recovery", ""),
    ]
    assert cora.post("keys/unlock-no-more/", label="one").status_code == 404
    assert AuditEntry.objects.filter(event="line.key_lock_removed").count() == 1


def test_a_passkey_stands_there_under_the_name_she_gave_it_with_its_day(cora):
    cora.ask("keys/wrap/", wraps=[passkey("one") | {"name": "office laptop"}])

    told = cora.state()["me"]["key"]["wraps"][0]

    assert (told["name"], told["made_on"]) == ("office laptop", str(timezone.now().date()))


def test_a_passphrase_is_never_taken_away_by_that_address(cora):
    answer = cora.post("keys/unlock-no-more/", label="")

    assert answer.status_code == 404
    assert MemberKeyWrap.objects.filter(under="passphrase").exists()


def test_nobody_takes_a_colleagues_passkey_away(cora):
    sam = colleague(cora)
    cora.ask("keys/wrap/", wraps=[passkey("one")])

    assert sam.post("keys/unlock-no-more/", label="one").status_code == 404
    assert MemberKeyWrap.objects.filter(under="passkey").exists()


def test_so_many_passkeys_and_no_more(cora):
    for number in range(PASSKEYS_MAX):
        cora.ask("keys/wrap/", wraps=[passkey(f"key-{number}")])

    answer = cora.post("keys/wrap/", wraps=[passkey("one more")])

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "spoilt", [{"sealed": to_text(bytes(60))}, {"salt": to_text(bytes(65))}], ids=["short", "salt"]
)
def test_a_lock_that_is_no_lock_leaves_the_old_one_in_its_place(cora, spoilt):
    before = cora.state()["me"]["key"]["wraps"]

    answer = cora.post("keys/wrap/", wraps=[locks()[0] | spoilt])

    assert answer.status_code == 409
    assert cora.state()["me"]["key"]["wraps"] == before


def test_without_a_key_there_is_nothing_to_lock():
    desk = desk_of("sam", team=make_line.team(slug="main"))

    assert desk.post("keys/wrap/", wraps=locks()).status_code == 409
    assert not MemberKeyWrap.objects.exists()


# -- several lines --


@pytest.fixture
def night(cora) -> Team:
    """Return a second line that Cora answers, with a key and a talk in it."""
    team = make_line.team(slug="night")
    Member.objects.create(team=team, account=cora.account, working_name="Cora")
    private, me = new_private_key(), cora.account.pk
    member = {"account": me, "public_key": to_text(public_key(cora.private))}
    cora.ask(
        "team/first/",
        team=str(team.pk),
        public_key=to_text(public_key(private)),
        wraps={me: seal_team(str(team.pk), 1, private, member)},
    )
    server_side.open_for(team_id=team.pk, kind="message", language="en")
    return team


def test_she_looks_at_one_line_at_a_time(cora, night):
    talk = taken(cora, visitor())

    main, other = cora.state(), cora.ask("state/", team=str(night.pk))

    assert ([each["id"] for each in main["talks"]], main["queue"]) == ([talk], [])
    assert (other["talks"], len(other["queue"])) == ([], 1)
    assert [each["talks"] for each in main["teams"]] == [1, 0]
    assert other["team"]["id"] == str(night.pk)


def test_she_is_on_for_one_line_at_a_time(cora, night):
    cora.ask("on/", state="on", most_chats=2, team=str(night.pk))

    assert cora.state()["me"]["presence"] == "off"
    assert cora.ask("state/", team=str(night.pk))["me"]["presence"] == "on"
    assert Presence.objects.get().team == night


def test_a_line_that_is_not_hers_is_as_if_she_had_not_named_it(cora):
    foreign = make_line.team(slug="foreign")

    assert cora.ask("state/", team=str(foreign.pk)) == cora.state()
    assert cora.post("state/", team="main").status_code == 422


# -- an account that was shut --


def test_a_shut_account_loses_its_keys_its_seats_and_its_place_in_the_team(cora):
    sam = colleague(cora)
    talk = taken(sam, visitor())
    Account.objects.filter(pk=sam.account.pk).update(is_active=False)

    jobs.every_minute()

    assert not Member.objects.filter(account=sam.account).exists()
    assert not MemberKeyWrap.objects.filter(account_id=sam.account.pk).exists()
    assert not TeamKeyWrap.objects.filter(account_id=sam.account.pk).exists()
    assert not Seat.objects.filter(account=sam.account, is_here=True).exists()
    assert cora.state()["team"]["must_follow"]
    assert [each["id"] for each in cora.state()["queue"]] == [talk]
