"""Demonstration checks, so that a demonstration site shows lines as they look when checked.

Nobody called these numbers: the checks carry a mark, pages say so, and a live site ignores them.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from leeward.helplines import services
from leeward.helplines.models import Check, CheckRecord, Line
from leeward.helplines.services.showing import today
from leeward.people.models import Account

COUNTRIES = ("US", "ES", "MX")
CHECKERS = ("demo-checker-one", "demo-checker-two")
RENEW_AFTER_DAYS = 30


def load() -> None:
    """Check the lines of three countries today, by two accounts that nobody can sign in to.

    Repeat-safe: does nothing while such checks are at most 30 days old.
    """
    services.sync_shipped()
    recently = today() - timedelta(days=RENEW_AFTER_DAYS)
    if Check.objects.filter(is_demo=True, on__gte=recently).exists():
        return
    with transaction.atomic():
        checkers = [_checker(name) for name in CHECKERS]
        for line in Line.objects.filter(country__in=COUNTRIES, grade="A", is_retired=False):
            for checker in checkers:
                services.check_line(
                    line,
                    by=checker,
                    channel=CheckRecord.Channel.READ,
                    is_good=True,
                    is_demo=True,
                )


def _checker(username: str) -> Account:
    found = Account.objects.filter(username=username).first()
    return found or Account.objects.create_user(
        username=username, display_name="Demonstration check", is_active=False
    )
