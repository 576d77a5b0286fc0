"""Decisions about stories: whether a consent holds, and when its end is near."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

WARN_DAYS = 30


class ConsentState(StrEnum):
    """Where a consent stands on a day."""

    MISSING = "missing"
    AHEAD = "ahead"
    VALID = "valid"
    ENDING = "ending"
    ENDED = "ended"


def consent_state(agreed_on: date | None, until: date | None, *, on: date) -> ConsentState:
    """Return where a consent stands `on` a day.

    agreed_on: None when nothing was recorded.
    until: the last day it holds; None when it has no end.
    """
    if agreed_on is None:
        return ConsentState.MISSING
    if agreed_on > on:
        return ConsentState.AHEAD
    if until is None or until > on + timedelta(days=WARN_DAYS):
        return ConsentState.VALID
    return ConsentState.ENDING if until >= on else ConsentState.ENDED


def consent_holds(state: ConsentState) -> bool:
    """Return whether a story may stand on the site in this state."""
    return state in {ConsentState.VALID, ConsentState.ENDING}
