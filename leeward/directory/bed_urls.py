"""The addresses of free beds and bed requests, under /staff/beds/."""

from __future__ import annotations

from django.urls import path

from leeward.directory.views import staff_bed_requests, staff_beds

app_name = "beds"
urlpatterns = [
    path("", staff_beds.board, name="board"),
    path("shelters/<uuid:service_id>/", staff_beds.shelter, name="shelter"),
    path("shelters/<uuid:service_id>/requests/<int:request_id>/", staff_beds.answer, name="answer"),
    path("requests/", staff_bed_requests.requests, name="requests"),
    path("requests/new/", staff_bed_requests.ask, name="ask"),
    path("requests/<int:request_id>/", staff_bed_requests.follow, name="follow"),
    path("requests/<int:request_id>/close/", staff_bed_requests.close, name="close"),
]
