"""What the script for passkeys asks for: JSON in, JSON out."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leeward.people import services
from leeward.people.views.common import signed_in
from leeward.safety.access import open_to_signing_in, staff_with

MOST_BYTES = 32 * 1024


class NotJson(Exception):
    """What was sent is not a JSON object of sensible size."""


@open_to_signing_in
@require_POST
def begin_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer with a challenge for any passkey of this site."""
    return JsonResponse(services.begin_using(request))


@open_to_signing_in
@require_POST
def complete_sign_in(request: HttpRequest) -> HttpResponse:
    """Open a session when the passkey's proof fits."""
    try:
        account, passkey = services.finish_using(request, _sent(request))
    except (services.PasskeyRefused, NotJson):
        return _refuse("")
    services.start_session(request, account, passkey)
    return JsonResponse({"to": settings.LOGIN_REDIRECT_URL})


@staff_with(None)
@require_POST
def begin_making(request: HttpRequest) -> HttpResponse:
    """Answer with what the browser needs to make a passkey, when the password is right."""
    account = signed_in(request)
    try:
        services.check_own_password(account, str(_sent(request).get("present", ""))[:200])
    except (services.WrongPassword, NotJson):
        return _refuse(_("That is not your present password."))
    return JsonResponse(services.begin_making(request, account))


@staff_with(None)
@require_POST
def complete_making(request: HttpRequest) -> HttpResponse:
    """Store the passkey that the browser made."""
    try:
        services.finish_making(request, signed_in(request), _sent(request))
    except (services.PasskeyRefused, NotJson):
        return _refuse("")
    return JsonResponse({"to": reverse("people:me")})


def _sent(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        raise NotJson
    try:
        sent = json.loads(request.body)
    except ValueError:
        raise NotJson from None
    if not isinstance(sent, dict):
        raise NotJson
    return sent


def _refuse(said: str) -> HttpResponse:
    return JsonResponse({"said": said}, status=403)
