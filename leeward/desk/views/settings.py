"""The team's settings: what visitors are told, and who answers under which name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.desk.forms.teams import MemberForm, NewMemberForm, TeamForm
from leeward.desk.views.lines import about_lines, line_of, line_or_none, without_line
from leeward.line.services.members import keys, teams
from leeward.line.services.shifts import roster
from leeward.people.views.common import signed_in
from leeward.safety.access import staff_with

if TYPE_CHECKING:
    from leeward.line.models import Member, Team
    from leeward.people.models import Account

COORDINATES = "line.coordinate_line"


@staff_with(COORDINATES)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """Show the settings; change what visitors are told."""
    found = line_or_none(request)
    if found is None:
        return without_line(request)
    is_sent = request.method == "POST"
    form = TeamForm(request.POST if is_sent else None, initial=teams.values_of(found))
    if is_sent and form.is_valid():
        teams.change(found, form.cleaned_data, by=signed_in(request))
        messages.success(request, _("Written down. Visitors read it from now on."))
        return redirect("coordination:team")
    return _page(request, found, {"form": form}, status=422 if is_sent else 200)


@staff_with(COORDINATES)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Make an account a member."""
    found = line_of(request)
    others = {account.pk: account for account in teams.may_join(found)}
    form = NewMemberForm(request.POST, choices=_choices(others))
    if not form.is_valid():
        return _page(request, found, {"new_form": form}, status=422)
    teams.put_member(
        found,
        others[form.cleaned_data["account"]],
        by=signed_in(request),
        **_fields(form),
    )
    messages.success(request, _("She is a member. At her first visit to the desk she makes keys."))
    return redirect("coordination:team")


@staff_with(COORDINATES)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show one member; change her working name, languages, role."""
    found = line_of(request)
    row = _member(found, account_id)
    now = {name: getattr(row, name) for name in ("working_name", "languages", "is_supervisor")}
    is_sent = request.method == "POST"
    form = MemberForm(request.POST if is_sent else None, initial=now)
    if is_sent and form.is_valid():
        try:
            teams.put_member(found, row.account, by=signed_in(request), **_fields(form))
        except teams.MayNotAnswer:
            form.add_error(None, _("Her role does not let her answer. Change it under Accounts."))
        else:
            return redirect("coordination:team")
    context = about_lines(request, found, "team") | {"member": row, "form": form}
    return render(request, "desk/member.html", context, status=422 if is_sent else 200)


@staff_with(COORDINATES)
@require_POST
def take_out(request: HttpRequest, account_id: int) -> HttpResponse:
    """Take a member out of the team."""
    found = line_of(request)
    row = _member(found, account_id)
    teams.take_out(found, row.account, by=signed_in(request))
    messages.success(
        request, _("She is out. Now make the team's next key at the desk, under “Team and keys”.")
    )
    return redirect("coordination:team")


@staff_with(COORDINATES)
@require_POST
def withdraw_shares(request: HttpRequest) -> HttpResponse:
    """Switch recovery by two of three supervisors off; destroy the shares."""
    keys.withdraw_shares(line_of(request), by=signed_in(request))
    messages.success(request, _("Off. The shares are destroyed, and visitors read so."))
    return redirect("coordination:team")


def _page(
    request: HttpRequest, found: Team, forms: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    others = {account.pk: account for account in teams.may_join(found)}
    context = about_lines(request, found, "team") | {
        "form": TeamForm(initial=teams.values_of(found)),
        "new_form": NewMemberForm(choices=_choices(others), initial={"languages": "en"}),
        "members": roster.members(found),
        "others": others,
        "must_follow": keys.must_follow(found),
    }
    return render(request, "desk/members.html", context | forms, status=status)


def _fields(form: MemberForm) -> dict[str, Any]:
    return {
        name: form.cleaned_data[name] for name in ("working_name", "languages", "is_supervisor")
    }


def _choices(others: dict[int, Account]) -> list[tuple[int, str]]:
    return [(pk, account.display_name) for pk, account in others.items()]


def _member(found: Team, account_id: int) -> Member:
    row = roster.members(found).filter(account_id=account_id).first()
    if row is None:
        raise Http404
    return row


def _team(request: HttpRequest) -> Team:
    found = teams.team_for(signed_in(request))
    if found is None:
        raise Http404
    return found
