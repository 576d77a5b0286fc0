"""Second factors: the app with six digits, recovery codes, passkeys."""

from __future__ import annotations

import base64
import secrets
from io import BytesIO
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp import devices_for_user, verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from leeward.people.models import Account

KEY_BYTES = 20
CODES = 10
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12
_GROUP = 4


def new_key() -> str:
    """Return a new secret for an app with six digits: 160 bits, in hex (RFC 4226, 4, R6)."""
    return secrets.token_hex(KEY_BYTES)


def key_to_type(key: str) -> str:
    """Return the secret as an app wants it typed: base32 in groups of four."""
    text = base64.b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def qr_picture(key: str, username: str) -> str:
    """Return an SVG of the QR code that sets an app up; drawn here, with no style in it."""
    issuer = str(settings.CONFIG.organisation).replace(":", "")
    label = quote(f"{issuer}:{username}")
    secret = base64.b32encode(bytes.fromhex(key)).decode()
    query = urlencode({"secret": secret, "issuer": issuer, "digits": 6, "period": 30})
    out = BytesIO()
    segno.make(f"otpauth://totp/{label}?{query}", error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, scale=1, border=4, light="#fff", omitsize=True
    )
    return out.getvalue().decode()


def is_right_now(key: str, code: str) -> bool:
    """Return whether `code` is what an app with `key` shows now, one step earlier or later."""
    digits = code.replace(" ", "")
    return digits.isdecimal() and bool(TOTP(bytes.fromhex(key)).verify(int(digits), tolerance=1))


def current_code(key: str) -> str:
    """Return the six digits that an app with `key` shows now."""
    return f"{TOTP(bytes.fromhex(key)).token():06d}"


def set_up_app(account: Account, key: str) -> TOTPDevice:
    """Store the app's secret as the account's second factor; return the device."""
    return TOTPDevice.objects.create(user=account, name="app", key=key, confirmed=True)


def make_recovery_codes(account: Account) -> list[str]:
    """Return ten new one-time codes of 59 bits; earlier ones end. Only hashes are stored."""
    codes = [
        "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)) for _ in range(CODES)
    ]
    with transaction.atomic():
        StaticDevice.objects.filter(user=account).delete()
        device = StaticDevice.objects.create(user=account, name="recovery", confirmed=True)
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_hashed(code)) for code in codes
        )
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def recovery_codes_left(account: Account) -> int:
    """Return how many recovery codes are unused."""
    return int(StaticToken.objects.filter(device__user=account).count())


def is_recovery_code(typed: str) -> bool:
    """Return whether `typed` has the shape of a recovery code: too long to be guessed."""
    return len(_plain(typed)) == CODE_LENGTH


def match_code(account: Account, typed: str) -> Device | None:
    """Use up `typed`, a recovery code or six digits; return the device it fits, or None."""
    if is_recovery_code(typed):
        model, token = StaticDevice, _hashed(_plain(typed))
    else:
        model, token = TOTPDevice, _plain(typed)
    for device in model.objects.filter(user=account, confirmed=True):
        found: Device | None = verify_token(account, device.persistent_id, token)
        if found is not None:
            return found
    return None


def accounts_with_second_factor() -> set[int]:
    """Return the ids of the accounts that have an app or a passkey."""
    apps = TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True)
    passkeys = WebAuthnCredential.objects.filter(confirmed=True).values_list("user_id", flat=True)
    return {*apps, *passkeys}


def forget_factors(account: Account) -> None:
    """Delete every second factor of the account."""
    for device in devices_for_user(account, confirmed=None):
        device.delete()


def _plain(typed: str) -> str:
    return typed.strip().lower().replace(" ", "").replace("-", "")


def _hashed(code: str) -> str:
    """Return 64 bits of a keyed hash: what fits the library's column of 16 letters."""
    return salted_hmac("people.recovery", code, algorithm="sha256").hexdigest()[:16]
