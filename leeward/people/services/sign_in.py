"""Signing in: name, password and code at once, with one answer for everything that is wrong."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cache

from django.contrib.auth import login
from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.http import HttpRequest
from django_otp import login as note_second_factor
from django_otp.models import Device

from leeward.people import rules
from leeward.people.guard import GUARD, SignInGuard
from leeward.people.models import Account
from leeward.people.services.audit import record
from leeward.people.services.factors import is_recovery_code, match_code
from leeward.safety import log

DEVICE_COOKIE = "staff_known"
_COOKIE_SALT = "people.known-device"
_DAY_S = 86_400
MOST_ACCOUNTS_ON_A_DEVICE = 5


class NoMatch(Exception):
    """Name, password and code do not belong together; which of them is never told."""


class MustWait(Exception):
    """There were too many wrong tries; carries how many minutes to wait."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody sent to sign in. `device` is the cookie of a known device, or empty."""

    username: str
    password: str
    code: str
    address: str
    device: str = ""


def check_attempt(attempt: Attempt, guard: SignInGuard = GUARD) -> tuple[Account, Device]:
    """Return who signs in, and by which second factor.

    The same work is done for names that exist and names that do not. Raises NoMatch, or MustWait.
    """
    name = attempt.username.strip().lower()
    account = Account.objects.filter(username=name, is_active=True).first()
    stored = account.password if account else nobodys_password()
    is_password_right = check_password(attempt.password, stored) and account is not None
    known = known_device(attempt.device, account)
    source = f"device {known}" if known else f"address {attempt.address}"
    wait_s = guard.wait_left_s(name, source)
    if account is not None and is_password_right:
        device = _second_factor(account, attempt.code, guard, wait_s=wait_s, is_known=bool(known))
        if device is not None:
            guard.note_right(name, source)
            return account, device
    guard.note_wrong(name, source)
    if wait_s:
        raise MustWait(minutes=1 + wait_s // 60)
    raise NoMatch


def _second_factor(
    account: Account, code: str, guard: SignInGuard, *, wait_s: int, is_known: bool
) -> Device | None:
    """Return the device that `code` fits. Only a code that can be guessed is ever held back."""
    may_guess = not wait_s and (is_known or guard.may_guess_code(account.pk))
    if not (may_guess or is_recovery_code(code)):
        return None
    device = match_code(account, code)
    if device is None and not is_known and guard.note_wrong_code(account.pk):
        log.warning("people.codes_guessed", account=account.pk)
        record(None, "people.codes_guessed", "account", account.pk)
    return device


def start_session(request: HttpRequest, account: Account, device: Device) -> None:
    """Open a session for `account`, under a new key, with the second factor noted."""
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    note_second_factor(request, device)
    record(account, "people.signed_in", "account", account.pk)


@cache
def nobodys_password() -> str:
    """Return a hash that no password fits, to check against when there is no such account."""
    return make_password(secrets.token_urlsafe(32))


def known_device(cookie: str, account: Account | None) -> str:
    """Return the id of the device if `account` marked it as its own, else an empty text."""
    device, proofs = _read_device(cookie)
    if account is None:
        return ""
    return device if any(account.knows_device(device, proof) for proof in proofs) else ""


def remember_device(cookie: str, account: Account) -> str:
    """Return the cookie that marks this browser as known to `account`, too."""
    device, proofs = _read_device(cookie)
    device = device or secrets.token_hex(16)
    proof = account.device_proof(device)
    kept = [proof, *(other for other in proofs if other != proof)][:MOST_ACCOUNTS_ON_A_DEVICE]
    return signing.dumps([device, kept], salt=_COOKIE_SALT)


def _read_device(cookie: str) -> tuple[str, list[str]]:
    try:
        device, proofs = signing.loads(
            cookie, salt=_COOKIE_SALT, max_age=rules.KNOWN_DEVICE_DAYS * _DAY_S
        )
    except signing.BadSignature:
        return "", []
    return device, proofs
