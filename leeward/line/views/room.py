"""The pages on which her own browser locks and opens: chat, message, coming back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.line.forms.fields import GRACE_MINUTES, KEEP_DAYS
from leeward.line.services.abuse import challenges
from leeward.line.services.visitors import browser_side, once
from leeward.line.views import showing
from leeward.line.views.phrases import phrases
from leeward.safety.access import open_to_all
from leeward.safety.page_scripts import carries


def show(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the page with its scripts and its own policy. kind: chat, message, back.

    Nothing is opened yet; the page's script asks for that. Raises NoTeamKey.
    """
    scripts = browser_side.scripts()
    context = showing.truth() | {
        "kind": kind,
        "title": _titles()[kind],
        "keys": browser_side.keys(),
        "challenge": challenges.new(),
        "once": once.new_token(),
        "bits": challenges.BITS,
        "graces": GRACE_MINUTES,
        "day_choices": KEEP_DAYS,
        "phrases": phrases(),
        "scripts": [mark_safe(script) for script in scripts],  # noqa: S308  -- our own files
        "language": (get_language() or "en").partition("-")[0],
    }
    answer = render(request, "line/room.html", context)
    return carries(answer, *scripts, powers=browser_side.POWERS)


@open_to_all
def words(request: HttpRequest) -> HttpResponse:
    """Return the list that six words are drawn from; her browser draws."""
    return HttpResponse(browser_side.word_list(), content_type="text/plain")


def _titles() -> dict[str, str]:
    return {
        "chat": _("Your chat"),
        "message": _("Leave a message"),
        "back": _("Come back with your six words"),
    }
