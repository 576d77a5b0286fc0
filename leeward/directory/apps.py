"""Registers the app, and what it adds to every page."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class DirectoryConfig(AppConfig):
    """The directory app."""

    name = "leeward.directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        """Register the menus, the sitemap, loading our vocabulary, and what follows a write."""
        from django.conf import settings

        from leeward import gazetteer
        from leeward.design import frame
        from leeward.directory import staff, surroundings
        from leeward.directory.services import changes, indexing
        from leeward.people import staff_menu
        from leeward.safety.sitemap import adds_to_sitemap

        gazetteer.use(settings.DATA / "gazetteer.sqlite3", settings.CONFIG.country)
        frame.adds_to_menu(surroundings.menu)
        staff_menu.adds_to_staff_menu(staff.entries)
        staff_menu.adds_to_attention(staff.attention)
        adds_to_sitemap(surroundings.sitemap_paths)
        post_migrate.connect(load_vocabulary, sender=self)
        changes.calls_after_commit(indexing.follow)


def load_vocabulary(using: str, **_others: Any) -> None:
    """Write our vocabulary's terms and units after the database was brought up to date."""
    from leeward.directory.models import Taxonomy
    from leeward.directory.services.vocabulary import sync_vocabulary

    if Taxonomy._meta.db_table in connections[using].introspection.table_names():
        sync_vocabulary()
