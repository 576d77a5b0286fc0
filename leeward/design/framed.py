"""Pages inside a frame that is written once, not for every page.

Around a page of results stands the same text each time: style, script, header, notice, footer. It
is made by `design/base.html`, like that of every page, and remembered as two halves under all that
it is made of: the page's own path, the language, the menu, the numbers. None of that comes from a
visitor, and when a number or an entry of the menu changes, the frame is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from leeward.design.context import frame_context
from leeward.design.frame import MenuEntry, NoticeLine, menu, notice_lines
from leeward.design.remembered import language

MOST_FRAMES = 64
_HERE = "<!--main-->"


def render_framed(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, back_path: str
) -> HttpResponse:
    """Return a page in the active language: what `template` writes, inside the frame.

    template: what stands in <main>, a Django template that extends nothing; no context processor
    runs for it. back_path: where Back leads. It and the request's path must be paths of the
    program's own, the same for everybody.
    """
    code = (language() or "").partition("-")[0]
    entries, lines = tuple(menu(code)), tuple(notice_lines(code))
    before, after = _halves(request.path, back_path, language(), entries, lines)
    return HttpResponse("".join([before, render_to_string(template, dict(context)), after]))


@lru_cache(maxsize=MOST_FRAMES)
def _halves(
    path: str,
    back_path: str,
    _language: str | None,
    entries: tuple[MenuEntry, ...],
    lines: tuple[NoticeLine, ...],
) -> tuple[str, str]:
    """Return what stands before and after the content of <main>."""
    context = frame_context(path) | {
        "menu": entries,
        "notice_lines": lines,
        "back_path": back_path,
        "content": _HERE,
    }
    before, _here, after = render_to_string("design/framed.html", context).partition(_HERE)
    return before, after
