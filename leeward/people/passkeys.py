"""Passkeys: what the library (django-otp-webauthn) needs to know of this site.

A passkey belongs to a host name. A live site has its own; on one's own machine it is
`localhost`, because browsers refuse passkeys for a bare number such as 127.0.0.1.
Sources: W3C Web Authentication Level 3, 5.1.3 and 13.4.9.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django_otp_webauthn.helpers import WebAuthnHelper
from webauthn.helpers.structs import UserVerificationRequirement


def may_use_passkeys(request: HttpRequest) -> bool:
    """Return whether a passkey can work at the address that was asked for."""
    host = request.get_host().partition(":")[0]
    return host == settings.OTP_WEBAUTHN_RP_ID


class PasskeyHelper(WebAuthnHelper):
    """Asks for a PIN or fingerprint every time: a passkey alone is enough to sign in."""

    def get_allowed_origins(self) -> list[str]:
        """Return the addresses that a passkey may be used from."""
        if settings.CONFIG.live:
            return list(settings.OTP_WEBAUTHN_ALLOWED_ORIGINS)
        return [f"http://localhost:{self.request.get_port()}"]

    def get_generate_registration_options_kwargs(self, *, user: Any) -> dict[str, Any]:
        """Return the library's options for a new passkey, with the person's presence proven."""
        options: dict[str, Any] = super().get_generate_registration_options_kwargs(user=user)
        selection = options["authenticator_selection"]
        selection.user_verification = UserVerificationRequirement.REQUIRED
        return options

    def create_attestation(self, *_parts: Any) -> None:
        """Keep nothing of the maker's statement: it tells which device somebody owns."""
