"""The addresses of what coordinators look after: roster, figures, team."""

from __future__ import annotations

from django.urls import path

from leeward.desk.views import charts, lines, roster, settings

app_name = "coordination"
urlpatterns = [
    path("roster/", roster.roster, name="roster"),
    path("roster/plan/", roster.plan, name="plan"),
    path("roster/copy/", roster.copy, name="copy"),
    path("roster/take-off/", roster.take_off, name="take_off"),
    path("figures/", charts.charts, name="figures"),
    path("line/", lines.choose, name="choose"),
    path("team/new/", lines.new, name="new"),
    path("team/", settings.team, name="team"),
    path("team/add/", settings.add, name="add"),
    path("team/shares/", settings.withdraw_shares, name="shares"),
    path("team/<int:account_id>/", settings.member, name="member"),
    path("team/<int:account_id>/out/", settings.take_out, name="take_out"),
]
