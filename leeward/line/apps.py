"""Registers the app."""

from __future__ import annotations

from django.apps import AppConfig


class LineConfig(AppConfig):
    """The support line."""

    name = "leeward.line"
    verbose_name = "Support line"

    def ready(self) -> None:
        """Register what the line adds to every page, and what ends when somebody leaves."""
        from leeward.design import frame
        from leeward.line import surroundings
        from leeward.line.services.endings.ending import end_by_leaving
        from leeward.safety.leaving import ends_on_leaving
        from leeward.safety.sitemap import adds_to_sitemap

        frame.adds_to_menu(surroundings.menu)
        adds_to_sitemap(surroundings.sitemap_paths)
        ends_on_leaving(end_by_leaving)
