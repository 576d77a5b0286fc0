"""Registers the app."""

from django.apps import AppConfig


class HelplinesConfig(AppConfig):
    """The helplines app."""

    name = "leeward.helplines"
    verbose_name = "Helplines"
