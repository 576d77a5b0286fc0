"""The life of a conversation: what becomes of it when somebody goes, answers or writes.

waiting: nobody has answered yet. live: an advocate is there. resting: kept, nobody is there now.
A conversation that is over and not kept has no state: it is destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a conversation stands."""

    WAITING = "waiting"
    LIVE = "live"
    RESTING = "resting"


class How(StrEnum):
    """How a conversation came to its end."""

    EXIT = "exit"  # the X
    VISITOR = "visitor"  # her own button
    STAFF = "staff"
    AWAY = "away"  # no sign of life for longer than she chose
    DELETED = "deleted"  # delete everything now
    SLOWED = "slowed"  # she abused staff


NEXT = {
    State.WAITING: (State.LIVE, State.RESTING),
    State.LIVE: (State.WAITING, State.RESTING),
    State.RESTING: (State.WAITING, State.LIVE),
}


@dataclass(frozen=True, slots=True)
class After:
    """What remains after an end. is_message: what waits is a message left, no longer a chat."""

    state: State
    is_message: bool


def may_follow(before: State, after: State) -> bool:
    """Return whether a conversation may go from one state to the other."""
    return after in NEXT[before]


def after_end(state: State, *, how: How, is_kept: bool, has_unanswered: bool) -> After | None:
    """Return what remains when a conversation ends; None: it is destroyed.

    has_unanswered: she wrote, and nobody of the team has taken it yet. What she kept and nobody
    answered goes on waiting, as a message left, unless the team itself ended it.
    """
    if how is How.DELETED or not is_kept:
        return None
    by_team = how in (How.STAFF, How.SLOWED)
    if state is State.WAITING and has_unanswered and not by_team:
        return After(State.WAITING, is_message=True)
    return After(State.RESTING, is_message=False)


def after_writing(state: State, *, by_visitor: bool) -> State:
    """Return the state after somebody wrote: what rests waits again once she writes."""
    return State.WAITING if by_visitor and state is State.RESTING else state
