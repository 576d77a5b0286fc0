"""Reading the audit log."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leeward.people.forms import AuditFilterForm
from leeward.people.models import AuditEntry
from leeward.safety.access import staff_with

PAGE = 100


@staff_with("people.read_audit")
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Show what staff did, latest first, a hundred at a time."""
    form = AuditFilterForm(request.GET)
    found = list(_chosen(form)[: PAGE + 1])
    context = {
        "form": form,
        "entries": found[:PAGE],
        "older_than": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
    return render(request, "people/audit.html", context)


def _chosen(form: AuditFilterForm) -> QuerySet[AuditEntry]:
    chosen = AuditEntry.objects.select_related("actor")
    if not form.is_valid():
        return chosen
    wanted = {
        "actor": form.cleaned_data["actor"],
        "event": form.cleaned_data["event"],
        "hour__date__lte": form.cleaned_data["day"],
        "pk__lt": form.cleaned_data["before"],
    }
    return chosen.filter(**{name: value for name, value in wanted.items() if value})
