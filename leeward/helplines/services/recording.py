"""Writing what staff did into the log: event names and ids only."""

from __future__ import annotations

from leeward.people.models import Account

from leeward.safety import log


def record(event: str, *, by: Account, **fields: int | bool) -> None:
    """Record that `by` did something. `fields` are ids and yes/no values."""
    log.info(event, account=by.pk, **fields)
