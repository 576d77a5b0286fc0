"""/live/consent: where questions for consent stand, and her answers. The words stay sealed."""

from __future__ import annotations

from django.utils import timezone

from leeward.line.live.answers import Cannot, Fields, read_id, send_json
from leeward.line.live.room import Room
from leeward.line.models import Conversation
from leeward.line.services.consent import consents
from leeward.safety.wire import Receive, Scope, Send

ANSWERS = {"given": consents.give, "refused": consents.refuse, "revoked": consents.revoke}


async def consent(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer {} once noted. 409: answered before, over, or no question of this talk.

    Without an answer: {"consents": {id: {"state", "left"}}} of those whose time runs, left in
    seconds by the server's clock. What is not among them is over.
    """
    talk = await room.visitors.find(fields)
    if "answer" not in fields:
        await send_json({"consents": await room.workers.do(_running, talk)}, send)
        return
    note = ANSWERS.get(fields.get("answer", ""))
    if note is None:
        raise Cannot(400, "unfit")
    try:
        await room.workers.do(note, talk, read_id(fields, "consent"))
    except consents.ConsentUnfit as wrong:
        raise Cannot(409, "answered") from wrong
    await send_json({}, send)


def _running(talk: Conversation) -> dict[str, dict[str, str | int]]:
    now = timezone.now()
    return {
        str(consent.pk): {
            "state": str(consent.state),
            "left": 1 + int((consent.ends_at - now).total_seconds()),
        }
        for consent in consents.running(talk, now)
    }
