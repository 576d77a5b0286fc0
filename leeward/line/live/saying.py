"""/live/say: one sealed message, answered once it is stored. The same again: the same answer."""

from __future__ import annotations

from django.utils import timezone

from leeward.line.live.answers import Cannot, Fields, read_bytes, read_number, send_json
from leeward.line.live.room import Room
from leeward.line.live.writing import NotStored
from leeward.line.services.talks.replaying import spell_minute
from leeward.line.services.talks.storing import VISITOR_SEAT, Incoming, Refusal, Why
from leeward.safety.wire import Receive, Scope, Send

STATUS = {Why.ENDED: 410, Why.TAKEN: 409, Why.NO_EPOCH: 422, Why.UNFIT: 400, Why.FULL: 422}
DISK_FULL = (507, "no_room")
LATER = (503, "later")


async def say(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 200 {"place", "at"} once stored.

    409: the number holds another box. 410: ended. 422: no key for that epoch, or too many. 503:
    try again. 507: the disk is full.
    """
    incoming = Incoming(
        conversation_id=await room.visitors.find_id(fields),
        seat=VISITOR_SEAT,
        number=read_number(fields, "number"),
        epoch=read_number(fields, "epoch"),
        box=read_bytes(fields, "box"),
        at=timezone.now(),
    )
    try:
        answer = await room.writer.store(incoming)
    except NotStored as wrong:
        raise Cannot(*(DISK_FULL if wrong.is_disk_full else LATER)) from wrong
    if isinstance(answer, Refusal):
        raise Cannot(STATUS[answer.why], answer.why.value)
    stored = answer.message
    await send_json({"place": stored.place, "at": spell_minute(stored.at)}, send)
