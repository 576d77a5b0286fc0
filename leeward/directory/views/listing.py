"""One listing's page, for visitors, and telling us that something on it is wrong."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.directory.forms.finding import read_question, read_report
from leeward.directory.models import Report
from leeward.directory.services import reports, showing
from leeward.directory.views import wording
from leeward.directory.views.page import page_of
from leeward.safety.access import open_to_all

KINDS = {
    Report.Kind.NUMBER: _("The phone number is wrong"),
    Report.Kind.CLOSED: _("It is closed or gone"),
    Report.Kind.HOURS: _("The hours are wrong"),
    Report.Kind.ADDRESS: _("The address is wrong"),
    Report.Kind.WHO: _("Who may come is wrong"),
    Report.Kind.UNSAFE: _("It did not feel safe"),
    Report.Kind.CHANGE: _("Something should change or is missing"),
}


@open_to_all
def read(request: HttpRequest, service_at_location_id: UUID) -> HttpResponse:
    """Show one listing; a form's question is carried on for the way back. 404 for all unlisted."""
    listing = _listed(service_at_location_id)
    context = {
        "page": page_of(listing, timezone.now()),
        "report_path": reverse("directory:report", args=[service_at_location_id]),
    }
    return render(request, "directory/service.html", context | _way_back(request))


@open_to_all
def report(request: HttpRequest, service_at_location_id: UUID) -> HttpResponse:
    """Ask what is wrong with a listing; store what was told."""
    listing = _listed(service_at_location_id)
    context = {
        "name": listing.card.name,
        "kinds": list(KINDS.items()),
        "most": reports.MOST_TEXT,
        "service_path": reverse("directory:service", args=[service_at_location_id]),
    }
    told = read_report(request.POST)
    if told is not None:
        reports.send(service_at_location_id, kind=told[0], text=told[1])
        context["is_sent"] = True
    return render(request, "directory/report.html", context | _way_back(request))


def _listed(service_at_location_id: UUID) -> showing.Listing:
    found = showing.listing(service_at_location_id)
    if found is None:
        raise Http404
    return found


def _way_back(request: HttpRequest) -> dict[str, object]:
    """Return the question that the results came from, as fields; nothing when there was none."""
    question = read_question(request.POST)
    fields = [] if question.is_empty else list(question.fields())
    return {
        "fields": fields,
        "country": settings.CONFIG.country.lower(),
        "tips": wording.tips(),
    }
