"""The addresses of the open data interface, under /api/hsds/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "hsds"
urlpatterns: list[URLPattern] = []
