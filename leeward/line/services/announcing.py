"""Telling whoever listens that something happened, once it is stored.

The live hub registers itself, so nothing here knows of connections. The database is the truth: an
announcement that is lost costs a moment, never a message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from leeward.safety import log

Event = dict[str, Any]
Announcer = Callable[[str, Event], None]
Hearer = Callable[[Event], None]

ABUSE = "abuse"

_announcers: list[Announcer] = []
_hearers: dict[str, list[Hearer]] = {}


def calls_on_announce(announcer: Announcer) -> Announcer:
    """Register `announcer(channel, event)`: called in any thread; must return at once."""
    if announcer not in _announcers:
        _announcers.append(announcer)
    return announcer


def forget_announcer(announcer: Announcer) -> None:
    """Call `announcer` no more."""
    if announcer in _announcers:
        _announcers.remove(announcer)


def hears(channel: str, hearer: Hearer) -> None:
    """Have `hearer(event)` called for events of `channel`, from this process and from others."""
    _hearers.setdefault(channel, []).append(hearer)


def heard(channel: str, event: Event) -> None:
    """Take an event that another process announced; the hub calls it. Errors are logged."""
    for hearer in _hearers.get(channel, ()):
        try:
            hearer(event)
        except Exception as wrong:  # noqa: BLE001  -- one listener must not silence the rest
            log.error("line.hearing_failed", kind=type(wrong).__name__)


def announce(channel: str, event: Event) -> None:
    """Tell the listeners of `channel` once the present transaction is stored, or at once.

    Errors are logged: what is stored stays stored.
    """
    transaction.on_commit(lambda: _tell(channel, event))


def announce_now(channel: str, event: Event) -> None:
    """Tell the listeners of `channel` at once: for what is not stored, such as typing."""
    _tell(channel, event)


def talk_channel(conversation_id: UUID) -> str:
    """Return the channel of one conversation."""
    return f"talk:{conversation_id}"


def team_channel(team_id: UUID) -> str:
    """Return the channel of one team: its desks ask for the queue again."""
    return f"team:{team_id}"


def desk_channel(account_id: int) -> str:
    """Return the channel of one advocate's desk."""
    return f"desk:{account_id}"


def queue_moved(team_id: UUID) -> None:
    """Tell a team's desks that their queue is another one now."""
    announce(team_channel(team_id), {"e": "queue"})


def _tell(channel: str, event: Event) -> None:
    heard(channel, event)
    for announcer in tuple(_announcers):
        try:
            announcer(channel, event)
        except Exception as wrong:  # noqa: BLE001  -- telling must not undo what is stored
            log.error("line.announcing_failed", kind=type(wrong).__name__)
