"""Decisions about staff accounts: roles, waits after wrong tries, the names of events.

Plain Python; time is passed in. docs/decisions/0005 gives the reasons for the figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

ROLES = (
    "editor",
    "reviewer",
    "advocate",
    "coordinator",
    "administrator",
    "partner",
    "shelter",
)
ADMINISTRATOR = "administrator"
STAFF_LANGUAGES = ("en", "es")  # the staff's screens have words in these

INVITATION_LASTS = timedelta(days=3)
AUDIT_KEPT_DAYS = 730
KNOWN_DEVICE_DAYS = 180

FREE_TRIES = 5
FIRST_WAIT_S = 5
LONGEST_WAIT_S = 900
CODE_TRIES = 10
CODE_TRIES_PER_S = 3600

SIGN_IN_NAME = r"^[a-z0-9](?:[a-z0-9.-]{0,38}[a-z0-9])?$"
_EVENT = re.compile(r"^[a-z]+(\.[a-z_]+)+$")
_KIND = re.compile(r"^[a-z_.]{1,60}$")
_ID = re.compile(r"^[A-Za-z0-9-]{0,40}$")


def wait_s(wrong_tries: int) -> int:
    """Return how long the next try must wait, in seconds, after `wrong_tries` in a row.

    The first few are free; then the wait doubles up to a quarter of an hour and never grows more.
    """
    if wrong_tries < FREE_TRIES:
        return 0
    doublings = min(wrong_tries - FREE_TRIES, 16)
    return int(min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**doublings))


def is_code_budget_spent(wrong_codes_at: Sequence[float], now: float) -> bool:
    """Return whether too many codes were guessed, with the right password, within the hour.

    wrong_codes_at: times in seconds, any order. Ten guesses an hour at a code of six digits, of
    which three are good at once, find it once in about four years.
    """
    return sum(1 for at in wrong_codes_at if 0 <= now - at < CODE_TRIES_PER_S) >= CODE_TRIES


def hour_of(moment: datetime) -> datetime:
    """Return `moment` cut to its hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def is_event_name(event: str) -> bool:
    """Return whether `event` is named as area.what_happened."""
    return bool(_EVENT.match(event)) and len(event) <= 60  # noqa: PLR2004


def is_kind(kind: str) -> bool:
    """Return whether `kind` names a kind of thing, such as account or stories.story."""
    return bool(_KIND.match(kind))


def is_id(identity: str) -> bool:
    """Return whether `identity` is a bare id: it can hold no sentence."""
    return bool(_ID.match(identity))


def sign_in_name_from(name: str) -> str:
    """Return a sign-in name made from a name, such as "ana-lopez"; empty if none can be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def leaves_an_administrator(
    administrators: Sequence[int], *, account: int, stays_administrator: bool
) -> bool:
    """Return whether somebody still looks after accounts when `account` is changed so."""
    return stays_administrator or any(other != account for other in administrators)
