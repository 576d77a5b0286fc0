"""A line with somebody on it, an advocate who opens and answers, and a visitor's browser."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from leeward.line.models import Conversation, Epoch, Member, Team, TeamKey
from leeward.line.services.shifts import roster
from leeward.line.services.talks import epochs, queue, storing
from leeward.line.tests import make
from leeward.people.models import Account
from leeward.sealing.contexts import MessagePlace
from leeward.sealing.epochs import open_epoch_key
from leeward.sealing.keys import new_private_key, public_key
from leeward.sealing.messages import open_message, seal_message

HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"')


@dataclass
class Line:
    """One team with its key, and Sam, who answers for it."""

    team: Team
    private: bytes
    sam: Account

    def goes_on(self) -> None:
        """Have Sam say that she is there."""
        roster.go_on(self.team, self.sam, now=timezone.now())

    def takes(self) -> Conversation:
        """Have Sam take whoever waits first."""
        talk = queue.waiting(self.team).get()
        queue.take(talk.pk, self.sam)
        return talk

    def reads(self, talk_id: UUID) -> list[dict[str, Any]]:
        """Return every message of a conversation, opened with the team's key."""
        talk = Conversation.objects.get(pk=talk_id)
        return [
            json.loads(
                open_message(
                    bytes(row.box),
                    key=self._key(talk_id, row.epoch),
                    place=MessagePlace(talk_id, row.epoch, row.seat, row.number),
                )
            )
            for row in talk.messages.order_by("place")
        ]

    def says(self, talk_id: UUID, **data: Any) -> None:
        """Write as Sam, sealed as her browser does it."""
        seat = queue.seat_of(talk_id, self.sam).number
        epoch = Epoch.objects.filter(conversation_id=talk_id).latest("number").number
        number = 1 + Conversation.objects.get(pk=talk_id).messages.filter(seat=seat).count()
        box = seal_message(
            json.dumps(data).encode(),
            key=self._key(talk_id, epoch),
            place=MessagePlace(talk_id, epoch, seat, number),
        )
        message = storing.Incoming(talk_id, seat, number, epoch, box, timezone.now())
        answers = storing.store([message])
        assert isinstance(answers[0], storing.Stored)
        storing.announce_stored(answers)

    def _key(self, talk_id: UUID, epoch: int) -> bytes:
        wraps = epochs.wraps_for(talk_id, epochs.TEAM, 1)
        sealed = next(wrap.sealed for wrap in wraps if wrap.epoch == epoch)
        return open_epoch_key(sealed, private=self.private, conversation=talk_id, epoch=epoch)


def line(*, is_on: bool = True, has_key: bool = True, **values: Any) -> Line:
    """Return a line that is ready, with Sam on it."""
    team = make.team(**values)
    private = new_private_key()
    if has_key:
        TeamKey.objects.create(
            team=team,
            generation=1,
            public_key=public_key(private),
            made_on=timezone.now().date(),
        )
    sam = Account.objects.create_user(username="sam", display_name="Sam")
    Member.objects.create(team=team, account=sam, working_name="Sam")
    found = Line(team, private, sam)
    if is_on:
        found.goes_on()
    return found


def seconds_later(seconds: int) -> time_machine.travel:
    """Have what stands within happen so many seconds later."""
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


@dataclass
class Visitor:
    """A browser without scripts: it remembers the page it is on, and presses what stands there."""

    language: str = "en"
    client: Client = field(default_factory=Client)
    page: str = ""
    status: int = 0
    answer: HttpResponse | None = None

    def goes(self, path: str) -> Visitor:
        """Open a page of the line, such as "back/"."""
        return self._on(self.client.get(f"/{self.language}/talk/{path}"))

    def sends(self, path: str, **fields: Any) -> Visitor:
        """Send a form of the present page, with its hidden fields, to a page of the line."""
        sent = {**self.hidden(), **fields}
        sent.pop("to", None)
        return self._on(self.client.post(f"/{self.language}/talk/{path}", sent))

    def waits(self) -> Visitor:
        """Have the page she is on made some seconds ago."""
        return self.waits_for("")

    def waits_for(self, path: str) -> Visitor:
        """Have a page of the line, such as "back/", made some seconds ago."""
        with seconds_later(-10):
            return self.goes(path)

    def opens_a_chat(self) -> Visitor:
        """Wait the short wait, then press "Chat now"."""
        return self.waits().sends("chat/")

    def writes(self, text: str) -> Any:
        """Write in the frame; the page around it stays."""
        frame = html.unescape(self.page.partition('data-line="log-frame"')[2])
        number = dict(HIDDEN.findall(frame))["number"]
        fields = {"ticket": self.ticket, "number": number, "text": text}
        answer = self.client.post(f"/{self.language}/talk/write/", fields)
        self.refreshes()
        return answer

    def refreshes(self) -> Visitor:
        """Press "Refresh"."""
        return self._on(self.client.post(f"/{self.language}/talk/chat/", {"ticket": self.ticket}))

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the page, frames left out."""
        return dict(HIDDEN.findall(self.page))

    @property
    def ticket(self) -> str:
        """The ticket that the page carries."""
        return self.hidden()["ticket"]

    @property
    def main(self) -> str:
        """What stands in the page, frames opened, without tags."""
        body = html.unescape(self.page.partition("<main")[2].partition("</main>")[0])
        body = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def words(self) -> str:
        """The six words that the page shows or carries."""
        return self.hidden()["words"]

    def _on(self, answer: HttpResponse) -> Visitor:
        self.answer, self.page, self.status = answer, answer.content.decode(), answer.status_code
        return self


def keeps(visitor: Visitor) -> str:
    """Keep the chat she is in; return her six words."""
    visitor.sends("keep/")
    words = visitor.words
    visitor.sends("keep/", words=words, step="ask")
    visitor.sends("keep/", words=words, step="check", **right_picks(visitor.page, words))
    return words


def right_picks(page: str, words: str) -> dict[str, str]:
    """Return the fields that pick out the asked words rightly."""
    asked = {int(number) for number in re.findall(r'name="word(\d)"', page)}
    return {f"word{number}": words.split()[number - 1] for number in asked}
