"""Sessions, form tokens, sign-in and second factor: switched on under /staff/ and nowhere else.

A visitor's request never reaches them, so it can neither read nor set a cookie.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django_otp.middleware import OTPMiddleware

from leeward.safety.headers import is_staff_path


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
    """Sessions for staff."""


class StaffCsrf(StaffOnly, CsrfViewMiddleware):
    """Form tokens for staff."""


class StaffSignIn(StaffOnly, AuthenticationMiddleware):
    """Who is signed in; visitors are nobody."""

    def pass_by(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a visitor, who is never signed in."""
        request.user = AnonymousUser()
        return self.get_response(request)


class StaffMessages(StaffOnly, MessageMiddleware):
    """One-time notes to staff."""


class StaffSecondFactor(StaffOnly, OTPMiddleware):
    """Whether the second factor was checked in this session."""
