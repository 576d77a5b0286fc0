"""Reading what a visitor's browser sent to the one address: a bare move, or a form.

Everything is bounded; what can't be read raises Refused with the status to answer with.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote_to_bytes

from django.conf import settings

from leeward.safety.wire import Incoming, Receive, Refused

MOST_BODY_BYTES = 64 * 1024
MOST_FIELDS = 300


def is_page_path(path: str) -> bool:
    """Return whether `path` is a page for visitors: its first folder is a language."""
    first = path[1:].partition("/")[0]
    return path.startswith("/") and any(first == code for code, _name in settings.LANGUAGES)


def plain_move(body: bytes) -> str | None:
    """Return the page that a bare `to=…` names, or None when the form holds more.

    Raises Refused(404) when it names something other than a page for visitors.
    """
    if not body.startswith(b"to=") or b"&" in body:
        return None
    target = unquote_to_bytes(body[3:].replace(b"+", b" ")).decode("utf-8", "replace")
    if not is_page_path(target):
        raise Refused(404)
    return target


async def read_body(incoming: Incoming, receive: Receive) -> bytes:
    """Return the whole body, at most MOST_BODY_BYTES. Raises Refused(413) or Refused(400)."""
    declared = incoming.get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > MOST_BODY_BYTES:
        raise Refused(413)
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400)
        body += message.get("body", b"")
        if len(body) > MOST_BODY_BYTES:
            raise Refused(413)
        if not message.get("more_body", False):
            return body


def read_fields(body: bytes, incoming: Incoming) -> dict[str, str]:
    """Return a form's fields. Raises Refused(415) for other kinds, Refused(400) when broken."""
    kind = incoming.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/x-www-form-urlencoded":
        raise Refused(415)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as wrong:
        raise Refused(400) from wrong
    return dict(pairs)
