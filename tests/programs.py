"""Programs of their own that tests start beside themselves, on the test's own database."""

from __future__ import annotations

import os
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def environment() -> dict[str, str]:
    """Return the environment by which another process reaches this test's database and keys."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "leeward.settings.base",
        "LEEWARD_DATA": str(settings.DATA),
        "LEEWARD_DATABASE_URL": _url(),
    }


def _url() -> str:
    """Return the address of the test's database; empty for SQLite, whose file lies in DATA."""
    if connection.vendor == "sqlite":
        return ""
    at = connection.settings_dict
    word = f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else ""
    user = f"{quote(at['USER'], safe='')}{word}"
    return f"postgresql://{user}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
