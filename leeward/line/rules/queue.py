"""How long somebody waits."""

from __future__ import annotations

from math import ceil

ROUND_TO_MINUTES = 5


def wait_minutes(ahead: int, places: int, minutes_a_chat: int) -> int | None:
    """Return the wait in minutes, rounded up to five; 0: somebody is free; None: nobody is on.

    ahead: how many go before, less the places that are free now; below zero there is a free one.
    places: how many chats the team holds at once. With all busy, one place comes free every
    minutes_a_chat / places minutes on average.
    """
    if places < 1:
        return None
    if ahead < 0:
        return 0
    exact = (ahead + 1) * minutes_a_chat / places
    return ROUND_TO_MINUTES * ceil(exact / ROUND_TO_MINUTES)
