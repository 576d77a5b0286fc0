"""/live/open: a conversation whose keys were made in her browser."""

from __future__ import annotations

from leeward.line import limits
from leeward.line.live.answers import (
    Cannot,
    Fields,
    read_bytes,
    read_id,
    read_number,
    read_proof,
    send_json,
)
from leeward.line.live.room import Room
from leeward.line.live.signing import read_wraps
from leeward.line.services.abuse import abuse, challenges
from leeward.line.services.abuse.challenges import TooSoon, WorkRefused
from leeward.line.services.talks.epochs import EpochTaken, TalkEnded, WrapsMismatched
from leeward.line.services.visitors import browser_side, opening
from leeward.safety.wire import Receive, Scope, Send

KEY_BYTES = 32
REFUSALS: dict[type[Exception], tuple[int, str]] = {
    opening.QueueFull: (503, "full"),
    opening.NobodyThere: (503, "nobody"),
    opening.NoTeamKey: (503, "not_ready"),
    opening.NoRoom: (507, "no_room"),
    opening.OpeningUnfit: (400, "unfit"),
    WrapsMismatched: (422, "readers_changed"),
    EpochTaken: (422, "readers_changed"),
    TalkEnded: (410, "ended"),
}


async def open_talk(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 200 {} once the conversation is there; the same again, the same answer.

    422: the work is not done, or the team's key is another one by now. 429: too many. 503: full,
    nobody, not_ready. 507: the disk is full.
    """
    sent = browser_side.Sent(
        id=read_id(fields),
        kind=fields.get("kind", ""),
        language=fields.get("language", ""),
        proof=read_proof(fields),
        public_key=read_bytes(fields, "key", length=KEY_BYTES),
        wraps=read_wraps(fields.get("wraps", "")),
        grace_minutes=read_number(fields, "grace", default="5"),
    )
    await _spend(room, fields, scope, sent)
    try:
        await room.workers.do(browser_side.open_sent, sent)
    except tuple(REFUSALS) as wrong:
        raise Cannot(*REFUSALS[type(wrong)]) from wrong
    if client := scope.get("client"):
        abuse.opened(sent.id, client[0])
    await send_json({}, send)


async def _spend(room: Room, fields: Fields, scope: Scope, sent: browser_side.Sent) -> None:
    """Take the work for it, once. Raises Cannot: 422, 429."""
    if await room.workers.do(browser_side.is_open, sent.id, sent.proof):
        return
    client = scope.get("client")
    if client and not limits.OPENING.allows(client[0]):
        raise Cannot(429, "too_many")
    try:
        abuse.must_be_welcome(client[0] if client else "")
        await room.workers.do(
            challenges.spend, fields.get("challenge", ""), fields.get("nonce", "")
        )
    except abuse.SlowedDown as wrong:
        raise Cannot(429, "too_many") from wrong
    except (WorkRefused, TooSoon) as wrong:
        raise Cannot(422, "work") from wrong


async def challenge(room: Room, fields: Fields, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer {"challenge", "bits"}: fresh work, for one more try."""
    await send_json({"challenge": challenges.new(), "bits": challenges.BITS}, send)
