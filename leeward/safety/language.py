"""Which language to answer in: the address says it, or the browser's own wish. Never a cookie."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header


def language_of(path: str, accepted: str) -> str:
    """Return a language code the site offers.

    path: its first folder wins when it is a language, as in "/es/stories/".
    accepted: the value of Accept-Language (RFC 9110, 12.5.4), at most its first 200 characters.
    """
    first = path.lstrip("/").partition("/")[0]
    offered = [code for code, _name in settings.LANGUAGES]
    if first in offered:
        return first
    for wish, _weight in parse_accept_lang_header(accepted[:200]):
        if wish.partition("-")[0] in offered:
            return wish.partition("-")[0]
    return offered[0]
