"""Registers the app, and what it adds to every page."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class HelplinesConfig(AppConfig):
    """The helplines app."""

    name = "leeward.helplines"
    verbose_name = "Helplines"

    def ready(self) -> None:
        """Register the menus, the notice, the sitemap, and loading what ships."""
        from leeward.design import frame
        from leeward.helplines import staff, surroundings
        from leeward.people import staff_menu
        from leeward.safety.sitemap import adds_to_sitemap

        frame.adds_to_menu(surroundings.menu)
        frame.adds_to_notice(surroundings.notice)
        staff_menu.adds_to_staff_menu(staff.entries)
        staff_menu.adds_to_attention(staff.attention)
        adds_to_sitemap(surroundings.sitemap_paths)
        post_migrate.connect(load_shipped_lines, sender=self)


def load_shipped_lines(using: str, **_others: Any) -> None:
    """Load the shipped lines after the database was brought up to date (with or without demo)."""
    from leeward.helplines import services
    from leeward.helplines.models import Line

    if Line._meta.db_table in connections[using].introspection.table_names():
        services.sync_shipped()
