"""Registers the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people app."""

    name = "leeward.people"
    verbose_name = "People"
