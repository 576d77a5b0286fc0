"""What stands in the frame that grows: its head, its headers, messages and states as HTML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import rcssmin
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.translation import get_language_bidi, override

from leeward.line.services.visitors.server_side import Plain
from leeward.safety.headers import visitor_headers
from leeward.safety.inline import source_hash
from leeward.safety.kept_pages import RawHeaders
from leeward.safety.wire import raw

BEAT = b"<!-- -->\n"


@cache
def style() -> str:
    """Return the frame's whole style sheet: the site's colours, and a few rules of its own."""
    tokens: Path = settings.INLINE_STYLES[0]
    own = Path(str(get_template("line/live/frame.css").origin))  # type: ignore[attr-defined]
    return str(rcssmin.cssmin(tokens.read_text("utf-8") + own.read_text("utf-8")))


def frame_headers() -> RawHeaders:
    """Return the frame's headers: shown by our own pages alone, no scripts, no requests."""
    policy = (
        f"default-src 'none'; style-src {source_hash(style())}; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    )
    return raw(
        visitor_headers()
        | {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy,
            "X-Frame-Options": "SAMEORIGIN",
            "X-Accel-Buffering": "no",
        }
    )


def head(language: str) -> bytes:
    """Return the frame's beginning; it is never closed, for it grows."""
    with override(language):
        direction = "rtl" if get_language_bidi() else "ltr"
        about = {"language": language, "direction": direction, "style": style()}
        return _made("head", about | {"title": settings.CONFIG.title})


def message(plain: Plain, names: dict[int, str], language: str) -> bytes:
    """Return one message. names: working names by seat."""
    about = {
        "is_hers": plain.seat == 0,
        "name": names.get(plain.seat, ""),
        "at": timezone.localtime(plain.at),
        "data": plain.data,
        "fields": _values(plain.data or {}),
    }
    with override(language):
        return _made("message", about)


def state(event: dict[str, Any], language: str) -> bytes:
    """Return where the talk stands: a "state" event, or {"state": "ended" or "later"}."""
    with override(language):
        return _made("state", event)


def typing(name: str, language: str) -> bytes:
    """Return a line that says who is writing, and goes by itself."""
    with override(language):
        return _made("typing", {"name": name})


def consent_over(language: str) -> bytes:
    """Return a line that says that the time of something she was asked for is over."""
    with override(language):
        return _made("consent_over", {})


def _values(data: dict[str, Any]) -> list[str]:
    """Return the lines of a card or a page, those of lists joined."""
    parts = data.get("lines") or list(data.get("service", {}).values())
    return [", ".join(part) if isinstance(part, list) else part for part in parts]


def _made(name: str, about: dict[str, Any]) -> bytes:
    return render_to_string(f"line/live/{name}.html", about).strip().encode() + b"\n"
