"""Makes the store of wraps ready: its schema on PostgreSQL, and its tables."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, models

from leeward.line.wraps.routing import APP, STORE


def prepare() -> None:
    """Bring the store's tables up to date. Safe to repeat."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {STORE}")
    # Named alone: the others have nothing here, and going through them took half of a set-up.
    call_command("migrate", APP, database=STORE, interactive=False, verbosity=0)
    if connection.vendor == "postgresql":
        _keep_out_of_statistics()


def _keep_out_of_statistics() -> None:
    """Have the planner draw no samples of what is sealed: they would outlive the rows."""
    with connections[STORE].cursor() as cursor:
        for model in apps.get_app_config(APP).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.BinaryField):
                    cursor.execute(
                        f'ALTER TABLE "{STORE}"."{model._meta.db_table}"'
                        f' ALTER COLUMN "{field.column}" SET STATISTICS 0'
                    )
