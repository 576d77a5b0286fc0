"""/live/listen: a visitor's stream of events, from the last place she has seen."""

from __future__ import annotations

import asyncio
import secrets
from uuid import UUID

from django.db import DatabaseError

from leeward.line.live.answers import Fields, read_number
from leeward.line.live.following import Follower
from leeward.line.live.hub import Event
from leeward.line.live.room import Room
from leeward.line.live.stream import Stream
from leeward.line.live.wording import BEAT, event_bytes, retry_bytes
from leeward.line.models import Conversation
from leeward.line.services import announcing
from leeward.line.services.talks import queue
from leeward.safety import log
from leeward.safety.headers import visitor_headers
from leeward.safety.kept_pages import RawHeaders
from leeward.safety.wire import Receive, Scope, Send, raw

QUEUE_SETTLES_S = 1.0  # a queue that moves often is told once
WAITING = "waiting"


def stream_headers() -> RawHeaders:
    """Return the headers of a stream of events to a visitor. No proxy may hold it back."""
    return raw(visitor_headers() | {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})


def come_again_ms() -> int:
    """Return how long a browser waits before it comes again: not all at once, so by chance."""
    return 1000 + secrets.randbelow(3000)


class Listening:
    """One visitor's stream."""

    __slots__ = ("_follower", "_room", "_standing", "_stream", "_team_channel", "talk_id")

    def __init__(self, talk: Conversation, place: int, room: Room, stream: Stream) -> None:
        self.talk_id = talk.pk
        self._room = room
        self._stream = stream
        self._team_channel = announcing.team_channel(talk.team_id)
        self._follower = Follower(talk.pk, place, talk.state, self, room.workers)
        self._standing: asyncio.Task[int | None] | asyncio.Task[None] | None = None

    def tell(self, _talk_id: UUID, event: Event) -> None:
        """Send an event; the last one ends the stream."""
        self._stream.write(event_bytes(event))
        if event["e"] == "ended":
            self._stream.end()

    async def drained(self) -> None:
        """Wait until what was told is on its way."""
        await self._stream.drained()

    def start(self) -> None:
        """Follow the talk and its queue; tell what was missed."""
        hub, channel = self._room.hub, announcing.talk_channel(self.talk_id)
        hub.follow(channel, self._follower.hear)
        hub.follow(self._team_channel, self._hear_team)
        self._room.followers.add(self._follower)
        self._room.beats.add(self._beat)
        self._room.presence.visitor_came(self.talk_id)
        self._standing = asyncio.create_task(self._tell_first())

    def stop(self) -> None:
        """Follow no more; her grace begins."""
        hub, channel = self._room.hub, announcing.talk_channel(self.talk_id)
        hub.unfollow(channel, self._follower.hear)
        hub.unfollow(self._team_channel, self._hear_team)
        self._room.followers.discard(self._follower)
        self._room.beats.remove(self._beat)
        self._room.presence.visitor_went(self.talk_id)
        self._follower.stop()
        if self._standing is not None:
            self._standing.cancel()

    def _hear_team(self, _channel: str, _event: Event) -> None:
        if self._follower.state == WAITING:
            self._tell_standing(wait_s=QUEUE_SETTLES_S)

    def _beat(self) -> None:
        if self._stream.is_idle:
            self._stream.write(BEAT)

    async def _tell_first(self) -> None:
        """Tell where it stands; read messages only if there are more than her page has."""
        last_place = await self._read_standing(wait_s=0)
        if last_place is None or last_place > self._follower.place:
            self._follower.catch_up()

    def _tell_standing(self, *, wait_s: float) -> None:
        if self._standing is None:
            self._standing = asyncio.create_task(self._read_standing(wait_s=wait_s))

    async def _read_standing(self, *, wait_s: float) -> int | None:
        """Tell where it stands; return its last place, None when that could not be read."""
        try:
            await asyncio.sleep(wait_s)
            event, last_place = await self._room.workers.do(_standing_and_place, self.talk_id)
            self._follower.hear("", event)
        except DatabaseError as wrong:
            log.error("line.reading_failed", kind=type(wrong).__name__)
            return None
        finally:
            self._standing = None
        return last_place


def standing_event(talk_id: UUID) -> Event:
    """Return where a conversation stands; "ended" when it is there no more."""
    return _standing_and_place(talk_id)[0]


def _standing_and_place(talk_id: UUID) -> tuple[Event, int]:
    talk = Conversation.objects.select_related("team").filter(pk=talk_id).first()
    if talk is None:
        return {"e": "ended", "how": "unknown"}, 0
    return queue.standing(talk).event(), talk.last_place


async def listen(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the stream. Raises Cannot: 404, 400, or 503 when too many are open."""
    talk = await room.visitors.find(fields)
    place = min(read_number(fields, "after", default="0"), talk.last_place)
    stream = Stream(send)
    with room.place_for_one():
        await stream.open(stream_headers())
        stream.write(retry_bytes(come_again_ms()))
        listening = Listening(talk, place, room, stream)
        listening.start()
        fields.clear()
        try:
            await stream.hold(scope, receive)
        finally:
            listening.stop()
