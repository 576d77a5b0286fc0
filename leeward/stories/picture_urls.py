"""Addresses of pictures: a random name and nothing else."""

from django.urls import re_path

from leeward.stories import views

app_name = "pictures"
urlpatterns = [re_path(r"^shown/(?P<name>[0-9a-f]{32}\.(?:jpg|png|webp))$", views.picture, name="picture")]
