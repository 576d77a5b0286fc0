"""The roster: who is on now, a week's shifts, where nobody is planned."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from leeward.desk.forms.shifts import CopyForm, ShiftForm
from leeward.desk.services import planning
from leeward.desk.views.lines import about_lines, line_of, line_or_none, without_line
from leeward.line.services.shifts import roster as line_roster
from leeward.line.services.shifts import weeks
from leeward.people.models import Account
from leeward.people.views.common import signed_in
from leeward.safety.access import staff_with

if TYPE_CHECKING:
    from leeward.line.models import Team

ANSWERS = "line.answer_line"
COORDINATES = "line.coordinate_line"
ID_DIGITS_MAX = 12
YEARS_AROUND = timedelta(days=730)


@staff_with(ANSWERS)
@require_safe
def roster(request: HttpRequest) -> HttpResponse:
    """Show a week, the present one first."""
    team = line_or_none(request)
    if team is None:
        return without_line(request)
    return _week(request, team, _monday(request.GET.get("week", "")), {})


@staff_with(COORDINATES)
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Plan one shift."""
    team = line_of(request)
    form = ShiftForm(request.POST, people=_people(team))
    monday = _monday(request.POST.get("week", ""))
    if not form.is_valid():
        return _week(request, team, monday, {"form": form}, status=422)
    start, end = form.stretch()
    try:
        line_roster.plan(team, form.person(), start=start, end=end, by=signed_in(request))
    except (line_roster.ShiftUnfit, line_roster.NotAMember):
        form.add_error(None, _("Too long, or she has another shift then."))
        return _week(request, team, monday, {"form": form}, status=422)
    return _to_week(weeks.monday_of(form.cleaned_data["day"]))


@staff_with(COORDINATES)
@require_POST
def take_off(request: HttpRequest) -> HttpResponse:
    """Take a shift off."""
    sent = request.POST.get("shift", "")
    is_id = sent.isascii() and sent.isdecimal() and len(sent) <= ID_DIGITS_MAX
    shift_id = int(sent) if is_id else 0
    if not weeks.take_off(line_of(request), shift_id, by=signed_in(request)):
        messages.error(request, _("This shift was taken off already."))
    return _to_week(_monday(request.POST.get("week", "")))


@staff_with(COORDINATES)
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Copy a week's shifts into another week."""
    team, monday = line_of(request), _monday(request.POST.get("week", ""))
    form = CopyForm(request.POST)
    if not form.is_valid() or not _is_near(form.cleaned_data["into"]):
        messages.error(request, _("Choose a day of the week that the shifts go to."))
        return _to_week(monday)
    into = weeks.monday_of(form.cleaned_data["into"])
    copied = weeks.copy_week(team, monday, into=into, by=signed_in(request))
    messages.success(request, _told(copied))
    return _to_week(into)


def _told(copied: weeks.Copied) -> str:
    done = ngettext("%d shift planned.", "%d shifts planned.", copied.planned) % copied.planned
    if not copied.left_out:
        return done
    left = _("Left out, because they overlap or belong to nobody now: %d.") % copied.left_out
    return f"{done} {left}"


def _week(
    request: HttpRequest, team: Team, monday: date, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    days = planning.week(team, monday)
    now = timezone.now()
    context = {
        "days": days,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "has_gaps": any(day.gaps for day in days),
        "here": _here(team, now),
        "form": ShiftForm(people=_people(team), initial={"day": _first_day(monday).isoformat()}),
        "copy_form": CopyForm(initial={"into": (monday + timedelta(days=7)).isoformat()}),
        "may_plan": request.user.has_perm(COORDINATES),
    }
    context = about_lines(request, team, "roster") | context | more
    return render(request, "desk/roster.html", context, status=status)


def _first_day(monday: date) -> date:
    """Return the day that a new shift is likely meant for: today, in a week that holds it."""
    today = timezone.localdate()
    return today if weeks.monday_of(today) == monday else monday


def _here(team: Team, now: datetime) -> list[dict[str, Any]]:
    names = planning.names_of(team)
    return [
        {"name": names[row.account_id], "is_away": row.is_away, "most": row.most_chats}
        for row in line_roster.present(team, now)
        if row.account_id in names
    ]


def _people(team: Team) -> list[tuple[Account, str]]:
    return [(member.account, member.working_name) for member in line_roster.members(team)]


def _monday(typed: str) -> date:
    """Return the Monday of a day as an address or form has it; this week's for anything else."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = timezone.localdate()
    return weeks.monday_of(day if _is_near(day) else timezone.localdate())


def _is_near(day: date) -> bool:
    return abs(day - timezone.localdate()) < YEARS_AROUND


def _to_week(monday: date) -> HttpResponse:
    return redirect(f"{reverse('coordination:roster')}?week={monday.isoformat()}")
