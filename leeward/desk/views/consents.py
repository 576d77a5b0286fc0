"""Consent at the desk: asking for it, where it stands, and what leaves while it stands.

Whoever does not sit in a conversation is told what an unknown one is told: 404. Whoever sits there
without a consent that holds now is told 403.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from leeward.desk.views.asked import Asked, Refused, Told, Unfit, answers
from leeward.desk.views.sealed_messages import incoming, not_stored
from leeward.line.services.consent import handing_out
from leeward.line.services.talks import seats
from leeward.line.services.talks.replaying import spell_minute
from leeward.people.models import Account

Answers = dict[type[Exception], Refused]
NOT_HERE: Answers = {seats.NoSeat: Refused(404, "not_here")}
NO_CONSENT: Answers = {handing_out.ConsentUnfit: Refused(403, "no_consent")}


@answers(when={**NOT_HERE, handing_out.ConsentUnfit: Refused(422, "unfit")})
def ask(account: Account, asked: Asked) -> Told:
    """Store the sealed question with the record of what it asks for."""
    seat = seats.seat_of(asked.uuid(), account)
    message = incoming(asked, seat.conversation_id, seat.number)
    try:
        place = handing_out.ask(
            account,
            message,
            consent_id=asked.uuid("consent"),
            what=asked.text("what"),
            ends_at=_moment(asked.text("until")),
        )
    except handing_out.NotStored as wrong:
        raise not_stored(wrong.why) from wrong
    return {"place": place}


@answers(when=NOT_HERE)
def standing(account: Account, asked: Asked) -> Told:
    """Tell what was asked for in a conversation, and where it stands."""
    rows = handing_out.standing(asked.uuid(), account)
    return {"consents": [_standing(row) for row in rows]}


@answers(when={**NOT_HERE, **NO_CONSENT})
def use(account: Account, asked: Asked) -> Told:
    """Hand out the sealed messages after a place, while she allows it."""
    package = handing_out.hand_out(
        asked.uuid(), account, what=asked.text("what"), after=asked.number("after")
    )
    return {
        "consent": _standing(package.consent),
        "messages": [message.event() for message in package.messages],
        "last_place": package.last_place,
    }


def _standing(row: handing_out.Standing) -> dict[str, Any]:
    is_over = row.ends_at <= timezone.now()
    return {
        "consent": str(row.consent_id),
        "what": row.what,
        "state": "over" if is_over else row.state,
        "place": row.place,
        "until": spell_minute(row.ends_at.astimezone(UTC)),
    }


def _moment(spelled: str) -> datetime:
    """Return a moment as the page spells it, with its offset. Raises Unfit."""
    try:
        moment = datetime.fromisoformat(spelled)
    except ValueError as wrong:
        raise Unfit from wrong
    if moment.tzinfo is None:
        raise Unfit
    return moment
