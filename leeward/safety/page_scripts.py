"""Scripts that one page alone carries, and a policy of its own that allows them.

A page says which with `carries`; every other page's policy stays as strict as before. Moves swap
parts under the first document's policy, so such a page must come as a whole document: its plain
form says `data-whole`, and one_address.js then asks once more, with `scripts=1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from leeward.safety import inline
from leeward.safety.headers import Headers

POLICY = "Content-Security-Policy"
_MARK = "page_scripts"
NO_POWERS: Mapping[str, str] = {}

Answer = TypeVar("Answer", bound=HttpResponse)


def carries(response: Answer, *scripts: str, powers: Mapping[str, str] = NO_POWERS) -> Answer:
    """Return `response`, noted as a page that carries exactly these inline scripts.

    powers: further sources by directive, such as {"worker-src": "blob:"}.
    """
    setattr(response, _MARK, (scripts, powers))
    return response


def with_page_scripts(headers: Headers, response: HttpResponse) -> Headers:
    """Return the headers of an answer, with the page's own scripts allowed if it carries any."""
    scripts, powers = getattr(response, _MARK, ((), NO_POWERS))
    if not scripts:
        return headers
    policy = _directives(headers[POLICY])
    hashes = " ".join(inline.source_hash(script) for script in scripts)
    for name, sources in [("script-src", hashes), *powers.items()]:
        policy[name] = f"{policy[name]} {sources}" if name in policy else sources
    joined = "; ".join(f"{name} {sources}" for name, sources in policy.items())
    return headers | {POLICY: joined}


def wants_scripts(request: HttpRequest) -> bool:
    """Return whether one_address.js asks for the page as a whole document with its scripts."""
    return "scripts" in request.POST and "plain" not in request.POST


def runs_scripts(request: HttpRequest) -> bool:
    """Return whether a form came by one_address.js, unless she chose to go on without scripts."""
    return "X-Part" in request.headers and "plain" not in request.POST


def come_whole(language: str) -> HttpResponse:
    """Return the answer that makes one_address.js ask again for the whole document."""
    return HttpResponse(format_html('<div id="page" lang="{}" data-whole></div>', language))


def _directives(policy: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in policy.split(";") if part.strip())
    return {name: sources for name, _blank, sources in parts}
