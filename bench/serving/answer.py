"""One answer as a server sent it, so that others can be made to send exactly the same."""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

# Each server adds these by itself.
_OWN_OF_SERVER = {"date", "server", "connection", "keep-alive"}

SETTLED_AFTER_S = 1.0
VISITOR = {"Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en-US,en;q=0.9"}


@dataclass(frozen=True)
class SentAnswer:
    """Status 200, the headers that the application chose, and the (compressed) body."""

    headers: list[tuple[str, str]]
    body: bytes

    def save(self, file: Path) -> None:
        """Write the answer to `file`."""
        body = base64.b64encode(self.body).decode()
        file.write_text(json.dumps({"headers": self.headers, "body": body}))

    @classmethod
    def load(cls, file: Path) -> SentAnswer:
        """Return the answer that `save` wrote."""
        data = json.loads(file.read_text())
        return cls([(n, v) for n, v in data["headers"]], base64.b64decode(data["body"]))


class WrongAnswer(Exception):
    """A server answered something other than the page that is measured."""


def ask_settled(address: str) -> SentAnswer:
    """Return the answer at `address` once it is what everybody after the first one gets.

    The first to ask gets a page that was squeezed quickly; the smallest bytes follow within a
    second.
    """
    ask(address)
    time.sleep(SETTLED_AFTER_S)
    return ask(address)


def ask(address: str, method: str = "GET", body: bytes | None = None) -> SentAnswer:
    """Return the answer at `address`. Raises WrongAnswer unless it is 200."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    headers = dict(VISITOR)
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, parts.path or "/", body=body, headers=headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.status != 200:
        raise WrongAnswer(f"{method} {address}: {response.status}")
    sent = [(n.lower(), v) for n, v in response.getheaders() if n.lower() not in _OWN_OF_SERVER]
    return SentAnswer(sent, content)
