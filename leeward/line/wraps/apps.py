"""Registers the store of wraps."""

from __future__ import annotations

from django.apps import AppConfig


class WrapsConfig(AppConfig):
    """The wraps of the support line."""

    name = "leeward.line.wraps"
    label = "wraps"
    verbose_name = "Wraps of the support line"
    default_auto_field = "django.db.models.BigAutoField"
