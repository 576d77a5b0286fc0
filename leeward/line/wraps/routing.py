"""Says which database holds which rows: the wraps have one of their own, all else the other.

What is deleted there is gone from its backups within a day (docs/operate.md), so that messages in
an older backup of the other database stay shut.
"""

from __future__ import annotations

from typing import Any

from django.db import models

APP = "wraps"
STORE = "wraps"


class WrapsRouter:
    """Sends the wraps to their own store."""

    def db_for_read(self, model: type[models.Model], **_hints: Any) -> str | None:
        """Return the store for a wrap, None for all else."""
        return STORE if model._meta.app_label == APP else None

    def db_for_write(self, model: type[models.Model], **_hints: Any) -> str | None:
        """Return the store for a wrap, None for all else."""
        return STORE if model._meta.app_label == APP else None

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Return whether the tables of an app belong into a database."""
        return (db == STORE) == (app_label == APP)
