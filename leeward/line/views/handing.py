"""Handing a page of hers (a plan, a sum) to whoever is in the talk with her, without scripts.

A page with such a form carries the ticket, a title, and its lines; it sends them here and nowhere
else. They are sealed like any message, and she is shown the talk.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from leeward.line.forms.fields import lines_of, number_of, ticket_of
from leeward.line.rules.speaking import DataUnfit
from leeward.line.services.visitors import server_side
from leeward.line.views import chat
from leeward.line.views.told import calmly
from leeward.safety.access import open_to_all


@open_to_all
@calmly
def hand(request: HttpRequest) -> HttpResponse:
    """Send `title` and each `line` as one page, once for each `number`; show the talk."""
    ticket = ticket_of(request)
    lines = lines_of(request.POST)
    data = {"kind": "page", "title": request.POST.get("title", ""), "lines": lines}
    try:
        server_side.seal_and_store(ticket, data, number=number_of(request.POST, "number"))
    except DataUnfit:
        slip = chat.too_long() if lines else _("Nothing is written yet.")
        return chat.show(request, ticket, slip=slip)
    return chat.show(request, ticket)
