"""The visitors' pages: choose a country, and the lines of that country."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from leeward.helplines import facts, services, words
from leeward.helplines.present import present_groups
from leeward.safety.access import may_be_kept, open_to_all


@open_to_all
@may_be_kept
def lines(request: HttpRequest) -> HttpResponse:
    """Show the countries to choose from; where somebody is, is never guessed."""
    language = get_language() or settings.LANGUAGE_CODE
    home = settings.CONFIG.country
    choices = [
        (reverse("helplines:country", args=[code.lower()]), name)
        for code, name in words.countries(language)
    ]
    context = {
        "choices": choices,
        "home_name": words.country_name(home, language),
        "home_code": home.lower(),
        "has_home": home in facts.emergency_facts(),
        "own": services.own_line(),
    }
    return render(request, "helplines/lines.html", context)


@open_to_all
@may_be_kept
def country(request: HttpRequest, country: str) -> HttpResponse:
    """Show one country's emergency number and lines. 404 for what is no country's code."""
    code = country.upper()
    if country != country.lower() or code not in facts.emergency_facts():
        raise Http404
    page = services.country_page(code)
    context = {
        "page": page,
        "groups": present_groups(page.groups),
        "name": words.country_name(code, get_language() or settings.LANGUAGE_CODE),
        "may_text_911": code == "US",
    }
    return render(request, "helplines/country.html", context)
