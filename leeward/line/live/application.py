"""The live half as a whole: its handlers by name, started and stopped with the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from django.utils import timezone

from leeward.line.live import frame
from leeward.line.live.answers import NOT_FOUND, Cannot, Fields, Handler, send_json
from leeward.line.live.claiming import claim
from leeward.line.live.consenting import consent
from leeward.line.live.desk import watch_desk
from leeward.line.live.growing import grow
from leeward.line.live.hub import Event
from leeward.line.live.keeping import keep
from leeward.line.live.listening import listen
from leeward.line.live.looking import Looking
from leeward.line.live.opening import challenge, open_talk
from leeward.line.live.room import Room
from leeward.line.live.saying import say
from leeward.line.live.signing import epoch, sign
from leeward.line.live.stopping import leave_no_logs
from leeward.line.services import announcing
from leeward.line.services.endings import watching
from leeward.safety import log
from leeward.safety.limits import FloodLimit, Rate
from leeward.safety.wire import App, Receive, Scope, Send, raw, send_bare

if TYPE_CHECKING:
    from leeward.line.live.redis_link import RedisLink

DESK = "/staff/desk/live"

# A chat sends a few signs a minute; a shelter's whole office may share one address.
SMALL = FloodLimit(Rate(burst=300, per_minute=900))

RoomHandler = Callable[[Room, Fields, Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[Cannot, Send], Awaitable[None]]


class Line:
    """The live half of the line, for one server process."""

    def __init__(self, *, redis_url: str, workers: int) -> None:
        self._redis_url = redis_url
        self._has_others = bool(redis_url) or workers > 1
        self._open: _Open | None = None
        self.streams: Mapping[str, App] = {DESK: self._desk}
        self.forms: Mapping[str, Handler] = {
            "/live/listen": self._in_room(listen, _refuse_json),
            "/live/say": self._in_room(say, _refuse_json),
            "/live/sign": self._in_room(sign, _refuse_json),
            "/live/epoch": self._in_room(epoch, _refuse_json),
            "/live/claim": self._in_room(claim, _refuse_json),
            "/live/open": self._in_room(open_talk, _refuse_json),
            "/live/challenge": self._in_room(challenge, _refuse_json),
            "/live/consent": self._in_room(consent, _refuse_json),
            "/live/keep": self._in_room(keep, _refuse_json),
            "/live/grow": self._in_room(grow, _refuse_frame),
        }

    async def start(self) -> None:
        """Open the room: threads, timers, and the link to other processes."""
        watching.begins(timezone.now())
        self._open = _Open(self._redis_url, has_others=self._has_others)
        announcing.calls_on_announce(self._open.announce)

    async def stop(self) -> None:
        """Store what waits, write who was there, and end all of it."""
        if self._open is not None:
            announcing.forget_announcer(self._open.announce)
            ending, self._open = self._open, None
            await ending.stop()
            watching.ends()

    async def _desk(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an advocate's desk with its stream."""
        if self._open is None:
            await send_bare(503, {}, send)
            return
        try:
            await watch_desk(self._open.room, scope, receive, send)
        except Cannot as refusal:
            await send_bare(refusal.status, {}, send)

    def _in_room(self, handler: RoomHandler, refuse: Refuse) -> Handler:
        async def answer(fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await handler(self._room(scope), fields, scope, receive, send)
            except Cannot as refusal:
                await refuse(refusal, send)

        return answer

    def _room(self, scope: Scope) -> Room:
        client = scope.get("client")
        if client and not SMALL.allows(client[0]):
            raise Cannot(429, "too_many")
        if self._open is None:
            raise Cannot(503, "later")
        return self._open.room


class _Open:
    """What runs while the server runs."""

    def __init__(self, redis_url: str, *, has_others: bool) -> None:
        self.room = Room()
        self.room.writer.start()
        self._link: RedisLink | None = None
        self._looking = Looking(self.room, self._is_linked)
        works = [self.room.beats.run, self.room.presence.run]
        if has_others:
            works.append(self._looking.run)
        if redis_url:
            self._link = self._make_link(redis_url)
            works.append(self._link.run)
        self._tasks = [asyncio.create_task(_lasting(work)) for work in works]

    def announce(self, channel: str, event: Event) -> None:
        """Take an event of this process, in any thread."""
        self.room.hub.announce(channel, event)

    async def stop(self) -> None:
        """End it all; blocks the loop for a moment, when nobody is served any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.room.presence.write()
        self.room.writer.stop()
        self.room.workers.stop()
        await asyncio.to_thread(leave_no_logs)

    def _make_link(self, url: str) -> RedisLink:
        # Only here: its library is a tenth of the server's start, and most sites have no Redis.
        from leeward.line.live.redis_link import RedisLink

        link = RedisLink(url, hears=self._hear, changed=self._looking.soon)
        self.room.hub.passes_on(link.publish)
        return link

    def _is_linked(self) -> bool:
        return self._link is not None and self._link.is_up

    def _hear(self, channel: str, event: Event) -> None:
        """Take an event of another process."""
        announcing.heard(channel, event)
        self.room.hub.deliver(channel, event)


async def _lasting(work: Callable[[], Awaitable[None]]) -> None:
    """Run a part that never ends by itself; log it if it does."""
    try:
        await work()
    except Exception as wrong:
        log.error("line.part_failed", kind=type(wrong).__name__)
        raise


async def _refuse_json(refusal: Cannot, send: Send) -> None:
    await send_json({"why": refusal.why}, send, status=refusal.status)


async def _refuse_frame(refusal: Cannot, send: Send) -> None:
    """Answer in the frame: a talk that is over, or that comes again later."""
    language = "en"
    word = "ended" if (refusal.status, refusal.why) == NOT_FOUND else "later"
    body = frame.head(language) + frame.state({"state": word}, language)
    headers = [*frame.frame_headers(), *raw({"Content-Length": str(len(body))})]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
