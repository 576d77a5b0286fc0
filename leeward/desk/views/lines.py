"""Which line somebody looks after: chosen once, remembered in her session on the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.desk.forms.teams import TeamForm
from leeward.desk.services import stand
from leeward.line.services.members import teams
from leeward.people.views.common import signed_in
from leeward.safety.access import staff_with

if TYPE_CHECKING:
    from leeward.line.models import Team

ANSWERS = "line.answer_line"
COORDINATES = "line.coordinate_line"
CHOSEN = "line"
ROOMS = ("roster", "figures", "team")


def line_of(request: HttpRequest) -> Team:
    """Return the line that she chose, or her first. Raises Http404 where there is none."""
    found = line_or_none(request)
    if found is None:
        raise Http404
    return found


def line_or_none(request: HttpRequest) -> Team | None:
    """Return the line that she chose, or her first; None on a site without any."""
    return teams.team_for(signed_in(request), str(request.session.get(CHOSEN, "")))


def without_line(request: HttpRequest) -> HttpResponse:
    """Lead whoever coordinates to make the first line. Raises Http404 for others."""
    if not request.user.has_perm(COORDINATES):
        raise Http404
    return redirect("coordination:new")


def about_lines(request: HttpRequest, team: Team, room: str) -> dict[str, Any]:
    """Return what every page of coordination shows of its line: the line, and the others."""
    named = [(each, stand.own_name(each)) for each in teams.teams_for(signed_in(request))]
    return {"room": room, "team": team, "lines": named}


@staff_with(ANSWERS)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Look after another line."""
    slug, room = request.POST.get("line", ""), request.POST.get("room", "")
    if room not in ROOMS or slug not in {team.slug for team in teams.teams_for(signed_in(request))}:
        raise Http404
    request.session[CHOSEN] = slug
    return redirect(f"coordination:{room}")


@staff_with(COORDINATES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a line: what visitors are told comes first, people and keys after."""
    is_sent = request.method == "POST"
    form = TeamForm(request.POST if is_sent else None, initial=teams.USUAL)
    if is_sent and form.is_valid():
        made = teams.make(form.cleaned_data, by=signed_in(request))
        request.session[CHOSEN] = made.slug
        messages.success(request, _("The line is made. Now add the people who answer."))
        return redirect("coordination:team")
    context = {"room": "team", "form": form, "is_first": line_or_none(request) is None}
    return render(request, "desk/new_line.html", context, status=422 if is_sent else 200)
