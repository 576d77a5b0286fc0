"""Every address of the site. Visitors' pages stand under their language; staff under /staff/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from leeward.safety import errors, sitemap, views

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken

urlpatterns = [
    path("healthz", views.ready),
    path("robots.txt", views.robots),
    path("sitemap.xml", sitemap.sitemap),
    path("pictures/", include("leeward.stories.picture_urls")),
    path("staff/", include("leeward.people.urls")),
    path("staff/cms/", include("leeward.stories.cms_urls")),
    path("staff/lines/", include("leeward.helplines.staff_urls")),
    path("staff/directory/", include("leeward.directory.staff_urls")),
    path("staff/beds/", include("leeward.directory.bed_urls")),
    path("staff/desk/", include("leeward.desk.urls")),
    path("staff/desk/", include("leeward.desk.coordination_urls")),
    path("staff/desk/", include("leeward.desk.consent_urls")),
    path("api/hsds/", include("leeward.directory.api_urls")),
    *i18n_patterns(
        path("", include("leeward.safety.urls")),
        path("", include("leeward.helplines.urls")),
        path("", include("leeward.directory.urls")),
        path("", include("leeward.line.urls")),
        path("", include("leeward.stories.urls")),
        prefix_default_language=True,
    ),
]
