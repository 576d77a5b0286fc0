"""Registers the app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo app."""

    name = "leeward.demo"
    verbose_name = "Demo"
