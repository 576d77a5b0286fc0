"""The addresses of staff's screens for the directory, under /staff/directory/."""

from __future__ import annotations

from django.urls import path

from leeward.directory.views import staff_list

app_name = "directory_staff"
urlpatterns = [
    path("", staff_list.services, name="list"),
]
