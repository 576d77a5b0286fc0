"""Finding help near a place, for visitors: the form, what was found, what to do if nothing is.

Whatever was asked is answered with a page; nothing of it is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from leeward.design.framed import render_framed
from leeward.design.remembered import gettext as _
from leeward.design.remembered import path_to
from leeward.directory.forms.finding import read_question
from leeward.directory.search.types import MOST_RESULTS, PAGE, IndexUnfit
from leeward.directory.services import finding
from leeward.directory.services.question import Question
from leeward.directory.views import wording
from leeward.directory.views.rows import Row, rows_of
from leeward.safety.access import may_be_kept, open_to_all


@open_to_all
@may_be_kept
def find(request: HttpRequest) -> HttpResponse:
    """Show the search form, or what was found. Only the empty form may be kept."""
    if request.method != "POST":
        return _form(request, Question())
    question = _cleared(read_question(request.POST), request.POST.get("clear", ""))
    if "edit" in request.POST or question.is_empty:
        return _form(request, question, needs_place="edit" not in request.POST)
    try:
        return _results(request, question)
    except IndexUnfit:
        context = {"country": settings.CONFIG.country.lower(), "fields": list(question.fields())}
        return _inside(request, "rebuilding", context, status=503)


def _cleared(question: Question, which: str) -> Question:
    """Return the question without its needs, without words and filters, or as it is."""
    if which == "needs":
        return replace(question, needs=(), start=0)
    return question.without_filters() if which else question


def _form(request: HttpRequest, question: Question, *, needs_place: bool = False) -> HttpResponse:
    context = {
        "question": question,
        "needs_place": needs_place,
        "needs": wording.need_choices(),
        "people": wording.people_choices(),
        "radii": wording.radii(),
        "languages_spoken": wording.language_choices(),
        "boy": "" if question.boy is None else question.boy,
        "has_people": bool(question.who) or question.boy is not None,
        "has_more": question.has_filters or question.by_fit,
    }
    return render(request, "directory/find.html", context)


def _results(request: HttpRequest, question: Question) -> HttpResponse:
    now = timezone.now()
    found = finding.look(question, at=now)
    context = {
        "question": question,
        "fields": list(question.fields()),
        "country": settings.CONFIG.country.lower(),
    }
    if found.is_place_unknown:
        return _inside(request, "unknown_place", context)
    rows = rows_of(found, now)
    farther = question.farther()
    context |= {
        "place": found.place.label if found.place else "",
        "others": wording.other_places(found.place, found.others),
        "asked": wording.asked(question),
        "found": _list(rows),
        "read_as": list(found.read_as.items()),
        "last": question.start + len(rows),
        "next": question.start + PAGE if _has_next(question, has_more=found.has_more) else "",
        "before": question.start - PAGE if question.start else None,
        "farther_km": farther.within_km if farther != question else "",
        "farther": wording.radius(farther.within_km),
        "sketch": finding.sketch(found, wording.sketch_title(found.place)),
    }
    return _inside(request, "results" if rows else "nothing", context)


def _inside(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of answers, inside the frame that all of them share."""
    back = path_to("directory:find")
    response = render_framed(request, f"directory/{name}.html", context, back_path=back)
    response.status_code = status
    return response


def _list(rows: list[Row]) -> str:
    """Return the results as HTML, every value escaped."""
    context = {"rows": rows, "no_phone": _("No phone number is known.")}
    return render_to_string("directory/found.html", context, using="jinja2")


def _has_next(question: Question, *, has_more: bool) -> bool:
    return has_more and question.start + PAGE < MOST_RESULTS
