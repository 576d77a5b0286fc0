"""Looking into the database for what no wake told of: the net under Redis.

Without Redis between several processes, or while it is gone, each conversation's last place is
compared every two seconds with the last place told. While Redis is there, now and then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from django.db import DatabaseError

from leeward.line.live.listening import standing_event
from leeward.line.live.room import Follows, Room
from leeward.line.services.talks import signs
from leeward.line.services.talks.signs import Head
from leeward.safety import log

ALONE_S = 2.0
WITH_REDIS_S = 15.0


class Looking:
    """Looks from time to time."""

    def __init__(self, room: Room, is_linked: Callable[[], bool]) -> None:
        self._room = room
        self._is_linked = is_linked
        self._now = asyncio.Event()

    def soon(self) -> None:
        """Look at once: a link came or went."""
        self._now.set()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            wait_s = WITH_REDIS_S if self._is_linked() else ALONE_S
            try:
                async with asyncio.timeout(wait_s):
                    await self._now.wait()
            except TimeoutError:
                pass
            self._now.clear()
            await self.look()

    async def look(self) -> None:
        """Compare each follower with the database; tell what was missed."""
        followers = tuple(self._room.followers)
        ids = list({follower.id for follower in followers})
        try:
            heads = await self._room.workers.do(signs.heads, ids)
        except DatabaseError as wrong:
            log.error("line.looking_failed", kind=type(wrong).__name__)
            return
        for follower in followers:
            await self._compare(follower, heads.get(follower.id))

    async def _compare(self, follower: Follows, head: Head | None) -> None:
        if head is None:
            follower.hear("", {"e": "ended", "how": "unknown"})
        elif head.state != follower.state:
            follower.hear("", await self._room.workers.do(standing_event, follower.id))
        if head is not None and head.last_place > follower.place:
            follower.catch_up()
