"""Opening hours written as English prose, read wholly and surely or not at all."""

from __future__ import annotations

from leeward.directory.rules.hours.rule import ScheduleRule


def from_prose(text: str) -> list[ScheduleRule] | None:
    """Return the rules that `text` (plain or HTML) says; None when it can't be read surely."""
    return None


def from_main_and_weekend(main: str, weekend: str) -> list[ScheduleRule] | None:
    """Return the rules of two texts, the week's and the weekend's; None when neither can be read.

    Days of the text that can't be read become rules without times: not known on these days.
    """
    return None
