"""Limits on floods, without storing anybody's address.

An address is mixed with a key that lives in memory and is thrown away each day, and only the
mixture is counted, in memory. Nothing of it is written anywhere.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

DAY_S = 86_400
MOST_VISITORS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """How much is allowed: `burst` at once, refilled at `per_minute`."""

    burst: int
    per_minute: float


# What costs work and can't be kept: forms, and pages that are not there. A person sends a few a
# minute; a shelter's whole office may share one address.
WORK = Rate(burst=120, per_minute=240)
SIGN_IN = Rate(burst=20, per_minute=20)


class FloodLimit:
    """Counts what comes from one address under a rate (token bucket)."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.time) -> None:
        self._rate = rate
        self._clock = clock
        self._day = -1
        self._key = b""
        self._left: dict[bytes, tuple[float, float]] = {}

    def allows(self, address: str) -> bool:
        """Count one request from `address`; return False when it is over the limit."""
        now = self._clock()
        who, left = self._look(address, now)
        is_allowed = left >= 1
        self._left[who] = (left - 1 if is_allowed else left, now)
        if len(self._left) > MOST_VISITORS:
            self._left.pop(next(iter(self._left)))
        return is_allowed

    def has_room(self, address: str) -> bool:
        """Return whether `address` is below the limit, without counting anything."""
        return self._look(address, self._clock())[1] >= 1

    def _look(self, address: str, now: float) -> tuple[bytes, float]:
        self._turn_day(now)
        who = hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
        left, at = self._left.pop(who, (float(self._rate.burst), now))
        passed = max(0.0, now - at)  # a clock that was put back takes nothing away
        left = min(self._rate.burst, left + passed * self._rate.per_minute / 60)
        self._left[who] = (left, now)
        return who, left

    def _turn_day(self, now: float) -> None:
        day = int(now // DAY_S)
        if day != self._day:
            self._day, self._key, self._left = day, secrets.token_bytes(32), {}
