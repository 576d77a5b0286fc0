"""Sessions, form tokens, sign-in and second factor: switched on under /staff/ and nowhere else.

A visitor's request never reaches them, so it can neither read nor set a cookie.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from django_otp.middleware import OTPMiddleware

from leeward.safety.headers import is_staff_path

# The editor tells every few seconds which page is open, and the desk asks what is new, whether or
# not anybody sits there.
_SENT_BY_ITSELF = (
    settings.STAFF_EDITOR_PATH + "editing-sessions/",
    settings.STAFF_DESK_PATH + "state/",
    settings.STAFF_DESK_PATH + "talk/read/",
)


class StaffOnly:
    """Passes visitors' requests by. Put before a Django middleware class."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer, with the middleware at work only under /staff/."""
        if not is_staff_path(request.path):
            return self.pass_by(request)
        return super().__call__(request)  # type: ignore[misc,no-any-return]

    def pass_by(self, request: HttpRequest) -> HttpResponse:
        """Return the answer as if the middleware were not there."""
        return self.get_response(request)  # type: ignore[attr-defined,no-any-return]

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Let the middleware look at the view only under /staff/."""
        inner = getattr(super(), "process_view", None)
        return inner(request, *args) if inner and is_staff_path(request.path) else None


class StaffSession(StaffOnly, SessionMiddleware):
    """Sessions for staff. What a page sends by itself does not keep one open."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Return the answer, with the session's quarter of an hour begun anew."""
        if request.path.startswith(_SENT_BY_ITSELF) and not request.session.modified:
            return response
        return super().process_response(request, response)


class StaffCsrf(StaffOnly, CsrfViewMiddleware):  # type: ignore[misc]
    """Form tokens for staff."""


class StaffSignIn(StaffOnly, AuthenticationMiddleware):
    """Who is signed in; visitors are nobody."""

    def pass_by(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a visitor, who is never signed in."""
        request.user = AnonymousUser()
        return super().pass_by(request)


class StaffLanguage(StaffOnly):
    """Speaks to who is signed in as she chose; before that, and without a choice, as asked for."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer in her language, if the site offers it."""
        chosen = _chosen_language(request) if is_staff_path(request.path) else ""
        if not chosen:
            return self.pass_by(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.pass_by(request)
            response.headers["Content-Language"] = chosen
            return response


def _chosen_language(request: HttpRequest) -> str:
    chosen: str = getattr(request.user, "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


class StaffMessages(StaffOnly, MessageMiddleware):
    """One-time notes to staff."""


class StaffSecondFactor(StaffOnly, OTPMiddleware):
    """Whether the second factor was checked in this session."""


class StaffDoor(StaffOnly):
    """Lets only the fully signed in past, whatever view stands behind: the editor's, too.

    A view that must work before that carries the mark `open_to_signing_in`.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        return self.pass_by(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: Any) -> HttpResponse | None:
        """Send somebody whose second factor was not checked to sign in."""
        if not is_staff_path(request.path) or getattr(view, "who_may_enter", "") == "signing in":
            return None
        user: Any = request.user
        is_in = user.is_authenticated and user.is_verified()
        return None if is_in else HttpResponseRedirect(settings.LOGIN_URL)
