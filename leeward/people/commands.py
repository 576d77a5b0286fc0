"""What the `leeward staff` commands do."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db import DatabaseError
from django.urls import reverse

from leeward.people import demo, rules, services


class CommandRefused(Exception):
    """The command can't do that; the text says what to change."""


def invite(name: str, *, roles: Collection[str]) -> str:
    """Return how the person called `name` comes in. Raises CommandRefused with what to change."""
    unknown = set(roles) - set(rules.ROLES)
    if unknown or not roles:
        raise CommandRefused(f"Say which role, one of: {', '.join(rules.ROLES)}.")
    username = rules.sign_in_name_from(name)
    if not username:
        raise CommandRefused("The name needs a few of the letters a to z, such as: Ana Lopez.")
    try:
        token = services.invite(None, username=username, display_name=name[:80], roles=roles)
    except services.NameTaken:
        raise CommandRefused(
            f"There is an account or an open invitation with the sign-in name {username}. "
            "Use another name."
        ) from None
    except DatabaseError:
        raise CommandRefused("The site is not set up yet. Run first: leeward setup") from None
    path = reverse("people:invitation", args=[token])
    return (
        f"Sign-in name: {username}\n"
        f"Open this once, within three days, on the site's own address:\n{path}"
    )


def demo_code(name: str) -> str:
    """Return the six digits for a demonstration account. Raises CommandRefused for others."""
    if settings.CONFIG.live:
        raise CommandRefused("A live site has no demonstration accounts.")
    key = demo.read_sign_ins().get(name, {}).get("app key")
    if not key:
        raise CommandRefused(f"There is no demonstration account called {name}.")
    return services.current_code(key)
