"""Finding help near a place, for visitors."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from leeward.safety.access import open_to_all


@open_to_all
def find(request: HttpRequest) -> HttpResponse:
    """Show the search form, or what was found."""
    return render(request, "directory/find.html")


@open_to_all
def service(request: HttpRequest, service_at_location_id: UUID) -> HttpResponse:
    """Show one service at one location."""
    raise Http404
