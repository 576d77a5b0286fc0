"""The addresses of the directory, for visitors; they stand under the language."""

from __future__ import annotations

from django.urls import path

from leeward.directory.views import finding, listing

app_name = "directory"
urlpatterns = [
    path("services/", finding.find, name="find"),
    path("services/<uuid:service_at_location_id>/", listing.read, name="service"),
    path("services/<uuid:service_at_location_id>/wrong/", listing.report, name="report"),
]
