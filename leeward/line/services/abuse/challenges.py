"""Challenges: a short wait, or a browser's own work, before a talk is opened or words are tried.

A challenge carries its own time and is sealed by a key of the pepper, so any process can check it.
Spent ones are remembered in this process, until they are too old anyway.
"""

from __future__ import annotations

import time
from threading import Lock

from leeward.line.services import pepper
from leeward.sealing.work import WorkRefused, check_wait, check_work, new_challenge

BITS = 14  # 16,384 hashes: 0.7 s of a browser's WebCrypto (docs/decisions/0018)
WAIT_S = 4
AGE_MAX_S = 3 * 60 * 60  # a page may stay open for long before somebody dares
SPENT_MAX = 100_000

__all__ = ["AGE_MAX_S", "BITS", "WAIT_S", "TooSoon", "WorkRefused", "is_young", "new", "spend"]


class TooSoon(Exception):
    """The wait is not over; the same challenge will do in some seconds."""


_spent: dict[bytes, int] = {}
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
    with _lock:
        if found.id in _spent:
            raise WorkRefused
        _forget_old(now)
        _spent[found.id] = found.made_at


def is_young(challenge: str, *, at: float | None = None) -> bool:
    """Tell whether a challenge is ours and only too new: waiting on will make it good."""
    now = int(_now(at))
    try:
        found = check_wait(challenge, key=_key(), at=now, wait_s=0, age_max_s=AGE_MAX_S)
    except WorkRefused:
        return False
    return now - found.made_at < WAIT_S and found.id not in _spent


def _forget_old(now: int) -> None:
    if len(_spent) < SPENT_MAX:
        return
    for key in [key for key, made_at in _spent.items() if now - made_at > AGE_MAX_S]:
        del _spent[key]
    while len(_spent) >= SPENT_MAX:
        del _spent[next(iter(_spent))]


def _key() -> bytes:
    return pepper.derived("work")


def _now(at: float | None) -> float:
    return time.time() if at is None else at
