"""Figures for coordinators: loads, waits, missed chats and staffing by hour. Never text."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leeward.desk.services import figures
from leeward.desk.views.lines import about_lines, line_or_none, without_line
from leeward.line.services.shifts import loads
from leeward.safety.access import staff_with


@staff_with("line.coordinate_line")
@require_safe
def charts(request: HttpRequest) -> HttpResponse:
    """Show one block of four weeks that is over: the latest, or the one of ?weeks=NUMBER."""
    team = line_or_none(request)
    if team is None:
        return without_line(request)
    today = timezone.localdate()
    blocks = loads.blocks(team, today)
    wanted = request.GET.get("weeks", "")
    chosen = next((each for each in blocks if str(each.number) == wanted), None)
    if wanted and chosen is None:
        raise Http404
    block = chosen or (blocks[0] if blocks else None)
    context = {
        "blocks": blocks,
        "chosen": block,
        "next": loads.next_day(today),
        "shown": figures.shown(loads.loads(team, block, today)) if block else None,
    }
    return render(request, "desk/charts.html", about_lines(request, team, "figures") | context)
