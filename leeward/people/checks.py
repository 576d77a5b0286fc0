"""What `leeward check --deploy` says about accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from leeward.people.models import Account

NO_ADMINISTRATOR = "people.E001"
DEMO_ACCOUNTS = "people.E002"
ONE_ADMINISTRATOR = "people.W001"


@register(Tags.security, deploy=True)
def check_administrators(app_configs: object, **_options: Any) -> list[CheckMessage]:
    """Return what is unsafe: nobody looks after accounts, or only one person does."""
    try:
        ready = Account.objects.administrators().filter(totpdevice__confirmed=True)
        count = ready.distinct().count()
    except DatabaseError:
        count = 0
    if count == 0:
        return [
            Error(
                "No administrator with a second factor can sign in.",
                hint="Run: leeward staff invite --administrator NAME",
                id=NO_ADMINISTRATOR,
            )
        ]
    if count == 1:
        return [
            checks.Warning(
                "Only one administrator can sign in; nobody could help them back in.",
                hint="Invite a second administrator under /staff/accounts/.",
                id=ONE_ADMINISTRATOR,
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_no_demo_accounts(app_configs: object, **_options: Any) -> list[CheckMessage]:
    """Return an error when the accounts made for demonstration are there."""
    file = settings.DATA / "demo-sign-in.txt"
    if not file.exists():
        return []
    return [
        Error(
            "This site has demonstration accounts whose sign-in stands in a file.",
            hint="Start a live site with a new data folder, set up with: leeward setup --no-demo",
            id=DEMO_ACCOUNTS,
        )
    ]
