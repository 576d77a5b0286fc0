"""Registers the app."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The design app."""

    name = "leeward.design"
    verbose_name = "Design"
