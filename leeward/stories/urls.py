"""Addresses of what editors write: every page under its language."""

from django.urls import re_path

from leeward.stories import views

# Wagtail looks its pages' addresses up under this name.
urlpatterns = [re_path(r"^((?:[\w\-]+/)*)$", views.show, name="wagtail_serve")]
