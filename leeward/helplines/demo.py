"""Demonstration checks, so that a demonstration site shows lines as they look when checked.

Nobody called these numbers: the checks carry a mark, pages say so, and a live site ignores them.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from leeward.helplines import services
from leeward.helplines.models import CheckRecord, Line
from leeward.helplines.services.showing import today
from leeward.people.models import Account

COUNTRIES = ("US", "ES", "MX")
CHECKERS = ("demo-checker-one", "demo-checker-two")
RENEW_AFTER_DAYS = 30


@transaction.atomic
def load() -> None:
    """Check the lines of three countries today, by two accounts that nobody can sign in to.

    Repeat-safe: leaves a line alone whose present number has such checks of the last 30 days.
    """
    services.sync_shipped()
    checkers = [_checker(name) for name in CHECKERS]
    recently = today() - timedelta(days=RENEW_AFTER_DAYS)
    for line in Line.objects.filter(country__in=COUNTRIES, grade="A", is_retired=False):
        if line.checks.filter(is_demo=True, on__gte=recently, number=line.number).exists():
            continue
        for checker in checkers:
            services.check_line(
                line, by=checker, channel=CheckRecord.Channel.READ, is_good=True, is_demo=True
            )


def _checker(username: str) -> Account:
    found = Account.objects.filter(username=username).first()
    return found or Account.objects.create_user(
        username=username, display_name="Demonstration check", is_active=False
    )
