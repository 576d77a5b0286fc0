"""Registers the app and its checks."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """The safety app."""

    name = "leeward.safety"
    verbose_name = "Safety"

    def ready(self) -> None:
        """Register the checks that `leeward check` runs."""
        from leeward.safety import checks  # noqa: F401
