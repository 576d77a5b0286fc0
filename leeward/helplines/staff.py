"""What the lines add to the staff's menu and to what needs attention on their start page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.helplines import services
from leeward.helplines.models import Proposal
from leeward.people.models import Account
from leeward.people.staff_menu import Attention, StaffEntry

STAFF_ORDER = 20


def entries() -> Iterable[StaffEntry]:
    """Return the staff menu's entry."""
    about = _("Check numbers off, propose changes, confirm what colleagues found.")
    path = reverse("helplines_staff:due")
    return [StaffEntry(_("Lines"), path, STAFF_ORDER, "helplines.check_line", about)]


def attention(account: Account) -> Iterable[Attention]:
    """Return what waits for `account`: others' proposals, and lines that go stale this week."""
    path = reverse("helplines_staff:due")
    if account.has_perm("helplines.confirm_line"):
        waiting = Proposal.objects.waiting().exclude(proposed_by=account).count()
        if waiting:
            yield Attention(_("Proposals that wait for you: %d") % waiting, path)
    if account.has_perm("helplines.check_line"):
        stale = services.due_counts()["going_stale"]
        if stale:
            yield Attention(_("Lines that go stale within a week: %d") % stale, path)
