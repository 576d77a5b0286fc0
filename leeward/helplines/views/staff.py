"""Staff's screens: what goes stale, checking it off, proposing, confirming, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.helplines import facts, services
from leeward.helplines.forms import CheckForm, DecideForm, EmergencyForm, LineForm, ReasonForm
from leeward.helplines.models import Line, Proposal
from leeward.helplines.services import proposing, record_of
from leeward.helplines.services.showing import freshness_of
from leeward.people.models import Account
from leeward.safety.access import staff_with

SHOWN_IN_HISTORY = 200
get_or_post = require_http_methods(["GET", "POST"])


@staff_with("helplines.check_line")
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Show what goes stale within a week or is not checked, and what waits for a second person."""
    context = {
        "due": services.due_lines(),
        "counts": services.due_counts(),
        "proposals": Proposal.objects.waiting(),
    }
    return _page(request, "due", context)


@staff_with("helplines.check_line")
@get_or_post
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Show one line with its history; take a check of it."""
    found = get_object_or_404(Line.objects.with_checks(), pk=line_id)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_good = form.cleaned_data["finding"] == "good"
        channel = form.cleaned_data["channel"]
        services.check_line(found, by=_person(request), channel=channel, is_good=is_good)
        messages.success(request, _("Thank you. Your check is written down."))
        return redirect("helplines_staff:line", found.pk)
    context = {
        "line": found,
        "form": form,
        "reason_form": ReasonForm(),
        "fresh": freshness_of(found),
        "checks": found.checks.select_related("by").order_by("-id"),
        "fields": proposing.values_of(found).items(),
        "sources": [facts.sources().get(key, {"what": key}) for key in found.sources],
        "proposals": found.proposals.select_related("proposed_by"),
    }
    return _page(request, "line", context)


@staff_with("helplines.propose_line")
@get_or_post
def propose_change(request: HttpRequest, line_id: int) -> HttpResponse:
    """Take a proposal to change a line's fields."""
    found = get_object_or_404(Line, pk=line_id)
    form = LineForm(request.POST or None, instance=found)
    return _propose(request, form, kind=Proposal.Kind.CHANGE, line_id=line_id)


@staff_with("helplines.propose_line")
@get_or_post
def propose_new(request: HttpRequest) -> HttpResponse:
    """Take a proposal for a line that is not there yet."""
    return _propose(request, LineForm(request.POST or None), kind=Proposal.Kind.ADD)


def _propose(
    request: HttpRequest, form: LineForm, *, kind: str, line_id: int | None = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        made = services.propose(
            kind,
            by=_person(request),
            channel=form.cleaned_data["channel"],
            reason=form.cleaned_data["reason"],
            line=Line.objects.get(pk=line_id) if line_id else None,
            values=form.values(),
        )
        return _proposed(request, made)
    return _page(request, "propose", {"form": form})


@staff_with("helplines.propose_line")
@require_http_methods(["POST"])
def propose_move(request: HttpRequest, line_id: int, kind: str) -> HttpResponse:
    """Take a proposal to raise a line to grade A, or to take it off for good."""
    found = get_object_or_404(Line, pk=line_id)
    form = ReasonForm(request.POST)
    if kind not in {Proposal.Kind.RAISE, Proposal.Kind.RETIRE}:
        raise Http404
    if not form.is_valid():
        messages.error(request, _("Please say where you read it, or whom you called."))
        return redirect("helplines_staff:line", found.pk)
    made = services.propose(kind, by=_person(request), line=found, **form.cleaned_data)
    return _proposed(request, made)


def _proposed(request: HttpRequest, made: Proposal) -> HttpResponse:
    messages.success(request, _("Thank you. A second person now has to confirm it."))
    return redirect("helplines_staff:proposal", made.pk)


@staff_with("helplines.confirm_line")
@get_or_post
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Show a proposal beside the line as it is; take a second person's word on it."""
    found = get_object_or_404(Proposal.objects.select_related("line"), pk=proposal_id)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _decide(request, found, form.cleaned_data)
        return redirect("helplines_staff:proposal", found.pk)
    context = {
        "proposal": found,
        "form": form,
        "changes": record_of.changes(found),
        "may_confirm": found.proposed_by_id != request.user.pk,
    }
    return _page(request, "proposal", context)


def _decide(request: HttpRequest, found: Proposal, said: dict[str, Any]) -> None:
    try:
        if said["decision"] == "confirm":
            services.confirm(found.pk, by=_person(request), channel=said["channel"])
        else:
            services.decline(found.pk, by=_person(request))
        messages.success(request, _("Done."))
    except proposing.SamePerson:
        messages.error(request, _("You proposed this. A second person has to confirm it."))
    except proposing.AlreadyDecided:
        messages.error(request, _("Somebody decided this already."))


@staff_with("helplines.check_line")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Show what visitors never see: grade B rows, and leads."""
    return _page(request, "queue", {"queue": services.queue()})


@staff_with("helplines.check_line")
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """Show the latest checks and proposals."""
    return _page(request, "history", record_of.latest(SHOWN_IN_HISTORY))


@staff_with("helplines.check_line")
@require_GET
def emergency_list(request: HttpRequest) -> HttpResponse:
    """Show every country's emergency numbers, the unsure ones first."""
    return _page(request, "emergency_list", {"rows": record_of.emergency_rows()})


@staff_with("helplines.check_line")
@get_or_post
def emergency(request: HttpRequest, country: str) -> HttpResponse:
    """Show what ships for one country; take what somebody found right."""
    if country not in facts.emergency_facts():
        raise Http404
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.check_emergency(country, by=_person(request), **form.cleaned_data)
        messages.success(request, _("Thank you. It shows once two people say the same."))
        return redirect("helplines_staff:emergency", country)
    return _page(request, "emergency", {"form": form, **record_of.emergency_record(country)})


def _person(request: HttpRequest) -> Account:
    """Return who is signed in; `staff_with` let nobody else this far."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    bound = context.get("form")
    is_refused = request.method == "POST" and bound is not None and not bound.is_valid()
    template = f"helplines/staff/{name}.html"
    return render(request, template, context, status=422 if is_refused else 200)
