"""Makes the store of wraps ready: its schema on PostgreSQL, and its tables."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection

from leeward.line.wraps.routing import STORE


def prepare() -> None:
    """Bring the store's tables up to date. Safe to repeat."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {STORE}")
    call_command("migrate", database=STORE, interactive=False, verbosity=0)
