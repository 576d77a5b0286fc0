"""What visitors see of the stories: pages and pictures."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import get_language
from wagtail.models import Page

from leeward.safety.access import may_be_kept, open_to_all
from leeward.stories.models import SitePage, StoryPage


@open_to_all
@may_be_kept
def show(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the published page at `path`, which is relative to its language."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = Page.route_for_request(request, path)
    if found is None:
        raise Http404
    page, arguments, names = found
    if not _is_for_visitors(page):
        raise Http404
    response: HttpResponse = page.serve(request, *arguments, **names)
    return response


def _is_for_visitors(page: Page) -> bool:
    return (
        isinstance(page, SitePage)
        and page.language == get_language()
        and not page.get_view_restrictions()
        and not (isinstance(page, StoryPage) and not page.is_agreed_to())
    )


@open_to_all
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a picture made for a page. Originals can't be asked for."""
    stored = f"shown/{name}"
    kind = mimetypes.guess_type(name)[0] or ""
    if not kind.startswith("image/") or not default_storage.exists(stored):
        raise Http404
    with default_storage.open(stored) as file:
        return HttpResponse(file.read(), content_type=kind)
