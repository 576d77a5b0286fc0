"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The advocates' console."""

    name = "leeward.desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Register the staff menu's entry."""
        from leeward.desk import staff
        from leeward.people import staff_menu

        staff_menu.adds_to_staff_menu(staff.entries)
