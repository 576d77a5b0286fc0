"""Pages about staying safe here, and the small answers that machines ask for."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leeward.safety.access import may_be_kept, open_to_all
from leeward.safety.traces import BROWSERS


@open_to_all
@may_be_kept
def leaving(request: HttpRequest) -> HttpResponse:
    """Show how the X works, with a place to try it."""
    return render(request, "safety/leaving.html")


@open_to_all
@may_be_kept
def traces(request: HttpRequest) -> HttpResponse:
    """Show what stays on a phone or computer, and how to clear it, browser by browser."""
    return render(request, "safety/traces.html", {"browsers": BROWSERS})


@open_to_all
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready\n", content_type="text/plain")


@open_to_all
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the pages are, and that staff pages are not for them."""
    lines = (
        "User-agent: *",
        "Disallow: /staff/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
