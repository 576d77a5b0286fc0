"""The addresses of staff's screens for the lines."""

from __future__ import annotations

from django.urls import path

from leeward.helplines.views import staff

app_name = "helplines_staff"
urlpatterns = [
    path("", staff.due, name="due"),
    path("queue/", staff.queue, name="queue"),
    path("history/", staff.history, name="history"),
    path("new/", staff.propose_new, name="new"),
    path("emergency/", staff.emergency_list, name="emergency_list"),
    path("emergency/<str:country>/", staff.emergency, name="emergency"),
    path("proposals/<int:proposal_id>/", staff.proposal, name="proposal"),
    path("<int:line_id>/", staff.line, name="line"),
    path("<int:line_id>/change/", staff.propose_change, name="change"),
    path("<int:line_id>/propose/<str:kind>/", staff.propose_move, name="move"),
]
