"""Counts wrong tries to sign in, so that guessing is slow and nobody is locked out.

All of it lives in memory. Names and addresses are mixed with a key that is thrown away each day,
as in `safety.limits`. docs/decisions/0005 gives the reasons.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable

from leeward.people import rules

DAY_S = 86_400
MOST_PAIRS = 50_000


class SignInGuard:
    """Knows who must wait. `source` is a visitor's address, or a device the account knows."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._day = -1
        self._key = b""
        self._wrong: dict[bytes, tuple[int, float]] = {}
        self._codes: dict[int, deque[float]] = {}

    def wait_left_s(self, name: str, source: str) -> int:
        """Return how many seconds tries at `name` from `source` must still wait; 0 if none."""
        with self._lock:
            tries, at = self._wrong.get(self._pair(name, source), (0, 0.0))
        return max(0, round(at + rules.wait_s(tries) - self._clock()))

    def note_wrong(self, name: str, source: str) -> None:
        """Count one wrong try at `name`, which need not exist, from `source`."""
        with self._lock:
            pair = self._pair(name, source)
            tries, _at = self._wrong.pop(pair, (0, 0.0))
            self._wrong[pair] = (tries + 1, self._clock())
            if len(self._wrong) > MOST_PAIRS:
                self._wrong.pop(next(iter(self._wrong)))

    def note_right(self, name: str, source: str) -> None:
        """Forget the wrong tries at `name` from `source`."""
        with self._lock:
            self._wrong.pop(self._pair(name, source), None)

    def may_guess_code(self, account_id: int) -> bool:
        """Return whether an unknown device may still try a six-digit code for the account."""
        with self._lock:
            tried = list(self._codes.get(account_id, ()))
        return not rules.is_code_budget_spent(tried, self._clock())

    def note_wrong_code(self, account_id: int) -> bool:
        """Count a wrong code sent with the right password; return whether that spent the budget."""
        with self._lock:
            tried = self._codes.setdefault(account_id, deque(maxlen=rules.CODE_TRIES))
            tried.append(self._clock())
            return rules.is_code_budget_spent(tried, self._clock())

    def _pair(self, name: str, source: str) -> bytes:
        day = int(self._clock() // DAY_S)
        if day != self._day:
            self._day, self._key, self._wrong = day, secrets.token_bytes(32), {}
        text = f"{len(name)}:{name}{source}".encode()
        return hashlib.blake2b(text, key=self._key, digest_size=16).digest()


GUARD = SignInGuard()
