"""The form that asks for a call: which number, when, and what may be said to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.line.rules.texts import safe_text

DAYS = ("0", "1", "2", "3")
# Hours of the site's own time zone, from and to.
PARTS = {"any": (8, 21), "morning": (8, 12), "afternoon": (12, 17), "evening": (17, 21)}
DIGITS_MIN = 3
LENGTHS = {"phone": 40, "say": 200, "code": 40}


class WishUnfit(ValueError):
    """No number was written, or the time that was chosen is over. Says which, in words for her."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What she asks for. data: what is sealed."""

    not_before: datetime
    not_after: datetime
    data: dict[str, Any] = field(repr=False)


def read_wish(sent: QueryDict, *, now: datetime) -> Wish:
    """Return what the form asks for. Raises WishUnfit."""
    texts = {name: _line(sent.get(name, ""), most) for name, most in LENGTHS.items()}
    if sum(sign.isdecimal() for sign in texts["phone"]) < DIGITS_MIN:
        raise WishUnfit(_("Please write the number that we should call."))
    start, end = _between(sent.get("day", ""), sent.get("part", ""), now)
    if end <= now:
        raise WishUnfit(_("That time is over. Please choose another."))
    data = texts | {
        "who": "others" if sent.get("who") == "others" else "me",
        "voicemail": "yes" if sent.get("voicemail") == "yes" else "no",
    }
    return Wish(max(start, now), end, data)


def day_choices() -> list[tuple[str, str]]:
    """Return the days to choose from, the first is today."""
    names = [_("Today"), _("Tomorrow"), _("In two days"), _("In three days")]
    return list(zip(DAYS, names, strict=True))


def part_choices() -> list[tuple[str, str]]:
    """Return the parts of a day to choose from."""
    names = {
        "any": _("Any time from 8 to 21"),
        "morning": _("8 to 12"),
        "afternoon": _("12 to 17"),
        "evening": _("17 to 21"),
    }
    return [(part, names[part]) for part in PARTS]


def _between(day: str, part: str, now: datetime) -> tuple[datetime, datetime]:
    """Return from when to when, in the site's time zone."""
    days = int(day) if day in DAYS else 0
    first, last = PARTS.get(part, PARTS["any"])
    on = timezone.localtime(now).date() + timedelta(days=days)
    zone = timezone.get_current_timezone()
    start = datetime.combine(on, time(first), tzinfo=zone)
    return start, datetime.combine(on, time(last), tzinfo=zone)


def _line(text: str, most: int) -> str:
    return " ".join(safe_text(text[:1000]).split())[:most].strip()
