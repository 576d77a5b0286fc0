"""/live/claim: coming back with six words. The words stay in her browser; a claim comes here."""

from __future__ import annotations

from leeward.line import limits
from leeward.line.live.answers import Cannot, Fields, read_bytes, send_json
from leeward.line.live.room import Room
from leeward.line.services.abuse import challenges
from leeward.line.services.abuse.challenges import TooSoon, WorkRefused
from leeward.line.services.endings import keeping
from leeward.line.services.endings.keeping import CLAIM_BYTES
from leeward.line.services.spelling import to_text
from leeward.safety.wire import Receive, Scope, Send


async def claim(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer {"id", "share", "sealed"}; 404 for words that keep nothing, after the same work.

    What is kept under an older pepper comes with "renew": the share to lock it under from now on.
    422: the work is not done. 429: too many tries.
    """
    client = scope.get("client")
    if client and not limits.WORDS.allows(client[0]):
        raise Cannot(429, "too_many")
    typed = read_bytes(fields, "claim", length=CLAIM_BYTES)
    try:
        await room.workers.do(
            challenges.spend, fields.get("challenge", ""), fields.get("nonce", "")
        )
    except (WorkRefused, TooSoon) as wrong:
        raise Cannot(422, "work") from wrong
    claimed = await room.workers.do(keeping.claimed, typed)
    found = await room.workers.do(keeping.found, claimed.lookup)
    if found is None:
        raise Cannot(404, "no_such_talk")
    answer = {
        "id": str(found.conversation_id),
        "share": to_text(claimed.share),
        "sealed": to_text(found.sealed),
    }
    now = keeping.to_keep(typed)
    if claimed != now:
        answer["renew"] = to_text(now.share)
    await send_json(answer, send)
