"""The addresses of the lines, for visitors; they stand under the language."""

from __future__ import annotations

from django.urls import path

from leeward.helplines.views import public

app_name = "helplines"
urlpatterns = [
    path("lines/", public.lines, name="lines"),
    path("lines/<slug:country>/", public.country, name="country"),
]
