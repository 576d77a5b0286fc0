"""Staff's list of services."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leeward.safety.access import staff_with


@staff_with("directory.edit_directory")
def services(request: HttpRequest) -> HttpResponse:
    """Show the list."""
    return render(request, "directory/staff/list.html")
