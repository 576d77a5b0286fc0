"""Addresses of the pages about staying safe here, each under its language."""

from django.urls import path

from leeward.safety import views

app_name = "safety"
urlpatterns = [
    path("leaving/", views.leaving, name="leaving"),
    path("traces/", views.traces, name="traces"),
]
