"""Who is signed in, read from a cookie: the whole sign-in counts, and it ends as elsewhere."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from leeward.people.services import signed_in_account
from leeward.people.tests import make

pytestmark = pytest.mark.django_db


def cookies_of(client: Client) -> str:
    """Return the Cookie header that a browser sends."""
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def test_somebody_fully_signed_in_is_known():
    ana = make.account("ana", "advocate")

    assert signed_in_account(cookies_of(make.signed_in(ana))) == ana


@pytest.mark.parametrize("cookies", ["", "staff=", "staff=abcdefgh", "other=1; staff=x y", "\x00"])
def test_a_cookie_of_no_session_is_nobody(cookies):
    assert signed_in_account(cookies) is None


def test_a_session_without_the_second_factor_is_nobody():
    ana = make.account("ana", "advocate")
    client = make.signed_in(ana)
    session = client.session
    del session[DEVICE_ID_SESSION_KEY]
    session.save()

    assert signed_in_account(cookies_of(client)) is None


def test_a_second_factor_of_somebody_else_is_nobody():
    ana, bo = make.account("ana", "advocate"), make.account("bo", "advocate")
    client = make.signed_in(ana)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = make.signed_in(bo).session[DEVICE_ID_SESSION_KEY]
    session.save()

    assert signed_in_account(cookies_of(client)) is None


def test_a_shut_account_and_ended_sessions_are_nobody():
    ana, bo = make.account("ana", "advocate"), make.account("bo", "advocate")
    anas, bos = cookies_of(make.signed_in(ana)), cookies_of(make.signed_in(bo))
    ana.is_active = False
    ana.save()
    bo.end_sessions()
    bo.save()

    assert signed_in_account(anas) is None
    assert signed_in_account(bos) is None
