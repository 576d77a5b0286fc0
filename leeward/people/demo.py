"""Demonstration accounts, for a site on one's own machine only.

Their passwords and app secrets are random, made at first start, and stand in a file of the data
folder that its owner alone may read.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from leeward.people import services
from leeward.people.models import Account
from leeward.people.services.factors import set_up_app

SignIns = dict[str, dict[str, str]]

ACCOUNTS = (
    ("editor", "Edda (demonstration)"),
    ("reviewer", "Rea (demonstration)"),
    ("administrator", "Ada (demonstration)"),
    ("coordinator", "Cora (demonstration)"),
    ("advocate", "Avi (demonstration)"),
    ("shelter", "Shira (demonstration)"),
    ("partner", "Pia (demonstration)"),
)
PASSWORD_BYTES = 12


class NotOnALiveSite(Exception):
    """A live site never gets accounts whose sign-in stands in a file."""


def load() -> list[str]:
    """Make the demonstration accounts unless they are there; return how to sign in.

    Raises NotOnALiveSite.
    """
    if settings.CONFIG.live:
        raise NotOnALiveSite
    if not _file().exists() and not Account.objects.exists():
        _make_accounts()
    return sign_in_hint()


def sign_in_hint() -> list[str]:
    """Return a few lines on how to sign in as the demonstration editor; none on other sites."""
    sign_in = read_sign_ins().get("editor")
    if settings.CONFIG.live or sign_in is None:
        return []
    return [
        f"name editor, password {sign_in['password']}",
        f"code: leeward staff code editor --data {settings.DATA}",
        f"others, and the app's secret: {_file()}",
    ]


def read_sign_ins() -> SignIns:
    """Return the demonstration accounts' sign-ins, by sign-in name; empty when there are none."""
    try:
        found: SignIns = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _make_accounts() -> None:
    sign_ins: SignIns = {
        name: {
            "password": secrets.token_urlsafe(PASSWORD_BYTES),
            "app key": (key := services.new_key()),
            "app key to type": services.key_to_type(key),
        }
        for name, _display in ACCOUNTS
    }
    hashes = {name: make_password(sign_in["password"]) for name, sign_in in sign_ins.items()}
    with transaction.atomic():
        for name, display in ACCOUNTS:
            account = Account(username=name, display_name=display, password=hashes[name])
            account.save()
            account.groups.set(Group.objects.filter(name=name))
            set_up_app(account, sign_ins[name]["app key"])
            services.make_recovery_codes(account)
        _write(sign_ins)


def _write(sign_ins: SignIns) -> None:
    handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(sign_ins, out, indent=2)


def _file() -> Path:
    return Path(settings.DATA) / "demo-sign-in.txt"
