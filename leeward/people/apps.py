"""Registers the app, its checks and its part of the staff menu."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people app."""

    name = "leeward.people"
    verbose_name = "People"

    def ready(self) -> None:
        """Register what the app adds elsewhere."""
        from leeward.people import checks, editor_log, own_entries  # noqa: F401
