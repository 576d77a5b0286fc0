"""Addresses of pictures: a random name and nothing else."""

from django.urls import re_path

from leeward.stories.views import pages

app_name = "pictures"
NAME = r"(?P<name>[0-9a-f]{32}\.(?:jpg|png|webp))"
urlpatterns = [re_path(f"^shown/{NAME}$", pages.picture, name="picture")]
