"""What a visitor's browser asks of the line, as bytes."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from bench.line.known import Known
from leeward.sealing.contexts import MessagePlace
from leeward.sealing.encoding import to_text
from leeward.sealing.messages import seal_message


def request(fields: dict[str, str]) -> bytes:
    """Return a request as a browser on a phone sends it."""
    body = urlencode(fields).encode()
    head = (
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
        "Accept-Encoding: gzip, deflate, br\r\n"
        "Accept-Language: en-US,en;q=0.9\r\nCache-Control: no-cache\r\n"
        "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 Mobile Safari/537.36\r\nSec-Fetch-Mode: cors\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def listening(kind: str, known: Known, *, after: int = 0) -> dict[str, str]:
    """Return the fields that open a stream ("listen") or a frame ("grow") after a place."""
    if kind == "grow":
        hers = {"ticket": known.ticket, "language": "en"}
        return {"to": "/live/grow", **hers, "after": str(after)}
    return {"to": "/live/listen", **_proof(known), "after": str(after)}


def message(known: Known, number: int, *, text: str) -> dict[str, str]:
    """Return the fields that send one sealed message."""
    place = MessagePlace(known.id, epoch=1, seat=0, number=number)
    data = json.dumps({"kind": "text", "text": text}).encode()
    box = to_text(seal_message(data, key=known.key, place=place))
    return {"to": "/live/say", **_proof(known), "number": str(number), "epoch": "1", "box": box}


def _proof(known: Known) -> dict[str, str]:
    return {"id": str(known.id), "proof": to_text(known.proof)}
