"""/staff/desk/live: an advocate's stream: her queue, and every conversation in which she sits.

It starts with where each of her conversations stands ("hello"), so that her page asks for what it
missed. Events of a conversation carry its id as `talk`. Whether she is still signed in is looked
at again each minute.
"""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from leeward.line.live.following import Follower
from leeward.line.live.hub import Event
from leeward.line.live.listening import come_again_ms
from leeward.line.live.room import Room
from leeward.line.live.stream import Stream
from leeward.line.live.wording import BEAT, event_bytes, retry_bytes
from leeward.line.services import announcing
from leeward.line.services.talks import signs
from leeward.line.services.talks.signs import Head
from leeward.people.models import Account
from leeward.people.services import signed_in_account
from leeward.safety import log
from leeward.safety.headers import desk_headers
from leeward.safety.wire import Receive, Scope, Send, raw, send_bare

RIGHT = "line.answer_line"
LOOK_AGAIN_S = 60.0
SETTLES_S = 0.2  # taking a chat moves the queue and her seats at once


class Desk:
    """One advocate's open desk."""

    def __init__(self, account: Account, teams: list[UUID], room: Room, stream: Stream) -> None:
        self._account = account
        self._room = room
        self._stream = stream
        self._channels = [announcing.desk_channel(account.pk)]
        self._channels += [announcing.team_channel(team_id) for team_id in teams]
        self._followers: dict[UUID, Follower] = {}
        self._seating: asyncio.Task[None] | None = None
        self._is_seating_wanted = False

    def tell(self, talk_id: UUID, event: Event) -> None:
        """Send an event of one conversation."""
        self._stream.write(event_bytes(event | {"talk": str(talk_id)}))
        if event["e"] == "ended":
            self._leave(talk_id)

    async def drained(self) -> None:
        """Wait until what was told is on its way."""
        await self._stream.drained()

    async def start(self) -> None:
        """Follow her channels and her conversations; say where these stand."""
        for channel in self._channels:
            self._room.hub.follow(channel, self._hear)
        self._room.beats.add(self._beat)
        self._room.presence.desk_opened(self._account.pk)
        seats = await self._room.workers.do(signs.seats_of, self._account)
        for talk_id, head in seats.items():
            self._follow(talk_id, head)
        self._stream.write(event_bytes({"e": "hello", "talks": _spell(seats)}))

    def stop(self) -> None:
        """Follow no more."""
        for channel in self._channels:
            self._room.hub.unfollow(channel, self._hear)
        self._room.beats.remove(self._beat)
        self._room.presence.desk_shut(self._account.pk)
        for talk_id in tuple(self._followers):
            self._leave(talk_id)
        if self._seating is not None:
            self._seating.cancel()

    async def watch(self, cookies: str) -> None:
        """End the stream once she is no longer signed in, or may no longer answer."""
        while not self._stream.is_over:
            await asyncio.sleep(LOOK_AGAIN_S)
            try:
                account = await self._room.workers.do(_who_may_answer, cookies)
            except DatabaseError as wrong:
                log.error("line.reading_failed", kind=type(wrong).__name__)
                continue
            if account is None or account.pk != self._account.pk:
                self._stream.write(event_bytes({"e": "signed_out"}))
                self._stream.end()

    def _hear(self, _channel: str, event: Event) -> None:
        """Pass an event of her own or her team's on; her seats may be others now."""
        self._stream.write(event_bytes(event))
        self._is_seating_wanted = True
        if self._seating is None:
            self._seating = asyncio.create_task(self._seat())

    async def _seat(self) -> None:
        try:
            while self._is_seating_wanted:
                await asyncio.sleep(SETTLES_S)
                self._is_seating_wanted = False
                self._take_seats(await self._room.workers.do(signs.seats_of, self._account))
        except DatabaseError as wrong:
            log.error("line.reading_failed", kind=type(wrong).__name__)
        finally:
            self._seating = None

    def _take_seats(self, seats: dict[UUID, Head]) -> None:
        for talk_id in set(self._followers) - set(seats):
            self._stream.write(event_bytes({"e": "left", "talk": str(talk_id)}))
            self._leave(talk_id)
        for talk_id in set(seats) - set(self._followers):
            self._follow(talk_id, seats[talk_id])
            talks = _spell({talk_id: seats[talk_id]})
            self._stream.write(event_bytes({"e": "hello", "talks": talks}))

    def _follow(self, talk_id: UUID, head: Head) -> None:
        follower = Follower(talk_id, head.last_place, head.state, self, self._room.workers)
        self._followers[talk_id] = follower
        self._room.hub.follow(announcing.talk_channel(talk_id), follower.hear)
        self._room.followers.add(follower)
        follower.catch_up()  # what came between reading the head and following

    def _leave(self, talk_id: UUID) -> None:
        follower = self._followers.pop(talk_id, None)
        if follower is not None:
            self._room.hub.unfollow(announcing.talk_channel(talk_id), follower.hear)
            self._room.followers.discard(follower)
            follower.stop()

    def _beat(self) -> None:
        if self._stream.is_idle:
            self._stream.write(BEAT)


async def watch_desk(room: Room, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with an advocate's stream; 403 for everybody else, whoever they are."""
    cookies = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    account = await room.workers.do(_who_may_answer, cookies)
    if account is None:
        await send_bare(403, desk_headers(), send)
        return
    teams = await room.workers.do(signs.teams_answered_by, account)
    headers = desk_headers() | {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
    stream = Stream(send)
    with room.place_for_one():
        await stream.open(raw(headers))
        stream.write(retry_bytes(come_again_ms()))
        desk = Desk(account, teams, room, stream)
        watching = asyncio.create_task(desk.watch(cookies))
        try:
            await desk.start()
            await stream.hold(scope, receive)
        finally:
            watching.cancel()
            desk.stop()


def _who_may_answer(cookies: str) -> Account | None:
    account = signed_in_account(cookies)
    return account if account is not None and account.has_perm(RIGHT) else None


def _spell(seats: dict[UUID, Head]) -> dict[str, Any]:
    return {
        str(talk_id): {"place": head.last_place, "state": head.state}
        for talk_id, head in seats.items()
    }
