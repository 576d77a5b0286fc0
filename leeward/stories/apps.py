"""Registers the app, and what it adds to the frame around every page."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoriesConfig(AppConfig):
    """The stories app."""

    name = "leeward.stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        """Register menu, sitemap, signals, and the first pages that every site starts with."""
        from leeward.stories import first_pages, frame, signals, spare_parts

        spare_parts.leave_out()
        frame.register()
        signals.connect()
        post_migrate.connect(first_pages.after_migrate, dispatch_uid="stories.first_pages")
