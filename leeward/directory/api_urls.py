"""The addresses of the open data interface, under /api/hsds/; as in HSDS, without a last slash."""

from __future__ import annotations

from django.urls import path, re_path

from leeward.directory.api import views

app_name = "hsds"
urlpatterns = [
    path("", views.about, name="about"),
    path("services", views.services, name="services"),
    path("services/<str:record_id>", views.service, name="service"),
    path("service_at_locations", views.service_at_locations, name="service_at_locations"),
    path(
        "service_at_locations/<str:record_id>",
        views.service_at_location,
        name="service_at_location",
    ),
    path("organizations", views.organizations, name="organizations"),
    path("organizations/<str:record_id>", views.organization, name="organization"),
    path("taxonomies", views.taxonomies, name="taxonomies"),
    path("taxonomies/<str:record_id>", views.taxonomy, name="taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="taxonomy_terms"),
    path("taxonomy_terms/<str:record_id>", views.taxonomy_term, name="taxonomy_term"),
    path("openapi.json", views.openapi_document, name="openapi"),
    path("profile/", views.profile, name="profile"),
    path("profile/<slug:table>.json", views.patch, name="patch"),
    re_path("", views.nothing, name="nothing"),
]
