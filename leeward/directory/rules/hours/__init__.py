"""When a place is open: rules as HSDS writes them, compiled to a few bytes that answer quickly.

Three answers, always: open (True), closed (False), not known (None). What can't be read surely is
not known; nobody is sent to a locked door on a guess. Plain Python; the moment is passed in.
"""

from __future__ import annotations

from leeward.directory.rules.hours.asking import LOOK_AHEAD_DAYS, changes_at, is_open, week
from leeward.directory.rules.hours.compiling import compile_hours
from leeward.directory.rules.hours.prose import from_main_and_weekend, from_prose
from leeward.directory.rules.hours.rule import ScheduleRule

__all__ = [
    "LOOK_AHEAD_DAYS",
    "ScheduleRule",
    "changes_at",
    "compile_hours",
    "from_main_and_weekend",
    "from_prose",
    "is_open",
    "week",
]
