"""The addresses of free beds and bed requests, under /staff/beds/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "beds"
urlpatterns: list[URLPattern] = []
