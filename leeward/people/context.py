"""What the base template of the staff's pages needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from leeward.people.models import Account
from leeward.people.staff_menu import entries_for
from leeward.safety.headers import is_staff_path


def staff_frame(request: HttpRequest | None) -> dict[str, Any]:
    """Return the frame of a staff page; nothing for visitors' pages and the editor's."""
    if request is None or not is_staff_path(request.path) or is_editor_path(request.path):
        return {}
    account = signed_in_account(request)
    return {
        "language": (get_language() or settings.LANGUAGE_CODE).partition("-")[0],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "organisation": settings.CONFIG.organisation,
        "staff": account,
        "staff_menu": entries_for(account) if account else [],
        "here": request.path,
    }


def is_editor_path(path: str) -> bool:
    """Return whether `path` is a page of the editor's own."""
    return path.startswith(settings.STAFF_EDITOR_PATH)


def signed_in_account(request: HttpRequest) -> Account | None:
    """Return who is signed in with the second factor checked; None for everybody else."""
    account = getattr(request, "user", None)
    if isinstance(account, Account) and getattr(account, "otp_device", None) is not None:
        return account
    return None
