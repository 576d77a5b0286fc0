"""Builders: advocates at their desks, doing in Python what their browsers do, and a visitor."""

from __future__ import annotations

import json
import os
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from leeward.line.models import Member, Team
from leeward.line.services.visitors import server_side
from leeward.line.tests import make as make_line
from leeward.people.models import Account
from leeward.people.tests.make import account, signed_in
from leeward.sealing.contexts import epoch_context, team_context
from leeward.sealing.encoding import from_text, to_text
from leeward.sealing.envelopes import open_envelope, seal_envelope
from leeward.sealing.keys import new_private_key, public_key
from leeward.sealing.messages import MessagePlace, open_message, seal_message

BASE = "/staff/desk/"
TEXT = "he is home at seven"


class Desk:
    """An advocate's desk: her account, a signed-in browser, her key, the team's key."""

    def __init__(self, who: Account) -> None:
        self.account = who
        self.browser = signed_in(who)
        self.private = new_private_key()
        self.team_private = b""

    def post(self, path: str, body: Any = None, **fields: Any) -> Any:
        """Return the answer to a question of the page."""
        sent = json.dumps(fields if body is None else body)
        return self.browser.post(BASE + path, sent, content_type="application/json")

    def ask(self, path: str, **fields: Any) -> dict[str, Any]:
        """Return what the desk tells."""
        answer = self.post(path, **fields)
        assert answer.status_code == 200, (path, answer.status_code, answer.content)
        return answer.json()

    def state(self) -> dict[str, Any]:
        """Return the state of the desk."""
        return self.ask("state/")

    def make_key(self) -> None:
        """Make her own key, as the gate does."""
        self.ask("keys/make/", public_key=to_text(public_key(self.private)), wraps=locks())

    def make_team_key(self, generation: int = 1, **fields: Any) -> HttpResponse:
        """Make the team's key, sealed to every member who has one and does not leave."""
        state = self.state()
        private = new_private_key()
        wraps = {
            member["account"]: seal_team(state["team"]["id"], generation, private, member)
            for member in state["members"]
            if member["public_key"] and member["account"] != fields.get("leaver")
        }
        path = "team/first/" if generation == 1 else "team/next/"
        public = to_text(public_key(private))
        answer = self.post(path, public_key=public, wraps=wraps, **fields)
        if answer.status_code == 200:
            self.team_private = private
        return answer

    def admit(self, other: Desk) -> HttpResponse:
        """Seal the team's key to a colleague."""
        state = self.state()
        member = next(m for m in state["members"] if m["account"] == other.account.pk)
        wraps = {
            each["generation"]: seal_team(
                state["team"]["id"], each["generation"], self.opened_team_key(each), member
            )
            for each in state["team"]["wraps"]
        }
        return self.post(
            "team/admit/",
            account=other.account.pk,
            public_key=member["public_key"],
            wraps=wraps,
        )

    def opened_team_key(self, wrap: dict[str, Any]) -> bytes:
        """Return the team's private key of a generation, opened with her own."""
        context = team_context(Team.objects.get().pk, wrap["generation"], account=self.account.pk)
        return open_envelope(from_text(wrap["sealed"]), private=self.private, context=context)

    def epoch_keys(self, talk: str) -> dict[int, bytes]:
        """Return a conversation's keys by day, opened with the team's key."""
        told = self.ask("talk/read/", id=talk, after=0)
        return {
            wrap["epoch"]: open_envelope(
                from_text(wrap["sealed"]),
                private=self.team_private,
                context=epoch_context(talk_id(talk), wrap["epoch"]),
            )
            for wrap in told["wraps"]
            if wrap["reader"] == "team"
        }

    def read(self, talk: str) -> list[str]:
        """Return the texts of a conversation, opened as the page does."""
        keys = self.epoch_keys(talk)
        told = self.ask("talk/read/", id=talk, after=0)
        return [
            json.loads(
                open_message(
                    from_text(one["box"]),
                    key=keys[one["epoch"]],
                    place=place_of(talk, one["epoch"], one["seat"], one["number"]),
                )
            )["text"]
            for one in told["messages"]
        ]

    def box(self, talk: str, text: str, *, seat: int, number: int) -> dict[str, Any]:
        """Return the sealed message that the page sends."""
        key = self.epoch_keys(talk)[1]
        spelled = json.dumps({"kind": "text", "text": text}).encode()
        box = seal_message(spelled, key=key, place=place_of(talk, 1, seat, number))
        return {"id": talk, "number": number, "epoch": 1, "box": to_text(box)}


def talk_id(talk: str) -> Any:
    """Return a conversation's id as a UUID."""
    return UUID(talk)


def place_of(talk: str, epoch: int, seat: int, number: int) -> MessagePlace:
    """Return where a message stands."""
    return MessagePlace(talk_id(talk), epoch, seat, number)


def locks() -> list[dict[str, str]]:
    """Return the two locks of a new key; what is in them is hers alone."""
    salt = to_text(os.urandom(16))
    return [
        {"under": "passphrase", "label": "", "salt": salt, "sealed": to_text(os.urandom(61))},
        {"under": "recovery", "label": "", "salt": "", "sealed": to_text(os.urandom(61))},
    ]


def seal_team(team: str, generation: int, private: bytes, member: dict[str, Any]) -> str:
    """Return the team's private key, sealed to a member."""
    context = team_context(talk_id(team), generation, account=member["account"])
    return to_text(seal_envelope(private, to=from_text(member["public_key"]), context=context))


def desk_of(name: str, role: str = "advocate", *, team: Team | None = None) -> Desk:
    """Return a desk of somebody in the team."""
    desk = Desk(account(name, role))
    if team is not None:
        Member.objects.create(
            team=team,
            account=desk.account,
            working_name=name.title(),
            is_supervisor=role == "coordinator",
        )
    return desk


def ready_desk(name: str = "cora", role: str = "coordinator") -> Desk:
    """Return the desk of the first of a team, her key and the team's made, and on."""
    desk = desk_of(name, role, team=make_line.team(slug="main"))
    desk.make_key()
    assert desk.make_team_key().status_code == 200
    desk.ask("on/", state="on", most_chats=3)
    return desk


def colleague(desk: Desk, name: str = "sam", role: str = "advocate") -> Desk:
    """Return the desk of a colleague who was admitted."""
    other = desk_of(name, role, team=Team.objects.get(slug="main"))
    other.make_key()
    assert desk.admit(other).status_code == 200
    other.team_private = desk.team_private
    return other


def visitor(text: str = TEXT, **values: Any) -> server_side.Ticket:
    """Return the ticket of a visitor without scripts who opened a chat and wrote."""
    team = Team.objects.get(slug="main")
    ticket = server_side.open_for(**{"team_id": team.pk, "kind": "chat", "language": "es"} | values)
    server_side.seal_and_store(ticket, {"kind": "text", "text": text})
    return ticket


def taken(desk: Desk, ticket: server_side.Ticket) -> str:
    """Return the id of a conversation that the desk has taken."""
    talk = str(ticket.conversation)
    desk.ask("talk/take/", id=talk)
    return talk
