"""A record's own page, with all that hangs on it; changing its own fields; its history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.directory.forms.staff_parts import PARTS
from leeward.directory.forms.staff_records import (
    LocationForm,
    OrganizationForm,
    ServiceForm,
    Versioned,
)
from leeward.directory.models import Location, Organization, Revision, Service
from leeward.directory.services import editing, history, membership, owning, undoing
from leeward.directory.services.owning import PAGES
from leeward.directory.views import staff_showing
from leeward.directory.views.staff_common import (
    editors,
    edits_all,
    page,
    person,
    record_for,
    see_anew,
)
from leeward.directory.views.staff_list import hows

FORMS: dict[str, type[Versioned]] = {
    "organization": OrganizationForm,
    "service": ServiceForm,
    "location": LocationForm,
}
MOST_SERVICES = 100
get_or_post = require_http_methods(["GET", "POST"])


@editors
@require_GET
def service(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a service with its places, numbers, hours, who may come, and beds."""
    found = record_for(request, Service, key)
    context = staff_showing.service(found, person(request)) | {"hows": hows(request)}
    return page(request, "service", context | {"parts": PARTS["service"]})


@editors
@require_GET
def location(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a location; of a confidential one only that it is there."""
    found = record_for(request, Location, key)
    context = staff_showing.location(found, person(request))
    return page(request, "location", context | {"parts": PARTS["location"]})


@editors
@require_GET
def organization(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an organisation: its services, places, approval and who works for it."""
    found = record_for(request, Organization, key)
    services = found.services.order_by("name", "id")
    context = {
        "record": found,
        "parts": PARTS["organization"],
        "groups": staff_showing.parts_of(found),
        "services": services[:MOST_SERVICES],
        "services_count": services.count(),
        "places": staff_showing.places(
            owning.places_of(found).order_by("name", "id")[:MOST_SERVICES]
        ),
        "members": found.memberships.select_related("account"),
        "candidates": membership.candidates(found),
        "may_approve": person(request).has_perm(membership.RIGHT),
    }
    return page(request, "organization", context)


@editors
@get_or_post
def edit(request: HttpRequest, entity: str, key: UUID) -> HttpResponse:
    """Take a change of a record's own fields."""
    found: Any = record_for(request, _model(entity), key)
    form = _form(entity, request, instance=found)
    form.initial["seen"] = editing.version_of(found)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.fields if name != "seen"}
        seen = form.cleaned_data["seen"]
        try:
            editing.change(found, values, by=person(request), seen=seen)
        except editing.ChangedMeanwhile:
            return conflict(request, form, found)
        messages.success(request, _("Saved."))
        return redirect(f"directory_staff:{entity}", key)
    return page(request, "form", {"form": form, "record": found, "entity": entity})


def conflict(request: HttpRequest, form: Versioned, record: Any) -> HttpResponse:
    """Say calmly that somebody else was quicker; the form keeps what this person wrote."""
    top = PAGES[owning.page_entity(record)].objects.get(pk=record.pk)
    see_anew(form, top)
    context = {
        "form": form,
        "record": top,
        "entity": owning.page_entity(top),
        "meanwhile": history.of_page(top)[:3],
    }
    return page(request, "form", context, status=409)


@editors
@get_or_post
def add_service(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a new service of an organisation."""
    owner = record_for(request, Organization, key)
    form = _form("service", request, instance=Service(organization=owner))
    return _add(request, form, "service", owner)


@editors
@get_or_post
def add_location(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a new location of an organisation."""
    owner = record_for(request, Organization, key)
    form = _form("location", request, instance=Location(organization=owner))
    return _add(request, form, "location", owner)


@editors
@get_or_post
def add_organization(request: HttpRequest) -> HttpResponse:
    """Take a new organisation; it shows once two people approved it."""
    if not edits_all(request):
        raise PermissionDenied
    return _add(request, _form("organization", request, instance=Organization()), "organization")


def _add(
    request: HttpRequest, form: Versioned, entity: str, owner: Organization | None = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        made = editing.add(form.save(commit=False), by=person(request))
        messages.success(request, _("Added."))
        return redirect(f"directory_staff:{entity}", made.pk)
    return page(request, "form", {"form": form, "entity": entity, "owner": owner})


@editors
@require_GET
def changes(request: HttpRequest, entity: str, key: UUID) -> HttpResponse:
    """Show what was changed on a record's page, by whom, each with a way back."""
    found = record_for(request, _model(entity), key)
    context = {"record": found, "entity": entity, "lines": history.of_page(found)}
    return page(request, "history", context)


@editors
@require_POST
def undo(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Put back what a revision changed."""
    revision = get_object_or_404(Revision, pk=revision_id)
    top = history.page_named(revision.part_of)
    if top is None or not editing.may_edit(person(request), top):
        raise Http404
    try:
        undoing.undo(revision, by=person(request))
        messages.success(request, _("Put back as it was before."))
    except undoing.NotUndoable:
        messages.error(
            request, _("It was changed again since, so nothing was put back. Please edit it.")
        )
    return redirect("directory_staff:history", owning.page_entity(top), top.pk)


@editors
@require_POST
def join(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that an account works for an organisation."""
    found = record_for(request, Organization, key)
    account = get_object_or_404(membership.candidates(found), pk=_number(request))
    membership.join(account, found, by=person(request))
    messages.success(request, _("%s works there now.") % account)
    return redirect("directory_staff:organization", key)


@editors
@require_POST
def leave(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that an account works for an organisation no longer."""
    found = record_for(request, Organization, key)
    member = get_object_or_404(found.memberships, account_id=_number(request))
    membership.leave(member.account, found, by=person(request))
    messages.success(request, _("%s works there no longer.") % member.account)
    return redirect("directory_staff:organization", key)


def _number(request: HttpRequest) -> int:
    said = request.POST.get("account", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0  # noqa: PLR2004


def _model(entity: str) -> type[Any]:
    if entity not in PAGES:
        raise Http404
    return PAGES[entity]


def _form(entity: str, request: HttpRequest, *, instance: Any) -> Versioned:
    if entity == "service":
        return ServiceForm(request.POST or None, instance=instance, is_own=not edits_all(request))
    return FORMS[entity](request.POST or None, instance=instance)
