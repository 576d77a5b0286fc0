"""Challenges: a short wait, or a browser's own work, before a talk is opened or words are tried.

A challenge carries its own time and is sealed by a key of the pepper, so any process can check it.
Spent ones are remembered in the database, for the whole site, until they are too old anyway.
"""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta
from threading import Lock

from django.db import OperationalError

from leeward.line.models import SpentWork
from leeward.line.rules.times import hour
from leeward.line.services import pepper
from leeward.sealing.work import Challenge, WorkRefused, check_wait, check_work, new_challenge

BITS = 14  # 16,384 hashes: 0.7 s of a browser's WebCrypto (docs/decisions/0018)
WAIT_S = 4
AGE_MAX_S = 3 * 60 * 60  # a page may stay open for long before somebody dares
SPENT_MAX = 100_000

__all__ = [
    "AGE_MAX_S",
    "BITS",
    "WAIT_S",
    "TooSoon",
    "WorkRefused",
    "forget_old",
    "is_young",
    "new",
    "spend",
]


class TooSoon(Exception):
    """The wait is not over; the same challenge will do in some seconds."""


_spent_here: dict[str, int] = {}  # while the disk is full, and words must open all the same
_lock = Lock()


def new(*, at: float | None = None) -> str:
    """Return a fresh challenge: 44 letters. at: Unix time in seconds, else now."""
    return new_challenge(key=_key(), bits=BITS, at=int(_now(at)))


def spend(challenge: str, nonce: str = "", *, at: float | None = None) -> None:
    """Spend a challenge: with a nonce by its work, without one by the wait.

    Raises TooSoon before four seconds have passed, WorkRefused when it is not ours, older than
    three hours, not solved, or spent.
    """
    now = int(_now(at))
    if nonce:
        found = check_work(challenge, nonce, key=_key(), at=now, age_max_s=AGE_MAX_S)
    else:
        found = check_wait(challenge, key=_key(), at=now, wait_s=0, age_max_s=AGE_MAX_S)
        if now - found.made_at < WAIT_S:
            raise TooSoon
    if not _is_first(found):
        raise WorkRefused


def is_young(challenge: str, *, at: float | None = None) -> bool:
    """Tell whether a challenge is ours and only too new: waiting on will make it good."""
    now = int(_now(at))
    try:
        found = check_wait(challenge, key=_key(), at=now, wait_s=0, age_max_s=AGE_MAX_S)
    except WorkRefused:
        return False
    return now - found.made_at < WAIT_S and not _is_spent(found)


def forget_old(now: datetime) -> int:
    """Forget the spent challenges that are too old by themselves; return how many."""
    return SpentWork.objects.filter(old_at__lte=now).delete()[0]


def _is_first(found: Challenge) -> bool:
    """Remember that a challenge is spent; tell whether it was not so before, in any process."""
    made = datetime.fromtimestamp(found.made_at, UTC)
    old_at = hour(made + timedelta(seconds=AGE_MAX_S)) + timedelta(hours=1)
    try:
        return SpentWork.objects.get_or_create(mark=_mark(found), defaults={"old_at": old_at})[1]
    except OperationalError:
        return _is_first_here(found)


def _is_first_here(found: Challenge) -> bool:
    with _lock:
        is_first = _mark(found) not in _spent_here
        _spent_here[_mark(found)] = found.made_at
        while len(_spent_here) > SPENT_MAX:
            del _spent_here[next(iter(_spent_here))]
    return is_first


def _is_spent(found: Challenge) -> bool:
    mark = _mark(found)
    return mark in _spent_here or SpentWork.objects.filter(mark=mark).exists()


def _mark(found: Challenge) -> str:
    return hashlib.sha256(found.id).hexdigest()[:32]


def _key() -> bytes:
    return pepper.derived("work")


def _now(at: float | None) -> float:
    return time.time() if at is None else at
