"""What surrounds every Django view: the privacy headers and the page's language."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation

from leeward.safety.framing import framed_headers, is_framed
from leeward.safety.headers import headers_for
from leeward.safety.language import language_of
from leeward.safety.page_scripts import with_page_scripts

GetResponse = Callable[[HttpRequest], HttpResponse]


class PrivacyHeaders:
    """Puts the privacy headers on every answer, over whatever a view or library set."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with its headers. Hashed static files of the editor may be cached."""
        response = self._get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        headers = framed_headers() if is_framed(response) else headers_for(request.path)
        for name, value in with_page_scripts(headers, response).items():
            if not (is_static and name == "Cache-Control"):
                response.headers[name] = value
        return response


class Language:
    """Activates the language that the address names, else the one the browser asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer in that language."""
        language = language_of(request.path, request.headers.get("Accept-Language", ""))
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._get_response(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
            response.headers.setdefault("Content-Language", language)
            return response
