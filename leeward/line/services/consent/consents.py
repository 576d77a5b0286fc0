"""Consent: nothing leaves a conversation without it, in writing, for a time, until revoked.

34 USC 12291(b)(2) and 28 CFR 94.115: written, informed, reasonably time-limited, and hers to take
back. The words stand sealed in the conversation; here stands whether it holds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leeward.line.models import Consent, Conversation
from leeward.line.rules.times import hour
from leeward.line.services import announcing, tallies
from leeward.line.services.talks import queue
from leeward.people.models import Account
from leeward.people.services import record

LONGEST = timedelta(days=30)
SHORTEST = timedelta(hours=2)
OPEN = (Consent.State.ASKED, Consent.State.GIVEN)
OVER = "over"  # of one whose record is gone, or goes within the minute


class ConsentUnfit(ValueError):
    """Another conversation's, answered already, or for a time that is over or too long."""


def ask(
    conversation_id: UUID,
    account: Account,
    *,
    what: str,
    ends_at: datetime,
    place: int,
    consent_id: UUID,
) -> Consent:
    """Note that an advocate who sits there asked; the message at `place` holds the words.

    what: print, export or referral. ends_at: 2 hours to 30 days ahead, cut to the hour. consent_id:
    made in her browser; it stands in the message. Raises NoSeat, ConsentUnfit.
    """
    now = timezone.now()
    seat = queue.seat_of(conversation_id, account)
    until = hour(ends_at)
    in_time = now + SHORTEST <= ends_at and until <= now + LONGEST
    is_said = seat.conversation.messages.filter(place=place, seat=seat.number).exists()
    is_known = Consent.objects.filter(pk=consent_id).exists()
    if what not in Consent.What.values or not in_time or not is_said or is_known:
        raise ConsentUnfit
    with transaction.atomic():
        consent: Consent = Consent.objects.create(
            id=consent_id,
            conversation=seat.conversation,
            asked_by=account,
            what=what,
            place=place,
            ends_at=until,
        )
        record(account, "line.consent_asked", "line.team", seat.conversation.team_id)
    return consent


def give(conversation: Conversation, consent_id: UUID) -> Consent:
    """Note that she agreed; the caller has her proof. Raises ConsentUnfit."""
    with transaction.atomic():
        consent = _hers(conversation, consent_id)
        now = timezone.now()
        if consent.state != Consent.State.ASKED or consent.ends_at <= now:
            raise ConsentUnfit
        consent.state, consent.given_at = Consent.State.GIVEN, hour(now)
        consent.save(update_fields=("state", "given_at"))
        tallies.count(conversation.team_id, "consent_given", consent.what)
        _tell(consent, consent.state)
    return consent


def refuse(conversation: Conversation, consent_id: UUID) -> Consent:
    """Note that she said no. Raises ConsentUnfit."""
    return _end(conversation, consent_id, before=Consent.State.ASKED, after=Consent.State.REFUSED)


def revoke(conversation: Conversation, consent_id: UUID) -> Consent:
    """Note that she took her consent back: from now on nothing leaves. Raises ConsentUnfit."""
    return _end(conversation, consent_id, before=Consent.State.GIVEN, after=Consent.State.REVOKED)


def is_given(conversation: Conversation, what: str, now: datetime) -> bool:
    """Return whether she allows this now: given, not revoked, its time not over."""
    return current(conversation, what, now) is not None


def current(conversation: Conversation, what: str, now: datetime) -> Consent | None:
    """Return the consent that allows `what` now, the one that lasts longest; None without."""
    rows = Consent.objects.filter(conversation=conversation, what=what, ends_at__gt=now)
    return rows.filter(state=Consent.State.GIVEN).order_by("-ends_at").first()


def of(conversation: Conversation) -> list[Consent]:
    """Return what was asked in a conversation, the first first."""
    return list(Consent.objects.filter(conversation=conversation).order_by("place"))


def running(conversation: Conversation, now: datetime) -> list[Consent]:
    """Return what was asked in a conversation and whose time runs, answered or not. One query.

    What was asked and is not among these is over.
    """
    return [consent for consent in of(conversation) if consent.ends_at > now]


def used(conversation: Conversation, what: str, account: Account) -> Consent:
    """Note that an advocate lets something out under a consent. Raises ConsentUnfit without one."""
    consent = current(conversation, what, timezone.now())
    if consent is None:
        raise ConsentUnfit
    record(account, f"line.consent_used_{what}", "line.team", conversation.team_id)
    return consent


def forget_over(now: datetime) -> int:
    """Delete the records whose time is over: what they allowed has ended; return how many.

    Whoever follows such a talk is told, unless she had said no or taken it back before.
    """
    with transaction.atomic():
        over = list(Consent.objects.select_for_update().filter(ends_at__lte=now).order_by("pk"))
        Consent.objects.filter(pk__in=[consent.pk for consent in over]).delete()
        for consent in over:
            if consent.state in OPEN:
                _tell(consent, OVER)
    return len(over)


def _hers(conversation: Conversation, consent_id: UUID) -> Consent:
    rows = Consent.objects.select_for_update().filter(conversation=conversation)
    consent = rows.filter(pk=consent_id).first()
    if consent is None:
        raise ConsentUnfit
    return consent


def _end(conversation: Conversation, consent_id: UUID, *, before: str, after: str) -> Consent:
    with transaction.atomic():
        consent = _hers(conversation, consent_id)
        if consent.state != before:
            raise ConsentUnfit
        consent.state = after
        consent.save(update_fields=("state",))
        _tell(consent, consent.state)
    return consent


def _tell(consent: Consent, state: str) -> None:
    event = {"e": "consent", "consent": str(consent.pk), "state": str(state)}
    announcing.announce(announcing.talk_channel(consent.conversation_id), event)
