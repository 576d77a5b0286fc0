"""The queue, and who sits in a conversation: what the desk and the visitor's pages call."""

from __future__ import annotations

from leeward.line.services.talks.seats import (
    FLAGS,
    AlreadyTaken,
    NoSeat,
    come_back,
    flag,
    hand_over,
    join,
    leave_all,
    seat_of,
    step_away,
    take,
    talk_for,
)
from leeward.line.services.talks.standing import (
    Standing,
    ahead_of,
    names_by_seat,
    names_in,
    open_talks,
    resting,
    standing,
    waiting,
)

__all__ = [
    "FLAGS",
    "AlreadyTaken",
    "NoSeat",
    "Standing",
    "ahead_of",
    "come_back",
    "flag",
    "hand_over",
    "join",
    "leave_all",
    "names_by_seat",
    "names_in",
    "open_talks",
    "resting",
    "seat_of",
    "standing",
    "step_away",
    "take",
    "talk_for",
    "waiting",
]
