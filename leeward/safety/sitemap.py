"""The sitemap: every canonical address, so that search engines can find each page.

Features add their addresses; the pages themselves are reached by moves on the one address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from leeward.safety.access import open_to_all

PathSource = Callable[[], Iterable[str]]
_sources: list[PathSource] = []


def adds_to_sitemap(source: PathSource) -> PathSource:
    """Register a source of canonical paths of public pages."""
    _sources.append(source)
    return source


def canonical_paths() -> list[str]:
    """Return every canonical path, sorted, each once."""
    return sorted({path for source in _sources for path in source()})


def paths_of_views(*names: str) -> list[str]:
    """Return the paths of the named views (without arguments) in every language."""
    paths = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            paths += [reverse(name) for name in names]
    return paths


@adds_to_sitemap
def _own_paths() -> Iterable[str]:
    return paths_of_views("safety:leaving", "safety:traces")


@open_to_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the sitemap (sitemaps.org protocol 0.9)."""
    urls = "".join(
        f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>"
        for path in canonical_paths()
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    )
    return HttpResponse(body, content_type="application/xml")
