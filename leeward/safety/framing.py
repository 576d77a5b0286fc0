"""Visitors' answers that stand in a frame of our own pages, and of nobody else's."""

from __future__ import annotations

from functools import cache, wraps

from django.http import HttpRequest, HttpResponse

from leeward.safety.access import View
from leeward.safety.headers import Headers, visitor_headers

_MARK = "stands_in_a_frame"


def stands_in_a_frame(view: View) -> View:
    """Mark a view whose answers our own pages show in a frame."""

    @wraps(view)
    def marking(request: HttpRequest) -> HttpResponse:
        response = view(request)
        setattr(response, _MARK, True)
        return response

    return marking


def is_framed(response: HttpResponse) -> bool:
    """Return whether the answer came from such a view."""
    return getattr(response, _MARK, False)


@cache
def framed_headers() -> Headers:
    """Return the headers of such an answer: a visitor's, but for who may frame it."""
    policy = visitor_headers()["Content-Security-Policy"]
    own = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return visitor_headers() | {
        "Content-Security-Policy": own,
        "X-Frame-Options": "SAMEORIGIN",
    }
