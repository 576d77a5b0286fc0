"""Builders: staff accounts, what their apps show, and browsers signed in as them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from leeward.people import services
from leeward.people.models import Account
from leeward.people.services.factors import set_up_app

PASSWORD = "four quiet otters sail"


@dataclass
class Clock:
    """A clock that moves when told to."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def account(name: str = "ana", *roles: str, password: str = PASSWORD) -> Account:
    """Return an account with a password and an app."""
    made = Account.objects.create_user(name, password, display_name=name.title())
    made.groups.set(Group.objects.filter(name__in=roles))
    assert made.groups.count() == len(roles), "a role is missing"
    set_up_app(made, services.new_key())
    return made


def code_of(person: Account) -> str:
    """Return what the person's app shows now."""
    return services.current_code(TOTPDevice.objects.get(user=person).key)


def wrong_code_of(person: Account) -> str:
    """Return six digits that the person's app shows neither now nor near now."""
    totp = TOTP(bytes.fromhex(TOTPDevice.objects.get(user=person).key))
    near = set()
    for drift in range(-3, 4):
        totp.drift = drift
        totp.time = time.time()
        near.add(f"{totp.token():06d}")
    return next(code for code in (f"{n:06d}" for n in range(100)) if code not in near)


def signed_in(person: Account) -> Client:
    """Return a browser in which `person` is signed in, second factor checked."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=person).persistent_id
    session.save()
    return client


def addresses() -> Iterator[str]:
    """Return address after address, each another."""
    number = 0
    while True:
        number += 1
        yield f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
