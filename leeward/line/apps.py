"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class LineConfig(AppConfig):
    """The support line."""

    name = "leeward.line"
    verbose_name = "Support line"

    def ready(self) -> None:
        """Register what the line adds to every page, and what ends when somebody leaves."""
