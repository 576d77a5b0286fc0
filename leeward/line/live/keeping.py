"""/live/keep: kept under six words that stay in her browser; its days; delete everything now."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from leeward.line.live.answers import Cannot, Fields, read_bytes, read_number, send_json
from leeward.line.live.room import Room
from leeward.line.models import Conversation
from leeward.line.services.endings import keeping
from leeward.line.services.spelling import to_text
from leeward.line.services.visitors import browser_side
from leeward.safety.wire import Receive, Scope, Send


async def keep(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer by what the form brings; 200 {"kind", "kept", "until", "days"}, but for two.

    claim: {"share"}, the server's part of the key. claim and sealed: kept; and renew: only put
    under the pepper of today. days: so long. back: she is back with her words. delete:
    {"messages", "keys", …}, what was destroyed. Nothing: how it is.
    """
    talk = await room.visitors.find(fields)
    try:
        answer = await room.workers.do(_answer, talk, fields)
    except (keeping.KeepingUnfit, keeping.NoLongerThere) as wrong:
        is_gone = isinstance(wrong, keeping.NoLongerThere)
        raise Cannot(*((410, "ended") if is_gone else (400, "unfit"))) from wrong
    await send_json(answer, send)


def _answer(talk: Conversation, fields: Fields) -> dict[str, Any]:
    if "delete" in fields:
        return asdict(keeping.delete_everything(talk))
    if "claim" in fields:
        claim = read_bytes(fields, "claim")
        if "sealed" not in fields:
            return {"share": to_text(browser_side.to_keep(claim).share)}
        put = browser_side.move_words if "renew" in fields else browser_side.keep
        put(talk, claim, read_bytes(fields, "sealed"))
    if "days" in fields:
        keeping.set_days(talk, read_number(fields, "days"))
    if "back" in fields:
        keeping.come_back(talk)
    return {
        "kind": talk.kind,
        "kept": talk.is_kept,
        "until": talk.delete_on.isoformat(),
        "days": talk.keep_days,
    }
