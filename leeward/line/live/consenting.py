"""/live/consent: her answer to a question for consent. Its words stand sealed in the talk."""

from __future__ import annotations

from leeward.line.live.answers import Cannot, Fields, read_id, send_json
from leeward.line.live.room import Room
from leeward.line.services.consent import consents
from leeward.safety.wire import Receive, Scope, Send

ANSWERS = {"given": consents.give, "refused": consents.refuse, "revoked": consents.revoke}


async def consent(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer {} once noted. 409: answered before, over, or no question of this talk."""
    talk = await room.visitors.find(fields)
    note = ANSWERS.get(fields.get("answer", ""))
    if note is None:
        raise Cannot(400, "unfit")
    try:
        await room.workers.do(note, talk, read_id(fields, "consent"))
    except consents.ConsentUnfit as wrong:
        raise Cannot(409, "answered") from wrong
    await send_json({}, send)
