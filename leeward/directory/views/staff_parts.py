"""Adding, changing and removing the parts of a record; who may come, what it helps with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.directory.forms.staff_parts import FORMS, PARTS, values_of
from leeward.directory.forms.staff_terms import TermsForm
from leeward.directory.models import Location, Service, ServiceAtLocation
from leeward.directory.services import editing, owning, terms
from leeward.directory.services.owning import PAGES
from leeward.directory.services.revisions import ENTITIES
from leeward.directory.views.staff_common import editors, page, person, record_for, see_anew
from leeward.directory.views.staff_records import conflict

OFFER = "service_at_location"
OFFER_PARTS = ("phone", "contact", "schedule", "service_area")
get_or_post = require_http_methods(["GET", "POST"])


@editors
@get_or_post
def add(request: HttpRequest, owner_entity: str, key: UUID, entity: str) -> HttpResponse:
    """Take a new part of a record, such as a phone of a service."""
    owner: Any = record_for(request, _owner_model(owner_entity, entity), key)
    made = ENTITIES[entity](**{owner_entity: owner})
    top = owning.page_of(owner)
    extra = {"places": _places(top)} if entity == OFFER else {}
    form = FORMS[entity](request.POST or None, instance=made, **extra)
    form.initial["seen"] = editing.version_of(top)
    if request.method == "POST" and form.is_valid():
        for name, value in values_of(form).items():
            setattr(made, name, value)
        try:
            editing.add(made, by=person(request), seen=form.cleaned_data["seen"])
        except editing.ChangedMeanwhile:
            return conflict(request, form, top)
        return _done(request, top, _("Added."))
    return page(request, "form", {"form": form, "record": top, "entity": entity, "is_part": True})


@editors
@get_or_post
def edit(request: HttpRequest, entity: str, key: UUID) -> HttpResponse:
    """Take a change of a part."""
    part: Any = record_for(request, _part_model(entity), key)
    top = owning.page_of(part)
    form = FORMS[entity](request.POST or None, instance=part)
    form.initial["seen"] = editing.version_of(top)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            editing.change(part, values_of(form), by=person(request), seen=seen)
        except editing.ChangedMeanwhile:
            return conflict(request, form, top)
        return _done(request, top, _("Saved."))
    context = {"form": form, "record": top, "entity": entity, "part": part, "is_part": True}
    return page(request, "form", context)


@editors
@require_POST
def remove(request: HttpRequest, entity: str, key: UUID) -> HttpResponse:
    """Remove a part; its page's history can put it back."""
    part: Any = record_for(request, _part_model(entity), key)
    top = owning.page_of(part)
    editing.remove(part, by=person(request))
    return _done(request, top, _("Removed. The history can put it back."))


@editors
@get_or_post
def who(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take what a service helps with, who may come, access and languages."""
    service = record_for(request, Service, key)
    form = TermsForm(request.POST or None, told=terms.terms_of(service))
    form.initial["seen"] = editing.version_of(service)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            terms.set_terms(service, form.values(), by=person(request), seen=seen)
        except editing.ChangedMeanwhile:
            service.refresh_from_db()
            see_anew(form, service)
            context = {"form": form, "record": service, "is_conflict": True}
            return page(request, "who", context, status=409)
        return _done(request, service, _("Saved."))
    return page(request, "who", {"form": form, "record": service})


def _places(service: Any) -> Any:
    """Return the locations of the service's organisation where it is not offered yet."""
    there = ServiceAtLocation.objects.filter(service=service).values("location_id")
    found = owning.places_of(service.organization).exclude(pk__in=there)
    return Location.objects.filter(pk__in=found.values("pk")).order_by("name", "id")


def _owner_model(owner_entity: str, entity: str) -> type[Any]:
    allowed = PARTS.get(owner_entity, ()) if owner_entity != OFFER else OFFER_PARTS
    if entity not in allowed:
        raise Http404
    return ServiceAtLocation if owner_entity == OFFER else PAGES[owner_entity]


def _part_model(entity: str) -> type[Any]:
    if entity not in FORMS:
        raise Http404
    return ENTITIES[entity]


def _done(request: HttpRequest, top: Any, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(f"directory_staff:{owning.page_entity(top)}", top.pk)
