"""Writing the audit log."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from leeward.people import rules
from leeward.people.models import Account, AuditEntry, AuditQuerySet


class UnsafeAuditEntry(Exception):
    """An audit entry held something other than an event's name, a kind and an id."""


def record(actor: Account | None, event: str, kind: str, identity: object = "") -> None:
    """Write down that `actor` did `event` to the thing of `kind` with the id `identity`.

    actor: None when a command on the server did it, or nobody who is signed in.
    event: such as "people.roles_changed". kind: such as "account". identity: a number or UUID.
    Raises UnsafeAuditEntry when one of them could hold a sentence.
    """
    text = str(identity)
    if not (rules.is_event_name(event) and rules.is_kind(kind) and rules.is_id(text)):
        raise UnsafeAuditEntry("an entry holds an event's name, a kind and an id, nothing else")
    AuditEntry.objects.create(
        actor=actor, event=event, kind=kind, object_id=text, hour=rules.hour_of(timezone.now())
    )


def forget_old_entries(today: date) -> int:
    """Delete the entries whose two years are over; return how many."""
    before = today - timedelta(days=rules.AUDIT_KEPT_DAYS)
    return AuditQuerySet(AuditEntry).forget(before=before)
