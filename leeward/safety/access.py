"""Who may enter a view. Every view carries one of these marks; a site test fails one without."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
AnyView = Callable[..., HttpResponseBase]
KEEP_HEADER = "X-Leeward-Keep"


def open_to_all(view: AnyView) -> View:
    """Mark a view as open to everybody.

    Visitors carry no cookie, so there is no sign-in that a forged form could misuse: the CSRF
    check, which would need a cookie, is off here.
    """
    marked: View = csrf_exempt(view)  # type: ignore[assignment]  # files are answers, too
    marked.who_may_enter = "all"  # type: ignore[attr-defined]
    return marked


def may_be_kept(view: View) -> View:
    """Mark a view whose answer depends on nothing but its address: it is kept in memory."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            response.headers[KEEP_HEADER] = "1"
        return response

    return keeping


def staff_with(permission: str | None) -> Callable[[View], View]:
    """Mark a view as open to signed-in staff whose second factor was checked.

    permission: such as "helplines.confirm_line"; None lets any staff member in. Others are sent
    to sign in, or told 403 when they are signed in but may not.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user: Any = request.user  # is_verified comes from the second factor's middleware
            if not user.is_authenticated or not user.is_verified():
                return HttpResponseRedirect(settings.LOGIN_URL)
            if permission and not user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.who_may_enter = permission or "staff"  # type: ignore[attr-defined]
        return guarded

    return mark


def open_to_signing_in(view: View) -> View:
    """Mark a staff view that must work before sign-in is complete (sign-in, invitation)."""
    view.who_may_enter = "signing in"  # type: ignore[attr-defined]
    return view
