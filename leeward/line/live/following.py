"""Following one conversation: each message once, in order, whatever was missed.

Places have no gaps, so the next event in line is told at once, an old one is dropped, and anything
else means that something was missed: then the database is read from the last place told.
"""

from __future__ import annotations

import asyncio
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError

from leeward.line.live.hub import Event
from leeward.line.live.workers import Workers
from leeward.line.services.talks import replaying
from leeward.line.services.talks.replaying import StoredMessage
from leeward.safety import log

MOST_AT_ONCE = 20  # of the longest messages: 880 KB, less than a stream holds
TRY_AGAIN_S = 2.0


class Reader(Protocol):
    """Who is told: a visitor's stream, or an advocate's desk."""

    def tell(self, talk_id: UUID, event: Event) -> None:
        """Take one event: messages in the order of their places."""

    async def drained(self) -> None:
        """Wait until what was told is on its way."""


class Follower:
    """One reader's place in one conversation."""

    __slots__ = ("_reader", "_reading", "_wants_more", "_workers", "id", "place", "state")

    def __init__(
        self, talk_id: UUID, place: int, state: str, reader: Reader, workers: Workers
    ) -> None:
        self.id = talk_id
        self.place = place
        self.state = state
        self._reader = reader
        self._workers = workers
        self._reading: asyncio.Task[None] | None = None
        self._wants_more = False

    def hear(self, _channel: str, event: Event) -> None:
        """Take an event of the conversation's channel."""
        if event["e"] != "message":
            if event["e"] == "state":
                self.state = event["state"]
            self._reader.tell(self.id, event)
        elif event["place"] == self.place + 1 and self._reading is None:
            self._tell(event)
        elif event["place"] > self.place:
            self.catch_up()

    def catch_up(self) -> None:
        """Read what was missed and tell it."""
        self._wants_more = True
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())

    def stop(self) -> None:
        """Read no more."""
        if self._reading is not None:
            self._reading.cancel()

    async def _read(self) -> None:
        try:
            while self._wants_more:
                self._wants_more = False
                await self._read_on()
        finally:
            self._reading = None

    async def _read_on(self) -> None:
        try:
            while found := await self._missed():
                for message in found:
                    self._tell(message.event())
                await self._reader.drained()
        except DatabaseError as wrong:
            log.error("line.reading_failed", kind=type(wrong).__name__)
            await asyncio.sleep(TRY_AGAIN_S)
            self._wants_more = True

    async def _missed(self) -> list[StoredMessage]:
        return await self._workers.do(replaying.since, self.id, self.place, MOST_AT_ONCE)

    def _tell(self, event: Event) -> None:
        self.place = event["place"]
        self._reader.tell(self.id, event)
