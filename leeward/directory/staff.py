"""What the directory adds to the staff's menu and to what needs attention on their start page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.directory.views import staff_bed_menu
from leeward.people.models import Account
from leeward.people.staff_menu import Attention, StaffEntry

STAFF_ORDER = 30


def entries() -> Iterable[StaffEntry]:
    """Return the staff menu's entries."""
    about = _("Services people can turn to: look, edit, verify, import.")
    path = reverse("directory_staff:list")
    own = StaffEntry(_("Directory"), path, STAFF_ORDER, "directory.edit_directory", about)
    return [own, *staff_bed_menu.entries()]


def attention(account: Account) -> Iterable[Attention]:
    """Return what waits for `account`."""
    return list(staff_bed_menu.attention(account))
