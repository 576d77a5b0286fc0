"""A web socket that questions go out on; answers and events come back, told apart by id."""

from __future__ import annotations

import contextlib
import itertools
import json
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlow
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

Answer = dict[str, Any]
ANSWER_WITHIN_S = 60.0


class NoAnswer(Exception):
    """The browser refused a command, went away, or the page did. Normal while a page changes."""


class Wire:
    """One connection to a browser."""

    def __init__(self, address: str) -> None:
        self._open = contextlib.ExitStack()
        self._socket = self._open.enter_context(
            connect(
                address,
                max_size=None,
                compression=None,
                ping_interval=None,
                open_timeout=30,
            )
        )
        self._ids = itertools.count(1)
        self._waiting: dict[int, Future[Answer]] = {}
        self._events: list[Answer] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def ask(
        self,
        method: str,
        params: Answer | None = None,
        *,
        within_s: float = 0,
        **top: Any,
    ) -> Answer:
        """Send a command and return its result. Raises NoAnswer."""
        future = self.tell(method, params, **top)
        try:
            return future.result(within_s or ANSWER_WITHIN_S)
        except TooSlow:
            raise NoAnswer(f"{method}: no answer in time") from None

    def tell(self, method: str, params: Answer | None = None, **top: Any) -> Future[Answer]:
        """Send a command without waiting: the page it is about may go away because of it."""
        number = next(self._ids)
        future: Future[Answer] = Future()
        self._waiting[number] = future
        try:
            self._socket.send(
                json.dumps({"id": number, "method": method, "params": params or {}, **top})
            )
        except (ConnectionClosed, OSError) as gone:
            raise NoAnswer(f"{method}: the browser is gone") from gone
        return future

    def heard(self, method: str, *, since: int = 0, session: str = "") -> list[Answer]:
        """Return the parameters of every event `method`, oldest first, from number `since` on."""
        return [
            event["params"]
            for event in self._events[since:]
            if event["method"] == method and session in ("", event.get("sessionId"))
        ]

    def mark(self) -> int:
        """Return how many events came so far."""
        return len(self._events)

    def wait_for_event(
        self, method: str, *, since: int, within_s: float, session: str = ""
    ) -> Answer:
        """Return the first event `method` after `since`. Raises NoAnswer when none comes."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            found = self.heard(method, since=since, session=session)
            if found:
                return found[0]
            time.sleep(0.02)
        raise NoAnswer(f"{method} did not come")

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(Exception):
            self._open.close()
        self._reader.join(5)

    def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed, OSError):
            for text in self._socket:
                self._sort(json.loads(text))
        for future in list(self._waiting.values()):
            if not future.done():
                future.set_exception(NoAnswer("the browser is gone"))

    def _sort(self, message: Answer) -> None:
        future = self._waiting.pop(message.get("id") or 0, None)
        if future is None:
            if "method" in message:
                self._events.append(message)
        elif "error" in message:
            future.set_exception(NoAnswer(f"{message['error']} {message.get('message', '')}"))
        else:
            future.set_result(message.get("result", {}))
