"""What coordination adds to the staff's menu, and to what needs attention."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.desk.services import planning
from leeward.line.services.members import teams
from leeward.people.models import Account
from leeward.people.staff_menu import Attention, StaffEntry

ROSTER_ORDER = 6
COORDINATES = "line.coordinate_line"


def entries() -> Iterable[StaffEntry]:
    """Return the menu's entry."""
    about = _("Who answers when, who is on now, what visitors are told, and figures.")
    path = reverse("coordination:roster")
    yield StaffEntry(_("Roster"), path, ROSTER_ORDER, "line.answer_line", about)


def attention(account: Account) -> Iterable[Attention]:
    """Return what a coordinator should look at: hours without anybody in the next two days."""
    if not account.has_perm(COORDINATES):
        return
    team = teams.team_for(account)
    gaps = planning.coming_gaps(team, timezone.now()) if team else []
    if gaps:
        hours = round(sum((end - start).total_seconds() for start, end in gaps) / 3600)
        text = _("Hours without anybody on the line in the next two days: %d") % max(1, hours)
        yield Attention(text, reverse("coordination:roster"))
