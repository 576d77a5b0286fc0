"""Builders for the lines' tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from leeward.helplines.models import Check, Line
from leeward.helplines.services.showing import today
from leeward.people.models import Account

ALL = ("check_line", "propose_line", "confirm_line")


def make_staff(username: str, *, may: tuple[str, ...] = ALL) -> Account:
    """Return an account that may do what `may` names."""
    account = Account.objects.create_user(username=username, display_name=username.title())
    account.user_permissions.set(
        Permission.objects.filter(content_type__app_label="helplines", codename__in=may)
    )
    return account


def client_of(account: Account) -> Client:
    """Return a browser in which `account` is signed in, second factor and all."""
    client = Client()
    client.force_login(account)
    device = TOTPDevice.objects.create(user=account, name="test", confirmed=True)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def make_line(**values: Any) -> Line:
    """Return a stored grade A line in Iceland, where none ships in that grade."""
    wanted = {
        "country": "IS",
        "topic": "dv",
        "name": "Test line",
        "phone": "561 1205",
        "dial": "+3545611205",
        "grade": "A",
    } | values
    return Line.objects.create(**wanted)


def make_check(line: Line, by: Account, *, on: date | None = None, is_good: bool = True) -> Check:
    """Return a stored check of the line's present number."""
    return Check.objects.create(
        line=line, by=by, on=on or today(), is_good=is_good, number=line.number, channel="read"
    )
