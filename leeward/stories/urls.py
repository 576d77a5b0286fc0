"""Addresses of what editors write: every page under its language."""

from django.urls import re_path

from leeward.stories.views import pages

# Wagtail looks its pages' addresses up under this name.
urlpatterns = [re_path(r"^((?:[\w\-]+/)*)$", pages.show, name="wagtail_serve")]
