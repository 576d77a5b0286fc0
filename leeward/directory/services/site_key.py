"""The key of confidential sites: the one that sealed what is stored, and no other.

A fresh key beside sites that are sealed already would open none of them and, worse, recognise no
hidden address when a list brings it back. So it is refused: after a restore that forgot the key
file, and on a second machine over one PostgreSQL that has not been given a copy of it.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from leeward.directory.models import ConfidentialSite
from leeward.sealing.box import Box, KeyUnfit, SealBroken, read_or_make_key

KEY_FILE = "directory.key"
PURPOSE = "directory.site"
TRIED = 5  # one row may be damaged; so many are not
_FIX = (
    "Put the right file back from where keys are kept, or copy it from the site's other machine; "
    "then start again."
)

__all__ = ["KEY_FILE", "PURPOSE", "KeyUnfit", "check", "key"]

_proved: set[bytes] = set()


def key() -> bytes:
    """Return the key; make one while nothing is sealed yet.

    Raises KeyUnfit when it is missing, or is not the one that sealed the sites.
    """
    file = Path(settings.DATA) / KEY_FILE
    if not file.exists() and ConfidentialSite.objects.exists():
        raise KeyUnfit(f"{file} is missing, and confidential sites are sealed with it. {_FIX}")
    found = read_or_make_key(file)
    if found not in _proved:
        _prove(found, file)
    return found


def check() -> None:
    """Raise KeyUnfit when sites are sealed that the key here does not open. Makes no key."""
    if ConfidentialSite.objects.exists():
        key()


def _prove(found: bytes, file: Path) -> None:
    sites = list(ConfidentialSite.objects.order_by("pk")[:TRIED])
    if any(_opens(found, site) for site in sites):
        _proved.add(found)
    elif sites:
        raise KeyUnfit(f"{file} is not the key that sealed the confidential sites. {_FIX}")


def _opens(found: bytes, site: ConfidentialSite) -> bool:
    try:
        Box(found, purpose=PURPOSE).open(bytes(site.sealed), owner=str(site.pk))
    except SealBroken:
        return False
    return True
