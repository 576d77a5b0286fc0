"""When a line may be shown, how its number is dialled, and in what order lines stand.

Pure decisions: the day and the facts are passed in. A wrong number can cost somebody the one call
they could make, so everything here leans towards not showing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

import phonenumbers

FRESH_DAYS = 90
PEOPLE_NEEDED = 2
DUE_DAYS = 7
# Past three years a source says more about the past than about the line; staff must check first.
SOURCE_DAYS = 3 * 365 + 1

_DIAL = re.compile(r"^(\+[0-9]{6,15}|[0-9*#]{2,13})$")
_SMS = re.compile(r"^\+?[0-9][0-9 ]{1,18}$")
_PARTIAL_DATE = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


class Standing(Enum):
    """What a visitor may see of a line."""

    CHECKED = "checked"
    SOURCE = "source"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class CheckFact:
    """One person's check. `number` is what was checked; it counts for that number alone."""

    by: int
    on: date
    is_good: bool
    number: str
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class LineFact:
    """What decides about a line. `source_on` is "", "2026", "2026-07" or "2026-07-19"."""

    grade: str
    number: str
    source_on: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a line stands. `until` is the last day it counts as checked."""

    standing: Standing
    on: date | None = None
    until: date | None = None
    is_demo: bool = False


HIDDEN = Freshness(Standing.HIDDEN)


def freshness(line: LineFact, checks: Sequence[CheckFact], *, today: date) -> Freshness:
    """Return how `line` stands on `today`.

    checks: oldest first. Checked means: two different people found this very number good within
    the last 90 days, and nobody found it wrong since. A grade A row that nobody reported wrong
    may else show with its source's date. Grade B and retired rows are always hidden.
    """
    if line.is_retired or line.grade != "A":
        return HIDDEN
    checked = checked_by_two(line.number, checks, today=today)
    if checked is not None:
        return checked
    if was_found_wrong(line.number, checks) or not source_is_recent(line.source_on, today=today):
        return HIDDEN
    return Freshness(Standing.SOURCE)


def checked_by_two(number: str, checks: Sequence[CheckFact], *, today: date) -> Freshness | None:
    """Return the freshness that two people's checks of `number` give, or None.

    `on` is the last check; `until` is when the earlier of the two people's checks runs out.
    """
    latest: dict[int, CheckFact] = {}
    for check in _since_found_wrong(number, checks):
        if timedelta(0) <= today - check.on <= timedelta(days=FRESH_DAYS):
            latest[check.by] = check
    two = sorted(latest.values(), key=lambda check: check.on, reverse=True)[:PEOPLE_NEEDED]
    if len(two) < PEOPLE_NEEDED:
        return None
    return Freshness(
        Standing.CHECKED,
        on=two[0].on,
        until=two[-1].on + timedelta(days=FRESH_DAYS),
        is_demo=any(check.is_demo for check in two),
    )


def was_found_wrong(number: str, checks: Sequence[CheckFact]) -> bool:
    """Return whether the last word on `number` is that it was wrong."""
    about = [check for check in checks if check.number == number]
    wrong = [place for place, check in enumerate(about) if not check.is_good]
    if not wrong:
        return False
    people = {check.by for check in about[wrong[-1] + 1 :]}
    return len(people) < PEOPLE_NEEDED


def _since_found_wrong(number: str, checks: Sequence[CheckFact]) -> list[CheckFact]:
    good: list[CheckFact] = []
    for check in checks:
        if check.number == number:
            good = [*good, check] if check.is_good else []
    return good


def is_due(fresh: Freshness, *, today: date) -> bool:
    """Return whether staff should check the line now: it goes stale within a week, or is."""
    return fresh.until is None or fresh.until - today < timedelta(days=DUE_DAYS)


# -- dates of sources --


def earliest_day(partial: str) -> date | None:
    """Return the first day that "2026", "2026-07" or "2026-07-19" can mean; None for others."""
    found = _PARTIAL_DATE.match(partial)
    if not found:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_partial(texts: Iterable[str]) -> str:
    """Return the latest of sources' dates; "2024-2026" counts as 2026, "2025/26" too.

    Texts that hold no date ("undated") are left out; "" when none is left.
    """
    dates = [found for text in texts if earliest_day(found := _end_of_range(text))]
    return max(dates, key=lambda partial: (earliest_day(partial), len(partial)), default="")


def _end_of_range(text: str) -> str:
    """Return the end of "2024-2026" or "2025/26"; other texts as they are ("2025-06" is June)."""
    years = re.match(r"^\d{4}(?:-(\d{4})|/(\d{2}))$", text)
    if years is None:
        return text
    whole, short = years.groups()
    return whole or f"20{short}"


def source_is_recent(partial: str, *, today: date) -> bool:
    """Return whether a source's date is within three years, read as early as it can mean."""
    day = earliest_day(partial)
    return day is not None and today - day <= timedelta(days=SOURCE_DAYS)


# -- numbers --


def dial_problem(dial: str, country: str) -> str:
    """Return what is wrong with a dial string, in one sentence; "" when it can be dialled.

    dial: "+" and the whole international number (ITU E.164), or a short code as it is dialled in
    `country` (two letters).
    """
    if not _DIAL.match(dial):
        return "Write + and digits, or a short code of 2 to 13 digits, * and #, without spaces."
    if not dial.startswith("+"):
        return ""
    try:
        number = phonenumbers.parse(dial, None)
    except phonenumbers.NumberParseException:
        return "This is not an international number."
    if not phonenumbers.is_valid_number(number):
        return "No phone company gives out a number like this."
    if country not in phonenumbers.region_codes_for_country_code(number.country_code or 0):
        return "This number belongs to another country."
    return ""


def dial_of(phone: str, country: str) -> str:
    """Return the dial string of a number as people write it in `country`.

    The whole international number where that is valid, else the digits as they are; "" when there
    is nothing to dial.
    """
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is not None and phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    digits = re.sub(r"[^0-9*#]", "", phone)
    return digits if _DIAL.match(digits) else ""


def phone_link(dial: str) -> str:
    """Return the address of a phone link (RFC 3966); a # is written so that it is dialled."""
    return "tel:" + dial.replace("#", "%23")


def sms_problem(number: str) -> str:
    """Return what is wrong with a number for text messages; "" when nothing is."""
    return "" if not number or _SMS.match(number) else "Write digits only, with spaces if you like."


def sms_link(number: str) -> str:
    """Return the address of a text-message link (RFC 5724), never with a text already in it."""
    return "sms:" + number.replace(" ", "")


# -- emergency numbers --


@dataclass(frozen=True, slots=True)
class Emergency:
    """What a visitor may see: "" means that nobody is sure enough to say."""

    police: str
    ambulance: str
    has_112: bool

    @property
    def is_known(self) -> bool:
        """Return whether there is any number to show."""
        return bool(self.police or self.ambulance)

    @property
    def is_one(self) -> bool:
        """Return whether one number serves for police and ambulance."""
        return bool(self.police) and self.police == self.ambulance


@dataclass(frozen=True, slots=True)
class EmergencyFact:
    """One region's shipped row. `is_sure`: two sources agree and we hold no doubt."""

    numbers: tuple[str, ...]
    police: str
    ambulance: str
    is_sure: bool


def emergency(fact: EmergencyFact, checks: Sequence[CheckFact], *, today: date) -> Emergency:
    """Return the numbers to show.

    checks: oldest first, with `number` as "police/ambulance". What two people said the same
    within 90 days wins over the shipped row. Once two people said something else than the shipped
    row, that row is not shown again, even when their word has grown old.
    """
    has_112 = "112" in fact.numbers
    said = _said_by_two(checks)
    for number in said:
        if checked_by_two(number, checks, today=today) is not None:
            police, _slash, ambulance = number.partition("/")
            return Emergency(police, ambulance, has_112)
    is_doubted = bool(said) and said[0] != f"{fact.police}/{fact.ambulance}"
    if not fact.is_sure or is_doubted:
        return Emergency("", "", has_112)
    return Emergency(fact.police, fact.ambulance, has_112)


def _said_by_two(checks: Sequence[CheckFact]) -> list[str]:
    """Return what two different people said, the latest said first."""
    people: dict[str, set[int]] = {}
    for check in checks:
        people.setdefault(check.number, set()).add(check.by)
    latest_first = dict.fromkeys(check.number for check in reversed(checks))
    return [number for number in latest_first if len(people[number]) >= PEOPLE_NEEDED]
