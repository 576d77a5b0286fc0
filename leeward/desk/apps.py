"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The advocates' console."""

    name = "leeward.desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Register the staff menu's entries, and what needs attention."""
        from leeward.desk import coordinating, staff
        from leeward.people import staff_menu

        staff_menu.adds_to_staff_menu(staff.entries)
        staff_menu.adds_to_staff_menu(coordinating.entries)
        staff_menu.adds_to_attention(coordinating.attention)
