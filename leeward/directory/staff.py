"""What the directory adds to the staff's menu and to what needs attention on their start page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.directory.models import DuplicatePair, Report
from leeward.directory.services import approval, history, owning, verifying
from leeward.directory.views import staff_bed_menu
from leeward.people.models import Account
from leeward.people.staff_menu import Attention, StaffEntry

STAFF_ORDER = 30


def entries() -> Iterable[StaffEntry]:
    """Return the staff menu's entries."""
    about = _("Services people can turn to: look, edit, verify, import.")
    path = reverse("directory_staff:list")
    partners = _("The services of your own organisation: keep them right.")
    return [
        StaffEntry(_("Directory"), path, STAFF_ORDER, owning.EDIT_ALL, about),
        StaffEntry(_("Our services"), path, STAFF_ORDER, owning.EDIT_OWN, partners),
        *staff_bed_menu.entries(),
    ]


def attention(account: Account) -> Iterable[Attention]:
    """Return what waits for `account`."""
    yield from staff_bed_menu.attention(account)
    today = timezone.now().date()
    if account.has_perm(owning.EDIT_ALL):
        yield from _to_review(account, today)
    if account.has_perm(owning.EDIT_ALL) or account.has_perm(owning.EDIT_OWN):
        overdue = verifying.overdue_count(account, today)
        if overdue:
            words = ngettext(
                "%d service is due to be verified again",
                "%d services are due to be verified again",
                overdue,
            )
            yield Attention(words % overdue, reverse("directory_staff:due"))


def _to_review(account: Account, today: date) -> Iterable[Attention]:
    path = reverse("directory_staff:review")
    waiting = [
        (_("Reports that something is wrong: %d"), _open_reports(account)),
        (_("Records that may be the same: %d"), _open_pairs(account)),
        (_("Approvals that wait for a second person: %d"), _approvals(account, today)),
        (_("Changes by partners to look at: %d"), history.to_look_at().count()),
    ]
    for words, count in waiting:
        if count:
            yield Attention(words % count, path)


def _open_reports(account: Account) -> int:
    may = account.has_perm("directory.decide_report")
    return Report.objects.filter(state=Report.State.OPEN).count() if may else 0


def _open_pairs(account: Account) -> int:
    may = account.has_perm("directory.decide_report")
    return DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN).count() if may else 0


def _approvals(account: Account, today: date) -> int:
    return approval.waiting_for(account, today) if account.has_perm(approval.RIGHT) else 0
