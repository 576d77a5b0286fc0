"""Opening hours written as English prose, read wholly and surely or not at all.

A text is cut into words that are known (days, times, "24 hours", "every 2nd and 4th", "call to
inquire") and read from left to right. One word that is not known, a time without am or pm, two
different hours for the same day, an appointment, a school year: then nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from leeward.directory.rules.hours.recurrence import DAYS
from leeward.directory.rules.hours.rule import ScheduleRule
from leeward.directory.rules.hours.words import NotSure, Word, plain_text, words_of

MOST_PROSE = 1000
# A night of more than 14 hours is rather a slip: "9 pm - 5 pm" on a page that meant 9 am.
LONGEST_NIGHT_MINUTES = 14 * 60
_NOON = 720
_DAY = 1440
_WORKDAYS, _WEEKEND = DAYS[:5], DAYS[5:]


def from_prose(text: str) -> list[ScheduleRule] | None:
    """Return the rules that `text` (plain or HTML) says; None when it can't be read surely.

    "Call to inquire about weekend hours" gives rules without times: not known on these days.
    """
    if not text.strip() or len(text) > MOST_PROSE:
        return None
    try:
        plain = plain_text(text)
        return _Reader(plain).rules()
    except NotSure:
        return None


def from_main_and_weekend(main: str, weekend: str) -> list[ScheduleRule] | None:
    """Return the rules of two texts, the week's and the weekend's; None when neither can be read.

    Days of the text that can't be read become rules without times: not known on these days. They
    carry the text as their description.
    """
    week = from_prose(main)
    if not weekend.strip():
        return week
    end = from_prose(weekend)
    if end is not None and not _named(end) <= set(_WEEKEND):
        end = None
    if week is None:
        return None if end is None else [_ask(_WORKDAYS, main), *end]
    if _named(week) & set(_WEEKEND):
        # The week's text speaks of the weekend too: two texts about the same days.
        return None
    return [*week, *(end if end is not None else [_ask(_WEEKEND, weekend)])]


def _named(rules: list[ScheduleRule]) -> set[str]:
    return {day[-2:] for rule in rules for day in rule.byday.split(",")}


def _ask(days: tuple[str, ...], text: str) -> ScheduleRule:
    about = " ".join(plain_text(text, is_strict=False).split())
    return ScheduleRule(freq="WEEKLY", byday=",".join(days), description=about)


class _Reader:
    """Reads one text, word by word."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.words: list[Word] = list(words_of(plain))
        self.place = 0
        self.found: list[ScheduleRule] = []
        self.taken: set[str] = set()

    def rules(self) -> list[ScheduleRule]:
        """Return all rules. Raises NotSure."""
        while self._skip("break", "comma", "and", "open", "hours"):
            self._entry()
        if not self.found:
            raise NotSure
        return self.found

    def _skip(self, *kinds: str) -> bool:
        """Pass over words of these kinds; return whether any word is left."""
        while self._kind() in kinds:
            self.place += 1
        return self.place < len(self.words)

    def _kind(self) -> str:
        return self.words[self.place].kind if self.place < len(self.words) else "end"

    def _take(self, *kinds: str) -> Word:
        if self._kind() not in kinds:
            raise NotSure
        self.place += 1
        return self.words[self.place - 1]

    def _entry(self) -> None:
        if self._kind() == "ask":
            self._asked()
            return
        if self._kind() == "around":
            self.place += 1
            days = self._days() if self._kind() in {"day", "days", "comma", "colon"} else []
            self._add(days, [("00:00", "24:00")])
            return
        days = self._days()
        self._skip("colon", "comma", "break", "open", "hours")
        self._add(days, self._times())

    def _asked(self) -> None:
        """Read "call to inquire", of the weekend or of the days that were read before."""
        about = self._take("ask").value
        days = list(_WEEKEND) if about == "weekend" else sorted(self.taken, key=DAYS.index)
        if about == "other" or not days or any(day not in DAYS for day in days):
            raise NotSure
        self.found.append(_ask(tuple(days), self.plain))

    def _days(self) -> list[str]:
        """Read days: one, several, a range, or "every 2nd and 4th Monday of the month"."""
        self._skip("comma", "colon")
        if self._kind() == "number":
            return self._numbered()
        if self._kind() == "days":
            return self._take("days").value.split(",")
        days = [self._take("day").value]
        while self._kind() in {"dash", "comma", "and"} and self._day_follows():
            joint = self._take("dash", "comma", "and").kind
            self._skip("and")
            day = self._take("day").value
            days += _between(days[-1], day) if joint == "dash" else [day]
        return days

    def _day_follows(self) -> bool:
        kinds = [word.kind for word in self.words[self.place + 1 : self.place + 3]]
        return kinds[:1] == ["day"] or kinds == ["and", "day"]

    def _numbered(self) -> list[str]:
        numbers = [self._take("number").value]
        while self._kind() in {"and", "comma"}:
            self._skip("and", "comma")
            numbers.append(self._take("number").value)
        day = self._take("day").value
        self._take("month")
        return [number + day for number in numbers]

    def _times(self) -> list[tuple[str, str]]:
        if self._kind() == "around":
            self.place += 1
            return [("00:00", "24:00")]
        times = [self._range()]
        while self._kind() in {"comma", "and"} and self._is("time", after=1):
            self.place += 1
            times.append(self._range())
        return times

    def _is(self, kind: str, *, after: int) -> bool:
        place = self.place + after
        return place < len(self.words) and self.words[place].kind == kind

    def _range(self) -> tuple[str, str]:
        start = int(self._take("time").value)
        self._take("dash")
        end = int(self._take("time").value)
        night = end + _DAY - start
        if start == end or (end < start and end and night > LONGEST_NIGHT_MINUTES):
            raise NotSure
        return _clock(start), "24:00" if end == 0 else _clock(end)

    def _add(self, days: list[str], times: list[tuple[str, str]]) -> None:
        days = days or list(DAYS)
        if self.taken & set(days) or len(set(days)) < len(days):
            raise NotSure
        self.taken |= set(days)
        freq = "WEEKLY" if days[0] in DAYS else "MONTHLY"
        for opens, closes in _not_crossing(times):
            self.found.append(
                ScheduleRule(freq=freq, byday=",".join(days), opens_at=opens, closes_at=closes)
            )


def _not_crossing(times: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield times of one day, in order and apart. Raises NotSure."""
    for before, after in pairwise(times):
        if not before[0] < before[1] <= after[0]:
            raise NotSure
    yield from times


def _between(first: str, last: str) -> list[str]:
    """Return the days after `first` up to `last`, over the week's end if need be."""
    start, end = DAYS.index(first), DAYS.index(last)
    if start == end:
        raise NotSure
    return [DAYS[(start + step) % 7] for step in range(1, (end - start) % 7 + 1)]


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
