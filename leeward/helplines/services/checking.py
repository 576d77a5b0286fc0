"""Checking lines and emergency numbers off: one person, one day, one finding."""

from __future__ import annotations

from django.db import transaction

from leeward.helplines.models import Check, EmergencyCheck, Line
from leeward.helplines.services.showing import today
from leeward.people.models import Account
from leeward.people.services import record
from leeward.safety.generation import drop_kept_pages


@transaction.atomic
def check_line(
    line: Line, *, by: Account, channel: str, is_good: bool, is_demo: bool = False
) -> Check:
    """Record that `by` checked the line's present number today; return the check.

    channel: "called" or "read". A second check the same day with the same finding is the first
    one again. One finding of wrong takes the line off the pages at once.
    """
    check, is_new = Check.objects.get_or_create(
        line=line,
        by=by,
        on=today(),
        is_good=is_good,
        number=line.number,
        defaults={"channel": channel, "is_demo": is_demo},
    )
    if is_new:
        record(by, "helplines.line_checked", "helplines.line", line.pk)
    drop_kept_pages()
    return check


@transaction.atomic
def check_emergency(
    country: str, *, by: Account, channel: str, police: str, ambulance: str
) -> EmergencyCheck:
    """Record which emergency numbers `by` found right for a country (two letters) today."""
    check, is_new = EmergencyCheck.objects.get_or_create(
        country=country,
        by=by,
        on=today(),
        is_good=True,
        number=f"{police}/{ambulance}",
        defaults={"channel": channel},
    )
    if is_new:
        record(by, "helplines.emergency_checked", "helplines.country", country)
    drop_kept_pages()
    return check
