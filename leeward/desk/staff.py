"""What the desk adds to the staff's menu."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from leeward.people.staff_menu import StaffEntry

DESK_ORDER = 5


def entries() -> Iterable[StaffEntry]:
    """Return the menu's entry."""
    about = _("Answer chats, messages and requests for a call. Messages open in your browser only.")
    yield StaffEntry(_("Desk"), reverse("desk:desk"), DESK_ORDER, "line.answer_line", about)
