"""Slowing down somebody who abuses staff, without storing an address.

An address is mixed with a key of the day (`day_key`), and the mixture is held in memory until the
day turns, at midnight UTC. Processes tell each other mixtures, never addresses.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from datetime import date, datetime
from threading import Lock
from uuid import UUID

from django.utils import timezone

from leeward.line.services import announcing
from leeward.line.services.abuse import day_key

TALKS_MAX = 50_000
TALKS_A_DAY = 12


class SlowedDown(Exception):
    """This address opens nothing more today."""


class _Day:
    """What one day's memory holds: who opened which talk, how many, and who is slowed."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.key = b""
        self.opened: OrderedDict[UUID, str] = OrderedDict()
        self.counts: dict[str, int] = {}
        self.slowed: set[str] = set()


_today = _Day()
_lock = Lock()


def must_be_welcome(address: str, *, now: datetime | None = None) -> None:
    """Raise SlowedDown for whom staff slowed today, and after twelve talks from one address."""
    with _lock:
        who = _mixture(address, now or timezone.now())
        if who in _today.slowed or _today.counts.get(who, 0) >= TALKS_A_DAY:
            raise SlowedDown


def opened(conversation_id: UUID, address: str, *, now: datetime | None = None) -> None:
    """Remember in memory, until the day turns, from which mixture a talk was opened."""
    with _lock:
        who = _mixture(address, now or timezone.now())
        if conversation_id in _today.opened:
            return
        _today.opened[conversation_id] = who
        _today.counts[who] = _today.counts.get(who, 0) + 1
        while len(_today.opened) > TALKS_MAX:
            _today.opened.popitem(last=False)


def slow(conversation_id: UUID) -> None:
    """Slow whoever opened this talk, until the day turns, in every process of the site."""
    announcing.announce_now(announcing.ABUSE, {"e": "slow", "talk": str(conversation_id)})


def forget_all() -> None:
    """Forget everything, as a new day does."""
    with _lock:
        _start(None)


def forget_yesterday(now: datetime) -> None:
    """Forget what belongs to another day than today, and destroy its key."""
    today = now.date()
    day_key.forget_others(today)
    with _lock:
        if _today.day not in (None, today):
            _start(None)


def _mixture(address: str, now: datetime) -> str:
    day = now.date()
    if _today.day != day:
        _start(day)
    return hmac.new(_today.key, address.encode(), hashlib.sha256).hexdigest()[:32]


def _start(day: date | None) -> None:
    _today.day = day
    _today.key = day_key.key_of(day) if day else b""
    _today.opened.clear()
    _today.counts.clear()
    _today.slowed.clear()


def _hear(event: announcing.Event) -> None:
    """Slow a mixture that was named; the process that opened a named talk names its mixture."""
    with _lock:
        if event.get("e") == "slowed":
            _today.slowed.add(str(event.get("who")))
            return
        who = _today.opened.get(UUID(str(event.get("talk"))))
    if who is not None:
        announcing.announce_now(announcing.ABUSE, {"e": "slowed", "who": who})


announcing.hears(announcing.ABUSE, _hear)
