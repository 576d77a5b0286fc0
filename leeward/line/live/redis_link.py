"""The link to other processes: Redis publish/subscribe, one channel, one subscription a process.

What passes is ciphertext and ids, held by nobody: Redis keeps no published message. When Redis is
gone nothing waits for it; `looking` reads the database instead until it is back.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from leeward.line.live.hub import Event
from leeward.line.live.wording import json_bytes
from leeward.safety import log

CHANNEL = "leeward:live"
MOST_WAITING = 10_000
TRY_AGAIN_S = 1.0
ANSWERS_WITHIN_S = 5.0


class RedisLink:
    """Publishes this process's events and hears the others'."""

    def __init__(
        self, url: str, *, hears: Callable[[str, Event], None], changed: Callable[[], None]
    ) -> None:
        self._url = url
        self._hears = hears
        self._changed = changed
        self._own = secrets.token_hex(8)
        self._outgoing: list[bytes] = []
        self._has_outgoing = asyncio.Event()
        self.is_up = False

    def publish(self, channel: str, event: Event) -> None:
        """Send an event to the other processes soon, in the loop; lost while Redis is gone."""
        if self.is_up and len(self._outgoing) < MOST_WAITING:
            self._outgoing.append(json_bytes([self._own, channel, event]))
            self._has_outgoing.set()

    async def run(self) -> None:
        """Keep the link until cancelled."""
        while True:
            try:
                await self._link()
            except* (RedisError, OSError, TimeoutError) as wrong:
                if self.is_up:
                    log.error("line.redis_gone", kind=type(wrong.exceptions[0]).__name__)
            finally:
                self._set(is_up=False)
            await asyncio.sleep(TRY_AGAIN_S)

    async def _link(self) -> None:
        client = Redis.from_url(
            self._url,
            socket_connect_timeout=ANSWERS_WITHIN_S,
            socket_timeout=ANSWERS_WITHIN_S,
            health_check_interval=ANSWERS_WITHIN_S,
            retry=None,
        )
        async with (
            client,
            client.pubsub(ignore_subscribe_messages=True) as heard,
            asyncio.TaskGroup() as both,
        ):
            await heard.subscribe(CHANNEL)
            await heard.get_message(timeout=ANSWERS_WITHIN_S)  # the answer to subscribing
            self._set(is_up=True)
            log.info("line.redis_linked")
            both.create_task(self._hear(heard))
            both.create_task(self._send(client))

    async def _hear(self, heard: PubSub) -> None:
        while True:
            message = await heard.get_message(timeout=ANSWERS_WITHIN_S / 2)
            if message is None:
                continue
            own, channel, event = json.loads(message["data"])
            if own != self._own:
                self._hears(channel, event)

    async def _send(self, client: Redis) -> None:
        while True:
            await self._has_outgoing.wait()
            self._has_outgoing.clear()
            outgoing, self._outgoing = self._outgoing, []
            async with client.pipeline(transaction=False) as line:
                for payload in outgoing:
                    line.publish(CHANNEL, payload)
                await line.execute()

    def _set(self, *, is_up: bool) -> None:
        """Note whether the link is there; what passed meanwhile is looked for in the database."""
        if is_up != self.is_up:
            self.is_up = is_up
            self._outgoing.clear()
            self._changed()
