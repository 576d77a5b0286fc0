"""Registers the app."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """The stories app."""

    name = "leeward.stories"
    verbose_name = "Stories"
