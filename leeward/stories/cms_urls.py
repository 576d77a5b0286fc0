"""Addresses of the editor: Wagtail's, behind our own sign-in, without its pages for accounts.

Wagtail's sign-in, passwords, accounts and groups are shut here: who works at this site is looked
after in `people`. Every view asks for staff with the second factor checked, and everything that
is sent is stored whole or not at all: a server killed in the middle of publishing leaves the
page as it was.
"""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import path, re_path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from leeward.safety.access import AnyView, View, open_to_signing_in, staff_with
from leeward.safety.errors import not_found

SHUT = r"^(?:password_reset|users|groups|failwhale|test404|api|api-tokens|documents)(?:/|$)"


def whole_or_not_at_all(view: AnyView) -> AnyView:
    """Return `view` with all that a form changes stored in one transaction."""

    @wraps(view)
    def stored(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return _rendered(view(request, *args, **kwargs))
        except ValidationError as refused:
            return _say(request, refused)

    return stored


def _say(request: HttpRequest, refused: ValidationError) -> HttpResponseBase:
    """Answer for what a screen did not check itself, such as publishing many pages at once."""
    for reason in refused.messages:
        messages.error(request, reason)
    return HttpResponseRedirect(reverse("wagtailadmin_home"))


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response


def _guard(view: AnyView) -> AnyView:
    return staff_with("wagtailadmin.access_admin")(cast("View", whole_or_not_at_all(view)))


@open_to_signing_in
def to_staff(request: HttpRequest) -> HttpResponse:
    """Send to the staff's first page, which asks to sign in when needed."""
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@open_to_signing_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


urlpatterns = [
    path("login/", to_staff),
    path("account/", to_staff),
    path("logout/", sign_out),
    re_path(SHUT, not_found),
    *decorate_urlpatterns(list(wagtail_admin_urls.urlpatterns), _guard),
]
