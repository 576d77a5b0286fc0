"""What somebody typed for a place, taken apart: a ZIP, or a name and perhaps a state or country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from leeward.gazetteer.fold import MOST_LETTERS, fold
from leeward.gazetteer.regions import Region, meanings

MOST_REGION_WORDS = 4
_ZIP = re.compile(r"(?<![0-9])([0-9]{5})(?:[-\s]?[0-9]{4})?(?![0-9])")


class Reading(NamedTuple):
    """A folded name, and where it must lie: any of `regions`, and a county. Empty: anywhere."""

    name: str
    regions: frozenset[Region] = frozenset()
    county: str = ""


def zip_in(text: str) -> str:
    """Return the first ZIP in `text`, of "10001-1234" the five digits; "" when there is none."""
    found = _ZIP.search(text[:MOST_LETTERS])
    return found[1] if found else ""


def readings(text: str) -> list[Reading]:
    """Return what `text` may mean, likeliest first; [] when it holds no letters.

    "Brooklyn, NY" is the name within the state; "springfield il" the whole first, then so.
    """
    text = text[:MOST_LETTERS]
    whole = fold(text)
    if not whole:
        return []
    parts = [part for part in (fold(part) for part in re.split(r"[,;/]", text)) if part]
    found = [*_by_marks(parts), Reading(whole), *_by_words(whole.split())]
    return list(dict.fromkeys(found))


def _by_marks(parts: list[str]) -> Iterator[Reading]:
    if len(parts) == 1:
        return
    name, *rest = parts
    regions, county = _narrowed(rest)
    if regions or county:
        yield Reading(name, regions, county)


def _narrowed(rest: list[str]) -> tuple[frozenset[Region], str]:
    """Return the regions that the last parts name, and a county before them."""
    county, regions = "", frozenset[Region]()
    for part in reversed(rest):
        said = meanings(part)
        if said and not regions:
            regions = said
        elif not said:
            county = part
    return regions, county


def _by_words(words: list[str]) -> Iterator[Reading]:
    """Yield readings of "springfield il": the last words as a region."""
    for many in range(1, min(len(words) - 1, MOST_REGION_WORDS) + 1):
        regions = meanings(" ".join(words[-many:]))
        if regions:
            yield Reading(" ".join(words[:-many]), regions)
            yield from _with_country(words[:-many], regions)


def _with_country(words: list[str], regions: frozenset[Region]) -> Iterator[Reading]:
    """Yield readings of "brooklyn ny usa": a state before its country."""
    for many in range(1, min(len(words) - 1, MOST_REGION_WORDS) + 1):
        inner = meanings(" ".join(words[-many:]))
        both = frozenset(region for region in inner if (region[0], "") in regions)
        if both:
            yield Reading(" ".join(words[:-many]), both)
