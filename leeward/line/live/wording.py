"""How events are spelled on the wire: server-sent events (WHATWG HTML, 9.2), and JSON answers."""

from __future__ import annotations

import json
from typing import Any

BEAT = b":\n\n"


def event_bytes(event: dict[str, Any]) -> bytes:
    """Return one event. A message's place is its id, so that a browser knows what it saw last."""
    data = json_bytes(event)
    if event["e"] == "message":
        return b"id: %d\ndata: %b\n\n" % (event["place"], data)
    return b"data: %b\n\n" % data


def retry_bytes(wait_ms: int) -> bytes:
    """Return the line that says how long to wait before coming again."""
    return b"retry: %d\n\n" % wait_ms


def json_bytes(value: object) -> bytes:
    """Return `value` as compact JSON."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
