"""Who is signed in, for what answers beside Django and stays open: the desk's stream."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from leeward.people.models import Account


def signed_in_account(cookies: str) -> Account | None:
    """Return whose session a Cookie header carries, if the second factor was checked in it.

    None for everything else: no session, one that is over, a shut account, a changed password. The
    session is read and not made longer: what asks by itself keeps nobody signed in.
    """
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request = HttpRequest()
    request.session = store(parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME))
    account = get_user(request)
    if not isinstance(account, Account) or not account.is_active:
        return None
    device = Device.from_persistent_id(request.session.get(DEVICE_ID_SESSION_KEY) or "")
    return account if device is not None and device.user_id == account.pk else None
