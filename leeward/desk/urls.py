"""The addresses of the advocates' desk. None names a conversation: ids travel in bodies."""

from __future__ import annotations

from django.urls import path

from leeward.desk.views import console

app_name = "desk"
urlpatterns = [
    path("", console.desk, name="desk"),
]
