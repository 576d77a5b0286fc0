"""What the people app adds elsewhere: entries of the staff menu, and how errors look to staff."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from leeward.people import services
from leeward.people.context import signed_in_account
from leeward.people.models import Account
from leeward.people.staff_menu import (
    Attention,
    StaffEntry,
    adds_to_attention,
    adds_to_staff_menu,
)
from leeward.safety.errors import draws_staff_errors

FEW_CODES = 3


@adds_to_staff_menu
def entries() -> Iterable[StaffEntry]:
    """Return the editor, the accounts, the audit log and one's own sign-in."""
    return (
        StaffEntry(
            _("Pages"),
            "/staff/cms/",
            10,
            "wagtailadmin.access_admin",
            _("Write, review and publish stories, guides and lessons."),
        ),
        StaffEntry(
            _("Accounts"),
            "/staff/accounts/",
            80,
            "people.manage_accounts",
            _("Invite colleagues, change roles, give a new way in."),
        ),
        StaffEntry(
            _("Audit log"),
            "/staff/audit/",
            85,
            "people.read_audit",
            _("What staff did, to what, in which hour."),
        ),
        StaffEntry(
            _("My sign-in"),
            "/staff/me/",
            90,
            "",
            _("Password, recovery codes, passkeys, language."),
        ),
    )


@adds_to_attention
def few_recovery_codes(account: Account) -> Iterable[Attention]:
    """Return a note when few recovery codes are left."""
    left = services.recovery_codes_left(account)
    if left < FEW_CODES:
        yield Attention(
            _("You have %(left)d recovery codes left. Make new ones.") % {"left": left},
            "/staff/me/",
        )


@draws_staff_errors
def staff_error(request: HttpRequest, happened: str, next_step: str) -> str | None:
    """Return the error page for somebody who is signed in; None leaves the visitors' page."""
    if signed_in_account(request) is None:
        return None
    context = {"happened": happened, "next_step": next_step}
    return render_to_string("people/error.html", context, request)
