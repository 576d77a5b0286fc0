"""The addresses of staff's screens for the directory, under /staff/directory/."""

from __future__ import annotations

from django.urls import path

from leeward.directory.views import (
    staff_import,
    staff_list,
    staff_missing,
    staff_parts,
    staff_places,
    staff_records,
    staff_review,
)

app_name = "directory_staff"
urlpatterns = [
    path("", staff_list.services, name="list"),
    path("due/", staff_list.due, name="due"),
    path("organizations/", staff_list.organizations, name="organizations"),
    path("organizations/new/", staff_records.add_organization, name="add_organization"),
    path("import/", staff_import.send, name="import"),
    path("import/confirm/", staff_import.confirm, name="confirm_import"),
    path("review/", staff_review.review, name="review"),
    path("review/looked-at/", staff_review.look_at, name="look_at"),
    path("reports/<int:report_id>/", staff_review.decide_report, name="decide_report"),
    path("pairs/<int:pair_id>/", staff_review.pair, name="pair"),
    path("pairs/<int:pair_id>/decide/", staff_review.decide_pair, name="decide_pair"),
    path("missing/<uuid:key>/", staff_missing.decide, name="decide_missing"),
    path("sources/<int:source_id>/keep-all/", staff_missing.keep_all, name="keep_missing"),
    path("sources/", staff_review.sources, name="sources"),
    path("sources/<int:source_id>/", staff_review.source, name="source"),
    path("approve/<str:kind>/<str:key>/", staff_review.approve, name="approve"),
    path("organizations/<uuid:key>/", staff_records.organization, name="organization"),
    path("organizations/<uuid:key>/services/new/", staff_records.add_service, name="add_service"),
    path("organizations/<uuid:key>/places/new/", staff_records.add_location, name="add_location"),
    path("organizations/<uuid:key>/join/", staff_records.join, name="join"),
    path("organizations/<uuid:key>/leave/", staff_records.leave, name="leave"),
    path("services/<uuid:key>/", staff_records.service, name="service"),
    path("services/<uuid:key>/who/", staff_parts.who, name="who"),
    path("services/<uuid:service_id>/verify/", staff_list.verify, name="verify"),
    path("places/<uuid:key>/", staff_records.location, name="location"),
    path("places/<uuid:key>/pin/", staff_places.pin, name="pin"),
    path("places/<uuid:key>/hide/", staff_places.hide, name="hide"),
    path("places/<uuid:key>/site/", staff_places.site, name="site"),
    path("places/<uuid:key>/site/write/", staff_places.write_site, name="write_site"),
    path("places/<uuid:key>/show/", staff_places.show, name="show"),
    path("records/<str:entity>/<uuid:key>/edit/", staff_records.edit, name="edit"),
    path("records/<str:entity>/<uuid:key>/history/", staff_records.changes, name="history"),
    path("revisions/<int:revision_id>/undo/", staff_records.undo, name="undo"),
    path(
        "records/<str:owner_entity>/<uuid:key>/add/<str:entity>/",
        staff_parts.add,
        name="add_part",
    ),
    path("parts/<str:entity>/<uuid:key>/", staff_parts.edit, name="edit_part"),
    path("parts/<str:entity>/<uuid:key>/remove/", staff_parts.remove, name="remove_part"),
]
