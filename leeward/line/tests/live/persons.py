"""Visitors over real connections: they say, listen, lose the line, and come again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx

from leeward.line.tests.live import talks
from leeward.line.tests.live.talks import Talk

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
AGAIN_S = 0.1
PATIENCE_S = 300.0  # on a machine that is busy; a server that was killed cuts its connections
LATER = (429, 503)


class Visitor:
    """One visitor's browser, as its script behaves.

    refused: set once a message was not taken and told so; streams: how often she listened anew.
    """

    def __init__(self, talk: Talk, base: str) -> None:
        self.talk = talk
        self.base = base
        self.client = httpx.AsyncClient(timeout=PATIENCE_S)
        self.boxes: list[bytes] = []
        self.told: dict[int, int] = {}
        self.heard: list[dict[str, Any]] = []
        self.kinds: list[str] = []
        self.refused = asyncio.Event()
        self.streams = 0
        self._heard_more = asyncio.Event()

    async def say(self) -> int:
        """Say the next message, again and again until it is stored; return its place."""
        self.boxes.append(talks.box())
        number = len(self.boxes)
        while True:
            try:
                got = await self._post("/live/say", self.talk.says(number, self.boxes[-1]))
            except httpx.TransportError:
                await asyncio.sleep(AGAIN_S)
                continue
            if got.status_code == 200:
                self.told[number] = got.json()["place"]
                return self.told[number]
            assert got.status_code in LATER, got.text
            self.refused.set()
            await asyncio.sleep(AGAIN_S)

    async def listen(self) -> None:
        """Listen, and come again after each loss from the last place heard."""
        while True:
            after = max((event["place"] for event in self.heard), default=0)
            try:
                await self._listen(after)
            except httpx.TransportError:
                pass
            await asyncio.sleep(AGAIN_S)

    async def until(self, is_so: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
        """Wait until something is so; looked at after each event."""
        async with asyncio.timeout(within_s):
            while not is_so():
                self._heard_more.clear()
                await self._heard_more.wait()

    async def _listen(self, after: int) -> None:
        fields = self.talk.fields(after=after) | {"to": "/live/listen"}
        ask = self.client.stream("POST", self.base, content=urlencode(fields), headers=FORM)
        async with ask as answer:
            if answer.status_code in LATER:
                return
            assert answer.status_code == 200
            self.streams += 1
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    self._hear(json.loads(line[6:]))

    def _hear(self, event: dict[str, Any]) -> None:
        self.kinds.append(event["e"])
        if event["e"] == "message":
            self.heard.append(event)
        self._heard_more.set()

    async def _post(self, to: str, fields: dict[str, str]) -> httpx.Response:
        body = urlencode({"to": to} | fields)
        return await self.client.post(self.base, content=body, headers=FORM)
