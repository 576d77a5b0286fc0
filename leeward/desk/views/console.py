"""The desk: one page that stays open. What it shows, its scripts ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from leeward.safety.access import staff_with


@staff_with("line.answer_line")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk, empty: keys are asked for before anything else."""
    return render(request, "desk/desk.html", {})
