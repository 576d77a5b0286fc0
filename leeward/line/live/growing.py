"""/live/grow: for visitors without scripts, a page in a frame that grows as messages come.

The server opens her messages here, with the ticket that her form brought; it and the keys of her
days live in memory as long as the frame is open, and nothing of them is stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError

from leeward.line.live import frame
from leeward.line.live.answers import NOT_FOUND, Cannot, Fields, read_number
from leeward.line.live.hub import Event
from leeward.line.live.listening import QUEUE_SETTLES_S, WAITING, standing_event
from leeward.line.live.room import Room
from leeward.line.live.stream import Stream
from leeward.line.models import Conversation
from leeward.line.services import announcing
from leeward.line.services.consent import consents
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.talks import replaying
from leeward.line.services.visitors import server_side
from leeward.line.services.visitors.reading import Reading
from leeward.line.services.visitors.server_side import Plain, Ticket, TicketUnreadable
from leeward.safety import log
from leeward.safety.wire import Receive, Scope, Send

MOST_AT_ONCE = 20
TYPING_AGAIN_S = 6.0
TRY_AGAIN_S = 2.0


class Growing:
    """One frame that grows."""

    __slots__ = (
        "_language",
        "_opener",
        "_reading",
        "_room",
        "_standing",
        "_stream",
        "_team_channel",
        "_typed_at",
        "_wants_more",
        "id",
        "place",
        "state",
    )

    def __init__(
        self,
        talk: Conversation,
        ticket: Ticket,
        place: int,
        language: str,
        room: Room,
        stream: Stream,
    ) -> None:
        self.id: UUID = talk.pk
        self.place = place
        self.state = ""
        self._opener = Reading(ticket)
        self._language = language
        self._room = room
        self._stream = stream
        self._team_channel = announcing.team_channel(talk.team_id)
        self._reading: asyncio.Task[None] | None = None
        self._standing: asyncio.Task[None] | None = None
        self._wants_more = False
        self._typed_at = 0.0

    def start(self) -> None:
        """Follow the talk and its queue; show what is there."""
        self._stream.write(frame.head(self._language))
        self._room.hub.follow(announcing.talk_channel(self.id), self.hear)
        self._room.hub.follow(self._team_channel, self._hear_team)
        self._room.followers.add(self)
        self._room.beats.add(self._beat)
        self._room.presence.visitor_came(self.id)
        self.catch_up()

    def stop(self) -> None:
        """Follow no more; her grace begins."""
        self._room.hub.unfollow(announcing.talk_channel(self.id), self.hear)
        self._room.hub.unfollow(self._team_channel, self._hear_team)
        self._room.followers.discard(self)
        self._room.beats.remove(self._beat)
        self._room.presence.visitor_went(self.id)
        for task in (self._reading, self._standing):
            if task is not None:
                task.cancel()

    def hear(self, _channel: str, event: Event) -> None:
        """Take an event of the conversation."""
        kind = event["e"]
        if kind == "message":
            self._hear_message(event)
        elif kind == "state":
            self._show_state(event)
        elif kind == "typing" and event["seat"] > 0:
            self._show_typing()
        elif kind == "consent" and event["state"] == consents.OVER:
            self._stream.write(frame.consent_over(self._language))
        elif kind == "ended":
            self._stream.write(frame.state({"state": "ended"}, self._language))
            self._stream.end()

    def _hear_message(self, event: Event) -> None:
        """Show the next message at once if memory holds what opens it; else read the database."""
        if event["place"] <= self.place:
            return
        is_next = event["place"] == self.place + 1 and self._reading is None
        plain = self._opener.opened(replaying.from_event(self.id, event)) if is_next else None
        if plain is None:
            self.catch_up()
        else:
            self._show([plain])

    def catch_up(self) -> None:
        """Read and show what is new."""
        self._wants_more = True
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    def _hear_team(self, _channel: str, _event: Event) -> None:
        if self.state == WAITING and self._standing is None:
            self._standing = asyncio.create_task(self._read_standing())

    def _beat(self) -> None:
        if self._stream.is_idle:
            self._stream.write(frame.BEAT)

    async def _read(self) -> None:
        try:
            while self._wants_more:
                self._wants_more = False
                await self._read_on()
        except NoSuchTalk:
            self.hear("", {"e": "ended"})
        except DatabaseError as wrong:
            log.error("line.reading_failed", kind=type(wrong).__name__)
            self._stream.write(frame.state({"state": "later"}, self._language))
        finally:
            self._reading = None

    async def _read_on(self) -> None:
        found = await self._found()
        while found:
            self._show(found)
            await self._stream.drained()
            found = await self._found() if len(found) == MOST_AT_ONCE else []
        if not self.state:
            self.hear("", await self._room.workers.do(standing_event, self.id))

    async def _found(self) -> list[Plain]:
        return await self._room.workers.do(self._opener.since, self.place, MOST_AT_ONCE)

    def _show(self, found: Sequence[Plain]) -> None:
        self.place = found[-1].place
        for plain in found:
            self._stream.write(frame.message(plain, self._opener.names, self._language))

    async def _read_standing(self) -> None:
        try:
            await asyncio.sleep(QUEUE_SETTLES_S)
            self.hear("", await self._room.workers.do(standing_event, self.id))
        except DatabaseError as wrong:
            log.error("line.reading_failed", kind=type(wrong).__name__)
        finally:
            self._standing = None

    def _show_state(self, event: Event) -> None:
        made = frame.state(event, self._language)
        self.state = event["state"]
        self._stream.write(made)

    def _show_typing(self) -> None:
        """Say that somebody is writing; not for each letter."""
        now = asyncio.get_running_loop().time()
        if now - self._typed_at >= TYPING_AGAIN_S:
            self._typed_at = now
            self._stream.write(frame.typing("", self._language))


async def grow(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the frame. Raises Cannot: 404 for a ticket of nothing, 400, 503."""
    try:
        ticket = server_side.read_ticket(fields.get("ticket", ""))
        talk = await room.workers.do(server_side.conversation_of, ticket)
    except (TicketUnreadable, NoSuchTalk) as wrong:
        raise Cannot(*NOT_FOUND) from wrong
    place = min(read_number(fields, "after", default="0"), talk.last_place)
    language = fields.get("language", "")
    if language not in settings.CONFIG.languages:
        language = talk.language
    fields.clear()
    stream = Stream(send)
    with room.place_for_one():
        await stream.open(frame.frame_headers())
        growing = Growing(talk, ticket, place, language, room, stream)
        growing.start()
        del talk, ticket  # a row in memory for as long as the frame is open: 2 KB
        try:
            await stream.hold(scope, receive)
        finally:
            growing.stop()
