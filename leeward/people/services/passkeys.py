"""Making passkeys and signing in with them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.models import WebAuthnCredential
from webauthn.helpers.exceptions import WebAuthnException

from leeward.people.models import Account
from leeward.people.services.audit import record

MAKING = "passkey_making"
USING = "passkey_using"
MOST_NAME_LETTERS = 40

Json = dict[str, Any]


class PasskeyRefused(Exception):
    """The browser's proof did not fit; which part of it is never told."""


def begin_making(request: HttpRequest, account: Account) -> Json:
    """Return what the browser needs to make a passkey; remember the challenge in the session."""
    wish, state = _helper(request).register_begin(user=account)
    request.session[MAKING] = state
    return dict(wish)


def finish_making(request: HttpRequest, account: Account, proof: Json) -> WebAuthnCredential:
    """Store the passkey that the browser made. Raises PasskeyRefused."""
    state = request.session.pop(MAKING, None)
    if state is None:
        raise PasskeyRefused
    try:
        passkey = _helper(request).register_complete(user=account, state=state, data=proof)
    except (OTPWebAuthnApiError, WebAuthnException, KeyError, TypeError, ValueError):
        raise PasskeyRefused from None
    passkey.name = str(proof.get("name", ""))[:MOST_NAME_LETTERS]
    passkey.save(update_fields=["name"])
    record(account, "people.passkey_made", "account", account.pk)
    return passkey


def begin_using(request: HttpRequest) -> Json:
    """Return what the browser needs to sign in with any passkey of this site.

    It names no account and no key, so it tells nothing about who works here.
    """
    wish, state = _helper(request).authenticate_begin(user=None, require_user_verification=True)
    request.session[USING] = state
    return dict(wish)


def finish_using(request: HttpRequest, proof: Json) -> tuple[Account, WebAuthnCredential]:
    """Return whose passkey it was. Raises PasskeyRefused."""
    state = request.session.pop(USING, None)
    request.session.save()  # a challenge serves once, whatever happens next
    if state is None:
        raise PasskeyRefused
    try:
        passkey = _helper(request).authenticate_complete(user=None, state=state, data=proof)
    except (OTPWebAuthnApiError, WebAuthnException, KeyError, TypeError, ValueError):
        raise PasskeyRefused from None
    account = passkey.user
    if not (passkey.confirmed and isinstance(account, Account) and account.is_active):
        raise PasskeyRefused
    return account, passkey


def passkeys_of(account: Account) -> list[WebAuthnCredential]:
    """Return the account's passkeys, oldest first."""
    return list(WebAuthnCredential.objects.filter(user=account).order_by("pk"))


def remove_passkey(account: Account, identity: int) -> None:
    """Delete one of the account's own passkeys; nothing happens when it is not theirs."""
    gone, _kinds = WebAuthnCredential.objects.filter(user=account, pk=identity).delete()
    if gone:
        record(account, "people.passkey_removed", "account", account.pk)


def _helper(request: HttpRequest) -> Any:
    return WebAuthnCredential.get_webauthn_helper(request=request)
