"""What the live handlers read and how they answer: small JSON, and refusals that tell nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from leeward.line.live.wording import json_bytes
from leeward.line.services.spelling import TextUnreadable, from_text
from leeward.safety.headers import visitor_headers
from leeward.safety.wire import Receive, Scope, Send, raw

Fields = dict[str, str]
Handler = Callable[[Fields, Scope, Receive, Send], Awaitable[None]]
PROOF_BYTES = 32
WHOLE_NUMBER_MAX = 2**31 - 1
DIGITS_MAX = 10


class Cannot(Exception):
    """The answer is a refusal: its HTTP status, and one word that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(status, why)
        self.status = status
        self.why = why


NOT_FOUND = (404, "no_such_talk")


async def send_json(value: object, send: Send, *, status: int = 200) -> None:
    """Answer with `value` as JSON."""
    body = json_bytes(value)
    headers = visitor_headers() | {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }
    await send({"type": "http.response.start", "status": status, "headers": raw(headers)})
    await send({"type": "http.response.body", "body": body})


def read_bytes(fields: Fields, name: str, *, length: int | None = None) -> bytes:
    """Return a field's bytes. Raises Cannot(400)."""
    try:
        data = from_text(fields.get(name, ""))
    except TextUnreadable as wrong:
        raise Cannot(400, "unfit") from wrong
    if length is not None and len(data) != length:
        raise Cannot(400, "unfit")
    return data


def read_number(fields: Fields, name: str, *, default: str = "") -> int:
    """Return a field's whole number, 0 to 2^31 - 1. Raises Cannot(400)."""
    text = fields.get(name, default)
    if (
        not (text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX)
        or int(text) > WHOLE_NUMBER_MAX
    ):
        raise Cannot(400, "unfit")
    return int(text)


def read_id(fields: Fields, name: str = "id") -> UUID:
    """Return a field's UUID. Raises Cannot(404): what is no id is no conversation."""
    try:
        return UUID(fields.get(name, ""))
    except ValueError as wrong:
        raise Cannot(*NOT_FOUND) from wrong


def read_proof(fields: Fields) -> bytes:
    """Return the proof. One that can't be read is as wrong as any other: Cannot(404)."""
    try:
        return read_bytes(fields, "proof", length=PROOF_BYTES)
    except Cannot as wrong:
        raise Cannot(*NOT_FOUND) from wrong
