"""Short calm pages for when something is not there, too much, or went wrong.

Each has the X and the emergency number, quotes nothing that was sent, and needs no database.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from leeward.safety.access import open_to_all
from leeward.safety.generation import generation
from leeward.safety.headers import is_staff_path
from leeward.safety.language import language_of

KEEP_S = 60

# Status → what happened, what to do next.
_SAID = {
    400: (_("That did not come through."), _("Please go back and try once more.")),
    403: (_("This page is not open to you."), _("You can go to the first page.")),
    404: (_("There is no such page."), _("It may have moved. You can go to the first page.")),
    405: (_("That did not come through."), _("Please go to the first page.")),
    413: (_("That was too much to send."), _("Please send a shorter text.")),
    415: (_("That did not come through."), _("Please go to the first page.")),
    429: (_("Many people are here right now."), _("Please wait one minute and try again.")),
    431: (_("That did not come through."), _("Please go to the first page.")),
    500: (_("Something broke on our side."), _("It is not your fault. Please try again soon.")),
    503: (_("This page is resting."), _("It is not your fault. Please try again soon.")),
}


def problem_document(status: int) -> bytes:
    """Return what a program is told of a refusal: RFC 9457, JSON."""
    title = HTTPStatus(status).phrase
    return json.dumps({"type": "about:blank", "title": title, "status": status}).encode()


StaffError = Callable[[HttpRequest, Any, Any], "str | None"]
_staff_errors: list[StaffError] = []


def error_document(status: int, language: str) -> bytes:
    """Return the whole error page for `status` in `language`, UTF-8. 500 for unknown statuses.

    It is drawn as if for the first page, so that nothing of the request can stand on it. A drawn
    page is kept for a minute at most, so that a flood of refusals costs little.
    """
    return _drawn(status, language, generation().now(), int(time.monotonic() // KEEP_S))


@lru_cache(maxsize=128)
def _drawn(status: int, language: str, _mark: bytes, _minute: int) -> bytes:
    happened, next_step = _SAID.get(status, _SAID[500])
    first_page = HttpRequest()
    first_page.path = f"/{language}/"
    with translation.override(language):
        context = {"happened": happened, "next_step": next_step}
        return render_to_string("design/error.html", context, first_page).encode()


def draws_staff_errors(draw: StaffError) -> StaffError:
    """Register how errors look to somebody who is signed in; it stands in an app above.

    draw: called with the request, what happened and what to do next; None leaves it to us.
    """
    _staff_errors.append(draw)
    return draw


def _error(request: HttpRequest, status: int) -> HttpResponse:
    if is_staff_path(request.path):
        for draw in _staff_errors:
            if (body := draw(request, *_SAID.get(status, _SAID[500]))) is not None:
                return HttpResponse(body, status=status)
    language = language_of(request.path, request.headers.get("Accept-Language", ""))
    return HttpResponse(error_document(status, language), status=status)


@open_to_all
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return _error(request, 400)


@open_to_all
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return _error(request, 403)


@open_to_all
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return _error(request, 404)


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return _error(request, 500)


@open_to_all
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 when a staff form's token is missing or old."""
    return _error(request, 403)
