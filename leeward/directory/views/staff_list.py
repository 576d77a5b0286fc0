"""Staff's list of services, and of the organisations behind them; what is due for a look."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leeward.directory.forms.staff_records import ListForm
from leeward.directory.models import Organization, Service
from leeward.directory.rules import trust
from leeward.directory.services import staff_list, verifying
from leeward.directory.services.owning import editable_organizations
from leeward.directory.views.staff_common import editors, page, person, record_for

MOST_ORGANIZATIONS = 100


@editors
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Show the services that the person may edit, narrowed as asked."""
    form = ListForm(request.GET)
    wanted, number = form.wanted()
    today = timezone.now().date()
    found = staff_list.services(person(request), wanted, page=number, today=today)
    asked = {key: value for key, value in request.GET.items() if value and key != "page"}
    context = {
        "filters": form,
        "found": found,
        "asked": asked.items(),
        "query": urlencode(asked),
        "is_narrowed": bool(asked),
        "organization": _narrowed_to(request, wanted),
    }
    return page(request, "list", context)


def _narrowed_to(request: HttpRequest, wanted: staff_list.Wanted) -> Organization | None:
    if wanted.organization is None:
        return None
    return editable_organizations(person(request)).filter(pk=wanted.organization).first()


@editors
@require_GET
def organizations(request: HttpRequest) -> HttpResponse:
    """Show the organisations that the person may edit, by name."""
    words = request.GET.get("words", "")[:200].replace("\x00", "")
    rows = editable_organizations(person(request)).select_related("source")
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    pages = Paginator(rows.order_by("name", "id"), MOST_ORGANIZATIONS)
    found = pages.get_page(request.GET.get("page"))
    return page(request, "organizations", {"found": found, "words": words})


@editors
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Show what is due to be verified again, the longest overdue first."""
    today = timezone.now().date()
    account = person(request)
    rows = verifying.due_services(account, today).prefetch_related("phones")
    context = {
        "found": Paginator(rows, staff_list.PAGE).get_page(request.GET.get("page")),
        "never": verifying.never_verified_count(account),
        "hows": hows(request),
    }
    return page(request, "due", context)


@editors
@require_POST
def verify(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Write down that the person verified a service today."""
    service = record_for(request, Service, service_id)
    how = request.POST.get("how", "")
    if how not in trust.HOLDS_DAYS:
        messages.error(request, _("Please say how you verified it."))
    else:
        verifying.verify(service, how=how, by=person(request))
        service.refresh_from_db()
        words = _("Verified today: %(name)s. Due again on %(day)s.")
        messages.success(request, words % {"name": service.name, "day": service.due_on})
    if request.POST.get("back") == "due":
        return redirect("directory_staff:due")
    return redirect("directory_staff:service", service.pk)


def hows(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the ways of verifying that the person may choose from."""
    if not person(request).has_perm("directory.edit_directory"):
        return [(trust.OWN, _("This is right today"))]
    return [
        (trust.CALLED, _("Verified by phone today")),
        (trust.WROTE, _("Verified in writing today")),
        (trust.VISITED, _("Visited today")),
    ]
