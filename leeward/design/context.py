"""What the base template needs on every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi

from leeward.design import frame
from leeward.safety import inline
from leeward.safety.headers import is_staff_path


def page_frame(request: HttpRequest | None) -> dict[str, Any]:
    """Return the frame of a visitor's page; nothing for staff pages, which have their own."""
    if request is not None and is_staff_path(request.path):
        return {}
    return frame_context(request.path if request is not None else "")


def frame_context(path: str) -> dict[str, Any]:
    """Return what the base template needs for the page at `path` in the active language."""
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return {
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "site_title": settings.CONFIG.title,
        "organisation": settings.CONFIG.organisation,
        "exit_addresses": " ".join(settings.CONFIG.exit_url),
        "here": path,
        "home_path": f"/{language}/",
        "menu": frame.menu(language),
        "notice_lines": frame.notice_lines(language),
        "languages": _language_choices(language, path),
        # Ours alone, from files that ship with the program; nothing a person typed.
        "inline_style": mark_safe(inline.style()),  # noqa: S308
        "inline_script": mark_safe(inline.script()),  # noqa: S308
    }


def _language_choices(current: str, path: str) -> list[dict[str, str]]:
    rest = path.removeprefix(f"/{current}/")
    rest = rest if rest != path else ""
    return [
        {"code": code, "name": str(name), "path": f"/{code}/{rest}"}
        for code, name in settings.LANGUAGES
        if code not in {current, "ar"}
    ]
