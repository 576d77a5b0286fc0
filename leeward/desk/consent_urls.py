"""The addresses of consent at the desk. None names a conversation: ids travel in bodies."""

from __future__ import annotations

from django.urls import path

from leeward.desk.views import consents

app_name = "consent"
urlpatterns = [
    path("consent/ask/", consents.ask, name="ask"),
    path("consent/standing/", consents.standing, name="standing"),
    path("consent/use/", consents.use, name="use"),
]
